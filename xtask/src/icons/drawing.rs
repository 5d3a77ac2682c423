//! One drawing, rendered at any size.

use anyhow::{Context, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// How much empty space surrounds the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Margin {
    /// As it is drawn.
    Drawn,
    /// What Apple's grid asks for: a shape of 824 in 1024.
    Macos,
}

impl Margin {
    /// The size of the whole drawing in its place; the drawn shape fills 480 of 512.
    fn scale(self) -> f32 {
        match self {
            Self::Drawn => 1.0,
            Self::Macos => (824.0 / 1024.0) / (480.0 / 512.0),
        }
    }
}

/// A parsed SVG.
#[derive(Debug)]
pub(crate) struct Drawing(Tree);

impl Drawing {
    /// Reads an SVG.
    ///
    /// # Errors
    /// When it is not one.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        Ok(Self(Tree::from_str(text, &Options::default())?))
    }

    /// A square PNG of this many pixels a side.
    ///
    /// # Errors
    /// When the size is nothing a picture can have.
    pub(crate) fn png(&self, size: u32, margin: Margin) -> Result<Vec<u8>> {
        let mut pixels = Pixmap::new(size, size).context("an empty picture")?;
        let side = size as f32;
        let scale = side / self.0.size().width() * margin.scale();
        let offset = side * (1.0 - margin.scale()) / 2.0;
        resvg::render(
            &self.0,
            Transform::from_row(scale, 0.0, 0.0, scale, offset, offset),
            &mut pixels.as_mut(),
        );
        Ok(pixels.encode_png()?)
    }
}
