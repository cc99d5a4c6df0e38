//! What must not compile, and why it does not. `TRYBUILD=overwrite cargo test -p socket-lifecycle` rewrites
//! the messages.
#![cfg(not(any(windows, miri)))]

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
