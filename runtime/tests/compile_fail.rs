//! What must not compile, and why it does not: `UPDATE=1` in the sense of `TRYBUILD=overwrite` rewrites
//! the messages.
#![cfg(not(any(windows, miri)))]

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
