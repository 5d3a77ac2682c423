//! Desktop entries: by the one below `autostart` the app starts with the session, by the one among the applications it is
//! found for `bedside:` links, and named by notifications and docks.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::platform::Launch;

/// Starts the app with the session from now on, or no longer.
pub(crate) fn start_with_session(launch: &Launch, arguments: Option<&[OsString]>) -> io::Result<()> {
    let folder = dirs::config_dir().ok_or(io::ErrorKind::NotFound)?.join("autostart");
    let path = folder.join(file_name(launch));
    match arguments {
        Some(arguments) => {
            std::fs::create_dir_all(&folder)?;
            write_if_new(&path, &entry(launch, arguments, "X-GNOME-Autostart-enabled=true\n"))
        }
        None if path.exists() => std::fs::remove_file(path),
        None => Ok(()),
    }
}

/// Has the system open `bedside:` links with this program.
pub(crate) fn take_links(launch: &Launch) -> io::Result<()> {
    let folder = dirs::data_dir().ok_or(io::ErrorKind::NotFound)?.join("applications");
    std::fs::create_dir_all(&folder)?;
    let mime = "MimeType=x-scheme-handler/bedside;\nIcon=org.bedside.desktop\nCategories=Network;\n";
    let (name, link) = (file_name(launch), [launch.arguments.as_slice(), &["%u".into()]].concat());
    write_if_new(&folder.join(&name), &entry(launch, &link, mime))?;
    // Without them a desktop finds the entry by itself, some only after the next start of the session.
    run("update-desktop-database", &[folder.as_os_str().to_owned()]);
    run("xdg-mime", &["default".into(), name.into(), "x-scheme-handler/bedside".into()]);
    Ok(())
}

fn run(program: &str, arguments: &[OsString]) {
    let ended = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !ended.is_ok_and(|status| status.success()) {
        tracing::info!(program, "could not be run; links are found later");
    }
}

fn file_name(launch: &Launch) -> String {
    format!("{}.desktop", launch.identifier)
}

fn entry(launch: &Launch, arguments: &[OsString], more: &str) -> String {
    let program = [launch.program.as_os_str().to_owned()];
    let words: Vec<String> =
        program.iter().chain(arguments).map(|word| quoted(&word.to_string_lossy())).collect();
    format!(
        "[Desktop Entry]\nType=Application\nName=Bedside\nExec={}\nTerminal=false\n{more}",
        words.join(" ")
    )
}

/// A word of a command line, as the specification wants it: quotes around, and what means something in it escaped twice.
fn quoted(word: &str) -> String {
    if word == "%u" {
        return word.to_owned();
    }
    let mut said = String::from('"');
    for letter in word.chars() {
        match letter {
            '\\' => said.push_str("\\\\\\\\"),
            '"' | '`' | '$' => said.extend(["\\\\", letter.encode_utf8(&mut [0; 4])]),
            '%' => said.push_str("%%"),
            _ => said.push(letter),
        }
    }
    said.push('"');
    said
}

fn write_if_new(path: &Path, text: &str) -> io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|held| held == text) {
        return Ok(());
    }
    let beside: PathBuf = path.with_extension("new");
    std::fs::write(&beside, text)?;
    std::fs::rename(beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_written_as_the_specification_wants_it() {
        assert_eq!(quoted("/opt/Bed side/bedside"), "\"/opt/Bed side/bedside\"");
        assert_eq!(quoted("50%$x"), "\"50%%\\\\$x\"");
        assert_eq!(quoted("%u"), "%u");
    }

    #[test]
    fn an_entry_names_the_program_and_what_it_is_started_with() {
        let launch = Launch {
            program: "/opt/bedside".into(),
            identifier: "org.bedside.desktop".to_owned(),
            arguments: vec![],
        };
        let text = entry(&launch, &["--hidden".into()], "");
        assert!(text.contains("Exec=\"/opt/bedside\" \"--hidden\"\n"), "{text}");
    }
}
