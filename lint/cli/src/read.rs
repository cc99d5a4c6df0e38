//! Reading the sources, several at a time.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::problem::Problem;

/// No source file is larger; what is, is no source file.
const LARGEST: u64 = 64 << 20;

/// Reads all of `paths`, at most `jobs` at a time. The result has their order.
pub(crate) fn read_all(paths: &[PathBuf], jobs: usize) -> Vec<Result<Arc<str>, Problem>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = paths.get(index) else {
                return done;
            };
            done.push((index, read(path)));
        }
    };
    let mut all: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..jobs.min(paths.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|&(index, _)| index);
    all.into_iter().map(|(_, text)| text).collect()
}

fn read(path: &Path) -> Result<Arc<str>, Problem> {
    // A pipe or a device may never end: it is not even opened.
    let metadata = path.metadata().map_err(|error| cannot_read(path, error))?;
    if !metadata.is_file() {
        return Err(Problem::new(path, "not a regular file"));
    }
    let file = File::open(path).map_err(|error| cannot_read(path, error))?;
    read_from(path, file)
}

/// Reads a source from `reader`, which goes by the name of `path`.
pub(crate) fn read_from(path: &Path, reader: impl Read) -> Result<Arc<str>, Problem> {
    let mut bytes = Vec::new();
    reader
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_read(path, error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::new(path, "larger than 64 MiB"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..at]
                .iter()
                .filter(|&&b| b == b'\n')
                .count();
            Err(Problem::new(path, format!("not UTF-8 (line {line})")))
        }
    }
}

fn cannot_read(path: &Path, error: std::io::Error) -> Problem {
    Problem::new(path, format!("cannot be read: {error}"))
}
