//! Expressions and their operands.

use super::*;

#[test]
fn places_need_no_temporaries() {
    let text = dump("fn f(s: S) { g(s.a.b, s.c[0], *s.d, s.e[..2].x); }");
    assert!(text.contains("g(_1.a.b, _1.c[0], _1.d.*, "), "{text}");
    let text = dump("fn f(s: S) { self.inner.foo(); s.inner.bar(s.x); }");
    assert!(text.contains("_1.inner->bar(_1.x)"), "{text}");
}

#[test]
fn operands_are_evaluated_left_to_right() {
    let text = dump("fn f(mut a: u8) -> (u8, u8) { (a, { a = 2; a }) }");
    assert!(text.find("_2 = _1;") < text.find("_1 = 2"), "{text}");
    assert!(text.contains("_0 = (_2, _3,);"), "{text}");
}

#[test]
fn references() {
    let text = dump("fn f(s: S) { g(&s.a, &mut s.b, &raw mut s.c, &h()); }");
    for part in ["&_1.a", "&mut _1.b", "&raw mut _1.c", "= h()"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn literals_and_casts() {
    let text = dump("fn f() { g(-1, 2u16, !0 as SOCKET, 1.5, b\"x\", usize::MAX, true); }");
    assert!(
        text.contains("= !0;") && text.contains(" as SOCKET;"),
        "{text}"
    );
    assert!(text.contains("g(-1, 2u16, _"), "{text}");
    assert!(
        text.contains("literal, literal, usize::MAX, true)"),
        "{text}"
    );
}

#[test]
fn structs() {
    let text = dump("fn f(a: A, rest: S) -> S { m::S { a, b: g(), ..rest } }");
    assert!(text.contains("m::S { a: _"), "{text}");
    assert!(text.contains("..") && text.contains("b: _"), "{text}");
}

#[test]
fn compound_and_destructuring_assignment() {
    let text =
        dump("fn f(mut a: A, mut b: B) { a.n += g(); (a, b) = h(); [a, ..] = i(); _ = j(); }");
    assert!(text.contains("_1.n = _1.n + _"), "{text}");
    assert!(text.contains("drop(_1);\n"), "{text}");
    assert!(text.contains("_1 = _") && text.contains("_2 = _"), "{text}");
    assert!(text.contains(".1;") && text.contains("[0];"), "{text}");
}

#[test]
fn what_a_static_receives_is_out_of_sight() {
    let text = dump("fn f(s: S) { SOCKET = s; }");
    assert!(text.contains("opaque(SOCKET, _1);"), "{text}");
}

#[test]
fn calls_of_values() {
    let text = dump("fn f(g: G, s: S) { g(1); (s.callback)(2); make()(3); }");
    assert!(text.contains("(_1)(1)"), "{text}");
    assert!(text.contains("(_2.callback)(2)"), "{text}");
    assert!(text.contains("(3)"), "{text}");
}

#[test]
fn paths_and_types() {
    let text =
        dump("fn f() { <T as m::Tr>::g::<u8>(); <T>::h(); ::a::b(); let x: *mut [u8; 4] = y(); }");
    for part in [
        "<T as m::Tr>::g<u8>()",
        "<T>::h()",
        "::a::b()",
        ": *mut [u8]",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn vectors() {
    let text = dump(
        "fn f(a: A) { g(::alloc::vec::__vec([a, b()])); h(::alloc::vec::__vec([0u8; n()])); }",
    );
    assert!(text.contains("= vec![_"), "{text}");
    assert!(
        text.contains("= vec![0u8; _]") && text.contains("n()"),
        "{text}"
    );
}

#[test]
fn spans_cover_the_whole_expression() {
    use crate::mir::{Rvalue, StatementKind};
    let source = "fn f(s: S) { (s.a).b(1, 2)?; }";
    let body = lower(source);
    let call = body.blocks[0]
        .statements
        .iter()
        .find_map(|statement| match &statement.kind {
            StatementKind::Assign(_, Rvalue::Call(call)) => Some((statement.span, call.name_span)),
            _ => None,
        })
        .expect("a call");
    assert_eq!(&source[call.0.range()], "(s.a).b(1, 2)");
    assert_eq!(&source[call.1.range()], "b");
    let end = body.blocks[0].terminator.as_ref().expect("terminated");
    assert_eq!(&source[end.span.range()], "(s.a).b(1, 2)?");
}

#[test]
fn constants() {
    let ty: syn::Type = syn::parse_quote!(u8);
    let expr: syn::Expr = syn::parse_quote!({
        const A: u8 = 1;
        A + 2
    });
    let body = lower_const(&World, ScopeId(1), Name::from("C"), &ty, &expr, 2024);
    validate(&body);
    assert!(blocks(&body).contains(&"_0 = A + 2;".to_owned()), "{body}");
}
