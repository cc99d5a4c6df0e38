//! Code to check that several tests use.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// Writes a file below `folder`.
pub fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("folders are created");
    fs::write(path, text).expect("the file is written");
}

/// What is checked of [`workspace`]: every target, and the loose files.
pub const EVERYTHING: [&str; 5] = ["--all-targets", "-Wpedantic", ".", "loose", "missing.rs"];

/// Four packages, of which three depend on each other, beside loose files, some of which cannot be read.
pub fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let members = "members = [\"base\", \"mid\", \"app\", \"tool\"]";
    write(
        root,
        "Cargo.toml",
        format!("[workspace]\nresolver = \"3\"\n{members}\n"),
    );
    for (name, dependencies) in [
        ("base", ""),
        ("mid", "base = { path = \"../base\" }\n"),
        (
            "app",
            "base = { path = \"../base\" }\nwire = { package = \"mid\", path = \"../mid\" }\n",
        ),
        ("tool", ""),
    ] {
        let package = format!("name = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        let text = format!("[package]\n{package}[dependencies]\n{dependencies}");
        write(root, &format!("{name}/Cargo.toml"), text);
    }
    for (name, text) in FILES {
        write(root, name, text);
    }
    // Not UTF-8.
    write(
        root,
        "loose/latin.rs",
        b"// closesocket\nfn f() {} // \xE9\n",
    );
    folder
}

const FILES: [(&str, &str); 14] = [
    // Only a caller shows that Winsock is not started here.
    (
        "base/src/lib.rs",
        "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, socket};
pub unsafe fn open() -> SOCKET {
    socket(2, 1, 6)
}
",
    ),
    (
        "mid/src/lib.rs",
        "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
pub unsafe fn twice(s: SOCKET) {
    closesocket(s);
    closesocket(s);
}
pub unsafe fn open() -> SOCKET {
    base::open()
}
",
    ),
    (
        "app/src/main.rs",
        "\
use windows_sys::Win32::Networking::WinSock::closesocket;
mod net;
fn main() {
    unsafe { lose() }
}
pub unsafe fn lose() {
    let s = wire::open();
    if s == 7 {
        return;
    }
    wire::twice(s);
    closesocket(base::open());
}
",
    ),
    ("app/src/lib.rs", "mod net;\n"),
    // A part of both targets.
    ("app/src/net.rs", LEAK),
    ("app/tests/it.rs", "mod common;\n#[test]\nfn it() {}\n"),
    ("app/tests/other.rs", "mod common;\n"),
    ("app/tests/common/mod.rs", LEAK),
    ("tool/src/lib.rs", "pub fn nothing() {}\n"),
    ("tool/examples/probe.rs", SUPPRESSED),
    // Of the same size: their names decide.
    ("loose/a.rs", LEAK),
    ("loose/b.rs", LEAK),
    (
        "loose/unused.rs",
        "// socklint: allow(double_close) -- it is not\npub fn closesocket() {}\n",
    ),
    ("loose/broken.rs", "fn f( { closesocket(1) }\n"),
];

/// A socket that leaks when `connect` fails; the socket is on line 4.
pub const LEAK: &str = "\
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn reachable(addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return false;
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        return false;
    }
    closesocket(s);
    true
}
";

/// One that is meant to.
const SUPPRESSED: &str = "\
use windows_sys::Win32::Networking::WinSock::socket;
fn main() {
    // socklint: allow(correctness, suspicious, pedantic) -- the process ends with it
    let _ = unsafe { socket(2, 1, 6) };
}
";

/// [`LEAK`], closed on both paths.
pub fn closed() -> String {
    LEAK.replace("SOCKET_ERROR {", "SOCKET_ERROR {\n        closesocket(s);")
}

/// A temporary folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}
