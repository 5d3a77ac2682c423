//! The style sheets, one after the other in the order of `index.txt`. A sheet that the list forgets is an error:
//! it would be missing on the screen, silently.

use std::path::Path;

use anyhow::{Result, bail};

use crate::files;

/// The style sheets of a folder as one.
///
/// # Errors
/// When the list names a sheet that is not there, or forgets one that is.
pub(crate) fn concatenate(folder: &Path) -> Result<String> {
    let index = files::read_text(&folder.join("index.txt"))?;
    let names: Vec<&str> = listed(&index).collect();
    for file in files::list(folder)? {
        let name = file.to_string_lossy();
        if name.ends_with(".css") && !names.contains(&name.as_ref()) {
            bail!("{} is not listed in {}", name, folder.join("index.txt").display());
        }
    }
    names.into_iter().map(|name| files::read_text(&folder.join(name))).collect()
}

fn listed(index: &str) -> impl Iterator<Item = &str> {
    index.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn the_list_keeps_its_order_and_ignores_remarks() {
        let names: Vec<&str> = listed("tokens.css\n\n# then\n base.css \n").collect();
        assert_eq!(names, ["tokens.css", "base.css"]);
    }
}
