//! JUnit's XML, which GitLab, Jenkins and most other CI servers show as tests.
//!
//! As other linters have it, a file is a suite. Each finding is a test case that fails, with the text for
//! people as its detail; a file without findings is one that passes, so a report is never empty; what could
//! not be checked is one with an error. A case is named by rule and function and not by its line: servers
//! know by class and name which failures are new, and GitLab shows only the first of the same name, so
//! those that agree are numbered. The fates of a file's sockets are what the suite has printed.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::place::{Located, Sources};
use super::{Results, human, proof_lines};
use crate::fingerprint::NOT_CHECKED;
use crate::outcome::Diagnostic;

/// The case of a file in which nothing was found, or which could not be checked.
const WHOLE_FILE: &str = "socklint";

/// What is said of one file.
#[derive(Default)]
struct Suite {
    cases: Vec<TestCase>,
    printed: String,
}

/// Writes everything; `fates`: also that of every socket.
pub(crate) fn write(out: &mut impl Write, results: &Results, fates: bool) -> io::Result<()> {
    let mut report = Report::new("socklint");
    let mut names = Names::default();
    for (path, Suite { mut cases, printed }) in suites(results, fates, &mut names)? {
        if cases.is_empty() {
            cases.push(passed(&path, &mut names));
        }
        let mut suite = TestSuite::new(clean(&path));
        suite.add_test_cases(cases);
        if !printed.is_empty() {
            suite.set_system_out(clean(&printed));
        }
        report.add_test_suite(suite);
    }
    report.serialize(&mut *out).map_err(io::Error::other)
}

/// One for each file that was asked for, and for each path that could not be read.
fn suites(
    results: &Results,
    fates: bool,
    names: &mut Names,
) -> io::Result<BTreeMap<String, Suite>> {
    let inputs = &results.inputs;
    let sources = Sources::new(inputs);
    let drawing = human::Drawing::new(inputs);
    let mut suites: BTreeMap<String, Suite> = BTreeMap::new();
    for (file, _) in inputs
        .input
        .files
        .iter()
        .zip(&inputs.shown)
        .filter(|(_, shown)| **shown)
    {
        suites
            .entry(sources.repository.path(file.path.as_ref()))
            .or_default();
    }
    for diagnostic in &results.outcome.diagnostics {
        let place = sources.of(diagnostic);
        let case = failed(
            diagnostic,
            &place,
            drawing.text(diagnostic)?.trim_end(),
            names,
        );
        suites.entry(place.path).or_default().cases.push(case);
    }
    for (file, line) in proof_lines(results).into_iter().filter(|_| fates) {
        let path = inputs
            .input
            .files
            .get(file.0 as usize)
            .map(|file| file.path.as_ref());
        let suite = path.and_then(|path| suites.get_mut(&sources.repository.path(path)));
        if let Some(suite) = suite {
            suite.printed.push_str(&format!("{line}\n"));
        }
    }
    Ok(suites)
}

fn passed(path: &str, names: &mut Names) -> TestCase {
    case(
        WHOLE_FILE.to_owned(),
        TestCaseStatus::success(),
        path,
        names,
    )
}

fn failed(diagnostic: &Diagnostic, place: &Located, text: &str, names: &mut Names) -> TestCase {
    let (kind, cause) = match diagnostic.code {
        Some(_) => (NonSuccessKind::Failure, diagnostic.severity.name()),
        None => (NonSuccessKind::Error, NOT_CHECKED),
    };
    let name = match (diagnostic.code, diagnostic.function.as_str()) {
        (None, _) => WHOLE_FILE.to_owned(),
        (Some(rule), "") => rule.to_owned(),
        (Some(rule), function) => format!("{rule} in {function}"),
    };
    let mut status = TestCaseStatus::non_success(kind);
    status
        .set_message(clean(&diagnostic.message))
        .set_type(cause)
        .set_description(clean(text));
    let mut case = case(name, status, &place.path, names);
    if let Some(range) = &place.range {
        let line = range.start.line.to_string();
        case.extra.insert("line".into(), line.into());
    }
    case
}

fn case(name: String, status: TestCaseStatus, path: &str, names: &mut Names) -> TestCase {
    let class = class(path);
    let name = names.unique(&class, clean(&name));
    let mut case = TestCase::new(name, status);
    case.set_classname(class);
    case.extra.insert("file".into(), clean(path).into());
    case
}

/// A file's path as servers show classes: in a tree, by the dots.
fn class(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    clean(path.trim_start_matches('/')).replace('/', ".")
}

/// The names that cases have, by class.
#[derive(Default)]
struct Names(HashMap<(String, String), usize>);

impl Names {
    /// `name`, numbered if it is not the first of its class.
    fn unique(&mut self, class: &str, name: String) -> String {
        let key = (class.to_owned(), name.clone());
        let count = self.0.entry(key).or_default();
        *count += 1;
        match *count {
            1 => name,
            count => format!("{name} ({count})"),
        }
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
