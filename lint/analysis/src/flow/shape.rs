//! Questions about the shape of code ahead.

use crate::mir::{BlockId, Body, Callee, RETURN, Rvalue, StatementKind, TerminatorKind};

/// How far ahead is looked.
const LOOK_AHEAD: usize = 24;

/// Whether the code from here on does nothing but fail: without a branch or a
/// loop it returns an `Err` (or `None`, -1, `false`) or diverges.
pub fn fails_at_once(body: &Body, start: BlockId) -> bool {
    let mut at = start;
    let mut failed = false;
    for _ in 0..LOOK_AHEAD {
        let block = &body.blocks[at.0 as usize];
        for statement in &block.statements {
            let StatementKind::Assign(place, rvalue) = &statement.kind else { continue };
            if let Rvalue::Call(call) = rvalue {
                let name = match &call.callee {
                    Callee::Path(path) => Some(path.last()),
                    _ => None,
                };
                let is_err = name.is_some_and(|name| &**name == "Err");
                failed |= is_err;
            }
            if place.local == RETURN && place.proj.is_empty() {
                match rvalue {
                    Rvalue::Call(call) => {
                        failed = matches!(&call.callee, Callee::Path(path) if &**path.last() == "Err") || failed;
                    }
                    Rvalue::Use(_) => {}
                    _ => return false,
                }
            }
        }
        match block.terminator.as_ref().map(|terminator| &terminator.kind) {
            Some(TerminatorKind::Goto(to)) => at = *to,
            Some(TerminatorKind::Return) => return failed,
            Some(TerminatorKind::Unreachable) => return true,
            _ => return false,
        }
    }
    false
}
