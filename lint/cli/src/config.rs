//! `socklint.toml`: what a project states of code that is not its own.
//!
//! ```toml
//! [[contract]]
//! function = "pool::give_back"  # its path, from the crate's name
//! closes = 0                    # a parameter, from 0, or a list of them; so `borrows` and `takes`
//!
//! [[contract]]
//! function = "pool::connect"
//! opens = "result"              # how its result has the socket: "socket", "result" or "option"
//! ```
//!
//! The file is the nearest one at or above the folder of the check. What is wrong with it is said, and what is
//! right counts.

use std::path::Path;

use socklint_analysis::{Opens, StatedContract};
use toml::{Table, Value};

use crate::problem::Problem;
use crate::read;

const NAME: &str = "socklint.toml";

/// What the file says, and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) contracts: Vec<StatedContract>,
    pub(crate) problems: Vec<Problem>,
}

/// The configuration for a check of `base`.
pub(crate) fn load(base: &Path) -> Config {
    let mut candidates = base.ancestors().map(|folder| folder.join(NAME));
    let Some(path) = candidates.find(|path| path.is_file()) else {
        return Config::default();
    };
    let text = match read::read_all(std::slice::from_ref(&path), 1).pop() {
        Some(Ok(text)) => text,
        Some(Err(problem)) => return Config::problem(problem),
        None => return Config::default(),
    };
    parse(&path, &text)
}

impl Config {
    fn problem(problem: Problem) -> Config {
        Config {
            contracts: Vec::new(),
            problems: vec![problem],
        }
    }
}

fn parse(path: &Path, text: &str) -> Config {
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => return Config::problem(Problem::new(path, error)),
    };
    let mut config = Config::default();
    let mut wrong = |message: String| config.problems.push(Problem::new(path, message));
    for (key, value) in table {
        match (key.as_str(), value) {
            ("contract", Value::Array(all)) => {
                for (number, one) in all.into_iter().enumerate() {
                    match contract(one) {
                        Ok(contract) => config.contracts.push(contract),
                        Err(message) => wrong(format!("contract {}: {message}", number + 1)),
                    }
                }
            }
            ("contract", _) => wrong("write `[[contract]]`, once for each function".to_owned()),
            (key, _) => wrong(format!("`{key}` is not known: expected `[[contract]]`")),
        }
    }
    config
}

fn contract(value: Value) -> Result<StatedContract, String> {
    let Value::Table(table) = value else {
        return Err("expected a table".to_owned());
    };
    let mut found = StatedContract::default();
    for (key, value) in table {
        match key.as_str() {
            "function" => match value {
                Value::String(path) if path.split("::").count() > 1 => found.function = path,
                _ => {
                    return Err(
                        "`function` is a path from the crate's name: `pool::give_back`".into(),
                    );
                }
            },
            "opens" => {
                found.opens = Some(match value.as_str() {
                    Some("socket") => Opens::Socket,
                    Some("result") => Opens::Result,
                    Some("option") => Opens::Option,
                    _ => return Err("`opens` is \"socket\", \"result\" or \"option\"".into()),
                });
            }
            "closes" => found.closes = parameters(&key, value)?,
            "borrows" => found.borrows = parameters(&key, value)?,
            "takes" => found.takes = parameters(&key, value)?,
            key => {
                return Err(format!(
                    "`{key}` is not known: expected `function`, `opens`, `closes`, `borrows` or `takes`"
                ));
            }
        }
    }
    match found.function.is_empty() {
        true => Err("it has no `function`".to_owned()),
        false => Ok(found),
    }
}

/// One number of a parameter, or a list of them.
fn parameters(key: &str, value: Value) -> Result<Vec<usize>, String> {
    let numbers = match value {
        Value::Array(numbers) => numbers,
        number => vec![number],
    };
    let number = |value: &Value| usize::try_from(value.as_integer()?).ok();
    let numbers: Option<Vec<usize>> = numbers.iter().map(number).collect();
    numbers.ok_or_else(|| format!("`{key}` is a parameter's number, from 0, or a list of them"))
}
