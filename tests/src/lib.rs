//! Tests of the command as its users run it: see `tests/`.

pub mod blocks;
pub mod samples;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// The built command; it is built once for each test binary.
pub fn executable() -> &'static Path {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    BUILT
        .get_or_init(build)
        .as_deref()
        .expect("cargo-socklint is built")
}

fn build() -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--offline", "--message-format=json"])
        .args(["--package", "cargo-socklint"])
        .current_dir(repository())
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    let messages = objects(&output.stdout);
    let mut executables = messages
        .iter()
        .filter_map(|message| message["executable"].as_str());
    executables
        .next()
        .filter(|_| output.status.success())
        .map(PathBuf::from)
}

/// The folder of the workspace.
pub fn repository() -> &'static Path {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.parent().unwrap_or(folder)
}

/// What a run of the command said.
#[derive(Debug)]
pub struct Ran {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Ran {
    /// The JSON objects on standard output.
    pub fn objects(&self) -> Vec<Value> {
        objects(self.stdout.as_bytes())
    }

    /// The diagnostics among them.
    pub fn messages(&self) -> Vec<Value> {
        let all = self.objects().into_iter();
        all.filter(|object| object["reason"] == "compiler-message")
            .collect()
    }
}

/// The command in `folder`, to be completed and run with [`run`].
pub fn socklint(folder: &Path) -> Command {
    let mut command = Command::new(executable());
    command
        .current_dir(folder)
        .env_remove("CARGO_TERM_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null());
    command
}

/// Runs `command` to its end.
pub fn run(command: &mut Command) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command runs");
    Ran {
        status: status.code().expect("the command ends by itself"),
        stdout: String::from_utf8(stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(stderr).expect("standard error is UTF-8"),
    }
}

fn objects(text: &[u8]) -> Vec<Value> {
    let lines = text
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice(line).expect("each line is a JSON object"))
        .collect()
}

/// The rules, as `cargo socklint rules` lists them.
pub fn rules() -> Vec<Value> {
    run(socklint(repository()).args(["rules", "--message-format", "json"])).objects()
}

/// The folder of the pinned crates; cargo fetches what is missing.
pub fn corpus() -> &'static Path {
    static FETCHED: OnceLock<PathBuf> = OnceLock::new();
    FETCHED.get_or_init(|| {
        let folder = repository().join(".corpus");
        let pins = repository().join("tests/corpus/Cargo.toml");
        std::fs::create_dir_all(&folder).expect("the corpus folder can be made");
        std::fs::copy(pins, folder.join("Cargo.toml")).expect("the pins can be copied");
        std::fs::write(folder.join("empty.rs"), "").expect("the corpus folder can be written");
        let status = cargo(&folder).args(["fetch", "--quiet"]).status();
        assert!(
            status.expect("cargo runs").success(),
            "cargo fetches the pinned crates"
        );
        folder
    })
}

/// Where the sources of a pinned crate are: `uds_windows 1.2.1`.
pub fn corpus_package(package: &str) -> Option<PathBuf> {
    let (name, version) = package.split_once(' ')?;
    let args = ["metadata", "--offline", "--format-version", "1"];
    let output = cargo(corpus()).args(args).output().ok()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata["packages"].as_array()?;
    let manifest = packages
        .iter()
        .find(|package| package["name"] == name && package["version"] == version)?["manifest_path"]
        .as_str()?;
    Path::new(manifest).parent().map(Path::to_owned)
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder);
    cargo
}

/// The Rust files below a folder.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The lines and rules of a sample's `//~ rule rule` and `//~^ rule`.
pub fn markers(text: &str) -> Vec<(usize, String)> {
    let mut markers = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some((_, marker)) = line.split_once("//~") else {
            continue;
        };
        let rules = marker.trim_start_matches('^');
        let line = index + 1 - (marker.len() - rules.len());
        markers.extend(rules.split_whitespace().map(|rule| (line, rule.to_owned())));
    }
    markers
}
