//! `--shard`: the parts are the whole.

use std::collections::BTreeMap;
use std::path::Path;

use socklint_tests::samples::{EVERYTHING, LEAK, workspace, write};
use socklint_tests::{Ran, repository, run, socklint};

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(socklint(folder)
        .args(["--message-format", "short", "--proofs"])
        .args(arguments))
}

fn shards(folder: &Path, arguments: &[&str], of: usize) -> Vec<Ran> {
    let shard = |number| {
        let shard = format!("{number}/{of}");
        check(folder, &[arguments, &["--shard", &shard]].concat())
    };
    (1..=of).map(shard).collect()
}

fn sorted<'a>(runs: impl IntoIterator<Item = &'a Ran>) -> Vec<&'a str> {
    let lines = runs.into_iter().flat_map(|ran| ran.stdout.lines());
    let mut lines: Vec<&str> = lines.collect();
    lines.sort_unstable();
    lines
}

/// The numbers of a closing line by what they count: `3 files` and `1 file` are the same.
fn counts(ran: &Ran) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let line = ran.stderr.lines().last().expect("a closing line");
    let words: Vec<&str> = line.split([' ', ',', ';', ':', '(', ')']).collect();
    for pair in words.windows(2) {
        if let Ok(number) = pair[0].parse::<usize>() {
            *counts
                .entry(pair[1].trim_end_matches('s').to_owned())
                .or_default() += number;
        }
    }
    counts
}

fn is_the_whole(folder: &Path, arguments: &[&str], shards: &[Ran]) {
    let whole = check(folder, arguments);
    assert_eq!(sorted(shards), sorted([&whole]), "{}", shards.len());
    let status = shards.iter().map(|ran| ran.status).max();
    assert_eq!(status, Some(whole.status));
    let mut sum = BTreeMap::new();
    for shard in shards {
        for (what, count) in counts(shard) {
            *sum.entry(what).or_insert(0) += count;
        }
    }
    assert_eq!(sum, counts(&whole), "{}", shards.len());
}

#[test]
fn the_shards_together_are_the_whole() {
    let folder = workspace();
    let root = folder.path();
    let whole = check(root, &EVERYTHING);
    // The sample has what could be lost or said twice.
    for (line, times) in [
        ("app/src/net.rs:4:13: error[unclosed_socket]", 1),
        ("app/tests/common/mod.rs:4:13: error[unclosed_socket]", 1),
        ("base/src/lib.rs:3:5: error[winsock_not_started]", 1),
        ("mid/src/lib.rs:4:5: error[double_close]", 1),
        ("loose/a.rs:4:13: error[unclosed_socket]", 1),
        ("loose/unused.rs:1:1: warning[unused_suppression]", 1),
        ("loose/broken.rs:1:", 1),
        ("loose/latin.rs: error: not UTF-8", 1),
        ("missing.rs: error: cannot be read", 1),
        ("base/src/lib.rs:3:5: socket in base::open: ", 1),
    ] {
        let found = whole.stdout.lines().filter(|found| found.starts_with(line));
        assert_eq!(found.count(), times, "{line} {whole:?}");
    }
    assert!(whole.stderr.contains(" suppressed)"), "{whole:?}");
    for of in 1..=7 {
        let shards = shards(root, &EVERYTHING, of);
        is_the_whole(root, &EVERYTHING, &shards);
        for (index, shard) in shards.iter().enumerate() {
            let name = format!("socklint: shard {}/{of}: ", index + 1);
            assert!(shard.stderr.starts_with(&name), "{shard:?}");
            // What cannot be read is the first one's.
            assert_eq!(shard.stdout.contains("missing.rs"), index == 0, "{shard:?}");
        }
        let busy = shards.iter().filter(|ran| !ran.stdout.is_empty()).count();
        assert!(busy >= of.min(5), "{of} {shards:?}");
    }
}

#[test]
fn a_part_of_the_workspace_is_divided_too() {
    let folder = workspace();
    let root = folder.path();
    for arguments in [
        &["--workspace"][..],
        &["--workspace", "--exclude", "mid"],
        &["-p", "app", "--tests"],
        &["-p", "app"],
        &["--workspace", "--deps"],
        &["app/src/main.rs", "mid/src/lib.rs", "loose/a.rs"],
        &["loose"],
    ] {
        for of in [2, 3, 5] {
            is_the_whole(root, arguments, &shards(root, arguments, of));
        }
    }
}

/// Files that have nothing to do with each other: what one gives a type does not reach another. Among these,
/// several give all sockets the same method.
#[test]
fn what_is_found_does_not_depend_on_other_crates() {
    let root = repository();
    let samples = [
        "ui-tests/abortive_close",
        "ui-tests/linger_units",
        "ui-tests/nonblocking_linger",
    ];
    for of in [2, 3] {
        is_the_whole(root, &samples, &shards(root, &samples, of));
    }
    let [gives, uses] = [
        "ui-tests/linger_units/map_or_as_millis_bad.rs",
        "ui-tests/abortive_close/socket2_zero_bad.rs",
    ];
    let apart = [check(root, &[gives]), check(root, &[uses])];
    assert_eq!(sorted(&apart).len(), 2, "one finding each");
    assert_eq!(sorted([&check(root, &[gives, uses])]), sorted(&apart));

    // A function inside a function is followed, whatever file comes last.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let nested = LEAK.replace("use ", "pub fn outer() {\nuse ") + "}\n";
    write(folder.path(), "a.rs", nested);
    // No file of sockets, but one with a macro of a crate that has such a file.
    write(
        folder.path(),
        "z.rs",
        "mod leak;\nmacro_rules! m { () => {}; }\nfn last() {}\n",
    );
    write(folder.path(), "leak.rs", LEAK);
    let ran = check(folder.path(), &["."]);
    assert!(
        ran.stdout.contains("a.rs:5:13: error[unclosed_socket]"),
        "{ran:?}"
    );
    is_the_whole(folder.path(), &["."], &shards(folder.path(), &["."], 2));

    // A macro is the crate's own, or one of a crate that it depends on.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(
        root,
        "one.rs",
        "#[macro_export]\nmacro_rules! finish { ($s:expr) => { closesocket($s) }; }\n",
    );
    write(
        root,
        "two.rs",
        "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
pub unsafe fn end(s: SOCKET) {
    elsewhere::touch(s);
    finish!(s);
    closesocket(s);
}
",
    );
    let alone = check(root, &["two.rs"]);
    assert_eq!(check(root, &["."]).stdout, alone.stdout);
}

/// Which shard reports a file depends on the sources alone.
#[test]
fn the_division_is_the_same_everywhere() {
    let (one, other) = (workspace(), workspace());
    let returns = LEAK.replace('\n', "\r\n");
    write(other.path(), "loose/a.rs", &returns);
    write(other.path(), "app/src/net.rs", &returns);
    let of = 4;
    let lines = |folder: &Path, arguments: &[&str]| -> Vec<Vec<String>> {
        let runs = shards(folder, arguments, of);
        let places = runs.iter().map(|ran| {
            let lines = ran.stdout.lines();
            let places = lines.filter_map(|line| Some(line.rsplit_once("loose/")?.1.to_owned()));
            places.filter(|place| !place.starts_with("broken"))
        });
        places.map(Iterator::collect).collect()
    };
    assert_eq!(
        lines(one.path(), &EVERYTHING),
        lines(other.path(), &EVERYTHING)
    );
    // From another folder the paths are others, but not the way to them.
    let outside = |folder: &Path| {
        let loose = folder.join("loose");
        let loose = loose.to_str().expect("UTF-8");
        lines(&folder.join("tool"), &[".", loose])
    };
    assert_eq!(outside(one.path()), outside(other.path()));
    assert!(
        outside(one.path())
            .iter()
            .filter(|lines| !lines.is_empty())
            .count()
            > 1
    );
}

#[test]
fn a_shard_that_does_not_exist_is_refused() {
    let folder = workspace();
    for (shard, message) in [
        ("0/3", "the first shard is 1"),
        ("4/3", "there are only 3 shards"),
        ("0/0", "there is at least one shard"),
        ("x", "K/N is wanted"),
        ("1/", "K/N is wanted"),
        ("+1/2", "K/N is wanted"),
        ("-1/2", "K/N is wanted"),
        ("1/2/3", "K/N is wanted"),
    ] {
        let ran = check(folder.path(), &[&format!("--shard={shard}")]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{shard}");
        assert!(ran.stderr.contains(message), "{ran:?}");
    }
}
