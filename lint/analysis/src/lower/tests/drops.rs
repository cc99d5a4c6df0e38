//! Drop order, against what rustc does.

use super::*;

#[test]
fn variables_in_reverse_then_parameters() {
    let body = lower("fn f(a: A, b: B) { let x = g(); let y = h(); }");
    assert_eq!(straight_drops(&body), ["y", "x", "b", "a"]);
}

#[test]
fn a_shadowed_variable_lives_on() {
    let body = lower("fn f() { let x = g(); let x = h(x.r()); }");
    assert_eq!(straight_drops(&body), ["x", "x"]);
    assert_eq!(body.locals.iter().filter(|l| l.name.is_some()).count(), 2);
}

#[test]
fn temporaries_at_the_end_of_their_statement() {
    let body = lower("fn f() { let x = g(); make().run(); h(); }");
    // Method's receiver and the discarded results, then the variable.
    assert_eq!(straight_drops(&body), ["_", "_", "_", "x"]);
    let text = body.to_string();
    let receiver = text.find("drop(_2)").expect("the receiver is dropped");
    let next = text.find("h()").expect("h is called");
    assert!(receiver < next, "{text}");
}

#[test]
fn a_consumed_temporary_is_not_dropped() {
    let text = dump("fn f() -> R { wrap(make()) }");
    assert!(!text.contains("drop("), "{text}");
    assert!(
        text.contains("_1 = make();\n        _0 = wrap(_1);\n        dead(_1);"),
        "{text}"
    );
}

#[test]
fn tail_temporaries_by_edition() {
    let source = "fn f() -> R { let x = g(); make().run() }";
    assert_eq!(straight_drops(&lower_in(2024, source)), ["_", "x"]);
    assert_eq!(straight_drops(&lower_in(2021, source)), ["x", "_"]);
}

#[test]
fn extended_temporaries_live_as_long_as_the_block() {
    for init in [
        "&make()",
        "S { f: &make() }",
        "(1, &make().field)",
        "{ &make() }",
        "&*make()",
        "&make()?",
        "&(make()?.field)",
        "&a.make().field[0]",
    ] {
        let text = dump(&format!("fn f() {{ let x = {init}; last(); }}"));
        let (before, after) = text.split_once("last()").expect("last is called");
        assert!(!before.contains("drop("), "{init}: {text}");
        // What `last` returned, the variable and the temporary.
        let fall_through = after.split("return;").next().unwrap_or(after);
        assert_eq!(fall_through.matches("drop(").count(), 3, "{init}: {text}");
    }
    // An argument is not extended.
    let text = dump("fn f() { let x = g(&make()); last(); }");
    let temporary = text.find("drop(_2)").expect("dropped");
    assert!(temporary < text.find("last()").expect("called"), "{text}");
}

#[test]
fn let_wildcard() {
    assert_eq!(
        straight_drops(&lower("fn f(a: A) { let _ = a; last(); }")),
        ["_", "a"]
    );
    let text = dump("fn f() { let _ = make(); last(); }");
    assert!(text.find("drop(_1)") < text.find("last()"), "{text}");
    let text = dump("fn f() { let _x = make(); last(); }");
    assert!(text.find("drop(_1)") > text.find("last()"), "{text}");
}

#[test]
fn assignment_drops_the_old_value_after_the_new_one_is_made() {
    let text = dump("fn f() { let mut x = a(); x = b(); }");
    let order: Vec<_> = ["_1 = a()", "_2 = b()", "drop(_1)", "_1 = _2"]
        .map(|part| text.find(part))
        .into_iter()
        .collect();
    assert!(
        order.iter().all(Option::is_some) && order.is_sorted(),
        "{text}"
    );
}

#[test]
fn question_mark_runs_the_pending_drops() {
    let body = lower("fn f(p: P) -> R { let a = g(); { let b = h(); k()?; } let c = l(); Ok(()) }");
    let exit = body
        .blocks
        .iter()
        .find_map(
            |block| match block.terminator.as_ref().map(|end| &end.kind) {
                Some(crate::mir::TerminatorKind::Try { exit, .. }) => Some(exit.0),
                _ => None,
            },
        )
        .expect("there is a `?`");
    assert_eq!(drops_from(&body, exit), ["b", "a", "p"]);
}

#[test]
fn a_moved_argument_is_dropped_when_a_later_one_fails() {
    let text = dump("fn f(s: S) -> R { g(s, h()?); Ok(()) }");
    // `s` moves before `h` runs: the exit drops the temporary, then `s` (moved from).
    let moved = text.find("_2 = _1").expect("moved to a temporary");
    assert!(moved < text.find("h()").expect("called"), "{text}");
    assert!(
        text.contains("drop(_2);\n        dead(_2);\n        drop(_1);"),
        "{text}"
    );
    // Nothing can happen between the arguments here.
    assert!(dump("fn f(s: S) { g(s, 1, &t); }").contains("g(_1, 1, "));
}

#[test]
fn break_and_continue_leave_the_scopes_of_the_body() {
    let text = dump(
        "fn f() { let a = g(); loop { let b = h(); if c() { break; } if d() { continue; } } }",
    );
    assert_eq!(text.matches("drop(_2)").count(), 3, "{text}"); // Two jumps and the end of the body.
    assert_eq!(text.matches("drop(_1)").count(), 1, "{text}");
}

#[test]
fn if_let_temporaries_by_edition() {
    let source = "fn f() { if let Some(x) = make().get() { then(); } else { otherwise(); } }";
    // Since 2024 on the way into `else` and at the end of the other branch;
    // before, once, after both.
    for (edition, drops) in [(2024, 2), (2021, 1)] {
        let text = lower_in(edition, source).to_string();
        assert_eq!(text.matches("drop(_1)").count(), drops, "{edition}: {text}");
    }
}

#[test]
fn a_part_taken_by_value_extends_nothing() {
    let text = dump("fn f() { let x = make().part; last(); }");
    assert!(text.find("drop(_2)") < text.find("last()"), "{text}");
    let text = dump("fn f() { let x = if c { make().part } else { 1 }; last(); }");
    assert!(text.find("drop(_2)") < text.find("last()"), "{text}");
}

#[test]
fn condition_temporaries_die_with_the_condition() {
    let text = dump("fn f() { if lock().ready() { then(); } }");
    let block = text.find("then()").expect("called");
    let drops: Vec<_> = text.match_indices("drop(_1)").collect();
    assert_eq!(drops.len(), 2, "{text}"); // On either way.
    assert!(drops.iter().any(|&(at, _)| at < block), "{text}");
}

#[test]
fn returns_past_many_locals_share_their_drops() {
    let locals: String = (0..100)
        .map(|index| format!("let x{index} = g();"))
        .collect();
    let exits = "if h() { return; }".repeat(100);
    let body = lower(&format!("fn f() {{ {locals} {exits} }}"));
    let size: usize = body.blocks.iter().map(|block| block.statements.len()).sum();
    assert!(size < 3_000, "{size} statements");
    // And all of them are dropped, in order, on the way of the first exit.
    let exit = body
        .blocks
        .iter()
        .position(|block| block.to_string().contains("_0 = ()"))
        .expect("a return");
    let dropped = drops_from(&body, exit as u32);
    let expected: Vec<_> = (0..100).rev().map(|index| format!("x{index}")).collect();
    assert_eq!(dropped, expected);
}

#[test]
fn a_temporary_extended_on_one_path_starts_before_the_paths_part() {
    let body = lower("fn f() { loop { let x = if c { &make() } else { y }; last(x); } }");
    let text = body.to_string();
    let part = text.find("if c").expect("a branch");
    assert!(text.find("live(_2)").is_some_and(|at| at < part), "{text}");
    assert!(text.find("drop(_2)") > text.find("last("), "{text}");
}
