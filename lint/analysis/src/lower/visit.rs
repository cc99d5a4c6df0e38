//! Visits every place of MIR.

use crate::mir::{
    BasicBlock, Callee, Local, Operand, Place, Rvalue, Statement, StatementKind, TerminatorKind,
    Test,
};

/// What is done with the places of MIR. Everything may be rewritten in place.
pub(super) trait PlaceVisitor {
    /// A place that is used by value.
    fn value(&mut self, place: &mut Place);
    /// A place that is read, borrowed, written, tested or dropped.
    fn place(&mut self, place: &mut Place);
    /// A local that stands alone: bound, or its storage begins or ends.
    fn local(&mut self, local: &mut Local);
}

/// Visits a block's statements and its terminator.
pub(super) fn block(block: &mut BasicBlock, visitor: &mut impl PlaceVisitor) {
    for statement in &mut block.statements {
        self::statement(statement, visitor);
    }
    if let Some(terminator) = &mut block.terminator {
        self::terminator(&mut terminator.kind, visitor);
    }
}

fn statement(statement: &mut Statement, visitor: &mut impl PlaceVisitor) {
    match &mut statement.kind {
        StatementKind::Assign(place, value) => {
            rvalue(value, visitor);
            visitor.place(place);
        }
        StatementKind::Bind { local, place, mode } => {
            match mode {
                crate::mir::BindMode::Value => visitor.value(place),
                crate::mir::BindMode::Ref | crate::mir::BindMode::RefMut => visitor.place(place),
            }
            visitor.local(local);
        }
        StatementKind::Drop(place) => visitor.place(place),
        StatementKind::StorageLive(local) | StatementKind::StorageDead(local) => {
            visitor.local(local);
        }
        StatementKind::Opaque(operands) => {
            for operand in operands {
                self::operand(operand, visitor);
            }
        }
    }
}

/// Visits the places of a terminator.
pub(super) fn terminator(kind: &mut TerminatorKind, visitor: &mut impl PlaceVisitor) {
    match kind {
        TerminatorKind::Goto(_) | TerminatorKind::Return | TerminatorKind::Unreachable => {}
        TerminatorKind::Branch { cond, .. } => operand(cond, visitor),
        TerminatorKind::Test { place, test, .. } => {
            visitor.place(place);
            match test {
                Test::Eq(constant) => operand(constant, visitor),
                Test::Range(lo, hi, _) => {
                    for end in [lo, hi].into_iter().flatten() {
                        operand(end, visitor);
                    }
                }
                Test::Variant(_) | Test::Known(_) | Test::Len(..) | Test::Opaque => {}
            }
        }
        TerminatorKind::Try {
            operand: value,
            ok,
            residual,
            ..
        } => {
            operand(value, visitor);
            visitor.place(ok);
            visitor.place(residual);
        }
    }
}

/// Visits the places of an rvalue.
pub(super) fn rvalue(rvalue: &mut Rvalue, visitor: &mut impl PlaceVisitor) {
    match rvalue {
        Rvalue::Use(value)
        | Rvalue::Unary(_, value)
        | Rvalue::Cast(value, _)
        | Rvalue::Repeat(_, value)
        | Rvalue::Await(value)
        | Rvalue::IntoIter(value) => operand(value, visitor),
        Rvalue::Ref(_, place) | Rvalue::AddrOf(_, place) | Rvalue::IterNext(place) => {
            visitor.place(place);
        }
        Rvalue::Call(call) => {
            match &mut call.callee {
                Callee::Path(_) => {}
                Callee::Method { receiver, .. } => visitor.place(receiver),
                // A call through a value may borrow it: it is no use by value.
                Callee::Value(Operand::Place(place)) => visitor.place(place),
                Callee::Value(Operand::Const(_)) => {}
            }
            for argument in &mut call.args {
                operand(argument, visitor);
            }
        }
        Rvalue::Binary(_, left, right) => {
            operand(left, visitor);
            operand(right, visitor);
        }
        Rvalue::Struct { fields, base, .. } => {
            for (_, field) in fields {
                operand(field, visitor);
            }
            if let Some(base) = base {
                operand(base, visitor);
            }
        }
        Rvalue::Tuple(operands)
        | Rvalue::Array(_, operands)
        | Rvalue::Format(operands)
        | Rvalue::Opaque(operands) => {
            for value in operands {
                operand(value, visitor);
            }
        }
        Rvalue::Range(lo, hi, _) => {
            for end in [lo, hi].into_iter().flatten() {
                operand(end, visitor);
            }
        }
        Rvalue::Closure(_) => {}
    }
}

fn operand(operand: &mut Operand, visitor: &mut impl PlaceVisitor) {
    match operand {
        Operand::Place(place) => visitor.value(place),
        Operand::Const(_) => {}
    }
}
