//! A JSON report, taken apart.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::problem::Problem;
use crate::report::wire::{Detail, Fate, Part, Range, Summary};

/// What a report says.
pub(super) struct Read {
    pub(super) path: PathBuf,
    pub(super) messages: Vec<Message>,
    pub(super) proofs: Vec<Proof>,
    pub(super) cut_short: Vec<CutShort>,
    /// Missing if the report ends early.
    pub(super) summary: Option<Summary>,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
}

/// A diagnostic, with what cargo's messages say of where it is.
pub(super) struct Message {
    pub(super) level: String,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) detail: Detail,
    pub(super) package_id: String,
    pub(super) manifest_path: PathBuf,
    pub(super) target: Value,
}

/// The fate of a socket.
#[derive(Deserialize)]
pub(super) struct Proof {
    pub(super) span: Range,
    pub(super) function: String,
    pub(super) acquired_by: String,
    pub(super) verdict: Fate,
    pub(super) because: String,
}

/// A function that was too large to follow to the end.
#[derive(Deserialize)]
pub(super) struct CutShort {
    pub(super) span: Range,
    pub(super) function: String,
}

/// A line of a report.
#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Line {
    #[serde(rename = "compiler-message")]
    Message(Box<CargoMessage>),
    #[serde(rename = "socklint-proof")]
    Proof(Proof),
    #[serde(rename = "socklint-cut-short")]
    CutShort(CutShort),
    #[serde(rename = "socklint-summary")]
    Summary(Summary),
    /// Cargo's own.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct CargoMessage {
    package_id: String,
    manifest_path: PathBuf,
    #[serde(default)]
    target: Value,
    message: Diagnostic,
    socklint: Option<Detail>,
}

/// rustc's part of a message.
#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    level: String,
    code: Option<Code>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

impl Read {
    /// Which part of the work the report is of, if it says so.
    pub(super) fn part(&self) -> Option<Part> {
        Some(self.summary.as_ref()?.part())
    }
}

impl Summary {
    /// The part; the whole is one of one.
    pub(super) fn part(&self) -> Part {
        self.shard.unwrap_or(Part { number: 1, of: 1 })
    }
}

/// Reads the report at `path`.
pub(super) fn read(path: &Path) -> Read {
    let mut report = Read {
        path: path.to_owned(),
        messages: Vec::new(),
        proofs: Vec::new(),
        cut_short: Vec::new(),
        summary: None,
        problems: Vec::new(),
    };
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("cannot be read: {error}");
            report.problems.push(Problem::new(path, message));
            return report;
        }
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let message = "UTF-16, which a shell made of it: write it with --output";
        report.problems.push(Problem::new(path, message));
        return report;
    }
    let mut wrong = Vec::new();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(line) {
            Ok(line) => {
                if let Err(message) = report.add(line) {
                    wrong.push((index + 1, message));
                }
            }
            Err(error) => wrong.push((index + 1, reason(&error))),
        }
    }
    if let Some((line, message)) = wrong.first() {
        let more = match wrong.len() - 1 {
            0 => String::new(),
            1 => ", and so is another line".to_owned(),
            more => format!(", and so are {more} other lines"),
        };
        let message = format!("line {line} is left out: {message}{more}");
        report.problems.push(Problem::new(path, message));
    }
    if report.summary.is_none() {
        let message = "no complete report of socklint's: its summary is missing";
        report.problems.push(Problem::new(path, message));
    }
    report
}

fn reason(error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Data => format!("no message that is known ({error})"),
        _ => format!("no JSON ({error})"),
    }
}

impl Read {
    fn add(&mut self, line: Line) -> Result<(), String> {
        match line {
            Line::Message(cargo) => self.add_message(*cargo)?,
            Line::Proof(proof) => self.proofs.push(proof),
            Line::CutShort(cut) => self.cut_short.push(cut),
            Line::Summary(_) if self.summary.is_some() => {
                return Err("a second summary: one file holds one report".to_owned());
            }
            Line::Summary(summary) => self.summary = Some(summary),
            Line::Other => {}
        }
        Ok(())
    }

    fn add_message(&mut self, cargo: CargoMessage) -> Result<(), String> {
        let CargoMessage { message, .. } = cargo;
        let code = message.code.map(|code| code.code).unwrap_or_default();
        let Some(code) = code.strip_prefix("socklint::") else {
            // The compiler's, or clippy's.
            return Ok(());
        };
        let detail = cargo
            .socklint
            .ok_or("a finding of another version, which lacks what is needed")?;
        self.messages.push(Message {
            level: message.level,
            code: code.to_owned(),
            message: message.message,
            detail,
            package_id: cargo.package_id,
            manifest_path: cargo.manifest_path,
            target: cargo.target,
        });
        Ok(())
    }
}
