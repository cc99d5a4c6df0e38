//! `--statistics`: how often each rule found something.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::args::MessageFormat;
use crate::check::tell;
use crate::outcome::{Outcome, Severity};
use crate::remarks;
use crate::report::json::NOT_CHECKED;

/// What a rule found at a level.
struct Row {
    count: usize,
    /// How many of them have a fix.
    fixable: usize,
    code: &'static str,
    severity: Severity,
    summary: &'static str,
}

/// The rules that found something, the most frequent first.
fn rows(outcome: &Outcome) -> Vec<Row> {
    let mut rows: BTreeMap<(&str, &str), Row> = BTreeMap::new();
    for diagnostic in &outcome.diagnostics {
        let code = diagnostic.code.unwrap_or(NOT_CHECKED);
        let row = rows
            .entry((code, diagnostic.severity.name()))
            .or_insert_with(|| Row {
                count: 0,
                fixable: 0,
                code,
                severity: diagnostic.severity,
                summary: match (diagnostic.rule, remarks::by_name(code)) {
                    (Some(rule), _) => rule.summary,
                    (_, Some(remark)) => remark.summary,
                    _ => "a file or folder could not be checked",
                },
            });
        row.count += 1;
        row.fixable += usize::from(!diagnostic.fixes.is_empty());
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows
}

/// A line each. `[*]`: all of these have a fix; `[-]`: some do.
fn text(outcome: &Outcome) -> String {
    let rows = rows(outcome);
    let count = rows.iter().map(|row| row.count.to_string().len()).max();
    let code = rows.iter().map(|row| row.code.len()).max();
    let (count, code) = (count.unwrap_or(0), code.unwrap_or(0));
    let line = |row: &Row| {
        let fixable = match row.fixable {
            0 => "   ",
            all if all == row.count => "[*]",
            _ => "[-]",
        };
        let (level, summary) = (row.severity.name(), row.summary);
        format!(
            "{:count$}  {:code$}  {level:7}  {fixable}  {summary}\n",
            row.count, row.code
        )
    };
    rows.iter().map(line).collect()
}

/// Puts the lines behind a report for people, or on standard error if the report is for programs. JSON has them
/// already.
pub(crate) fn write(
    report: &mut impl Write,
    format: MessageFormat,
    outcome: &Outcome,
) -> io::Result<()> {
    if matches!(format, MessageFormat::Human | MessageFormat::Short) {
        report.write_all(text(outcome).as_bytes())?;
    } else if format != MessageFormat::Json {
        tell(&text(outcome));
    }
    Ok(())
}

/// A message among cargo's.
pub(crate) fn json(outcome: &Outcome) -> Value {
    let rules = rows(outcome).into_iter().map(|row| {
        json!({
            "code": row.code,
            "level": row.severity.name(),
            "count": row.count,
            "fixable": row.fixable,
            "summary": row.summary,
        })
    });
    json!({"reason": "socklint-statistics", "rules": rules.collect::<Vec<_>>()})
}
