//! Files with a manifest: which packages and targets are checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{Dependency, Metadata, Package, PackageId, Target, TargetKind};
use serde_json::Value;
use socklint_analysis::CfgOptions;

use super::plan::{Plan, Planned};
use super::{Origin, has_package, names};
use crate::args::CheckArgs;
use crate::config::{Features, Scope};
use crate::modules::closure;
use crate::problem::Problem;
use crate::walk::walk;
use crate::{cargo, features};

/// The workspaces that were looked at, and which of their targets are planned.
#[derive(Default)]
pub(super) struct Packages {
    workspaces: Vec<Metadata>,
    /// What cargo said of the manifest whose root was asked for.
    first: Option<(PathBuf, Result<Metadata, Problem>)>,
    /// Why cargo could not read a manifest.
    unread: Vec<Problem>,
    /// Manifests that cargo was asked about, with the index of their workspace.
    known: BTreeMap<PathBuf, Option<usize>>,
    /// The index in [`Plan::crates`] of a package's target.
    planned: BTreeMap<(PackageId, PathBuf), usize>,
    /// The packages that were asked for.
    asked: Vec<Package>,
    /// The Rust files of a package.
    files: BTreeMap<PathBuf, Vec<PathBuf>>,
}

impl Packages {
    /// The manifests that cargo was asked about.
    pub(super) fn manifests(&self) -> impl Iterator<Item = &PathBuf> {
        self.known.keys()
    }

    /// The packages that were asked for.
    pub(super) fn asked(&self) -> &[Package] {
        &self.asked
    }

    /// The manifest of the workspace of `package`.
    pub(super) fn root_manifest(&self, package: &Package) -> PathBuf {
        let manifest = package.manifest_path.as_std_path();
        let workspace = self.known.get(manifest).copied().flatten();
        let metadata = workspace.and_then(|index| self.workspaces.get(index));
        let root = metadata.map(|metadata| metadata.workspace_root.join("Cargo.toml"));
        root.map_or(manifest.to_owned(), Into::into)
    }

    /// What cargo said, for another plan, and what was wrong with it.
    pub(super) fn again(self) -> (Packages, Vec<Problem>) {
        let problems = self.unread.clone();
        let packages = Packages {
            planned: BTreeMap::new(),
            asked: Vec::new(),
            files: BTreeMap::new(),
            ..self
        };
        (packages, problems)
    }
}

impl Plan<'_> {
    /// Plans what the flags select of the workspace of `manifest`. Where
    /// cargo cannot be asked, the files below the manifest stand for themselves.
    pub(super) fn selected(&mut self, manifest: &Path) -> Option<()> {
        let Some(workspace) = self.workspace(manifest) else {
            // Which files are a package's only cargo can say.
            if self.args.package.is_empty() {
                self.packages_below(manifest);
            }
            return None;
        };
        let metadata = &self.packages.workspaces[workspace];
        let members = metadata.workspace_packages();
        let mut packages = Vec::new();
        if !self.args.package.is_empty() {
            for spec in &self.args.package {
                let before = packages.len();
                packages.extend(
                    members
                        .iter()
                        .filter(|package| names::is_meant(package, spec))
                        .map(|package| (*package).clone()),
                );
                if packages.len() == before {
                    let message = format!("no package of this workspace is called `{spec}`");
                    self.problems.push(Problem::new(manifest, message));
                }
            }
        } else if self.args.workspace {
            for spec in &self.args.exclude {
                if !members.iter().any(|package| names::is_meant(package, spec)) {
                    let note = format!("warning: no package of this workspace is called `{spec}`");
                    self.config.notes.push(note);
                }
            }
            let left_out = |package: &Package| {
                let mut specs = self.args.exclude.iter();
                specs.any(|spec| names::is_meant(package, spec))
            };
            packages.extend(
                members
                    .into_iter()
                    .filter(|package| !left_out(package))
                    .cloned(),
            );
        } else if let Some(package) = members
            .iter()
            .find(|package| package.manifest_path == *manifest)
        {
            packages.push((*package).clone());
        } else if metadata.workspace_default_members.is_available() {
            packages.extend(metadata.workspace_default_packages().into_iter().cloned());
        } else {
            packages.extend(members.into_iter().cloned());
        }
        self.add_packages(workspace, &packages);
        Some(())
    }

    /// The root of the workspace of `manifest`.
    pub(super) fn root(&mut self, manifest: &Path) -> Option<PathBuf> {
        if let Some(Some(known)) = self.packages.known.get(manifest) {
            let metadata = &self.packages.workspaces[*known];
            return Some(metadata.workspace_root.clone().into());
        }
        let metadata = self.metadata(manifest);
        let root = metadata
            .as_ref()
            .map(|metadata| metadata.workspace_root.clone());
        let root = root.ok().map(Into::into);
        self.packages.first = Some((manifest.to_owned(), metadata));
        root
    }

    /// Plans the packages whose manifests are in the folder of `manifest` or below. Where cargo
    /// cannot read the manifest, the files stand for themselves.
    pub(super) fn packages_below(&mut self, manifest: &Path) {
        if self.config.excludes(manifest) {
            return;
        }
        let folder = manifest.parent().unwrap_or(manifest);
        let Some(workspace) = self.workspace(manifest) else {
            let found = walk(folder);
            self.problems.extend(found.problems);
            self.loose.extend(found.files);
            for manifest in &found.manifests {
                self.packages_below(manifest);
            }
            return;
        };
        let members = self.packages.workspaces[workspace].workspace_packages();
        let below = members
            .into_iter()
            .filter(|package| package.manifest_path.starts_with(folder));
        let packages: Vec<Package> = below.cloned().collect();
        self.add_packages(workspace, &packages);
    }

    /// Plans single files: as part of the targets that declare them, or loose.
    pub(super) fn sources(&mut self, files: Vec<PathBuf>) {
        let mut by_manifest: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
        for file in files {
            let folders = file.ancestors().skip(1);
            match folders
                .map(|folder| folder.join("Cargo.toml"))
                .find(|manifest| manifest.is_file())
            {
                Some(manifest) if has_package(&manifest) => {
                    by_manifest.entry(manifest).or_default().insert(file);
                }
                _ => {
                    self.loose.insert(file);
                }
            }
        }
        for (manifest, mut files) in by_manifest {
            if let Some(workspace) = self.workspace(&manifest) {
                let packages = self.packages.workspaces[workspace].workspace_packages();
                if let Some(package) = packages
                    .into_iter()
                    .find(|package| package.manifest_path == *manifest)
                    .cloned()
                {
                    self.add_declared(workspace, &package, &mut files);
                }
            }
            self.loose.extend(files);
        }
    }

    /// Takes out of `files` what a target of the package declares, and plans it.
    fn add_declared(&mut self, workspace: usize, package: &Package, files: &mut BTreeSet<PathBuf>) {
        let mut left = files.clone();
        for target in package.targets.iter().filter(|target| is_code(target)) {
            let tree = closure(target.src_path.as_std_path(), |path| self.texts.get(path));
            let declared: BTreeSet<PathBuf> = files.intersection(&tree).cloned().collect();
            if declared.is_empty() {
                continue;
            }
            left.retain(|file| !declared.contains(file));
            let index = self.add_target(workspace, package, target);
            let planned = &mut self.crates[index];
            // A file that is being edited may not be on the disk.
            planned.files.extend(declared.iter().cloned());
            match (&mut planned.only, planned.report) {
                (Some(only), _) => only.extend(declared),
                (None, true) => {}
                (None, false) => planned.only = Some(declared),
            }
            planned.report = true;
        }
        *files = left;
    }

    fn add_packages(&mut self, workspace: usize, packages: &[Package]) {
        self.packages.asked.extend_from_slice(packages);
        for package in packages {
            let scope = self.scope(workspace, package);
            let all = self.config.compilation(scope, self.args).all_targets;
            for target in package
                .targets
                .iter()
                .filter(|target| is_code(target) && (all || is_wanted(target, self.args)))
            {
                let index = self.add_target(workspace, package, target);
                self.crates[index].report = true;
                self.crates[index].only = None;
            }
        }
    }

    /// The workspace around a manifest; what is wrong with it is noted once.
    fn workspace(&mut self, manifest: &Path) -> Option<usize> {
        if let Some(&known) = self.packages.known.get(manifest) {
            return known;
        }
        let mut metadata = self.metadata(manifest);
        if let Ok(members) = &metadata
            && self.config.deps(members, self.args)
            && members.resolve.is_none()
        {
            metadata = cargo::with_dependencies(manifest);
        }
        let index = match metadata {
            Ok(metadata) => {
                let index = self.packages.workspaces.len();
                for package in metadata.workspace_packages() {
                    self.packages.known.insert(
                        package.manifest_path.clone().into_std_path_buf(),
                        Some(index),
                    );
                }
                self.packages.workspaces.push(metadata);
                Some(index)
            }
            Err(problem) => {
                // One member that is wrong keeps cargo from reading any.
                let mut others = self.packages.unread.iter();
                if !others.any(|other| other.message == problem.message) {
                    self.packages.unread.push(problem.clone());
                    self.problems.push(problem);
                }
                None
            }
        };
        self.packages.known.insert(manifest.to_owned(), index);
        index
    }

    /// What cargo says of a manifest.
    fn metadata(&mut self, manifest: &Path) -> Result<Metadata, Problem> {
        match (self.packages.first.take(), self.args.deps) {
            (Some((known, metadata)), _) if known == manifest => metadata,
            (_, true) => cargo::with_dependencies(manifest),
            (_, false) => cargo::workspace(manifest),
        }
    }

    fn scope(&mut self, workspace: usize, package: &Package) -> Scope {
        let metadata = &self.packages.workspaces[workspace];
        self.config.scope(metadata, package)
    }

    /// Whether every target of every member that is known is checked as a whole.
    pub(super) fn is_everything(&self) -> bool {
        let metadata = self.packages.workspaces.iter();
        let mut packages = metadata.flat_map(|metadata| metadata.workspace_packages());
        let checked = |package: &Package, target: &Target| {
            let key = (
                package.id.clone(),
                target.src_path.clone().into_std_path_buf(),
            );
            let index = self.packages.planned.get(&key);
            let planned = index.and_then(|&index| self.crates.get(index));
            planned.is_some_and(|planned| planned.report && planned.only.is_none())
        };
        !self.packages.workspaces.is_empty()
            && packages.all(|package| {
                let mut targets = package.targets.iter().filter(|target| is_code(target));
                targets.all(|target| checked(package, target))
            })
    }

    /// The names of all crates of the members that are known.
    pub(super) fn crate_names(&self) -> BTreeSet<String> {
        let metadata = self.packages.workspaces.iter();
        let packages = metadata.flat_map(|metadata| metadata.workspace_packages());
        let targets = packages.flat_map(|package| package.targets.iter());
        targets
            .map(|target| target.name.replace('-', "_"))
            .collect()
    }

    /// Plans a target, not yet to be reported, with the libraries that it uses.
    fn add_target(&mut self, workspace: usize, package: &Package, target: &Target) -> usize {
        let key = (
            package.id.clone(),
            target.src_path.clone().into_std_path_buf(),
        );
        if let Some(&index) = self.packages.planned.get(&key) {
            return index;
        }
        let index = self.crates.len();
        self.packages.planned.insert(key, index);
        let root = target.src_path.clone().into_std_path_buf();
        let files = self.files_of(package, &root);
        let for_tests = target.is_test() || target.is_bench();
        let scope = self.scope(workspace, package);
        let compilation = self.config.compilation(scope, self.args);
        self.crates.push(Planned {
            name: target.name.replace('-', "_"),
            edition: target.edition.as_str().parse().unwrap_or(2024),
            files,
            dependencies: Vec::new(),
            cfg: CfgOptions {
                features: Some(self.features_of(workspace, package, &compilation.features)),
                target: compilation.target,
                test: compilation.all_targets || self.args.tests || for_tests,
            },
            // With `--deps` the dependencies are audited too.
            report: self.packages.workspaces[workspace].resolve.is_some(),
            loose: false,
            only: None,
            scope,
            origin: Origin {
                package_id: package.id.repr.clone(),
                manifest_path: package.manifest_path.clone().into_std_path_buf(),
                target: serde_json::to_value(target).unwrap_or(Value::Null),
                foreign: package
                    .source
                    .is_some()
                    .then(|| format!("{}-{}", package.name, package.version)),
            },
            root,
        });
        let mut libraries: Vec<(String, Package, Target)> = Vec::new();
        if let Some(library) = library(package).filter(|library| *library != target) {
            libraries.push((library.name.clone(), package.clone(), library.clone()));
        }
        for dependency in &package.dependencies {
            // The bindings are what the model already knows; they are megabytes of declarations.
            if is_binding(&dependency.name) {
                continue;
            }
            let candidates = self.packages.workspaces[workspace].packages.iter();
            let found = candidates
                .filter(|candidate| is_meant(candidate, dependency))
                .max_by_key(|candidate| candidate.version.clone());
            if let Some((found, library)) = found.and_then(|found| Some((found, library(found)?))) {
                let name = dependency.rename.as_ref().unwrap_or(&library.name);
                libraries.push((name.clone(), found.clone(), library.clone()));
            }
        }
        for (name, package, library) in libraries {
            let library = self.add_target(workspace, &package, &library);
            self.crates[index]
                .dependencies
                .push((name.replace('-', "_"), library));
        }
        index
    }

    /// A member's features are what the command line says; a dependency's are what cargo resolved.
    fn features_of(
        &self,
        workspace: usize,
        package: &Package,
        asked: &Features,
    ) -> BTreeSet<String> {
        let metadata = &self.packages.workspaces[workspace];
        let resolved = metadata
            .resolve
            .as_ref()
            .filter(|_| !metadata.workspace_members.contains(&package.id));
        match resolved.and_then(|resolve| resolve.nodes.iter().find(|node| node.id == package.id)) {
            Some(node) => node.features.iter().map(ToString::to_string).collect(),
            None => features::enabled(package, asked),
        }
    }

    /// The Rust files below the folder of a package's target, and those that it declares elsewhere.
    fn files_of(&mut self, package: &Package, root: &Path) -> BTreeSet<PathBuf> {
        let folder = root.parent().unwrap_or(root).to_owned();
        if !self.packages.files.contains_key(&folder) {
            let found = walk(&folder);
            self.problems.extend(found.problems);
            self.texts.read(found.files.clone(), self.jobs);
            self.packages.files.insert(folder.clone(), found.files);
        }
        let below = &self.packages.files[&folder];
        let mut files: BTreeSet<PathBuf> = below.iter().cloned().collect();
        files.extend(
            self.unsaved
                .clone()
                .filter(|path| path.starts_with(&folder)),
        );
        if files.insert(root.to_owned()) && !root.is_file() {
            let message = format!("`{}` names it, but it is no file", package.manifest_path);
            self.problems.push(Problem::new(root, message));
        }
        let elsewhere = below.iter().filter(|path| {
            self.texts
                .0
                .get(*path)
                .is_some_and(|text| text.as_ref().is_ok_and(|text| text.contains("path")))
        });
        for path in elsewhere.cloned().collect::<Vec<_>>() {
            files.extend(closure(&path, |path| self.texts.get(path)));
        }
        files
    }
}

/// Whether the target is code that is delivered or run, and not a build script.
fn is_code(target: &Target) -> bool {
    !target.is_custom_build()
}

pub(super) fn is_library(target: &Target) -> bool {
    use TargetKind::{CDyLib, DyLib, Lib, ProcMacro, RLib, StaticLib};
    let kinds = [Lib, RLib, DyLib, CDyLib, StaticLib, ProcMacro];
    target.kind.iter().any(|kind| kinds.contains(kind))
}

fn library(package: &Package) -> Option<&Target> {
    package.targets.iter().find(|target| is_library(target))
}

/// Whether the flags select the target; without flags that is the library and the binaries.
fn is_wanted(target: &Target, args: &CheckArgs) -> bool {
    let named = |names: &[String]| names::is_one_of(&target.name, names);
    if args.names_targets() {
        let tested = args.tests && target.test;
        is_library(target) && (args.lib || tested)
            || target.is_bin() && (args.bins || named(&args.bin) || tested)
            || target.is_example() && (args.examples || named(&args.example))
            || target.is_test() && (args.tests || named(&args.test))
            || target.is_bench() && (args.benches || named(&args.bench))
    } else {
        is_library(target) || target.is_bin()
    }
}

/// Whether `package` is what the dependency asks for.
fn is_meant(package: &Package, dependency: &Dependency) -> bool {
    package.name.as_str() == dependency.name
        && match &dependency.path {
            Some(folder) => package.manifest_path.parent() == Some(folder),
            None => dependency.req.matches(&package.version),
        }
}

/// Crates that declare the Windows API.
fn is_binding(name: &str) -> bool {
    matches!(
        name,
        "windows-sys" | "windows" | "winapi" | "libc" | "ws2_32-sys" | "kernel32-sys"
    )
}
