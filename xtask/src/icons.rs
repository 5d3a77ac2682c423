//! `cargo xtask icons`: every icon file of the app from the drawings in `icons/src`.
//!
//! The results are committed, so that a build needs no renderer. Compiled only with the feature `icons`:
//! `cargo run -p xtask --features icons -- icons`.

mod drawing;

use std::io::Cursor;

use anyhow::Result;
use icns::{IconFamily, Image};
use ico::{IconDir, IconDirEntry, IconImage, ResourceType};

use crate::files;
use crate::workspace::Workspace;
use drawing::{Drawing, Margin};

/// Up to this many pixels the drawing with fewer, bolder shapes is used.
const SMALL: u32 = 32;
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
const ICNS: [u32; 7] = [16, 32, 64, 128, 256, 512, 1024];
const STORE: [u32; 9] = [30, 44, 71, 89, 107, 142, 150, 284, 310];
/// A panel's icon and its form for dense displays.
const TRAY: [(u32, &str); 2] = [(32, ""), (64, "@2x")];
/// The tone of the bubble for a dark and for a light panel.
const TONES: [(&str, &str); 2] = [("light", "#ffffff"), ("dark", "#10242b")];

/// Renders all of them.
///
/// # Errors
/// When a drawing is missing or a file cannot be written.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let app = App { large: open(workspace, "icon.svg")?, small: open(workspace, "icon-small.svg")? };
    let named = [
        ("32x32", 32),
        ("64x64", 64),
        ("128x128", 128),
        ("128x128@2x", 256),
        ("icon", 512),
        ("icon-1024", 1024),
    ];
    let stored = STORE.map(|size| (format!("Square{size}x{size}Logo"), size));
    let plain = named.map(|(name, size)| (name.to_owned(), size)).into_iter();
    for (name, size) in plain.chain(stored).chain([("StoreLogo".to_owned(), 50)]) {
        write(workspace, &format!("{name}.png"), &app.png(size, Margin::Drawn)?)?;
    }
    write(workspace, "icon.ico", &windows(&app)?)?;
    write(workspace, "icon.icns", &macos(&app)?)?;
    tray(workspace)
}

/// The app's icon in its two drawings.
struct App {
    large: Drawing,
    small: Drawing,
}

impl App {
    fn png(&self, size: u32, margin: Margin) -> Result<Vec<u8>> {
        let drawing = if size <= SMALL { &self.small } else { &self.large };
        drawing.png(size, margin)
    }
}

fn open(workspace: &Workspace, name: &str) -> Result<Drawing> {
    Drawing::parse(&files::read_text(&workspace.path("icons/src").join(name))?)
}

fn write(workspace: &Workspace, name: &str, content: &[u8]) -> Result<()> {
    files::write_if_changed(&workspace.path("icons").join(name), content)
}

fn windows(app: &App) -> Result<Vec<u8>> {
    let mut folder = IconDir::new(ResourceType::Icon);
    for size in ICO {
        let image = IconImage::read_png(Cursor::new(app.png(size, Margin::Drawn)?))?;
        folder.add_entry(IconDirEntry::encode(&image)?);
    }
    let mut bytes = Vec::new();
    folder.write(&mut bytes)?;
    Ok(bytes)
}

fn macos(app: &App) -> Result<Vec<u8>> {
    let mut family = IconFamily::new();
    for size in ICNS {
        family.add_icon(&Image::read_png(Cursor::new(app.png(size, Margin::Macos)?))?)?;
    }
    let mut bytes = Vec::new();
    family.write(&mut bytes)?;
    Ok(bytes)
}

fn tray(workspace: &Workspace) -> Result<()> {
    for (source, state) in [("tray.svg", ""), ("tray-unread.svg", "-unread")] {
        let text = files::read_text(&workspace.path("icons/src").join(source))?;
        for (tone, colour) in TONES {
            let drawing = Drawing::parse(&text.replace("currentColor", colour))?;
            for (size, dense) in TRAY {
                let name = format!("tray/tray-{tone}{state}{dense}.png");
                write(workspace, &name, &drawing.png(size, Margin::Drawn)?)?;
            }
        }
    }
    Ok(())
}
