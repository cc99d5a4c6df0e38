//! What is checked: from the command line to an [`Input`].
//!
//! A file belongs to the package around it if one of the package's targets
//! declares it. Every other file is loose: a crate of its own, with the files
//! that it declares.

mod extent;
mod files;
mod loose;
mod memory;
mod names;
mod origin;
mod packages;
mod plan;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use socklint_analysis::{CrateInput, FileId, Input, SourceFile};

use crate::args::CheckArgs;
use crate::baseline::Baseline;
use crate::config::{Config, Scope};
use crate::modules::normal;
use crate::problem::Problem;
use crate::{config, read, walk};
pub(crate) use extent::Extent;
use files::Owner;
pub(crate) use memory::Memory;
pub(crate) use origin::Origin;
use plan::Plan;

/// What is checked, and where it comes from.
#[derive(Default)]
pub(crate) struct Inputs {
    /// For the analysis.
    pub(crate) input: Input,
    /// For each file where it is.
    pub(crate) paths: Vec<PathBuf>,
    /// For each file whether what is found in it was asked for.
    pub(crate) shown: Vec<bool>,
    /// For each crate what cargo says of it.
    pub(crate) origins: Vec<Origin>,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
    /// Paths in messages are relative to this folder.
    pub(crate) base: PathBuf,
    /// The settings.
    pub(crate) config: Config,
    /// The findings that are known, and not reported.
    pub(crate) baseline: Baseline,
    /// For each file the settings that hold for it.
    scopes: Vec<Scope>,
    /// Files that could not be analysed.
    failed: BTreeSet<usize>,
    /// Whether every target of every package of the workspace is checked.
    everything: bool,
    /// The names of the crates of the workspace.
    crate_names: BTreeSet<String>,
    /// The index of the first of the files that settings and baselines stand in, once they are among the others.
    settings_at: usize,
    /// Their numbers.
    pub(crate) settings: BTreeMap<FileId, usize>,
    /// How long the reading took.
    pub(crate) reading: Duration,
    /// What people call files of packages from elsewhere: `mio-1.2.5/src/lib.rs`.
    pub(crate) names: BTreeMap<FileId, String>,
}

impl Inputs {
    /// What people call a file. Programs want its path.
    pub(crate) fn name(&self, file: FileId) -> &str {
        let path = || self.input.files.get(file.0 as usize).map(|file| &file.path);
        self.names
            .get(&file)
            .or_else(path)
            .map_or("", String::as_str)
    }
}

/// The files that were read, and those that could not be; and how long that took.
#[derive(Default)]
struct Texts(HashMap<PathBuf, Result<Arc<str>, Problem>>, Duration);

impl Texts {
    /// Reads those of `paths` that have not been read.
    fn read(&mut self, paths: Vec<PathBuf>, jobs: usize) {
        let missing: Vec<_> = paths
            .into_iter()
            .filter(|path| !self.0.contains_key(path))
            .collect();
        let start = Instant::now();
        let texts = read::read_all(&missing, jobs);
        self.1 += start.elapsed();
        self.0.extend(missing.into_iter().zip(texts));
    }

    /// The text of a file that was read or is being edited.
    fn known(&self, path: &Path) -> Option<Arc<str>> {
        self.0.get(path)?.as_ref().ok().cloned()
    }

    /// The text of a file, if there is one and it can be read.
    fn get(&mut self, path: &Path) -> Option<Arc<str>> {
        if !self.0.contains_key(path) {
            // No candidate for a module: it is not remembered as a problem.
            path.metadata().ok().filter(std::fs::Metadata::is_file)?;
            self.read(vec![path.to_owned()], 1);
        }
        self.known(path)
    }
}

/// Finds and reads what `args` ask for.
pub(crate) fn collect(args: &CheckArgs) -> anyhow::Result<Inputs> {
    let current = std::env::current_dir().context("there is no current folder")?;
    collect_in(&current, args, &mut Memory::default())
}

/// Finds and reads what `args` ask for in the folder `current`, as far as it is not in `memory`.
pub(crate) fn collect_in(
    current: &Path,
    args: &CheckArgs,
    memory: &mut Memory,
) -> anyhow::Result<Inputs> {
    let jobs = match args.jobs {
        Some(jobs) => jobs.into(),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    };
    let mut plan = memory.plan(args, jobs);
    let mut base = current.to_owned();
    let paths = paths(args)?;
    if paths.is_empty() {
        let manifest = match &args.manifest_path {
            Some(path) => normal(&current.join(path)),
            None => find_manifest(current)?,
        };
        base = plan.root(&manifest).unwrap_or(base);
        plan.config = config::load(&base, args, &|path| plan.texts.known(path));
        plan.selected(&manifest);
    } else {
        plan.config = config::load(&base, args, &|path| plan.texts.known(path));
    }
    for path in paths {
        add_path(&mut plan, args, current, path)?;
    }
    plan.note_missing();
    plan.add_loose_crates();
    let (mut inputs, plan) = finish(plan, base);
    memory.keep(plan);
    inputs.input.contracts = inputs.config.contracts();
    let config = &mut inputs.config;
    inputs
        .problems
        .retain(|problem| !config.excludes(&problem.path));
    inputs.problems.append(&mut config.problems);
    inputs.baseline = Baseline::load(&inputs.base, current, args, config)?;
    inputs.baseline.whole = paths.is_empty();
    inputs.problems.append(&mut inputs.baseline.problems);
    Ok(inputs)
}

/// What is to be checked; the name of standard input stands for `-`.
fn paths(args: &CheckArgs) -> anyhow::Result<&[PathBuf]> {
    static STDIN: LazyLock<[PathBuf; 1]> = LazyLock::new(|| [PathBuf::from("-")]);
    let is_stdin = |path: &PathBuf| path == Path::new("-");
    match &args.stdin_filename {
        Some(_) if args.paths.is_empty() => Ok(STDIN.as_slice()),
        Some(_) if !args.paths.iter().any(is_stdin) => {
            bail!("`--stdin-filename` names standard input, which is not checked: add `-`")
        }
        _ => Ok(&args.paths),
    }
}

fn find_manifest(current: &Path) -> anyhow::Result<PathBuf> {
    let mut manifests = current.ancestors().map(|folder| folder.join("Cargo.toml"));
    match manifests.find(|manifest| manifest.exists()) {
        Some(manifest) => Ok(manifest),
        None => bail!(
            "there is no Cargo.toml in {} or above; name the files or folders to check",
            current.display()
        ),
    }
}

fn add_path(plan: &mut Plan, args: &CheckArgs, current: &Path, path: &Path) -> anyhow::Result<()> {
    if path == Path::new("-") {
        let name = args
            .stdin_filename
            .as_deref()
            .unwrap_or(Path::new("stdin.rs"));
        let name = normal(&current.join(name));
        let text = read::read_from(&name, io::stdin().lock());
        plan.note_excluded(&name);
        plan.texts.0.insert(name.clone(), text);
        plan.unsaved = Some(name.clone());
        plan.sources(vec![name]);
        return Ok(());
    }
    let path = normal(&current.join(path));
    if plan.texts.0.contains_key(&path) {
        plan.sources(vec![path]);
        return Ok(());
    }
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(error) => {
            let mut message = format!("cannot be read: {error}");
            let command = crate::args::command(&args.paths);
            if let Some(command) = command.filter(|command| path == current.join(command)) {
                message = format!(
                    "{message}; as a command, `{command}` stands first: `cargo socklint {command}`"
                );
            }
            plan.problems.push(Problem::new(&path, message));
            return Ok(());
        }
    };
    plan.note_excluded(&path);
    if path.file_name().is_some_and(|name| name == "Cargo.toml") {
        plan.packages_below(&path);
    } else if !metadata.is_dir() {
        plan.sources(vec![path]);
    } else if path.join("Cargo.toml").is_file() {
        plan.packages_below(&path.join("Cargo.toml"));
    } else {
        let found = walk::walk(&path);
        plan.problems.extend(found.problems);
        for manifest in &found.manifests {
            plan.packages_below(manifest);
        }
        if found.files.is_empty() && found.manifests.is_empty() {
            plan.problems
                .push(Problem::new(&path, "there is no Rust file in this folder"));
        }
        plan.sources(found.files);
    }
    Ok(())
}

/// Reads everything that is planned.
fn finish(mut plan: Plan<'_>, base: PathBuf) -> (Inputs, Plan<'_>) {
    let mut paths: Vec<PathBuf> = plan
        .crates
        .iter()
        .flat_map(|planned| planned.files.iter().cloned())
        .collect();
    paths.sort();
    paths.dedup();
    plan.texts.read(paths.clone(), plan.jobs);

    let mut inputs = Inputs {
        everything: plan.is_everything(),
        crate_names: plan.crate_names(),
        input: Input::default(),
        paths: Vec::new(),
        shown: Vec::new(),
        origins: Vec::new(),
        problems: std::mem::take(&mut plan.problems),
        base,
        config: std::mem::take(&mut plan.config),
        baseline: Baseline::default(),
        scopes: Vec::new(),
        failed: BTreeSet::new(),
        settings_at: 0,
        settings: BTreeMap::new(),
        reading: plan.texts.1,
        names: BTreeMap::new(),
    };
    let mut indices = HashMap::new();
    for path in paths {
        match plan.texts.0.get(&path) {
            Some(Ok(text)) => {
                indices.insert(path.clone(), inputs.input.files.len());
                inputs.input.files.push(SourceFile {
                    path: shown_path(&path, &inputs.base),
                    text: Arc::clone(text),
                });
                inputs.paths.push(path);
            }
            Some(Err(problem)) => inputs.problems.push(problem.clone()),
            None => {}
        }
    }
    inputs.shown = vec![false; inputs.input.files.len()];
    let mut owners: Vec<Option<Owner>> = vec![None; inputs.input.files.len()];
    // A crate whose root cannot be read is left out; its problem has been noted.
    let mut kept = Vec::new();
    for planned in &plan.crates {
        let readable = indices.contains_key(&planned.root);
        kept.push(readable.then_some(inputs.origins.len()));
        if readable {
            inputs.origins.push(planned.origin.clone());
        }
    }
    for planned in std::mem::take(&mut plan.crates) {
        let Some(&root) = indices.get(&planned.root) else {
            continue;
        };
        let files: Vec<usize> = planned
            .files
            .iter()
            .filter_map(|path| indices.get(path).copied())
            .collect();
        if planned.report {
            for (path, &index) in planned
                .files
                .iter()
                .filter_map(|path| Some((path, indices.get(path)?)))
            {
                inputs.shown[index] |= planned.shows(path);
                let owner = Owner::of(&planned, path);
                owners[index] = owners[index].take().max(Some(owner));
            }
        }
        for (path, &index) in planned
            .files
            .iter()
            .filter_map(|path| Some((path, indices.get(path)?)))
        {
            if let Some(name) = planned.origin.name(path, &inputs.base) {
                inputs.names.insert(FileId(index as u32), name);
            }
        }
        let dependencies = planned.dependencies.into_iter();
        inputs.input.crates.push(CrateInput {
            name: planned.name,
            edition: planned.edition,
            root,
            files,
            dependencies: dependencies
                .filter_map(|(name, index)| Some((name, *kept.get(index)?.as_ref()?)))
                .collect(),
            cfg: planned.cfg,
            report: planned.report,
            loose: planned.loose,
        });
    }
    for index in 0..inputs.shown.len() {
        if inputs
            .config
            .excludes(&inputs.absolute(FileId(index as u32)))
        {
            inputs.shown[index] = false;
            inputs.input.excluded.insert(index);
        }
    }
    let scope = |owner: Option<Owner>| owner.map(|owner| owner.scope.0).unwrap_or_default();
    inputs.scopes = owners.into_iter().map(scope).collect();
    inputs.problems.sort();
    inputs.problems.dedup();
    (inputs, plan)
}

/// The path as messages show it.
pub(crate) fn shown_path(path: &Path, base: &Path) -> String {
    let path = path.strip_prefix(base).unwrap_or(path);
    let text = path.to_string_lossy();
    match std::path::MAIN_SEPARATOR {
        '/' => text.into_owned(),
        separator => text.replace(separator, "/"),
    }
}

/// Whether `manifest` describes a package (and not only a workspace).
fn has_package(manifest: &Path) -> bool {
    let Ok(file) = File::open(manifest) else {
        return false;
    };
    read::read_from(manifest, file).is_ok_and(|text| {
        text.lines().any(|line| {
            let line = line.trim();
            line.starts_with("[package]")
                || line.starts_with("package.")
                || line.starts_with("[project]")
        })
    })
}
