//! Questions about the shape of code ahead.

use crate::mir::{
    BlockId, Body, Callee, Const, Local, Operand, RETURN, Rvalue, StatementKind, TerminatorKind,
};

/// How far ahead is looked.
const LOOK_AHEAD: usize = 24;

/// Whether the code from here on does nothing but fail: without a branch or a
/// loop it makes an `Err` (or `None`) and returns it, gives it to `?`, or diverges.
pub fn fails_at_once(body: &Body, start: BlockId) -> bool {
    let mut at = start;
    let mut failed: Vec<Local> = Vec::new();
    for _ in 0..LOOK_AHEAD {
        let block = &body.blocks[at.0 as usize];
        for statement in &block.statements {
            let StatementKind::Assign(place, rvalue) = &statement.kind else {
                continue;
            };
            if !place.proj.is_empty() {
                continue;
            }
            failed.retain(|local| *local != place.local);
            if is_failure(rvalue, &failed) {
                failed.push(place.local);
            }
        }
        match block.terminator.as_ref().map(|terminator| &terminator.kind) {
            Some(TerminatorKind::Goto(to)) => at = *to,
            Some(TerminatorKind::Return) => return failed.contains(&RETURN),
            Some(TerminatorKind::Try {
                operand: Operand::Place(place),
                ..
            }) => {
                return place.proj.is_empty() && failed.contains(&place.local);
            }
            Some(TerminatorKind::Unreachable) => return true,
            _ => return false,
        }
    }
    false
}

/// Whether a value is certainly an `Err` or `None`.
fn is_failure(rvalue: &Rvalue, failed: &[Local]) -> bool {
    match rvalue {
        Rvalue::Call(call) => match &call.callee {
            Callee::Path(path) => &**path.last() == "Err",
            Callee::Method { receiver, name, .. } => {
                failed.contains(&receiver.local)
                    && matches!(&**name, "map" | "map_err" | "and_then" | "inspect_err")
            }
            Callee::Value(_) => false,
        },
        Rvalue::Use(Operand::Const(Const::Path(path))) => &**path.last() == "None",
        Rvalue::Use(Operand::Place(place)) => {
            place.proj.is_empty() && failed.contains(&place.local)
        }
        _ => false,
    }
}
