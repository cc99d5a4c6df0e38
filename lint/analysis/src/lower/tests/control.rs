//! Conditions, loops and jumps.

use super::*;

#[test]
fn loop_with_a_break_value() {
    let body = lower("fn f() -> u8 { let x = loop { if c() { break 1; } }; x }");
    let text = body.to_string();
    assert!(text.contains("_1 = 1;"), "{text}");
    assert!(text.contains("_0 = _1;"), "{text}");
}

#[test]
fn a_labelled_block_gets_the_value_of_its_break() {
    let text = dump("fn f() -> u8 { 'a: { loop { break 'a 2; } } }");
    assert!(text.contains("_0 = 2;"), "{text}");
    // The loop itself never ends otherwise.
    assert_eq!(text.matches("return;").count(), 1, "{text}");
}

#[test]
fn an_unlabelled_break_passes_a_labelled_block() {
    let body = lower("fn f() { loop { 'a: { let x = g(); break; } } last(); }");
    let text = body.to_string();
    assert!(text.contains("last()"), "{text}");
    assert_eq!(text.matches("drop(_1)").count(), 1, "{text}");
}

#[test]
fn short_circuits_branch() {
    let text = dump("fn f() { if a() && b() || c() { yes(); } }");
    assert_eq!(text.matches("if _").count(), 3, "{text}");
    let text = dump("fn f() -> bool { a && !b }");
    assert!(
        text.contains("_0 = true;") && text.contains("_0 = false;"),
        "{text}"
    );
    assert!(text.contains("if b -> "), "{text}");
}

#[test]
fn let_else_runs_else_outside_of_the_initialiser() {
    let text = dump("fn f(o: O) { let Some(x) = o.get() else { return bail(); }; use_it(x); }");
    let bail = text
        .split("    bb")
        .find(|block| block.contains("bail()"))
        .expect("the else block");
    assert!(bail.find("drop(_3)") < bail.find("bail()"), "{text}");
    assert!(
        bail.contains("drop(_1);\n        dead(_1);\n        return;"),
        "{text}"
    );
    assert!(text.contains("bind _2 = _3.0;"), "{text}");
    assert!(text.contains("use_it(_2)"), "{text}");
}

#[test]
fn let_chains_drop_what_was_bound_so_far() {
    let text =
        dump("fn f() { if let A(a) = g() && a.ok() && let B(b) = h(&a) { t(b); } else { e(); } }");
    let gotos: Vec<_> = text
        .split("    bb")
        .filter(|block| block.contains("e()"))
        .collect();
    assert_eq!(gotos.len(), 1, "the else block is shared: {text}");
    assert!(text.contains("is A") && text.contains("is B"), "{text}");
}

#[test]
fn for_loops() {
    let text = dump("fn f(v: V) { for (a, b) in v { g(a, b); } }");
    assert!(text.contains("_2 = into_iter(_1);"), "{text}");
    assert!(text.contains("_3 = next(_2);"), "{text}");
    assert!(text.contains("test _3 is #Some"), "{text}");
    assert!(text.contains("bind _4 = _3.0.0;"), "{text}");
    assert!(text.contains("g(_4, _5)"), "{text}");
}

#[test]
fn while_let_starts_afresh() {
    let text = dump("fn f(v: V) { while let Some(x) = v.pop() { g(x); } last(); }");
    assert!(text.contains("live(_3);"), "{text}");
    let failed = text.split("    bb").find(|block| block.contains("last()"));
    assert!(failed.is_some(), "{text}");
}

#[test]
fn jumps_in_expression_position() {
    let text = dump("fn f(c: bool) -> u8 { g(1, if c { return 2 } else { 3 }) }");
    assert!(text.contains("_0 = 2;"), "{text}");
    assert!(text.contains("_0 = g(1, _2);"), "{text}");
}

#[test]
fn macros() {
    let text = dump("fn f(s: S) { println!(\"{}\", s); }");
    assert!(
        text.contains("_2 = &_1;") && text.contains("format(\"{}\", _2)"),
        "{text}"
    );
    let text = dump("fn f(s: S) { panic!(s); after(); }");
    assert!(
        text.contains("unreachable;") && !text.contains("after"),
        "{text}"
    );
    let text = dump("fn f(s: S) { unknown!(s, 1); }");
    assert!(text.contains("opaque(_1, 1);"), "{text}");
    // Spliced statements declare variables of the block around.
    let text = dump("fn f() -> R { splice! { let x = g(); } splice!(x.h()) }");
    assert!(text.contains("_0 = _1->h();"), "{text}");
    let text = dump("fn f(v: V) { match v { id!(Some(x)) => id!(g(x)), _ => {} } }");
    assert!(text.contains("is Some") && text.contains("g(_2)"), "{text}");
}

#[test]
fn inactive_code_vanishes() {
    let text = dump(
        "fn f() { #[cfg(unix)] let x = a(); #[cfg(windows)] let x = b(); \
         #[cfg(unix)] { c(); } match x { #[cfg(unix)] 1 => d(), _ => e(#[cfg(unix)] 1, 2) } \
         S { #[cfg(unix)] a: 1, b: 2 }; }",
    );
    for gone in ["a()", "c()", "d()", "e(1", "a: 1"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    assert!(text.contains("b()") && text.contains("e(2)"), "{text}");
}

#[test]
fn items_change_the_scope_of_their_block_alone() {
    use crate::mir::{Callee, Rvalue, StatementKind};
    let body = lower("fn f() { a(); { use x::y; b(); } c(); }");
    let mut scopes = Vec::new();
    for statement in body.blocks.iter().flat_map(|block| &block.statements) {
        if let StatementKind::Assign(_, Rvalue::Call(call)) = &statement.kind
            && let Callee::Path(path) = &call.callee
        {
            scopes.push((path.last().to_string(), path.scope.0));
        }
    }
    let expected = [("a", 1), ("b", 11), ("c", 1)].map(|(name, scope)| (name.to_owned(), scope));
    assert_eq!(scopes, expected);
}
