//! Values on their way from the expression that makes them to the one that uses them.

use super::build::Lowerer;
use crate::mir::{Const, Local, Operand, Place, Rvalue};
use crate::span::Span;

/// What an expression evaluates to, before anyone stores it.
pub(super) enum Value {
    /// A place expression: nothing was copied or moved yet.
    Place(Place),
    /// A temporary that holds the value.
    Temp(Local),
    /// A constant.
    Const(Const),
    /// A computation whose operands are evaluated.
    Rvalue(Rvalue),
}

impl Value {
    pub(super) fn into_rvalue(self) -> Rvalue {
        match self {
            Value::Place(place) => Rvalue::Use(Operand::Place(place)),
            Value::Temp(local) => Rvalue::Use(Operand::local(local)),
            Value::Const(constant) => Rvalue::Use(Operand::Const(constant)),
            Value::Rvalue(rvalue) => rvalue,
        }
    }
}

impl Lowerer<'_> {
    pub(super) fn operand_of(&mut self, value: Value, span: Span) -> Operand {
        match value {
            Value::Place(place) => Operand::Place(place),
            Value::Temp(local) => Operand::local(local),
            Value::Const(constant) => Operand::Const(constant),
            Value::Rvalue(rvalue) => Operand::local(self.temp(rvalue, span)),
        }
    }

    /// The place of a place expression, or of a temporary that `scope` ends.
    pub(super) fn place_of_in(&mut self, scope: usize, value: Value, span: Span) -> Place {
        match value {
            Value::Place(place) => place,
            Value::Temp(local) => Place::local(local),
            Value::Const(constant) => {
                let value = Rvalue::Use(Operand::Const(constant));
                Place::local(self.temp_in(scope, value, span))
            }
            Value::Rvalue(rvalue) => Place::local(self.temp_in(scope, rvalue, span)),
        }
    }

    pub(super) fn place_of(&mut self, value: Value, span: Span) -> Place {
        self.place_of_in(self.frame.temp_scope, value, span)
    }

    /// As [`Lowerer::place_of_in`], of a value that gets borrowed: the storage
    /// of a temporary that needs no drop ends with `scope`, too.
    pub(super) fn borrowed_place_of(&mut self, scope: usize, value: Value, span: Span) -> Place {
        let is_place = matches!(value, Value::Place(_));
        let place = self.place_of_in(scope, value, span);
        if !is_place {
            self.schedule(scope, place.local, false);
        }
        place
    }

    /// An operand; if `copy`, something evaluated later may change a place, and
    /// its value is taken now.
    pub(super) fn operand_before(&mut self, value: Value, copy: bool, span: Span) -> Operand {
        match value {
            Value::Place(place) if copy => {
                Operand::local(self.temp(Rvalue::Use(Operand::Place(place)), span))
            }
            value => self.operand_of(value, span),
        }
    }

    /// Lets a value be dropped with the temporaries.
    pub(super) fn discard_value(&mut self, value: Value, span: Span) {
        match value {
            Value::Place(place) => {
                self.temp(Rvalue::Use(Operand::Place(place)), span);
            }
            Value::Temp(_) | Value::Const(_) => {}
            Value::Rvalue(Rvalue::Opaque(operands)) => self.push_opaque(operands, span),
            Value::Rvalue(rvalue) => {
                self.temp(rvalue, span);
            }
        }
    }
}
