//! Patterns and `match`.

use super::*;

#[test]
fn tests_come_before_bindings() {
    let text = dump("fn f(v: V) { match v { A(x, B(y)) => g(x, y), _ => {} } }");
    let bind = text.find("bind").expect("a binding");
    assert!(text.find("is A").is_some_and(|at| at < bind), "{text}");
    assert!(
        text.find("test _1.1 is B").is_some_and(|at| at < bind),
        "{text}"
    );
}

#[test]
fn a_place_is_matched_where_it_stands() {
    let text = dump("fn f(s: S) { match s.inner.kind { K { a: ref x, .. } => g(x), _ => {} } }");
    assert!(text.contains("test _1.inner.kind is K"), "{text}");
    assert!(text.contains("bind ref _2 = _1.inner.kind.a;"), "{text}");
}

#[test]
fn constants_and_literals() {
    let text = dump(
        "fn f(s: S) { match s { INVALID => a(), -1 => b(), 1..=5 => c(), b'x' | 'y' => d(), \
         m::LAST => e(), \"t\" => g(), other => h(other) } }",
    );
    for part in [
        "== INVALID",
        "== -1 ",
        "in 1..=5",
        "== 120u8",
        "== 121char",
        "== m::LAST",
        "== \"t\"",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("bind _2 = _1;"), "{text}");
    assert!(
        !text.contains("unreachable"),
        "the last arm always matches: {text}"
    );
}

#[test]
fn irrefutable_patterns_test_nothing() {
    let text =
        dump("fn f((a, b): (A, B), &c: &C) { let (d, (_, e)) = g(a, b, c); let h: H = i(d, e); }");
    assert!(!text.contains("test "), "{text}");
    assert!(text.contains(".*;"), "{text}");
}

#[test]
fn slices() {
    let text = dump(
        "fn f(v: &[V]) { if let [a, rest @ .., z] = v { g(a, rest, z); } if let [x] = v { h(x); } }",
    );
    assert!(text.contains("test _1 len >= 2"), "{text}");
    assert!(text.contains("bind _3 = _1[..];"), "{text}");
    assert!(text.contains("= _1[-1];"), "{text}");
    assert!(text.contains("test _1 len == 1"), "{text}");
}

#[test]
fn alternatives_bind_the_same_variable() {
    let text = dump("fn f(v: V) { match v { (A(x), _) | (_, B(x)) => g(x), _ => {} } }");
    assert!(text.contains("bind _2 = _1.0.0;"), "{text}");
    assert!(text.contains("bind _2 = _1.1.0;"), "{text}");
    assert_eq!(text.matches("g(_2)").count(), 1, "{text}");
}

#[test]
fn nested_alternatives_bind_after_all_tests() {
    let text = dump("fn f(v: V) { match v { (A(x) | B(x), C) => g(x), _ => {} } }");
    for block in text.split("    bb").filter(|block| block.contains("bind")) {
        assert!(!block.contains("test "), "{text}");
    }
    assert_eq!(text.matches("== C").count(), 2, "{text}");
}

#[test]
fn alternatives_without_bindings_join() {
    let text = dump("fn f(v: V) { match v { (1 | 2 | 3, 4 | 5, 6) => a(), _ => b() } }");
    assert_eq!(text.matches("== 6").count(), 1, "{text}");
}

#[test]
fn at_bindings() {
    let text = dump("fn f(v: V) { match v { e @ Err(_) => g(e), _ => {} } }");
    assert!(text.find("is Err") < text.find("bind _2 = _1;"), "{text}");
}

#[test]
fn a_guard_borrows_and_the_arm_moves() {
    let text =
        dump("fn f(v: V) { match v { Some(x) if ok(x) => g(x), Some(y) => h(y), None => {} } }");
    let parts = [
        "bind ref _3 = _1.0;",
        "ok(_3.*)",
        "bind _2 = _1.0;",
        "g(_2)",
    ];
    let at: Vec<_> = parts.map(|part| text.find(part)).into_iter().collect();
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{text}");
}

#[test]
fn an_empty_match_diverges() {
    let text = dump("fn f(v: V) { match v {} after(); }");
    assert!(
        text.contains("unreachable") && !text.contains("after"),
        "{text}"
    );
}

#[test]
fn a_tuple_scrutinee() {
    let text = dump("fn f(a: A, b: B) { match (a, b) { (1, x) => g(x), _ => {} } }");
    assert!(text.contains("_3 = (_1, _2,);"), "{text}");
    assert!(text.contains("test _3.0 == 1"), "{text}");
}
