//! One clear error for a wrong argument, and the item is kept.

use socket_lifecycle::socket_lifecycle;

#[socket_lifecycle(close(_s))]
pub fn unknown(_s: usize) {}

#[socket_lifecycle(closes(t))]
pub fn no_such_parameter(_s: usize) {}

#[socket_lifecycle(allow(unclosed))]
pub fn no_such_rule(_s: usize) {}

#[socket_lifecycle(opens)]
pub mod module {}

#[socket_lifecycle]
pub struct Struct;

fn main() {
    unknown(0);
    no_such_parameter(0);
    no_such_rule(0);
    let _ = Struct;
}
