//! What the command line names: packages, targets and features.
//!
//! As for cargo, the name of a package or a target may be a glob, and a name that nothing has is an error: whoever
//! misspells one would otherwise have nothing checked, and be told that nothing was found.

use cargo_metadata::{Package, Target};
use globset::Glob;

use super::packages::is_library;
use super::plan::Plan;
use crate::args::CheckArgs;
use crate::problem::Problem;

/// Whether `pattern` is the name, or a glob that matches it.
pub(super) fn is_called(name: &str, pattern: &str) -> bool {
    name == pattern
        || pattern.contains(['*', '?', '['])
            && Glob::new(pattern).is_ok_and(|glob| glob.compile_matcher().is_match(name))
}

/// Whether one of `patterns` means the name.
pub(super) fn is_one_of(name: &str, patterns: &[String]) -> bool {
    patterns.iter().any(|pattern| is_called(name, pattern))
}

/// Whether a package id specification means `package`.
pub(super) fn is_meant(package: &Package, spec: &str) -> bool {
    if spec.contains("://") {
        let url = |id: &str| id.split('#').next().map(str::to_owned);
        return package.id.repr == spec
            || !spec.contains('#') && url(&package.id.repr) == url(spec);
    }
    let (name, version) = match spec.split_once(['@', ':']) {
        Some((name, version)) => (name, Some(version)),
        None => (spec, None),
    };
    is_called(package.name.as_str(), name)
        && version.is_none_or(|version| {
            let full = package.version.to_string();
            full.strip_prefix(version)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
}

impl Plan<'_> {
    /// Notes what is named and is not there.
    pub(super) fn note_missing(&mut self) {
        let packages = self.packages.asked();
        let Some(first) = packages.first() else {
            return;
        };
        let messages = missing(self.args, packages);
        let manifest = match packages.len() {
            1 => first.manifest_path.as_std_path().to_owned(),
            _ => self.packages.root_manifest(first),
        };
        let problems = messages.map(|message| Problem::new(&manifest, message));
        let problems: Vec<Problem> = problems.collect();
        self.problems.extend(problems);
    }
}

/// What none of `packages` has.
fn missing<'a>(args: &'a CheckArgs, packages: &'a [Package]) -> impl Iterator<Item = String> + 'a {
    let has = |is_it: &dyn Fn(&Target) -> bool| {
        let mut targets = packages.iter().flat_map(|package| &package.targets);
        targets.any(is_it)
    };
    type Kind = fn(&Target) -> bool;
    let kinds: [(&str, &[String], Kind); 4] = [
        ("binary", &args.bin, Target::is_bin),
        ("example", &args.example, Target::is_example),
        ("test", &args.test, Target::is_test),
        ("benchmark", &args.bench, Target::is_bench),
    ];
    let targets = kinds.into_iter().flat_map(move |(what, names, is_kind)| {
        let absent = names
            .iter()
            .filter(move |name| !has(&|target| is_kind(target) && is_called(&target.name, name)));
        absent.map(move |name| format!("no {what} is called `{name}`"))
    });
    let library = (args.lib && !has(&is_library)).then(|| "there is no library".to_owned());
    let features = args
        .features
        .iter()
        .flat_map(|list| list.split([',', ' ']))
        .filter(|feature| !feature.is_empty() && !is_feature(feature, packages))
        .map(|feature| format!("no checked package has the feature `{feature}`"));
    targets.chain(library).chain(features)
}

/// Whether one of `packages` has the feature. Of those of dependencies nothing is known here.
fn is_feature(feature: &str, packages: &[Package]) -> bool {
    let (of, name) = match feature.split_once('/') {
        Some((package, name)) => (Some(package), name),
        None => (None, feature),
    };
    let mut asked = packages
        .iter()
        .filter(|package| of.is_none_or(|of| package.name.as_str() == of))
        .peekable();
    of.is_some() && asked.peek().is_none()
        || name == "default"
        || asked.any(|package| package.features.contains_key(name))
}
