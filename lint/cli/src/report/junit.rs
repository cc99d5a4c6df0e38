//! JUnit's XML, which GitLab, Jenkins and most other CI servers show as tests.
//!
//! As other linters have it, a file is a suite. Each finding is a test case that fails, with the text for
//! people as its detail; a file without findings is one that passes, so a report is never empty; what could
//! not be checked is one with an error. A case is named by rule and function and not by its line: servers
//! know by class and name which failures are new, and GitLab shows only the first of the same name, so
//! those that agree are numbered.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::place::{self, Located};
use super::{Results, human};
use crate::fingerprint::NOT_CHECKED;
use crate::outcome::Diagnostic;
use crate::repository::Repository;

/// The case of a file in which nothing was found, or which could not be checked.
const WHOLE_FILE: &str = "socklint";

/// Writes everything.
pub(crate) fn write(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let inputs = &results.inputs;
    let repository = Repository::around(&inputs.base);
    let drawing = human::Drawing::new(inputs);
    let mut suites: BTreeMap<String, Vec<TestCase>> = BTreeMap::new();
    for (file, shown) in inputs.input.files.iter().zip(&inputs.shown) {
        if *shown {
            suites
                .entry(repository.path(file.path.as_ref()))
                .or_default();
        }
    }
    let mut names = HashMap::new();
    for diagnostic in &results.outcome.diagnostics {
        let place = place::of(inputs, &repository, diagnostic);
        let name = unique(&mut names, &place.path, name(diagnostic));
        let case = failed(diagnostic, name, &place, &drawing.text(diagnostic)?);
        suites.entry(place.path).or_default().push(case);
    }
    let mut report = Report::new("socklint");
    for (path, mut cases) in suites {
        if cases.is_empty() {
            let mut passed = TestCase::new(WHOLE_FILE, TestCaseStatus::success());
            locate(&mut passed, &path, None);
            cases.push(passed);
        }
        let mut suite = TestSuite::new(clean(&path));
        suite.add_test_cases(cases);
        report.add_test_suite(suite);
    }
    report.serialize(&mut *out).map_err(io::Error::other)
}

fn name(diagnostic: &Diagnostic) -> String {
    match (diagnostic.code, diagnostic.function.as_str()) {
        (None, _) => WHOLE_FILE.to_owned(),
        (Some(rule), "") => rule.to_owned(),
        (Some(rule), function) => format!("{rule} in {function}"),
    }
}

/// `name`, numbered if it is not the first in its file.
fn unique(names: &mut HashMap<(String, String), usize>, path: &str, name: String) -> String {
    let count = names.entry((path.to_owned(), name.clone())).or_default();
    *count += 1;
    match *count {
        1 => name,
        count => format!("{name} ({count})"),
    }
}

fn failed(diagnostic: &Diagnostic, name: String, place: &Located, text: &str) -> TestCase {
    let (kind, cause) = match diagnostic.code {
        Some(_) => (NonSuccessKind::Failure, diagnostic.severity.name()),
        None => (NonSuccessKind::Error, NOT_CHECKED),
    };
    let mut status = TestCaseStatus::non_success(kind);
    status
        .set_message(clean(&diagnostic.message))
        .set_type(cause)
        .set_description(clean(text));
    let mut case = TestCase::new(clean(&name), status);
    locate(
        &mut case,
        &place.path,
        place.range.as_ref().map(|range| range.start.line),
    );
    case
}

/// Says where a case belongs. Servers take the last part of a class's name, after a dot, for the class, and
/// the rest for its package: the extension would be all that is seen.
fn locate(case: &mut TestCase, path: &str, line: Option<usize>) {
    case.set_classname(clean(path.strip_suffix(".rs").unwrap_or(path)));
    case.extra.insert("file".into(), clean(path).into());
    if let Some(line) = line {
        case.extra.insert("line".into(), line.to_string().into());
    }
}

/// What XML can hold: control characters are replaced by their pictures, and what is no character by the
/// sign for that. The library would drop them, and what follows an escape with them.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => c,
            '\t' => ' ',
            '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(' '),
            '\x7F'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}
