//! What cargo knows about the workspace: packages, who depends on whom, where sources lie.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::command;
use crate::workspace::Workspace;

/// The part of `cargo metadata` that the checks read.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
    resolve: Resolve,
}

/// One package of the graph.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its version, as in Cargo.lock.
    pub(crate) version: String,
    /// Where it comes from; nothing for a package of this repository.
    pub(crate) source: Option<String>,
    /// Its Cargo.toml.
    pub(crate) manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Debug, Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// When cargo fails or answers something unknown.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self> {
        let answer = command::read(&mut workspace.cargo(["metadata", "--format-version", "1", "--quiet"]))?;
        serde_json::from_str(&answer).context("cargo metadata")
    }

    /// All packages, ours and others'.
    pub(crate) fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The names of the packages of this repository.
    pub(crate) fn members(&self) -> BTreeSet<&str> {
        let ours = self.packages.iter().filter(|package| self.workspace_members.contains(&package.id));
        ours.map(|package| package.name.as_str()).collect()
    }

    /// The names of a package's targets of one kind.
    pub(crate) fn targets(&self, package: &str, kind: &str) -> Vec<String> {
        let targets = self.packages.iter().filter(|held| held.name == package).flat_map(|held| &held.targets);
        targets
            .filter(|held| held.kind.iter().any(|held| held == kind))
            .map(|held| held.name.clone())
            .collect()
    }

    /// Everything a package of ours ships with: its dependencies and theirs, without those of builds and tests.
    pub(crate) fn reach(&self, package: &str) -> BTreeSet<&str> {
        let edges: BTreeMap<&str, &Node> =
            self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let names: BTreeMap<&str, &str> =
            self.packages.iter().map(|held| (held.id.as_str(), held.name.as_str())).collect();
        let start = self.packages.iter().find(|held| held.name == package && held.source.is_none());
        let mut open: Vec<&str> = start.map(|held| held.id.as_str()).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            for dependency in edges.get(id).into_iter().flat_map(|node| &node.deps) {
                if dependency.ships() && seen.insert(dependency.pkg.as_str()) {
                    open.push(&dependency.pkg);
                }
            }
        }
        seen.into_iter().filter_map(|id| names.get(id).copied()).collect()
    }
}

impl Dependency {
    fn ships(&self) -> bool {
        self.dep_kinds.iter().any(|kind| kind.kind.is_none())
    }
}
