use super::{NoticeKind, Suppressed, apply};
use crate::rules::{self, Rule};
use crate::{CfgOptions, CrateInput, FileId, Finding, Input, Report, SourceFile, Span};

/// Puts one `unclosed_socket` finding on every `socket()` of the text.
fn run_with(text: &str, forbidden: impl Fn(&Rule) -> bool) -> Suppressed {
    let rule = rules::by_name("unclosed_socket").expect("the rule exists");
    let findings = text.match_indices("socket()").map(|(at, call)| Finding {
        rule,
        primary: Span {
            file: FileId(0),
            lo: at as u32,
            hi: (at + call.len()) as u32,
        },
        message: String::new(),
        label: String::new(),
        path: Vec::new(),
        others: Vec::new(),
        help: String::new(),
        fixes: Vec::new(),
        function: String::new(),
        enclosing: Vec::new(),
    });
    let report = Report {
        findings: findings.collect(),
        ..Report::default()
    };
    let input = Input {
        files: vec![SourceFile {
            path: "a.rs".into(),
            text: text.into(),
        }],
        contracts: Vec::new(),
        excluded: Default::default(),
        crates: vec![CrateInput {
            name: "a".into(),
            edition: 2024,
            root: 0,
            files: vec![0],
            dependencies: Vec::new(),
            cfg: CfgOptions::default(),
            report: true,
            loose: true,
        }],
    };
    apply(&input, &report, |finding| forbidden(finding.rule))
}

/// How many findings were kept and suppressed, and what is wrong with the suppressions.
fn run(text: &str) -> (usize, usize, Vec<String>) {
    let result = run_with(text, |_| false);
    let notices = result.notices.into_iter();
    let wrong = notices.filter(|notice| notice.kind == NoticeKind::Wrong);
    let messages = wrong.map(|notice| notice.message);
    (
        result.kept.len(),
        result.suppressed.len(),
        messages.collect(),
    )
}

#[test]
fn behind_code_it_covers_the_line() {
    let text = "fn f() {\n    socket(); // socklint: allow(unclosed_socket) -- kept for the process\n    socket();\n}\n";
    assert_eq!(run(text), (1, 1, vec![]));
}

#[test]
fn on_its_own_line_it_covers_the_statement_below() {
    let text = "fn f() {\n    // socklint: allow(unclosed_socket)\n    let s =\n        unsafe { socket() }\n            .abs();\n    socket();\n}\n";
    assert_eq!(run(text), (1, 1, vec![]));
}

#[test]
fn on_its_own_line_it_covers_the_item_below_past_docs_and_attributes() {
    let text = "// socklint: allow(unclosed-socket)\n/// Docs; with `}`.\n#[inline(always)]\npub fn f<A, B>(a: A) -> u8 where A: X, B: Y {\n    socket();\n    socket()\n}\nfn g() { socket(); }\n";
    assert_eq!(run(text), (1, 2, vec![]));
}

#[test]
fn statements_with_blocks_end_where_they_end() {
    let branches = "fn f() {\n    // socklint: allow(correctness)\n    if a { socket(); } else { socket(); }\n    socket();\n}\n";
    assert_eq!(run(branches), (1, 2, vec![]));
    let arms = "fn f() { match x {\n    // socklint: allow(correctness)\n    P { a } => socket(),\n    Q => socket(),\n} }\n";
    assert_eq!(run(arms), (1, 1, vec![]));
    let turbofish = "fn f() {\n    // socklint: allow(correctness)\n    g::<A, B>(socket());\n    socket();\n}\n";
    assert_eq!(run(turbofish), (1, 1, vec![]));
    let wrapped = "// socklint: allow(correctness)\ncfg_net! {\n    fn f() { socket(); }\n}\nfn g() { socket(); }\n";
    assert_eq!(run(wrapped), (1, 1, vec![]));
}

#[test]
fn an_inner_comment_covers_the_file_or_the_block() {
    let file = "//! socklint: allow(unclosed_socket)\nfn f() { socket(); }\nfn g() { socket(); }\n";
    assert_eq!(run(file), (0, 2, vec![]));
    let block = "mod m {\n    //! socklint: allow(unclosed_socket)\n    fn f() { socket(); }\n}\nfn g() { socket(); }\n";
    assert_eq!(run(block), (1, 1, vec![]));
}

#[test]
fn attributes_cover_what_they_stand_on() {
    let item = "#[cfg_attr(any(), socklint::allow(unclosed_socket))]\nfn f() { socket(); }\nfn g() { socket(); }\n";
    assert_eq!(run(item), (1, 1, vec![]));
    let statement = "fn f() {\n    #[cfg_attr(any(), socklint::allow(\n        unclosed_socket\n    ))]\n    let s = socket();\n    socket();\n}\n";
    assert_eq!(run(statement), (1, 1, vec![]));
    let lifecycle = "#[socket_lifecycle::socket_lifecycle(opens, allow(unclosed_socket))]\nfn f() { socket(); }\nfn g() { socket(); }\n";
    assert_eq!(run(lifecycle), (1, 1, vec![]));
    let reason = "#[socket_lifecycle(allow(double_close, reason = \"not (here), allow(none)\"), allow(unclosed_socket))]\nfn f() { socket(); }\n";
    let (kept, suppressed, notices) = run(reason);
    assert_eq!((kept, suppressed, notices.len()), (0, 1, 1), "{notices:?}");
    let inner = "#![cfg_attr(any(), socklint::allow(unclosed_socket))]\nfn f() { socket(); }\n";
    assert_eq!(run(inner), (0, 1, vec![]));
}

#[test]
fn neither_strings_nor_block_comments_suppress() {
    let allow = "socklint: allow(unclosed_socket)";
    for text in [
        format!("fn f() {{ g(\"\n// {allow}\n\"); socket(); }}"),
        format!("fn f() {{ g(r#\"\" // {allow}\"#); socket(); }}"),
        format!("fn f() {{ /* /* */\n// {allow}\n*/ socket(); }}"),
        format!("fn f() {{ g('\"', \"// {allow}\"); socket(); }}"),
        format!("fn f() {{ g(\"\\\"// {allow}\"); socket(); }}"),
        format!("/// {allow}\nfn f() {{ socket(); }}"),
        "const A: &str = \"#[cfg_attr(any(), socklint::allow(unclosed_socket))]\"; fn f() { socket(); }".to_owned(),
        "#[cfg_attr(windows, socklint::allow(unclosed_socket))]\nfn f() { socket(); }".to_owned(),
    ] {
        assert_eq!(run(&text), (1, 0, vec![]), "{text}");
    }
}

#[test]
fn lifetimes_do_not_open_literals() {
    let text = "fn f<'a>(x: &'a str) {\n    socket(); // socklint: allow(unclosed_socket)\n    let c = '\\'';\n    socket(); // socklint: allow(unclosed_socket)\n}\n";
    assert_eq!(run(text), (0, 2, vec![]));
}

#[test]
fn a_suppression_without_effect_is_reported() {
    let (kept, suppressed, notices) =
        run("fn f() {\n    g(); // socklint: allow(unclosed_socket)\n    socket();\n}\n");
    assert_eq!((kept, suppressed), (1, 0));
    assert_eq!(
        notices,
        ["this suppression of `unclosed_socket` suppresses nothing"]
    );
    assert_eq!(run("fn f() {}\n// socklint: allow(correctness)").2.len(), 1);
}

#[test]
fn unknown_and_malformed_suppressions_are_reported() {
    let unknown = run("fn f() {} // socklint: allow(unclosed_sockets)\n").2;
    assert_eq!(unknown, ["no rule or group is called `unclosed_sockets`"]);
    for text in [
        "// socklint: allow\n",
        "// socklint: deny(unclosed_socket)\n",
        "// socklint: allow()\n",
        "// socklint: allow(unclosed_socket) because\n",
    ] {
        assert_eq!(
            run(text).2,
            ["this `socklint:` comment is not understood"],
            "{text}"
        );
    }
}

#[test]
fn forbidden_rules_cannot_be_suppressed() {
    let text = "fn f() {\n    socket(); // socklint: allow(unclosed_socket)\n}\n";
    let result = run_with(text, |_| true);
    assert_eq!((result.kept.len(), result.suppressed.len()), (1, 0));
    let mut notices = result.notices.iter();
    assert!(notices.any(|notice| notice.message.contains("forbidden")));
}

#[test]
fn windows_line_ends_stay_out_of_the_span() {
    let text = "fn f() {} // socklint: allow(unclosed_socket)\r\nfn g() {}\r\n";
    let result = run_with(text, |_| false);
    assert!(text[result.notices[0].span.range()].ends_with(')'));
}

#[test]
fn any_text_can_be_scanned() {
    for text in [
        "socklint \"",
        "socklint r#\"",
        "socklint /*",
        "socklint '",
        "socklint '\\",
        "socklint #[",
        "socklint }",
        "ä'ö socklint \"\\",
    ] {
        assert_eq!(run(text), (0, 0, vec![]), "{text}");
    }
}

/// What is said of suppressions that give no reason.
fn unexplained(text: &str) -> Vec<String> {
    let notices = run_with(text, |_| false).notices.into_iter();
    let unexplained = notices.filter(|notice| notice.kind == NoticeKind::WithoutReason);
    unexplained.map(|notice| notice.message).collect()
}

#[test]
fn every_form_may_give_a_reason() {
    for (with, without) in [
        (
            "// socklint: allow(unclosed_socket) -- why",
            "// socklint: allow(unclosed_socket) -- ",
        ),
        (
            "#[cfg_attr(any(), socklint::allow(unclosed_socket, reason = \"a, b) allow(c\"))]",
            "#[cfg_attr(any(), socklint::allow(unclosed_socket))]",
        ),
        (
            "#[cfg_attr(any(), socklint::allow(unclosed_socket, /* , */ reason = r#\"\"a\"\"#,))]",
            "#[cfg_attr(any(), socklint::allow(unclosed_socket, reason = r#\" \"#))]",
        ),
        (
            "#[socket_lifecycle(allow(unclosed_socket, reason = \"why\"))]",
            "#[socket_lifecycle(allow(unclosed_socket, reason = \"\"))]",
        ),
    ] {
        for (suppression, expected) in [
            (with, &[][..]),
            (
                without,
                &["this suppression of `unclosed_socket` gives no reason"][..],
            ),
        ] {
            let text = format!("{suppression}\nfn f() {{ socket(); }}\n");
            assert_eq!(run(&text), (0, 1, Vec::new()), "{text}");
            assert_eq!(unexplained(&text), expected, "{text}");
        }
    }
    let two = "#[cfg_attr(any(), socklint::allow(unclosed_socket), socklint::allow(double_close, reason = \"x\"))]\nfn f() { socket(); }\n";
    assert_eq!(
        run(two),
        (
            0,
            1,
            vec!["this suppression of `double_close` suppresses nothing".to_owned()]
        )
    );
    assert_eq!(
        unexplained(two),
        ["this suppression of `unclosed_socket` gives no reason"]
    );
}
