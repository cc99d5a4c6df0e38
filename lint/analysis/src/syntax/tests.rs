//! Hostile and odd texts, and `cfg` predicates.

use std::str::FromStr;

use super::*;
use crate::input::CfgOptions;

/// Runs `body` with the stack that the analysis promises to get by with.
fn with_stack(body: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(body);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn hostile_nesting_is_an_error_or_parses() {
    with_stack(|| {
        const N: usize = 20_000;
        let in_fn = |body: String| format!("fn f() {{ {body} }}");
        let pairs = |open: &str, middle: &str, close: &str| {
            in_fn(format!("{}{middle}{};", open.repeat(N), close.repeat(N)))
        };
        let texts = [
            pairs("(", "", ")"),
            pairs("[", "", "]"),
            pairs("{", "", "}"),
            pairs("!", "x", ""),
            pairs("-", "x", ""),
            pairs("- ", "x", ""),
            pairs("&", "x", ""),
            pairs("* ", "x", ""),
            pairs("|x| ", "x", ""),
            pairs("|a, b| ", "x", ""),
            pairs("||", "x", ""),
            pairs("move || ", "x", ""),
            pairs("if x {} else ", "{}", ""),
            pairs("a = ", "b", ""),
            pairs("a += ", "b", ""),
            pairs("a ='x'", "b", ""),
            pairs("S {} = ", "b", ""),
            pairs("let x: Vec<", "u8", ">"),
            pairs("Vec::<A, ", "u8", ">"),
            pairs("<", "u8", " as T>::X"),
            pairs("f::<", "u8", ">()"),
            pairs("return ", "x", ""),
            pairs("break ", "x", ""),
            pairs("if ", "x", "{}"),
            pairs("match ", "x", "{}"),
            pairs("match x { _ => ", "x", "}"),
            pairs("fn b() { ", "", "}"),
            pairs("unsafe { ", "", "}"),
            pairs("x = if a {} else ", "{}", ""),
            pairs("..", "x", ""),
            pairs("x..", "x", ""),
            pairs("", "x", " as u8"),
            pairs("", "1", "+1"),
            pairs("", "1", " && 1"),
            pairs("", "x", ".a"),
            pairs("", "x", ".a()"),
            pairs("", "x", "?"),
            pairs("", "x", "()"),
            pairs("", "x", "[0]"),
            pairs("", "{}", "()"),
            pairs("", "x", " < x"),
            pairs("", "x", " == x"),
            pairs("", "a", "::a"),
            pairs("#[a] ", "x", ""),
            pairs("let x = ", "1", ""),
            in_fn(format!("let {}x{};", "Some(".repeat(N), ")".repeat(N))),
            in_fn(format!("let {}x = y;", "&".repeat(N))),
            in_fn(format!("let {}x = y;", "x @ ".repeat(N))),
            in_fn(format!("match x {{ A {} => {{}} }}", "| A ".repeat(N))),
            in_fn(format!("let x: {}u8 = y;", "&".repeat(N))),
            in_fn(format!("let x: {}u8 = y;", "*const ".repeat(N))),
            in_fn(format!("let x: {}u8 = y;", "fn() -> ".repeat(N))),
            in_fn(format!("let x: {}u8 = y;", "impl Fn() -> ".repeat(N))),
            format!("use {}b;", "a::".repeat(N)),
            format!("use {}b{};", "a::{".repeat(N), "}".repeat(N)),
            format!("{}{}", "mod a { ".repeat(N), "}".repeat(N)),
            format!("{} fn f() {{}}", "#[a]".repeat(N)),
            format!("{} fn f() {{}}", "/// a\n".repeat(N)),
            format!("{} x {}", "/*".repeat(N), "*/".repeat(N)),
            "(".repeat(N),
            ")".repeat(N),
            format!("type A = {}", "Vec<".repeat(N)),
            format!("macro_rules! m {{ {}{} }}", "(".repeat(N), ")".repeat(N)),
            format!("fn f<{}>() {{}}", "T: A<".repeat(N)),
            format!("fn f() where {} {{}}", "for<'a> ".repeat(N)),
        ];
        for text in texts {
            // Either result will do; what counts is that it comes back, and that the tree can be dropped.
            drop(parse_file(&text));
        }
    });
}

#[test]
fn a_mixture_just_below_the_limits_parses() {
    with_stack(|| {
        let nest = 250;
        let texts = [
            format!("fn f() {{ {}x{}; }}", "!(&".repeat(nest), ")".repeat(nest)),
            format!(
                "fn f() {{ {}x{}; }}",
                "if a { ".repeat(nest),
                "}".repeat(nest)
            ),
            format!(
                "fn f() {{ {}x{}; }}",
                "g(|x| match x { _ => ".repeat(nest / 2),
                "})".repeat(nest / 2)
            ),
            format!("fn f() {{ {}x; }}", "return |x| !".repeat(300)),
            format!("type T = {}u8{};", "Vec<".repeat(1000), ">".repeat(1000)),
            format!("type T = {}u8;", "&".repeat(1000)),
            format!(
                "fn f() {{ {}x; }}",
                "if ".repeat(1000) + "x" + &"{}".repeat(1000)
            ),
        ];
        for text in texts {
            let parsed = parse_file(&text);
            let shown = &text[..40];
            assert!(
                parsed.is_ok() || text.contains("if if"),
                "{shown}: {:?}",
                parsed.err()
            );
        }
    });
}

#[test]
fn long_flat_chains_are_accepted() {
    with_stack(|| {
        const N: usize = 10_000;
        for text in [
            format!("fn f() {{ x{}; }}", ".a(1)".repeat(N)),
            format!("fn f() {{ x{}; }}", ".a".repeat(N)),
            format!("fn f() {{ x{}; }}", " + 1".repeat(N)),
            format!("fn f() {{ x{}; }}", " && a == b".repeat(N / 2)),
            format!("fn f() {{ x{}; }}", "?".repeat(N)),
            format!("fn f() {{ if x {{}} {} }}", "else if x {}".repeat(N)),
            format!("fn f() {{ {} }}", "if x { return; } ".repeat(N)),
            format!("fn f() {{ {} }}", "let x = &mut y; ".repeat(N)),
            format!("fn f() {{ match x {{ {} }} }}", "A => {} ".repeat(N)),
            format!("const A: [i32; 1] = [{}];", "-1, ".repeat(N)),
            format!("const A: [i32; 1] = [{}];", "1 << 3, ".repeat(N)),
            "fn f() -> X { x } ".repeat(N),
            "struct S<T> { a: T } ".repeat(N),
        ] {
            let parsed = parse_file(&text);
            assert!(parsed.is_ok(), "{}: {:?}", &text[..30], parsed.err());
        }
    });
}

/// The text that the span of the first item's name covers.
fn name_in(text: &str) -> &str {
    let file = parse_file(text).expect("parses");
    let Some(syn::Item::Fn(item)) = file.items.first() else {
        panic!("a function comes first");
    };
    &text[item.sig.ident.span().byte_range()]
}

#[test]
fn spans_are_relative_to_the_original_text() {
    assert_eq!(name_in("fn name() {}"), "name");
    assert_eq!(name_in("\u{feff}fn name() {}"), "name");
    assert_eq!(name_in("#!/usr/bin/env cärgo\nfn name() {}"), "name");
    assert_eq!(
        name_in("\u{feff}#!/bin/x\r\n// é\r\nfn name() {}\r\n"),
        "name"
    );
    assert_eq!(name_in("#![allow(x)]\nfn name() {}"), "name");
    assert_eq!(name_in("#! // c\n [allow(x)]\nfn name() {}"), "name");
}

#[test]
fn errors_say_where() {
    let error = parse_file("fn f() { let = 1; }").err().expect("an error");
    assert_eq!(error.range, Some(13..14));
    let error = parse_file("fn f() { (] }").err().expect("an error");
    assert_eq!(error.range.map(|range| range.start), Some(10));
    assert_eq!(parse_file("fn f").err().expect("an error").range, None);
}

fn windows(test: bool) -> CfgOptions {
    CfgOptions {
        test,
        ..CfgOptions::default()
    }
}

fn holds(predicate: &str, cfg: &CfgOptions) -> bool {
    cfg_eval(TokenStream::from_str(predicate).expect("tokens"), cfg)
}

#[test]
fn predicates() {
    let cfg = windows(false);
    for predicate in [
        "windows",
        "not(unix)",
        "target_os = \"windows\"",
        "target_family = \"windows\"",
        "all(windows, target_pointer_width = \"64\", not(target_env = \"gnu\"),)",
        "any(unix, target_arch = \"x86_64\")",
        "all()",
        "not(any())",
        "feature = \"x\"",
        "not(test)",
        "target_has_atomic = \"64\"",
        "panic = \"unwind\"",
        "true",
        "not(loom)",
        "target_vendor = \"pc\"",
    ] {
        assert!(holds(predicate, &cfg), "{predicate}");
    }
    for predicate in [
        "unix",
        "test",
        "doc",
        "not(feature = \"x\")",
        "any()",
        "false",
        "tokio_unstable",
        "target_endian = \"big\"",
        "all(windows, unix)",
        "target_os = \"linux\"",
    ] {
        assert!(!holds(predicate, &cfg), "{predicate}");
    }
}

#[test]
fn test_code_is_unknown_when_wanted() {
    let cfg = windows(true);
    assert!(holds("test", &cfg) && holds("not(test)", &cfg));
    assert!(holds("all(test, windows)", &cfg) && holds("not(all(test, windows))", &cfg));
    assert!(!holds("all(test, unix)", &cfg));
}

#[test]
fn deep_predicates_come_back() {
    with_stack(|| {
        let deep = format!("{}windows{}", "not(".repeat(50_000), ")".repeat(50_000));
        assert!(holds(&deep, &windows(false)), "unknown counts as active");
    });
}

fn attrs_of(text: &str) -> Vec<syn::Attribute> {
    let file = parse_file(text).expect("parses");
    match file.items.into_iter().next() {
        Some(syn::Item::Mod(item)) => item.attrs,
        _ => panic!("a module"),
    }
}

#[test]
fn conditional_attributes() {
    let cfg = windows(false);
    let attrs = attrs_of(
        "#[cfg_attr(windows, path = \"w.rs\", cfg_attr(all(), macro_use))] #[cfg_attr(unix, path = \"u.rs\")] mod m;",
    );
    let names: Vec<String> = effective_attrs(&attrs, &cfg)
        .iter()
        .filter_map(|attr| Some(attr.path().get_ident()?.to_string()))
        .collect();
    assert_eq!(names, ["path", "macro_use"]);
    assert!(cfg_active(&attrs, &cfg));
    assert!(!cfg_active(
        &attrs_of("#[cfg_attr(windows, cfg(unix))] mod m;"),
        &cfg
    ));
    assert!(cfg_active(
        &attrs_of("#[cfg_attr(unix, cfg(unix))] mod m;"),
        &cfg
    ));
    assert!(!cfg_active(
        &attrs_of("#[cfg(windows)] #[cfg(unix)] mod m;"),
        &cfg
    ));
    assert!(cfg_active(
        &attrs_of("#[cfg_attr(test, cfg(unix))] mod m;"),
        &windows(true)
    ));
}
