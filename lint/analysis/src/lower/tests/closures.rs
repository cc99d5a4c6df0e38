//! Closures and async blocks.

use super::*;

#[test]
fn captures_follow_the_parameters() {
    let body = lower("fn f(a: A, b: B) { let c = |x, (y, z)| g(x, y, b, &a, z); }");
    let closure = &body.closures[0];
    assert_eq!(closure.body.param_count, 2);
    let names: Vec<_> = closure.body.locals[3..5]
        .iter()
        .map(|local| local.name.as_deref().unwrap_or("_").to_owned())
        .collect();
    assert_eq!(names, ["b", "a"]);
    let captures: Vec<_> = closure
        .captures
        .iter()
        .map(|capture| (capture.outer.0, capture.by_value))
        .collect();
    assert_eq!(captures, [(2, true), (1, false)]);
}

#[test]
fn what_is_used_through_a_reference_is_not_moved() {
    let body = lower("fn f(a: A, b: B, c: C) { g(|| { h(*a); b.method(); i(c.field) }); }");
    let by_value: Vec<_> = body.closures[0]
        .captures
        .iter()
        .map(|capture| capture.by_value)
        .collect();
    // A field is captured alone; whether it is moved its value says.
    assert_eq!(by_value, [false, false, false]);
}

#[test]
fn nested_closures_capture_through_each_other() {
    let body = lower("fn f(a: A) { g(|| h(move || i(&a))); }");
    let outer = &body.closures[0];
    assert_eq!(outer.captures[0].outer.0, 1);
    assert!(outer.captures[0].by_value, "the inner closure moves it");
    let inner = &outer.body.closures[0];
    assert!(inner.is_move);
    assert_eq!(
        inner.captures[0].outer.0, 1,
        "the outer closure's capture local"
    );
}

#[test]
fn a_return_in_a_closure_is_its_own() {
    let body = lower("fn f(a: A) { let b = g(); h(|| { let c = i()?; return c; }); }");
    let text = body.closures[0].body.to_string();
    assert_eq!(text.matches("return;").count(), 2, "{text}");
    assert!(!text.contains("drop(_0)"), "{text}");
    assert!(body.closures[0].captures.is_empty());
}

#[test]
fn async_bodies() {
    let body = lower("async fn f(a: A) { let t = async move { g(a).await?; }; t.await; }");
    assert!(body.is_async);
    let block = &body.closures[0];
    assert!(block.is_async_block && block.is_move && block.body.is_async);
    let text = block.body.to_string();
    assert!(text.contains(".await;") && text.contains("? -> "), "{text}");
    assert!(body.to_string().contains("_2.await"), "{body}");
    let body = lower("fn f() { g(async |x| x.await); }");
    assert!(body.closures[0].body.is_async && !body.closures[0].is_async_block);
}
