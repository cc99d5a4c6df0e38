//! Output in documentation that is what the command says.
//!
//! A comment of a command stands before a fenced block of its output, which is standard output and then standard
//! error, as on a terminal. The status is stated unless it is 0:
//!
//! ````markdown
//! <!-- $ cargo socklint leak.rs => 1 -->
//! ```text
//! error[unclosed_socket]: ..
//! ```
//! ````
//!
//! A block of the language `console` begins with the command. Without a block only the status counts.
//! `| head -9` after the command keeps the first nine lines. Beside `cargo socklint`, there are `git` and `cat`.
//!
//! Commands run in the repository; after `<!-- in a copy of PACKAGE -->` in a copy of that package of the
//! pinned corpus, one after the other, with the patches of `docs/book/case` beside it. The copy is a repository
//! of git, in which the package as it was released is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::{corpus_package, repository, run, socklint};

/// What stands before a command in a comment.
const PROMPT: &str = "<!-- $ ";
/// What stands before a package's name.
const COPY: &str = "<!-- in a copy of ";
const END: &str = " -->";

/// `text` with every block as its command writes it now; what is wrong with a block otherwise.
pub fn refreshed(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut place = Place::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(package) = between(line, COPY) {
            place = Place::copy_of(package)?;
        }
        let Some(comment) = between(line, PROMPT) else {
            if line.starts_with("<!--") && line.contains("$ ") {
                return Err(format!("`{line}` is no comment of a command"));
            }
            if line == "```console" {
                return Err("a block of the language `console` has no command".to_owned());
            }
            push(&mut out, line);
            continue;
        };
        let command = match comment.rsplit_once(" => ") {
            Some((command, _)) => command,
            None => comment,
        };
        let (status, said) = place.run(command)?;
        match status {
            0 => push(&mut out, &format!("{PROMPT}{command}{END}")),
            _ => push(&mut out, &format!("{PROMPT}{command} => {status}{END}")),
        }
        let mut rest = lines.clone();
        let Some(opening) = rest.next().filter(|line| line.starts_with("```")) else {
            continue;
        };
        let fence: String = opening.chars().take_while(|&c| c == '`').collect();
        push(&mut out, opening);
        if opening.ends_with("`console") {
            push(&mut out, &format!("$ {command}"));
        }
        for line in said.lines() {
            if line.starts_with(&fence) {
                return Err(format!("`{command}` writes {fence}: take a longer fence"));
            }
            push(&mut out, line);
        }
        if !rest.any(|line| line == fence) {
            return Err(format!("the block of `{command}` does not end"));
        }
        push(&mut out, &fence);
        lines = rest;
    }
    Ok(out)
}

fn between<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.strip_prefix(start)?.strip_suffix(END)
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// Where commands run.
#[derive(Default)]
struct Place {
    copy: Option<(TempDir, PathBuf)>,
}

impl Place {
    /// A copy of a package of the corpus, as it was released.
    fn copy_of(package: &str) -> Result<Place, String> {
        let wrong = |error: std::io::Error| format!("{package} cannot be copied: {error}");
        let source = corpus_package(package).ok_or(format!("the corpus has no {package}"))?;
        let around = tempfile::tempdir().map_err(wrong)?;
        let folder = around
            .path()
            .join(source.file_name().unwrap_or(package.as_ref()));
        copy(&source, &folder).map_err(wrong)?;
        let patches = fs::read_dir(repository().join("docs/book/case")).map_err(wrong)?;
        for patch in patches.flatten() {
            fs::copy(patch.path(), around.path().join(patch.file_name())).map_err(wrong)?;
        }
        let place = Place {
            copy: Some((around, folder)),
        };
        for command in ["git init", "git add .", "git commit --message released"] {
            let (status, said) = place.run(command)?;
            if status != 0 {
                return Err(format!("`{command}` ends with {status}: {said}"));
            }
        }
        Ok(place)
    }

    /// The status of a command, and what it wrote.
    fn run(&self, command: &str) -> Result<(i32, String), String> {
        let folder = match &self.copy {
            Some((_, folder)) => folder,
            None => repository(),
        };
        let (plain, head) = match command.split_once(" | head -") {
            Some((plain, count)) => (plain, Some(count)),
            None => (command, None),
        };
        let words: Vec<&str> = plain.split_whitespace().collect();
        let ran = match words.as_slice() {
            ["cargo", "socklint", args @ ..] => {
                run(socklint(folder).args(args).env("COLUMNS", "100"))
            }
            ["git", args @ ..] => run(self.git(folder).args(args)),
            ["cat", file] => {
                let text = fs::read_to_string(folder.join(file));
                return Ok((0, text.map_err(|error| format!("{file}: {error}"))?));
            }
            _ => return Err(format!("`{command}` is no command of this book")),
        };
        let said = without(ran.stdout + &ran.stderr, folder);
        let lines = said.lines();
        let said: Vec<&str> = match head {
            Some(count) => {
                let count = count
                    .parse()
                    .map_err(|_| format!("`{command}` has no count of lines"))?;
                lines.take(count).collect()
            }
            None => lines.collect(),
        };
        Ok((ran.status, said.join("\n")))
    }

    /// git, with no settings but these.
    fn git(&self, folder: &Path) -> Command {
        let mut git = Command::new("git");
        let settings = folder.join("../gitconfig");
        let _ = fs::write(
            &settings,
            "[user]\nname = socklint\nemail = socklint@localhost\n[core]\nabbrev = 7\nautocrlf = false\n",
        );
        git.current_dir(folder)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", settings)
            .env("GIT_PAGER", "")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE");
        git
    }
}

/// `text` with paths in `folder` relative to it: a copy is in another folder each time.
fn without(text: String, folder: &Path) -> String {
    let folders = [folder.canonicalize().ok(), Some(folder.to_owned())];
    folders.iter().flatten().fold(text, |text, folder| {
        let prefix = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        text.replace(&prefix, "")
    })
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => fs::copy(entry.path(), target).map(drop)?,
        }
    }
    Ok(())
}
