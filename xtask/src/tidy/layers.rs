//! Who may depend on whom. The picture in ARCHITECTURE.md is true because this fails when it is not.

use std::collections::BTreeSet;

use super::Finding;
use crate::metadata::Metadata;

/// What one package may reach, through any number of steps.
struct Layer {
    package: &'static str,
    /// The packages of this repository it may reach.
    ours: &'static [&'static str],
    /// Names, or beginnings of names ending in `*`, of others' packages it must never reach.
    never: &'static [&'static str],
}

const WINDOWS: &str = "tauri*";
const PAGES: &str = "yew*";

const LAYERS: &[Layer] = &[
    Layer {
        package: "bedside-protocol",
        ours: &[],
        never: &["tokio*", "rusqlite", "reqwest", WINDOWS, PAGES],
    },
    Layer { package: "bedside-i18n", ours: &[], never: &["tokio*", "rusqlite", "reqwest", WINDOWS, PAGES] },
    Layer {
        package: "bedside-export",
        ours: &["bedside-i18n", "bedside-protocol"],
        never: &["tokio*", "rusqlite", "reqwest", "hyper", WINDOWS, PAGES],
    },
    Layer {
        package: "bedside-core",
        ours: &["bedside-protocol"],
        never: &["tokio*", "rusqlite", "reqwest", "hyper", "rand", WINDOWS, PAGES],
    },
    Layer {
        package: "bedside-runtime",
        ours: &["bedside-protocol"],
        never: &["rusqlite", "reqwest", WINDOWS, PAGES],
    },
    Layer {
        package: "bedside-engine",
        ours: &["bedside-core", "bedside-export", "bedside-i18n", "bedside-protocol", "bedside-runtime"],
        never: &[WINDOWS, PAGES, "axum"],
    },
    Layer {
        package: "bedside-server",
        ours: &["bedside-core", "bedside-export", "bedside-i18n", "bedside-protocol", "bedside-runtime"],
        never: &[WINDOWS, PAGES],
    },
    Layer {
        package: "bedside-ui",
        ours: &["bedside-i18n", "bedside-protocol"],
        // Yew brings tokio itself, for servers only; in the browser none of it is compiled.
        never: &["rusqlite", "reqwest", WINDOWS],
    },
    Layer {
        package: "bedside",
        ours: &[
            "bedside-core",
            "bedside-engine",
            "bedside-export",
            "bedside-i18n",
            "bedside-protocol",
            "bedside-runtime",
        ],
        never: &[PAGES, "axum"],
    },
];

/// Every step over a line.
pub(crate) fn check(metadata: &Metadata) -> Vec<Finding> {
    let members = metadata.members();
    LAYERS.iter().flat_map(|layer| crossings(layer, &metadata.reach(layer.package), &members)).collect()
}

fn crossings(layer: &Layer, reached: &BTreeSet<&str>, members: &BTreeSet<&str>) -> Vec<Finding> {
    let over = |name: &&&str| match members.contains(**name) {
        true => !layer.ours.contains(*name),
        false => layer.never.iter().any(|pattern| matches(pattern, name)),
    };
    let crossed = reached.iter().filter(over);
    crossed.map(|name| Finding::Broken(format!("{} must not reach {name}", layer.package))).collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => {
            name == beginning || name.strip_prefix(beginning).is_some_and(|rest| rest.starts_with('-'))
        }
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{LAYERS, crossings};

    fn broken(package: &str, reached: &[&str]) -> usize {
        let layer = LAYERS.iter().find(|layer| layer.package == package).unwrap();
        let members = LAYERS.iter().map(|layer| layer.package).collect();
        crossings(layer, &reached.iter().copied().collect::<BTreeSet<_>>(), &members).len()
    }

    #[test]
    fn the_engine_reaches_neither_server_nor_windows() {
        assert_eq!(broken("bedside-engine", &["bedside-core", "bedside-protocol", "tokio"]), 0);
        assert_eq!(broken("bedside-engine", &["bedside-server", "tauri", "tauri-plugin-x", "yew-macro"]), 4);
    }

    #[test]
    fn the_core_has_no_tokio() {
        assert_eq!(broken("bedside-core", &["bedside-protocol", "serde"]), 0);
        assert_eq!(broken("bedside-core", &["tokio", "tokio-util", "bedside-runtime"]), 3);
    }

    #[test]
    fn the_interface_sees_only_protocol_and_strings() {
        assert_eq!(broken("bedside-ui", &["bedside-i18n", "bedside-protocol", "yew"]), 0);
        assert_eq!(broken("bedside-ui", &["bedside-core", "bedside-engine"]), 2);
    }
}
