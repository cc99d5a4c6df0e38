//! The head of the page: what was checked, and what came of it in one sentence.

use std::collections::BTreeSet;
use std::path::Path;

use socklint_analysis::Verdict;

use super::text::{Html, plain};
use crate::inputs::{Inputs, shown_path};
use crate::outcome::Severity;
use crate::report::{Results, number};

/// So many files are named one by one.
const NAMED_FILES: usize = 4;

/// What is said of sockets by a rule's findings, of one and of several.
const OF_SOCKETS: [(&str, &str, &str); 4] = [
    ("unclosed_socket", "leaks", "leak"),
    ("double_close", "is closed twice", "are closed twice"),
    (
        "use_after_close",
        "is used after its close",
        "are used after their close",
    ),
    (
        "wrong_close_function",
        "is closed with the wrong function",
        "are closed with the wrong function",
    ),
];

/// The verdict in a sentence, or two.
pub(super) fn verdict(results: &Results) -> String {
    let outcome = &results.outcome;
    let mut clauses: Vec<String> = Vec::new();
    let mut sockets = 0;
    for (rule, one, several) in OF_SOCKETS {
        let found = outcome
            .diagnostics
            .iter()
            .filter(|found| found.code == Some(rule));
        let count = found.count();
        let subject = match (clauses.is_empty(), count) {
            (_, 0) => continue,
            (true, _) => number(count, "socket"),
            (false, _) => count.to_string(),
        };
        sockets += count;
        clauses.push(format!(
            "{subject} {}",
            if count == 1 { one } else { several }
        ));
    }
    let found = outcome.count(Severity::Error) + outcome.count(Severity::Warning);
    let sentence = match (clauses.pop(), found - sockets) {
        (None, 0) => return nothing_found(results),
        (None, 1) => "There is 1 finding.".to_owned(),
        (None, rest) => format!("There are {rest} findings."),
        (Some(last), rest) => {
            let sockets = match clauses.is_empty() {
                true => last,
                false => format!("{} and {last}", clauses.join(", ")),
            };
            match rest {
                0 => format!("{sockets}."),
                1 => format!("{sockets}; there is 1 other finding."),
                rest => format!("{sockets}; there are {rest} other findings."),
            }
        }
    };
    format!("{sentence}{}", not_checked(results))
}

fn nothing_found(results: &Results) -> String {
    let outcome = &results.outcome;
    if outcome.not_checked() > 0 {
        return format!(
            "Nothing was found in what could be checked.{}",
            not_checked(results)
        );
    }
    let all = results.proofs.len();
    let fine = |verdict| matches!(verdict, Verdict::Closed | Verdict::HandedOn);
    let is_fine = results.proofs.iter().all(|proof| fine(proof.verdict));
    let more = match (all, is_fine) {
        (0, _) => " No socket is opened in this code.".to_owned(),
        (1, true) => " The one socket is closed or handed on, on every path.".to_owned(),
        (_, true) => format!(" All {all} sockets are closed or handed on, on every path."),
        (_, false) => String::new(),
    };
    format!("Nothing was found.{more}")
}

fn not_checked(results: &Results) -> String {
    match results.outcome.not_checked() {
        0 => String::new(),
        1 => " One file or folder could not be checked.".to_owned(),
        count => format!(" {count} files or folders could not be checked."),
    }
}

/// What was checked: packages, and files that belong to none.
pub(super) fn checked(inputs: &Inputs) -> Vec<Html> {
    let mut packages = BTreeSet::new();
    let mut files = BTreeSet::new();
    for (krate, origin) in inputs.input.crates.iter().zip(&inputs.origins) {
        let shown = |file: &&usize| inputs.shown.get(**file) == Some(&true);
        match (krate.report, krate.loose) {
            (false, _) => {}
            (true, false) => {
                packages.insert((package(&origin.package_id), origin.manifest_path.clone()));
            }
            (true, true) => {
                let read = krate.files.iter().filter(shown);
                files.extend(
                    read.filter_map(|&file| inputs.input.files.get(file))
                        .map(|file| &file.path),
                );
            }
        }
    }
    let mut checked: Vec<Html> = packages
        .iter()
        .map(|(name, manifest)| {
            let folder = manifest.parent().unwrap_or(Path::new(""));
            match shown_path(folder, &inputs.base).as_str() {
                "" => plain(&format!("package {name}")),
                folder => plain(&format!("package {name} in {folder}")),
            }
        })
        .collect();
    match files.len() {
        0 => {}
        1..=NAMED_FILES => checked.extend(files.iter().map(|file| plain(file))),
        count => {
            let paths: Vec<&Path> = files.iter().map(Path::new).collect();
            let folder = common_folder(&paths).to_string_lossy();
            let place = match folder.as_ref() {
                "" => String::new(),
                folder => format!(" in {folder}"),
            };
            checked.push(plain(&format!("{count} files{place}")));
        }
    }
    checked
}

fn common_folder<'a>(paths: &[&'a Path]) -> &'a Path {
    let first = paths.first().and_then(|path| path.parent());
    let mut folders = first.into_iter().flat_map(Path::ancestors);
    let common = folders.find(|folder| paths.iter().all(|path| path.starts_with(folder)));
    common.unwrap_or(Path::new(""))
}

/// The name and version in a package's id, as cargo prints it: `<url>#<name>@<version>`, or only
/// `#<version>` where the folder has the package's name.
fn package(id: &str) -> String {
    let Some((url, fragment)) = id.rsplit_once('#') else {
        return id.to_owned();
    };
    let (name, version) = match fragment.split_once('@') {
        Some((name, version)) => (name, version),
        None => (url.rsplit('/').next().unwrap_or(url), fragment),
    };
    format!("{name} {version}")
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn packages_have_names_and_versions() {
        for (id, shown) in [
            ("path+file:///a/mio#0.7.0", "mio 0.7.0"),
            ("path+file:///a/x#mio@0.7.0", "mio 0.7.0"),
            ("registry+https://host/index#mio@0.7.0", "mio 0.7.0"),
            ("mio", "mio"),
        ] {
            assert_eq!(package(id), shown);
        }
    }
}
