//! `--shard K/N`: one of several parts of the work, so that the jobs of any CI share it.
//!
//! Every shard makes the same plan of the whole. The *unit* of the division is a crate with those that read
//! the same files (a package's library and its binaries do), so that a file has one owner. Units go, the
//! largest first, to the shard with the least to do. What is found in a file can depend on whoever calls what
//! it holds: a function that opens a socket leaks it only through its caller. So a shard follows, beside its
//! own crates, the crates that depend on them, and reads what all of these depend on; it reports, and counts,
//! only its own files. That is why the shards' reports together are the report of the whole, to the letter.
//!
//! What could not be read belongs to no crate, and is the first shard's to report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::{Component, Path};

use socklint_analysis::{Coverage, CrateInput, FileId, Report, SourceFile, Span, Verdict};

use crate::inputs::Inputs;

/// One of the parts into which the work is divided.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Shard {
    /// Which, from 1.
    pub(crate) number: usize,
    /// Of how many.
    pub(crate) of: usize,
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// Reads `2/4`.
pub(crate) fn parse(text: &str) -> Result<Shard, String> {
    let wanted = || "K/N is wanted, such as 2/4 for the second of four".to_owned();
    let (number, of) = text.split_once('/').ok_or_else(wanted)?;
    let count = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse::<usize>().map_err(|_| wanted()),
        false => Err(wanted()),
    };
    let shard = Shard {
        number: count(number)?,
        of: count(of)?,
    };
    match shard {
        Shard { of: 0, .. } => Err("there is at least one shard".to_owned()),
        Shard { number: 0, .. } => Err("the first shard is 1".to_owned()),
        Shard { number, of } if number > of => Err(format!("there are only {of} shards")),
        shard => Ok(shard),
    }
}

/// What a shard answers for.
pub(crate) struct Part {
    /// For each file whether it is the shard's own.
    own: Vec<bool>,
}

impl Shard {
    /// Leaves in `inputs` what the shard needs, and asks only for what is its own.
    pub(crate) fn cut(self, inputs: &mut Inputs) -> Part {
        let owners = owners(inputs, self.of);
        let is_own = |file: usize| owners.get(file) == Some(&(self.number - 1));
        let excluded = &inputs.input.excluded;
        let own =
            (0..inputs.input.files.len()).map(|file| is_own(file) && !excluded.contains(&file));
        let own: Vec<bool> = own.collect();
        let crates = &inputs.input.crates;
        let mine = (0..crates.len()).filter(|&index| is_own(crates[index].root));
        let mut followed = inputs.input.with_dependents(mine);
        followed.retain(|&index| crates[index].report);
        let read = inputs.input.with_dependencies(followed.iter().copied());

        let mut needed = own.clone();
        for &file in read.iter().flat_map(|&index| &crates[index].files) {
            needed[file] = true;
        }
        for (index, krate) in inputs.input.crates.iter_mut().enumerate() {
            krate.report = followed.contains(&index);
        }
        for (file, needed) in inputs.input.files.iter_mut().zip(needed) {
            if !needed {
                // It keeps its place, so that every shard numbers the files alike.
                file.text = "".into();
            }
        }
        for (shown, own) in inputs.shown.iter_mut().zip(&own) {
            *shown &= own;
        }
        inputs.is_part(self.number == 1);
        Part { own }
    }
}

impl Part {
    /// Leaves in `report` what the shard answers for, and counts that anew.
    pub(crate) fn keep(&self, report: &mut Report) {
        let is_own = |span: Span| self.own.get(span.file.0 as usize) == Some(&true);
        report.cut_short.retain(|(_, item)| is_own(*item));
        report.sockets.retain(|proof| is_own(proof.span));
        let own = || {
            self.own
                .iter()
                .zip(&report.by_file)
                .filter(|(own, _)| **own)
        };
        let fated = |verdict: Verdict| {
            let sockets = report.sockets.iter();
            sockets.filter(|proof| proof.verdict == verdict).count()
        };
        report.coverage = Coverage {
            files: own().count(),
            parsed: own().filter(|(_, covered)| covered.parsed).count(),
            functions: own().map(|(_, covered)| covered.functions).sum(),
            cut_short: own().map(|(_, covered)| covered.cut_short).sum(),
            sockets: report.sockets.len(),
            closed: fated(Verdict::Closed),
            handed_on: fated(Verdict::HandedOn),
            escaped: fated(Verdict::Escaped),
            leaking: fated(Verdict::Leaks),
        };
    }
}

/// For each file the shard, from 0, that owns it.
fn owners(inputs: &Inputs, shards: usize) -> Vec<usize> {
    let files = &inputs.input.files;
    let mut units: Vec<_> = units(&inputs.input.crates, files.len())
        .into_iter()
        .map(|unit| {
            let size: usize = unit.files.iter().map(|&file| size(&files[file])).sum();
            let names = unit.crates.iter().map(|&index| name(inputs, index));
            (Reverse(size), names.min(), unit.files)
        })
        .collect();
    units.sort();
    let mut loads = vec![0; shards];
    // A file of no crate is nobody's work.
    let mut owners = vec![0; files.len()];
    for (Reverse(size), _, files) in units {
        let lightest = loads.iter_mut().enumerate().min_by_key(|(_, load)| **load);
        let Some((shard, load)) = lightest else {
            break;
        };
        *load += size;
        for file in files {
            owners[file] = shard;
        }
    }
    owners
}

/// Crates that share files, and these files.
#[derive(Default)]
struct Unit {
    crates: Vec<usize>,
    files: Vec<usize>,
}

fn units(crates: &[CrateInput], files: usize) -> Vec<Unit> {
    // For each file an earlier one of the same unit, or itself.
    let mut earlier: Vec<usize> = (0..files).collect();
    fn first(earlier: &mut [usize], mut file: usize) -> usize {
        while earlier[file] != file {
            earlier[file] = earlier[earlier[file]];
            file = earlier[file];
        }
        file
    }
    for krate in crates {
        for &file in &krate.files {
            let (a, b) = (first(&mut earlier, krate.root), first(&mut earlier, file));
            earlier[a.max(b)] = a.min(b);
        }
    }
    let mut units: BTreeMap<usize, Unit> = BTreeMap::new();
    let mut listed = HashSet::new();
    for (index, krate) in crates.iter().enumerate() {
        let unit = units.entry(first(&mut earlier, krate.root)).or_default();
        unit.crates.push(index);
        let files = krate.files.iter().copied().chain([krate.root]);
        unit.files.extend(files.filter(|&file| listed.insert(file)));
    }
    units.into_values().collect()
}

/// The bytes of a file; a checkout on Windows may have more line ends.
fn size(file: &SourceFile) -> usize {
    file.text.bytes().filter(|&byte| byte != b'\r').count()
}

/// What tells crates apart wherever the workspace and cargo's home lie: the crate's name, and what people call
/// its root, or the way to it from the base.
fn name(inputs: &Inputs, krate: usize) -> (&str, String) {
    let krate = &inputs.input.crates[krate];
    let root = inputs.name(FileId(krate.root as u32));
    (&krate.name, relative(Path::new(root), &inputs.base))
}

/// The way from `base` to `path`, with `/` between the names.
fn relative(path: &Path, base: &Path) -> String {
    for (ups, folder) in base.ancestors().enumerate() {
        if let Ok(rest) = path.strip_prefix(folder) {
            let names = rest.components().map(Component::as_os_str);
            let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
            return format!("{}{}", "../".repeat(ups), names.join("/"));
        }
        if path.is_relative() {
            break;
        }
    }
    path.to_string_lossy().replace('\\', "/")
}
