//! Reports for other programs: SARIF, GitHub's commands, GitLab's Code Quality and JUnit's XML.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use socklint_tests::samples::{LEAK, closed, folder, write};
use socklint_tests::{Ran, repository, rules, run, socklint};

/// The same socket leaks on two exits; there is another like it in the same function.
const TWINS: &str = "\
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn twins(addr: *const SOCKADDR, len: i32) {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET || connect(s, addr, len) == SOCKET_ERROR {
        return;
    }
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET || connect(s, addr, len) == SOCKET_ERROR {
        return;
    }
}
";

fn check(folder: &Path, format: &str, arguments: &[&str]) -> Ran {
    run(socklint(folder)
        .args(["--message-format", format])
        .args(arguments))
}

/// The run of a SARIF report.
fn sarif(folder: &Path, arguments: &[&str]) -> Value {
    let ran = check(folder, "sarif", arguments);
    let mut log: Value = serde_json::from_str(&ran.stdout).expect("the report is JSON");
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1));
    log["runs"][0].take()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn fingerprints(run: &Value) -> Vec<&str> {
    list(&run["results"])
        .iter()
        .map(|result| {
            let fingerprint = &result["partialFingerprints"]["socklintFingerprint/v1"];
            fingerprint.as_str().expect("it has a fingerprint")
        })
        .collect()
}

/// All values below `value` that stand under `key`.
fn under<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(name, value)| {
                let here = Some(value).filter(|_| name == key);
                here.into_iter().chain(under(value, key))
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(|value| under(value, key)).collect(),
        _ => Vec::new(),
    }
}

/// What stands in `text` from one line and column to another, both of which count from 1, columns in code
/// points; without columns whole lines are meant.
fn cut(text: &str, region: &Value) -> String {
    let number = |key: &str| region[key].as_u64().map(|number| number as usize);
    let (first, last) = (number("startLine"), number("endLine"));
    let (first, last) = (first.expect("a line"), last.expect("a line"));
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if text.ends_with('\n') {
        lines.push("");
    }
    let skip = |line: &str, column: usize| -> usize {
        line.chars().take(column - 1).map(char::len_utf8).sum()
    };
    let mut cut = String::new();
    for number_of_line in first..=last {
        let line = lines[number_of_line - 1];
        let end = match (number_of_line == last, number("endColumn")) {
            (true, Some(column)) => skip(line, column),
            (true, None) => line.trim_end_matches(['\r', '\n']).len(),
            (false, _) => line.len(),
        };
        let start = match (number_of_line == first, number("startColumn")) {
            (true, Some(column)) => skip(line, column),
            _ => 0,
        };
        cut.push_str(&line[start..end]);
    }
    cut
}

#[test]
fn regions_are_what_the_source_has_there() {
    let on_many_lines = LEAK.replace("socket(AF_INET as i32, ", "socket(\n\t\tAF_INET as i32,\n ");
    let wide = on_many_lines.replace("    let s", "\tlet 口 = '\u{1F600}'; let s");
    for text in [
        wide.clone(),
        wide.replace('\n', "\r\n"),
        LEAK.replace('\n', " "),
    ] {
        let folder = folder(&[("wide.rs", &text)]);
        let run = sarif(folder.path(), &["wide.rs", "--proofs"]);
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = &run["results"][0];
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(cut(&text, region).starts_with("socket("), "{region}");
        let all = under(&run, "region")
            .into_iter()
            .chain(under(&run, "contextRegion"));
        let mut count = 0;
        for region in all {
            count += 1;
            assert_eq!(region["snippet"]["text"], cut(&text, region), "{region}");
        }
        assert!(count > 5, "{run}");
    }
}

/// A context must be more than what it is the context of.
#[test]
fn a_whole_file_has_no_context() {
    let comment = "// socklint: allow(double_close) -- once";
    for (text, context) in [
        (comment.to_owned(), false),
        (format!("\n{comment}\n"), true),
    ] {
        let folder = folder(&[("comment.rs", &text)]);
        let run = sarif(folder.path(), &["comment.rs"]);
        let location = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["region"]["snippet"]["text"], comment, "{run}");
        assert_eq!(location["contextRegion"].is_object(), context, "{location}");
    }
}

#[test]
fn a_code_flow_has_the_order_of_the_path() {
    let folder = folder(&[("twins.rs", TWINS)]);
    let run = sarif(folder.path(), &["twins.rs"]);
    let messages = check(folder.path(), "json", &["twins.rs"]).messages();
    assert_eq!(list(&run["results"]).len(), messages.len());
    assert!(messages.len() >= 2);
    for (result, message) in list(&run["results"]).iter().zip(&messages) {
        let spans = list(&message["message"]["spans"]);
        let numbered = spans.iter().filter_map(|span| {
            let (number, text) = span["label"].as_str()?.split_once(". ")?;
            Some((
                number.parse::<usize>().ok()?,
                span["line_start"].clone(),
                text.to_owned(),
            ))
        });
        let flow = &result["codeFlows"][0]["threadFlows"][0]["locations"];
        let steps = list(flow).iter().map(|step| &step["location"]).zip(1..);
        let steps = steps.map(|(step, number)| {
            let line = step["physicalLocation"]["region"]["startLine"].clone();
            let text = step["message"]["text"].as_str().unwrap_or("");
            (
                number,
                line,
                text.to_lowercase().trim_end_matches('.').to_owned(),
            )
        });
        assert_eq!(
            steps.collect::<Vec<_>>(),
            numbered
                .map(|(n, line, text)| (n, line, text.to_lowercase()))
                .collect::<Vec<_>>()
        );
        assert!(list(flow).len() >= 2, "{result}");
    }
}

/// What a message links to is there.
#[test]
fn other_places_are_linked_from_the_message() {
    let text = LEAK.replace(
        "    closesocket(s);",
        "    if listen(s, 5) == SOCKET_ERROR {\n        return false;\n    }\n    closesocket(s);",
    );
    let folder = folder(&[("exits.rs", &text)]);
    let run = sarif(folder.path(), &["exits.rs"]);
    let result = &run["results"][0];
    let related = list(&result["relatedLocations"]);
    assert_eq!(related.len(), 1, "{result}");
    assert_eq!(related[0]["id"], 1);
    let message = result["message"]["text"].as_str().expect("a text");
    assert!(message.starts_with("The socket from `socket` is never closed on some path."));
    assert!(message.contains("](1)"), "{message}");
    assert!(message.ends_with("before the first exit."), "{message}");
}

#[test]
fn all_rules_are_described() {
    let folder = folder(&[("leak.rs", LEAK)]);
    let run = sarif(folder.path(), &["leak.rs"]);
    let described = list(&run["tool"]["driver"]["rules"]);
    let rules = rules();
    let others = described.iter().skip(rules.len());
    let others: Vec<&Value> = others.map(|descriptor| &descriptor["id"]).collect();
    assert_eq!(
        others,
        [
            "unused_suppression",
            "suppression_without_reason",
            "stale_baseline"
        ]
    );
    let mut security = BTreeSet::new();
    for (descriptor, rule) in described.iter().zip(&rules) {
        assert_eq!(descriptor["id"], rule["name"]);
        let help = descriptor["help"]["markdown"].as_str().unwrap_or("");
        assert!(
            help.contains("## What it finds") && !help.contains("```ignore"),
            "{help}"
        );
        let full = descriptor["fullDescription"]["text"].as_str().unwrap_or("");
        assert!(
            full.len() > 40 && full.len() < 1024 && !full.contains("##"),
            "{full:?}"
        );
        let configuration = &descriptor["defaultConfiguration"];
        assert_eq!(configuration["enabled"], json!(rule["level"] != "allow"));
        assert_eq!(configuration["level"] == "error", rule["level"] == "deny");
        let properties = &descriptor["properties"];
        let tags = list(&properties["tags"]);
        let cwe = rule["cwe"]
            .as_u64()
            .map(|cwe| format!("external/cwe/cwe-{cwe}"));
        assert_eq!(
            cwe.is_some(),
            tags.iter()
                .any(|tag| Some(tag.as_str()) == Some(cwe.as_deref()))
        );
        assert_eq!(
            properties["security-severity"].is_string(),
            tags.contains(&"security".into())
        );
        if properties["security-severity"].is_string() {
            security.insert(rule["name"].as_str().unwrap_or(""));
        }
    }
    assert_eq!(
        security,
        BTreeSet::from([
            "concurrent_close",
            "double_close",
            "overlapped_freed_early",
            "unclosed_socket",
            "use_after_close",
            "wrong_close_function",
        ])
    );
    let result = &run["results"][0];
    let index = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(described[index]["id"], result["ruleId"]);
    assert_eq!(result["level"], "error");
    let label = &result["locations"][0]["message"]["text"];
    assert_eq!(label, "This socket is never closed.");
    // To find something is no failure of the tool's.
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    assert_eq!(invocation["exitCode"], 1);
}

#[test]
fn suppressions_are_a_rule_too() {
    let unused = format!("// socklint: allow(double_close) -- once\n{}", closed());
    let folder = folder(&[("unused.rs", &unused)]);
    let run = sarif(folder.path(), &["unused.rs"]);
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "unused_suppression");
    assert_eq!(result["level"], "warning");
    let index = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(
        run["tool"]["driver"]["rules"][index]["id"],
        "unused_suppression"
    );
}

/// Only what a finding is decides its fingerprint, and two of the same are told apart.
#[test]
fn fingerprints_outlive_other_changes() {
    let folder = folder(&[("twins.rs", TWINS)]);
    let before = sarif(folder.path(), &["twins.rs"]);
    let before = fingerprints(&before);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    for changed in [
        TWINS.replace("pub unsafe fn", "// Two\n// lines.\npub unsafe fn"),
        TWINS.replace("\n\n", "\n\nfn other() {}\n\n"),
        TWINS.replace(
            "socket(AF_INET as i32, ",
            "socket(\n        AF_INET as i32,\n        ",
        ),
        TWINS.replace('\n', "\r\n"),
        TWINS.replace("    let s", "\tlet s"),
    ] {
        write(folder.path(), "twins.rs", changed.as_bytes());
        let run = sarif(folder.path(), &["twins.rs"]);
        assert_eq!(fingerprints(&run), before, "{changed}");
    }
    for changed in [
        TWINS.replace("fn twins", "fn twain"),
        TWINS.replace("SOCK_STREAM", "SOCK_DGRAM"),
    ] {
        write(folder.path(), "twins.rs", changed.as_bytes());
        let run = sarif(folder.path(), &["twins.rs"]);
        let after = fingerprints(&run);
        assert!(after.iter().all(|one| !before.contains(one)), "{changed}");
    }
    // The same function in another file.
    write(folder.path(), "twins.rs", TWINS.as_bytes());
    write(folder.path(), "more/twins.rs", TWINS.as_bytes());
    let run = sarif(folder.path(), &["."]);
    let all: BTreeSet<&str> = fingerprints(&run).into_iter().collect();
    assert_eq!(all.len(), 4);
    // Another implementation of SipHash made this of what the module says goes in: old ones are kept.
    assert!(all.contains("2cc8373654685eee"), "{all:?}");
}

/// Paths lead from the root of the repository, wherever in it the command runs.
#[test]
fn files_are_named_from_the_repository() {
    let strange = "a b#c%/zwölf,é:1.rs";
    let folder = folder(&[(&format!("crates/{strange}"), LEAK), (".git/HEAD", "")]);
    let outside = self::folder(&[("outside.rs", LEAK)]);
    let outside_file = outside.path().join("outside.rs");
    let within = folder.path().join("crates");
    let from_root = sarif(folder.path(), &["crates"]);
    let from_within = sarif(&within, &["."]);
    for run in [&from_root, &from_within] {
        let location = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(
            location,
            &json!({"uri": "crates/a%20b%23c%25/zw%C3%B6lf%2C%C3%A9%3A1.rs", "uriBaseId": "%SRCROOT%"})
        );
        let root = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
            .as_str()
            .unwrap_or("");
        assert_eq!(root, format!("file://{}/", folder.path().display()));
    }
    assert_eq!(fingerprints(&from_root), fingerprints(&from_within));
    let elsewhere = outside_file.to_str().expect("UTF-8");
    let run = sarif(&within, &[elsewhere]);
    let location = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(location, &json!({"uri": format!("file://{elsewhere}")}));

    let ran = check(&within, "github", &["."]);
    assert!(
        ran.stdout.starts_with(
            "::error title=socklint (unclosed_socket),file=crates/a b#c%25/zwölf%2Cé%3A1.rs,line=4,endLine=4,col=13,endColumn=61::\
             crates/a b#c%25/zwölf,é:1.rs:4:13: the socket"
        ),
        "{ran:?}"
    );
    let issues: Value =
        serde_json::from_str(&check(&within, "gitlab", &["."]).stdout).expect("JSON");
    assert_eq!(issues[0]["location"]["path"], format!("crates/{strange}"));
    assert_eq!(issues[0]["fingerprint"], fingerprints(&from_root)[0]);
}

/// What cannot be checked, in a file and at a path, is in each report, with what was found.
#[test]
fn nothing_that_failed_is_lost() {
    let folder = folder(&[
        ("leak.rs", LEAK),
        ("broken.rs", "fn f( { closesocket(1) }\n"),
    ]);
    write(folder.path(), "latin.rs", b"// closesocket\n// \xE9\n");
    let arguments = ["leak.rs", "broken.rs", "latin.rs", "missing.rs"];
    let run = sarif(folder.path(), &arguments);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["exitCode"], 2);
    let notifications = list(&invocation["toolExecutionNotifications"]);
    let named = |notification: &Value| {
        let location = &notification["locations"][0]["physicalLocation"];
        let file = location["artifactLocation"]["uri"].clone();
        (
            notification["level"].clone(),
            file,
            location["region"]["startLine"].clone(),
        )
    };
    assert_eq!(
        notifications.iter().map(named).collect::<Vec<_>>(),
        [
            ("error".into(), "broken.rs".into(), 1.into()),
            ("error".into(), "latin.rs".into(), Value::Null),
            ("error".into(), "missing.rs".into(), Value::Null),
        ]
    );
    assert_eq!(list(&run["results"]).len(), 1);

    let ran = check(folder.path(), "github", &arguments);
    assert_eq!(ran.status, 2);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{ran:?}");
    assert!(
        lines[2].starts_with(
            "::error title=socklint (not checked),file=latin.rs::latin.rs: not UTF-8 (line 2)"
        ),
        "{ran:?}"
    );

    let issues: Value =
        serde_json::from_str(&check(folder.path(), "gitlab", &arguments).stdout).expect("JSON");
    let fields = |issue: &Value| {
        let location = &issue["location"];
        json!([
            issue["check_name"],
            issue["severity"],
            location["path"],
            location["lines"]["begin"]
        ])
    };
    assert_eq!(
        list(&issues).iter().map(fields).collect::<Vec<_>>(),
        [
            json!(["not_checked", "critical", "broken.rs", 1]),
            json!(["unclosed_socket", "major", "leak.rs", 4]),
            json!(["not_checked", "critical", "latin.rs", 1]),
            json!(["not_checked", "critical", "missing.rs", 1]),
        ]
    );

    let ran = check(folder.path(), "junit", &arguments);
    let document = Document::parse(&ran.stdout).expect("the report is XML");
    assert_eq!(cases(&document, "error").len(), 3);
    assert_eq!(cases(&document, "failure").len(), 1);
    assert_eq!(document.root_element().attribute("errors"), Some("3"));

    // Nothing at all can be checked.
    for format in ["sarif", "gitlab", "junit"] {
        assert_eq!(check(folder.path(), format, &["missing.rs"]).status, 2);
    }
}

/// The fates of sockets are no results: each would become an alert.
#[test]
fn fates_are_properties_of_the_run() {
    let folder = folder(&[("closed.rs", &closed()), ("leak.rs", LEAK)]);
    let run = sarif(folder.path(), &["closed.rs", "leak.rs", "--proofs"]);
    assert_eq!(list(&run["results"]).len(), 1);
    let sockets = list(&run["properties"]["sockets"]);
    let verdicts: Vec<_> = sockets.iter().map(|socket| &socket["verdict"]).collect();
    assert_eq!(
        verdicts,
        ["closed on all paths", "never closed on some path"]
    );
    assert_eq!(run["properties"]["coverage"]["sockets"], 2);
    assert!(sarif(folder.path(), &["leak.rs"])["properties"]["sockets"].is_null());

    let ran = check(
        folder.path(),
        "junit",
        &["closed.rs", "leak.rs", "--proofs"],
    );
    let document = Document::parse(&ran.stdout).expect("the report is XML");
    let printed: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("system-out"))
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(
        printed,
        [
            "closed.rs:4:13: socket in closed::reachable: closed on all paths\n",
            "leak.rs:4:13: socket in leak::reachable: never closed on some path\n",
        ]
    );
}

#[test]
fn github_gets_one_line_each() {
    let text = LEAK.replace(
        "socket(AF_INET as i32, ",
        "socket(\n        AF_INET as i32,\n        ",
    );
    let folder = folder(&[("one,\n%.rs", LEAK), ("several.rs", &text)]);
    let ran = check(
        folder.path(),
        "github",
        &["one,\n%.rs", "several.rs", "-W", "unclosed_socket"],
    );
    assert_eq!(ran.status, 0);
    let help = "close it on that path, or give it to an owner (`OwnedSocket::from_raw_socket`) before the first exit";
    let one = format!(
        "::warning title=socklint (unclosed_socket),file=one%2C%0A%25.rs,line=4,endLine=4,col=13,endColumn=61::\
         one,%0A%25.rs:4:13: the socket from `socket` is never closed on some path\
         %0A  1. line 4: this socket is never closed%0A  2. line 8: `connect` fails%0A  3. line 9: the last copy is gone here\
         %0A  help: {help}"
    );
    // Columns are for places on one line.
    let several = "::warning title=socklint (unclosed_socket),file=several.rs,line=4,endLine=6::several.rs:4:13: ";
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{ran:?}");
    assert_eq!(lines[0], one);
    assert!(lines[1].starts_with(several), "{ran:?}");
}

/// The label is in a command even where no step of a path stands at the place, and a path that is only the
/// place is no code flow.
#[test]
fn labels_are_not_lost() {
    let zero = LEAK
        .replace("== INVALID_SOCKET", "== 0")
        .replace("SOCKET_ERROR {", "SOCKET_ERROR {\n        closesocket(s);");
    let folder = folder(&[("zero.rs", &zero)]);
    let ran = check(folder.path(), "github", &["zero.rs"]);
    let text = "%0A  line 4: opened here%0A  line 5: the failure value is INVALID_SOCKET, ";
    assert!(ran.stdout.contains(text), "{ran:?}");
    let run = sarif(folder.path(), &["zero.rs", "-W", "unchecked_close"]);
    let flows = list(&run["results"]).iter().map(|result| {
        let flow = &result["codeFlows"][0]["threadFlows"][0]["locations"];
        (result["ruleId"].as_str().unwrap_or(""), list(flow).len())
    });
    assert_eq!(
        flows.collect::<Vec<_>>(),
        [
            ("wrong_sentinel", 1),
            ("unchecked_close", 0),
            ("unchecked_close", 0)
        ]
    );
}

/// The test cases that have an element of that name.
fn cases<'a>(document: &'a Document, element: &str) -> Vec<Node<'a, 'a>> {
    let all = document.descendants();
    all.filter(|node| node.has_tag_name(element))
        .filter_map(|node| node.parent_element())
        .collect()
}

#[test]
fn junit_has_a_case_for_each_finding_and_each_clean_file() {
    let folder = folder(&[
        ("src/net/twins.rs", TWINS),
        ("src/closed.rs", &closed()),
        ("src/plain.rs", "fn f() {}\n"),
    ]);
    let ran = check(folder.path(), "junit", &["."]);
    assert_eq!(ran.status, 1);
    let document = Document::parse(&ran.stdout).expect("the report is XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    assert_eq!(
        (root.attribute("tests"), root.attribute("failures")),
        (Some("4"), Some("2"))
    );
    let all = document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"));
    let named = all.map(|case| {
        let attribute = |name| case.attribute(name).unwrap_or("");
        let failed = case.children().any(|child| child.has_tag_name("failure"));
        let line = attribute("line").to_owned();
        (
            attribute("classname").to_owned(),
            attribute("name").to_owned(),
            line,
            failed,
        )
    });
    let expected = [
        ("src.closed", "socklint", "", false),
        (
            "src.net.twins",
            "unclosed_socket in twins::twins",
            "4",
            true,
        ),
        (
            "src.net.twins",
            "unclosed_socket in twins::twins (2)",
            "8",
            true,
        ),
        ("src.plain", "socklint", "", false),
    ];
    let expected = expected.map(|(class, name, line, failed)| {
        (class.to_owned(), name.to_owned(), line.to_owned(), failed)
    });
    assert_eq!(named.collect::<Vec<_>>(), expected);
    let failure = cases(&document, "failure")[0]
        .first_element_child()
        .expect("it failed");
    assert_eq!(failure.attribute("type"), Some("error"));
    assert_eq!(
        failure.attribute("message"),
        Some("the socket from `socket` is never closed on some path")
    );
    let text = failure.text().unwrap_or("");
    assert!(text.contains("┌─ src/net/twins.rs:4:13"), "{text}");
    assert!(text.ends_with("explain unclosed_socket"), "{text}");
}

/// Rust's sources may hold what XML must not; nothing that follows is lost with it.
#[test]
fn xml_holds_no_control_characters() {
    let strange = "\u{1B}]0;\u{1}\u{8}\u{9B}31m\u{FFFE}\u{FFFF} ]]> <&\u{7F} after";
    let text = LEAK.replace(
        "SOCK_STREAM, IPPROTO_TCP);",
        &format!("1, 6); /* {strange} */"),
    );
    let folder = folder(&[("strange.rs", &text)]);
    let ran = check(folder.path(), "junit", &["strange.rs"]);
    let allowed = |c: char| matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{FFFD}');
    assert!(ran.stdout.chars().all(allowed), "{:?}", ran.stdout);
    let document = Document::parse(&ran.stdout).expect("the report is XML");
    let failure = cases(&document, "failure")[0]
        .first_element_child()
        .expect("it failed");
    let text = failure.text().unwrap_or("");
    assert!(
        text.contains("]]> <&") && text.contains("after */"),
        "{text}"
    );
    assert!(text.ends_with("explain unclosed_socket"), "{text}");
}

#[test]
fn a_report_is_the_same_in_a_file() {
    let folder = folder(&[("leak.rs", LEAK), ("closed.rs", &closed())]);
    for format in ["sarif", "github", "gitlab", "junit"] {
        for (arguments, status) in [(&["leak.rs", "missing.rs"][..], 2), (&["closed.rs"], 0)] {
            let printed = check(folder.path(), format, arguments);
            let output = [arguments, &["--output", "report"]].concat();
            let written = check(folder.path(), format, &output);
            assert_eq!((printed.status, written.status), (status, status));
            assert_eq!(written.stdout, "");
            let file = fs::read_to_string(folder.path().join("report")).expect("it is written");
            assert_eq!(file, printed.stdout, "{format}");
            assert_eq!(file.is_empty(), format == "github" && status == 0);
            assert!(file.is_empty() || file.ends_with('\n'), "{format}");
            // No time, no random name: the same input has the same report.
            assert_eq!(
                check(folder.path(), format, arguments).stdout,
                printed.stdout
            );
        }
    }
}

/// Each message for all of these samples is one of cargo's, and none is missing.
#[test]
fn cargos_messages_are_cargos() {
    let folder = repository().join("ui-tests/unclosed_socket");
    let ran = check(&folder, "json", &[".", "-W", "pedantic"]);
    let mut levels = Vec::new();
    let mut finished = 0;
    for message in Message::parse_stream(ran.stdout.as_bytes()) {
        match message.expect("the stream can be read") {
            Message::CompilerMessage(message) => {
                let code = message.message.code.expect("it has a code");
                assert!(code.code.starts_with("socklint::"), "{}", code.code);
                let primary = message.message.spans.iter().filter(|span| span.is_primary);
                assert_eq!(primary.count(), 1);
                levels.push(message.message.level);
            }
            Message::BuildFinished(_) => finished += 1,
            // What is not cargo's says so, and is not taken for a message.
            Message::TextLine(line) => {
                assert!(line.starts_with("{\"reason\":\"socklint-"), "{line}")
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(finished, 1);
    let count = |wanted| levels.iter().filter(|&&level| level == wanted).count();
    let (errors, warnings) = (
        count(DiagnosticLevel::Error),
        count(DiagnosticLevel::Warning),
    );
    assert_eq!(errors + warnings, levels.len());
    assert!(
        ran.stderr
            .contains(&format!("socklint: {errors} errors, {warnings} warnings (")),
        "{}",
        ran.stderr
    );
}
