//! The page of `--message-format html`, as text; `scripts/html` looks at it in a browser.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use socklint_tests::samples::{LEAK, folder};
use socklint_tests::{Ran, repository, run, socklint};

fn check(folder: &Path, format: &str, arguments: &[&str]) -> Ran {
    run(socklint(folder)
        .args(["--message-format", format])
        .args(arguments))
}

fn page(folder: &Path, arguments: &[&str]) -> String {
    check(folder, "html", arguments).stdout
}

/// The values of an attribute in a page, unescaped.
fn values(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let rests = page.split(&start).skip(1);
    let values = rests.filter_map(|rest| rest.split_once('"'));
    values
        .map(|(value, _)| {
            let plain = value.replace("&#60;", "<").replace("&#62;", ">");
            plain
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#38;", "&")
        })
        .collect()
}

/// The page without markup, style and script, and with its escapes resolved.
fn words(page: &str) -> String {
    let (_, body) = page.split_once("<body>").expect("there is a body");
    let (body, _) = body.split_once("<script>").expect("there is a script");
    let mut words = String::new();
    for piece in body.split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    let words = words.replace("&#60;", "<").replace("&#62;", ">");
    words
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

fn counted<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

#[test]
fn every_finding_is_in_the_page_once() {
    let folders = [
        "double_close",
        "nonblocking_linger",
        "unclosed_socket",
        "wrong_sentinel",
    ];
    let folders = folders.map(|folder| format!("ui-tests/{folder}"));
    let mut arguments = vec!["-W", "pedantic"];
    arguments.extend(folders.iter().map(String::as_str));
    let page = page(repository(), &arguments);
    let messages = check(repository(), "json", &arguments).messages();
    assert!(messages.len() > 100);
    let told = messages.iter().map(|message| {
        let message = &message["message"];
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        (
            text(&message["code"]["code"]).replace("socklint::", ""),
            text(&message["level"]),
            text(&message["spans"][0]["file_name"]),
        )
    });
    let articles = page.split("<article ").skip(1).map(|article| {
        let value = |attribute| values(article, attribute).swap_remove(0);
        (
            value("data-rule"),
            value("data-severity"),
            value("data-file"),
        )
    });
    assert_eq!(counted(articles), counted(told));

    let ids = counted(values(&page, "id").into_iter());
    let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let inner = values(&page, "href").into_iter();
    for target in inner.filter_map(|href| href.strip_prefix('#').map(str::to_owned)) {
        assert!(ids.contains_key(&target), "{target:?}");
    }
}

#[test]
fn the_page_shows_all_that_is_known_of_a_finding() {
    let folder = folder(&[("leak.rs", LEAK)]);
    let ran = check(folder.path(), "html", &["leak.rs"]);
    assert_eq!(ran.status, 1);
    let words = words(&ran.stdout);
    for part in [
        "1 socket leaks.",
        "Checked 1 file: leak.rs",
        "1 error",
        "0 suppressed",
        "the socket from socket is never closed on some path",
        "a socket is neither closed nor handed on, on some path",
        "leak.rs:4:13",
        "in leak::reachable",
        "let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);",
        "this socket is never closed",
        "connect fails",
        "give it to an owner (OwnedSocket::from_raw_socket)",
        "An application should always have a matching call",
        "O13, O23",
        "socket in leak::reachable",
        "never closed on some path",
        // The rule's documentation.
        "Unwinding, process::exit and abort are not leak paths.",
        "CWE-772",
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(words.contains(part), "{part:?} is not in\n{words}");
    }
    // The marked parts of the source, by the number of the note that speaks of them.
    let marked = |note: usize| {
        let start = format!("data-notes=\"{note}\">");
        let rest = ran.stdout.split_once(&start).expect("it is marked").1;
        let marked = rest.split_once("</mark>").expect("the mark ends").0;
        self::words(&format!("<body>{marked}<script>"))
    };
    assert_eq!(
        marked(1),
        "socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP)"
    );
    assert_eq!(marked(2), "connect(s, addr, len) == SOCKET_ERROR");
    assert_eq!(marked(3), "return false");
    // The socket's fate leads to the finding.
    assert!(
        ran.stdout
            .contains("<a href=\"#unclosed_socket--leak-rs--leak-reachable\">never closed")
    );
}

#[test]
fn source_is_never_markup() {
    let hostile =
        "</code></script><script>throw 1</script></style><img src=x onerror=alert(1)>\"'&lt;";
    let hidden = "\u{202E}\u{2066}\u{200B}\u{0}\u{1B}\u{85}\u{FDD0}\u{2028}";
    let text = LEAK
        .replace(
            "IPPROTO_TCP);",
            &format!("IPPROTO_TCP); // {hostile} {hidden} é口"),
        )
        .replace("    if s", "\tif s");
    let name = "<b>\"&'\u{202E}.rs";
    let folder = folder(&[(name, &text)]);
    let page = page(folder.path(), &[name]);
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</script>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(!page.contains("<img") && !page.contains("<b>\""));
    assert!(words(&page).contains(hostile), "{page}");
    assert!(words(&page).contains("U+202EU+2066U+200BU+0000U+001BU+0085U+FDD0U+2028 é口"));
    assert!(words(&page).contains("<b>\"&'U+202E.rs:4:13"));
    let is_fit = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    assert!(page.chars().all(|c| is_fit(c) && !hidden.contains(c)));
}

#[test]
fn lines_are_shown_as_they_stand() {
    let spread = LEAK
        .replace("socket(AF", "socket(\n\t\tAF")
        .replace('\n', "\r\n")
        .replace("    let s", "    let 口 = \"é\"; let s");
    let long = LEAK.replace(
        "    let s",
        &format!("    /*{}*/ let s", "é".repeat(10_000)),
    );
    let line = LEAK.replace('\n', " ");
    let folder = folder(&[
        ("spread.rs", &spread),
        ("long.rs", &long),
        ("line.rs", &line),
    ]);
    let page = page(folder.path(), &["."]);
    assert!(!page.contains('\r'));
    let words = words(&page);
    assert!(words.contains("spread.rs:4:26"), "{words}");
    assert!(
        words.contains("    let 口 = \"é\"; let s = socket("),
        "{words}"
    );
    assert!(
        words.contains("\t\tAF_INET as i32, SOCK_STREAM, IPPROTO_TCP);"),
        "{words}"
    );
    assert!(words.contains("é*/ let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);"));
    assert!(page.len() < 200_000, "{}", page.len());
}

#[test]
fn the_same_code_gives_the_same_page() {
    let folder = folder(&[("a.rs", LEAK), ("b.rs", LEAK)]);
    let first = page(folder.path(), &["."]);
    assert_eq!(page(folder.path(), &["."]), first);
    assert_eq!(
        page(
            folder.path(),
            &[".", "-j", "1", "--proofs", "--color", "always"]
        ),
        first
    );
    // A change above a finding leaves its name alone.
    let anchors = |page: &str| values(page, "href");
    fs::write(folder.path().join("a.rs"), format!("// New\n{LEAK}")).expect("written");
    let second = page(folder.path(), &["."]);
    assert_ne!(second, first);
    assert_eq!(anchors(&second), anchors(&first));
}

#[test]
fn nothing_is_loaded() {
    let page = page(repository(), &["ui-tests/unclosed_socket"]);
    for attribute in [
        "src",
        "srcset",
        "data",
        "action",
        "formaction",
        "poster",
        "style",
        "onclick",
    ] {
        assert_eq!(values(&page, attribute), [""; 0], "{attribute}");
    }
    assert!(!page.contains("<link") && !page.contains("url(") && !page.contains("@import"));
    for element in page.split('<') {
        if values(element, "href")
            .iter()
            .any(|href| !href.starts_with('#'))
        {
            assert!(element.starts_with("a "), "{element}");
        }
    }
    // The policy lets in what stands in the page, and nothing else.
    let policy = page
        .split_once("Content-Security-Policy\" content=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("there is a policy")
        .0;
    let hash = |element: &str| {
        let (_, rest) = page
            .split_once(&format!("<{element}>"))
            .expect("it is there");
        let (text, _) = rest.split_once(&format!("</{element}>")).expect("it ends");
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
    };
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            hash("style"),
            hash("script"),
        )
    );
}

#[test]
fn what_could_not_be_checked_is_listed() {
    let folder = folder(&[
        ("leak.rs", LEAK),
        ("broken.rs", "fn f( { closesocket(1) }\n"),
    ]);
    fs::write(folder.path().join("latin.rs"), b"// closesocket \xE9\n").expect("written");
    let ran = check(folder.path(), "html", &[".", "missing.rs"]);
    assert_eq!(ran.status, 2);
    let words = words(&ran.stdout);
    for part in [
        "1 socket leaks. 3 files or folders could not be checked.",
        "not UTF-8 (line 1)",
        "cannot be read",
        "missing.rs",
        "this file cannot be checked",
        "broken.rs:1:",
        "fn f( { closesocket(1) }",
    ] {
        assert!(words.contains(part), "{part:?} is not in\n{words}");
    }
    let rules = values(&ran.stdout, "data-rule");
    assert_eq!(
        rules,
        [
            "not_checked",
            "not_checked",
            "not_checked",
            "unclosed_socket"
        ]
    );
}

#[test]
fn nothing_found_is_good_news() {
    let closed = LEAK.replace("SOCKET_ERROR {", "SOCKET_ERROR {\n        closesocket(s);");
    let folder = folder(&[("closed.rs", &closed), ("none.rs", "fn main() {}\n")]);
    let ran = check(folder.path(), "html", &["closed.rs"]);
    assert_eq!(ran.status, 0);
    let words_of = |page: &str| words(page);
    let words = words_of(&ran.stdout);
    assert!(
        words.contains("Nothing was found. The one socket is closed or handed on, on every path.")
    );
    assert!(words.contains("No rule has anything to say about this code."));
    assert!(words.contains("closed on all paths"));
    assert_eq!(values(&ran.stdout, "data-rule"), [""; 0]);
    let words = words_of(&page(folder.path(), &["none.rs"]));
    assert!(words.contains("Nothing was found. No socket is opened in this code."));
    // What is suppressed is counted.
    let text = LEAK.replace(
        "TCP);",
        "TCP); // socklint: allow(unclosed_socket) -- a probe",
    );
    fs::write(folder.path().join("allowed.rs"), text).expect("written");
    let words = words_of(&page(folder.path(), &["allowed.rs"]));
    assert!(words.contains("Nothing was found."), "{words}");
    assert!(words.contains("1 suppressed"), "{words}");
}

#[test]
fn an_unused_suppression_is_a_finding() {
    let text = "// socklint: allow(double_close)\nfn f() {}\n";
    let folder = folder(&[("unused.rs", text)]);
    let page = page(folder.path(), &["unused.rs"]);
    assert_eq!(values(&page, "data-rule"), ["unused_suppression"]);
    assert!(words(&page).contains("There is 1 finding."), "{page}");
}

#[test]
fn the_page_goes_into_a_file() {
    let folder = folder(&[("leak.rs", LEAK)]);
    let ran = check(folder.path(), "html", &["leak.rs", "-o", "report.html"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    let written = fs::read_to_string(folder.path().join("report.html")).expect("it is there");
    assert_eq!(written, page(folder.path(), &["leak.rs"]));
    let ran = check(
        folder.path(),
        "html",
        &["leak.rs", "-o", "missing/report.html"],
    );
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot write to missing/report.html"),
        "{ran:?}"
    );
}
