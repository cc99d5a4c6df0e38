//! What `--fix` and `--diff` do, and leave alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use socklint_tests::{Ran, repository, run, rust_files, socklint};
use tempfile::TempDir;

/// One function with one finding, and what it becomes.
struct Case {
    name: &'static str,
    before: &'static str,
    after: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "a socket is closed where `?` returns",
        before: "
fn open(addr: *const SOCKADDR) -> io::Result<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { bind(s, addr, 16) })?;
    Ok(s)
}
",
        after: "
fn open(addr: *const SOCKADDR) -> io::Result<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { bind(s, addr, 16) }).map_err(|error| {
        unsafe { closesocket(s) };
        error
    })?;
    Ok(s)
}
",
    },
    Case {
        name: "all exits, and an error that is read before the close",
        before: "
unsafe fn open(addr: *const SOCKADDR, hint: Option<i32>) -> io::Result<SOCKET> {
    let s = socket(2, 1, 6);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let Some(backlog) = hint else { return Err(io::ErrorKind::Other.into()) };
    if bind(s, addr, 16) == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    match listen(s, backlog) {
        SOCKET_ERROR => Err(io::Error::last_os_error()),
        _ => Ok(s),
    }
}
",
        after: "
unsafe fn open(addr: *const SOCKADDR, hint: Option<i32>) -> io::Result<SOCKET> {
    let s = socket(2, 1, 6);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let Some(backlog) = hint else {
        let error = io::ErrorKind::Other.into();
        closesocket(s);
        return Err(error);
    };
    if bind(s, addr, 16) == SOCKET_ERROR {
        let error = io::Error::last_os_error();
        closesocket(s);
        return Err(error);
    }
    match listen(s, backlog) {
        SOCKET_ERROR => {
            let error = io::Error::last_os_error();
            closesocket(s);
            Err(error)
        }
        _ => Ok(s),
    }
}
",
    },
    Case {
        name: "a client that the loop lets go of",
        before: "
fn serve(listener: SOCKET, wanted: fn(SOCKET) -> bool) {
    loop {
        let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if client == INVALID_SOCKET {
            break;
        }
        if !ready(client) {
            continue;
        }
        unsafe { closesocket(client) };
    }
}
fn ready(client: SOCKET) -> bool {
    unsafe { send(client, std::ptr::null(), 0, 0) == 0 }
}
",
        after: "
fn serve(listener: SOCKET, wanted: fn(SOCKET) -> bool) {
    loop {
        let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if client == INVALID_SOCKET {
            break;
        }
        if !ready(client) {
            unsafe { closesocket(client) };
            continue;
        }
        unsafe { closesocket(client) };
    }
}
fn ready(client: SOCKET) -> bool {
    unsafe { send(client, std::ptr::null(), 0, 0) == 0 }
}
",
    },
    Case {
        name: "the error is read before the close",
        before: "
fn dial(s: SOCKET, addr: *const SOCKADDR) -> io::Result<()> {
    if unsafe { connect(s, addr, 16) } == SOCKET_ERROR {
        unsafe { closesocket(s) };
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
",
        after: "
fn dial(s: SOCKET, addr: *const SOCKADDR) -> io::Result<()> {
    if unsafe { connect(s, addr, 16) } == SOCKET_ERROR {
        let error = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(error);
    }
    Ok(())
}
",
    },
    Case {
        name: "the closer is corrected",
        before: "
fn hang_up(s: SOCKET) {
    unsafe { shutdown(s, SD_BOTH) };
    unsafe { CloseHandle(s as HANDLE) };
}
",
        after: "
fn hang_up(s: SOCKET) {
    unsafe { shutdown(s, SD_BOTH) };
    unsafe { closesocket(s) };
}
",
    },
    Case {
        name: "the failure value is corrected",
        before: "
fn open() -> Option<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == 0 {
        return None;
    }
    Some(s)
}
",
        after: "
fn open() -> Option<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return None;
    }
    Some(s)
}
",
    },
    Case {
        name: "milliseconds become seconds",
        before: "
fn linger(s: SOCKET, timeout: Duration) -> i32 {
    let value = LINGER { l_onoff: 1, l_linger: timeout.as_millis() as u16 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const value).cast(), 4) }
}
",
        after: "
fn linger(s: SOCKET, timeout: Duration) -> i32 {
    let value = LINGER { l_onoff: 1, l_linger: timeout.as_millis().div_ceil(1000) as u16 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const value).cast(), 4) }
}
",
    },
];

const HEAD: &str = "\
use std::{io, time::Duration};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::*;
fn cvt(r: i32) -> io::Result<()> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}
";

fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.rs"), text).expect("written");
    folder
}

fn fixed(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(socklint(folder.path())
        .args(["--message-format", "short", "a.rs"])
        .args(arguments))
}

fn text(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("a.rs")).expect("it can be read")
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=n", "-c", "user.email=e"])
        .args(arguments)
        .current_dir(folder)
        .output();
    assert!(
        done.expect("git runs").status.success(),
        "git {arguments:?}"
    );
}

#[test]
fn each_kind_of_fix() {
    for case in CASES {
        let folder = folder(&format!("{HEAD}{}", case.before));
        let ran = fixed(&folder, &["--fix", "--allow-no-vcs"]);
        let wanted = format!("{HEAD}{}", case.after);
        assert_eq!(text(&folder), wanted, "{}: {}", case.name, ran.stderr);
        assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", case.name);
        assert!(
            ran.stderr.contains("no findings (1 fixed)"),
            "{}",
            ran.stderr
        );
    }
}

/// Every file of `tests/fixes` becomes what stands beside it (`NAME.fixed.rs`), or stays what it is. What was
/// formatted is formatted then. All of them compile for Windows, before and after.
#[test]
fn each_file_becomes_the_one_beside_it() {
    let samples = repository().join("tests/fixes");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let is_fixed = |path: &Path| path.to_string_lossy().ends_with(".fixed.rs");
    let before: Vec<_> = rust_files(&samples)
        .into_iter()
        .filter(|path| !is_fixed(path))
        .collect();
    assert!(before.len() >= 30, "only {} samples", before.len());
    for path in &before {
        let name = path.file_name().expect("a file");
        fs::copy(path, folder.path().join(name)).expect("copied");
    }
    let ran = run(socklint(folder.path()).args(["--fix", "--allow-no-vcs", "-q", "."]));
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for path in &before {
        let changed = folder.path().join(path.file_name().expect("a file"));
        let beside = path.with_extension("fixed.rs");
        let wanted = if beside.exists() { &beside } else { path };
        let text = |path: &Path| fs::read_to_string(path).expect("it can be read");
        assert_eq!(text(&changed), text(wanted), "{}", path.display());
        assert!(
            !is_formatted(path) || is_formatted(&changed),
            "{}",
            path.display()
        );
    }
}

fn is_formatted(path: &Path) -> bool {
    let ran = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "-q"])
        .arg(path)
        .output();
    ran.expect("rustfmt runs").status.success()
}

/// Line ends stay what they are.
#[test]
fn a_file_with_carriage_returns_keeps_them() {
    let case = &CASES[0];
    let crlf = |text: &str| format!("{HEAD}{text}").replace('\n', "\r\n");
    let folder = folder(&crlf(case.before));
    fixed(&folder, &["--fix", "--allow-no-vcs"]);
    assert_eq!(text(&folder), crlf(case.after));
}

#[test]
fn a_diff_changes_nothing() {
    let before = format!("{HEAD}{}", CASES[3].before);
    let folder = folder(&before);
    let ran = fixed(&folder, &["--diff"]);
    let wanted = "\
--- a/a.rs
+++ b/a.rs
@@ -7,8 +7,9 @@
 
 fn dial(s: SOCKET, addr: *const SOCKADDR) -> io::Result<()> {
     if unsafe { connect(s, addr, 16) } == SOCKET_ERROR {
+        let error = io::Error::last_os_error();
         unsafe { closesocket(s) };
-        return Err(io::Error::last_os_error());
+        return Err(error);
     }
     Ok(())
 }
";
    assert_eq!((ran.status, ran.stdout.as_str()), (1, wanted));
    assert_eq!(text(&folder), before);
    // What it prints is a patch, after which there is nothing left to show.
    fs::write(folder.path().join("a.patch"), &ran.stdout).expect("written");
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["apply", "a.patch"]);
    let ran = fixed(&folder, &["--diff"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
}

/// As `cargo fix` has it.
#[test]
fn a_tree_with_changes_is_left_alone() {
    let before = format!("{HEAD}{}", CASES[3].before);
    let folder = folder(&before);
    let refused = |arguments: &[&str], why: &str| {
        let ran = fixed(&folder, arguments);
        assert_eq!(ran.status, 2, "{}", ran.stdout);
        assert!(ran.stdout.contains(why), "{}", ran.stdout);
        assert!(
            ran.stdout.contains("clobbered_error"),
            "it is still reported"
        );
        assert_eq!(text(&folder), before);
    };
    refused(&["--fix"], "--allow-no-vcs");
    git(folder.path(), &["init", "-q"]);
    refused(&["--fix"], "a.rs (dirty)");
    refused(&["--fix", "--allow-staged"], "a.rs (dirty)");
    git(folder.path(), &["add", "a.rs"]);
    refused(&["--fix"], "a.rs (staged)");
    git(folder.path(), &["commit", "-qm", "one"]);
    fs::write(folder.path().join("other"), "").expect("written");
    refused(&["--fix"], "other (dirty)");
    git(folder.path(), &["add", "other"]);
    let ran = fixed(&folder, &["--fix", "--allow-staged"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_ne!(text(&folder), before);
    // There is nothing to fix, so there is nothing to refuse.
    assert_eq!(fixed(&folder, &["--fix"]).status, 0);
}

#[test]
fn a_dirty_tree_may_be_allowed() {
    let folder = folder(&format!("{HEAD}{}", CASES[3].before));
    git(folder.path(), &["init", "-q"]);
    assert_eq!(fixed(&folder, &["--fix", "--allow-dirty"]).status, 0);
    assert!(text(&folder).contains("return Err(error)"));
}

/// What is suppressed is not changed, and what a person has to decide neither.
#[test]
fn only_what_is_reported_and_certain_is_fixed() {
    let before = format!("{HEAD}{}", CASES[3].before).replace(
        "        return Err",
        "        // socklint: allow(clobbered_error) -- a sample\n        return Err",
    );
    let one = folder(&before);
    assert_eq!(fixed(&one, &["--fix", "--allow-no-vcs"]).status, 0);
    assert_eq!(text(&one), before);

    let twice = "\nfn twice(s: SOCKET) {\n    unsafe { closesocket(s) };\n    unsafe { closesocket(s) };\n}\n";
    let before = format!("{HEAD}{twice}");
    let two = folder(&before);
    let ran = fixed(&two, &["--fix", "--allow-no-vcs"]);
    assert_eq!(ran.status, 1);
    assert_eq!(text(&two), before);
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let folder = folder(&format!("{HEAD}{}", CASES[3].before));
    let path = folder.path().join("a.rs");
    let mut permissions = path.metadata().expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    let ran = fixed(&folder, &["--fix", "--allow-no-vcs"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout.contains("a.rs: error: cannot be written"),
        "{}",
        ran.stdout
    );
}

/// Over all samples: what was fixed parses, is gone, and nothing else came.
#[test]
fn fixing_only_takes_findings_away() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let samples = repository().join("ui-tests");
    for path in rust_files(&samples) {
        let relative = path.strip_prefix(&samples).expect("it is below");
        let copy = folder.path().join(relative);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("created");
        fs::copy(&path, copy).expect("copied");
    }
    let before = findings(folder.path());
    let ran = run(socklint(folder.path()).args(["--fix", "--allow-no-vcs", "-q", "."]));
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let after = findings(folder.path());
    let mut left = before.clone();
    for finding in &after {
        let at = left.iter().position(|old| old == finding);
        left.remove(at.unwrap_or_else(|| panic!("{finding} is new")));
    }
    assert!(left.len() >= 60, "only {} were fixed", left.len());
    let again = run(socklint(folder.path()).args(["--diff", "-q", "."]));
    assert_eq!(
        (again.status, again.stdout.as_str()),
        (0, ""),
        "nothing is left to fix"
    );
}

/// The findings without their lines and columns.
fn findings(folder: &Path) -> Vec<String> {
    let ran = run(socklint(folder).args(["--message-format", "short", "."]));
    let lines = ran.stdout.lines().map(|line| {
        let (place, message) = line.split_once(": ").expect("a place");
        format!("{}: {message}", place.split(':').next().expect("a file"))
    });
    lines.collect()
}
