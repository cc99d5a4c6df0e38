//! A readable listing of a body, for whoever debugs an analysis.

use std::fmt::{self, Display, Formatter};

use crate::mir::{Body, Callee, Const, Operand, Place, Proj, Rvalue, StatementKind, TerminatorKind};

impl Display for Body {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "fn {} ({} params) {{", self.name, self.param_count)?;
        for (index, local) in self.locals.iter().enumerate() {
            if let Some(name) = &local.name {
                writeln!(f, "    let _{index}; // {name}")?;
            }
        }
        for (index, block) in self.blocks.iter().enumerate() {
            writeln!(f, "    bb{index}: {{")?;
            for statement in &block.statements {
                writeln!(f, "        {}", Show(&statement.kind))?;
            }
            if let Some(terminator) = &block.terminator {
                writeln!(f, "        {}", Show(&terminator.kind))?;
            }
            writeln!(f, "    }}")?;
        }
        for closure in &self.closures {
            writeln!(f, "closure: {}", closure.body)?;
        }
        write!(f, "}}")
    }
}

struct Show<'a, T>(&'a T);

impl Display for Show<'_, Place> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "_{}", self.0.local.0)?;
        for step in &self.0.proj {
            match step {
                Proj::Field(name) => write!(f, ".{name}")?,
                Proj::Deref => write!(f, ".*")?,
                Proj::Index(Some(index)) => write!(f, "[{index}]")?,
                Proj::Index(None) => write!(f, "[_]")?,
                Proj::IndexFromEnd(index) => write!(f, "[-{index}]")?,
                Proj::Subslice => write!(f, "[..]")?,
            }
        }
        Ok(())
    }
}

impl Display for Show<'_, Operand> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Operand::Place(place) => write!(f, "{}", Show(place)),
            Operand::Const(Const::Path(path)) => {
                let names: Vec<&str> = path.segments.iter().map(|segment| &*segment.name).collect();
                write!(f, "{}", names.join("::"))
            }
            Operand::Const(Const::Int(value, _)) => write!(f, "{value}"),
            Operand::Const(Const::Bool(value)) => write!(f, "{value}"),
            Operand::Const(Const::Unit) => write!(f, "()"),
            Operand::Const(Const::Str(text)) => write!(f, "{text:?}"),
            Operand::Const(Const::Other) => write!(f, "<literal>"),
        }
    }
}

fn list(operands: &[Operand]) -> String {
    operands.iter().map(|operand| Show(operand).to_string()).collect::<Vec<_>>().join(", ")
}

impl Display for Show<'_, Rvalue> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rvalue::Use(a) => write!(f, "{}", Show(a)),
            Rvalue::Ref(false, place) => write!(f, "&{}", Show(place)),
            Rvalue::Ref(true, place) => write!(f, "&mut {}", Show(place)),
            Rvalue::AddrOf(_, place) => write!(f, "&raw {}", Show(place)),
            Rvalue::Call(call) => {
                match &call.callee {
                    Callee::Path(path) => {
                        let names: Vec<&str> = path.segments.iter().map(|segment| &*segment.name).collect();
                        write!(f, "{}", names.join("::"))?;
                    }
                    Callee::Method { receiver, name, .. } => write!(f, "{}.{name}", Show(receiver))?,
                    Callee::Value(operand) => write!(f, "({})", Show(operand))?,
                }
                write!(f, "({})", list(&call.args))
            }
            Rvalue::Binary(op, a, b) => write!(f, "{op:?}({}, {})", Show(a), Show(b)),
            Rvalue::Unary(op, a) => write!(f, "{op:?}({})", Show(a)),
            Rvalue::Cast(a, _) => write!(f, "{} as _", Show(a)),
            Rvalue::Struct { path, fields, .. } => {
                write!(f, "{} {{ ", path.last())?;
                for (name, operand) in fields {
                    write!(f, "{name}: {}, ", Show(operand))?;
                }
                write!(f, "}}")
            }
            Rvalue::Tuple(operands) => write!(f, "({})", list(operands)),
            Rvalue::Array(_, operands) => write!(f, "[{}]", list(operands)),
            Rvalue::Repeat(_, operand) => write!(f, "[{}; _]", Show(operand)),
            Rvalue::Closure(index) => write!(f, "closure#{index}"),
            Rvalue::Await(a) => write!(f, "await {}", Show(a)),
            Rvalue::IntoIter(a) => write!(f, "into_iter({})", Show(a)),
            Rvalue::IterNext(place) => write!(f, "next({})", Show(place)),
            Rvalue::Range(..) => write!(f, "range"),
            Rvalue::Format(operands) => write!(f, "format({})", list(operands)),
            Rvalue::Opaque(operands) => write!(f, "opaque({})", list(operands)),
        }
    }
}

impl Display for Show<'_, StatementKind> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            StatementKind::Assign(place, rvalue) => write!(f, "{} = {}", Show(place), Show(rvalue)),
            StatementKind::Bind { local, place, mode } => write!(f, "_{} := {mode:?} {}", local.0, Show(place)),
            StatementKind::Drop(place) => write!(f, "drop({})", Show(place)),
            StatementKind::StorageLive(local) => write!(f, "live(_{})", local.0),
            StatementKind::StorageDead(local) => write!(f, "dead(_{})", local.0),
            StatementKind::Opaque(operands) => write!(f, "opaque({})", list(operands)),
        }
    }
}

impl Display for Show<'_, TerminatorKind> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            TerminatorKind::Goto(to) => write!(f, "goto bb{}", to.0),
            TerminatorKind::Branch { cond, then, otherwise } => {
                write!(f, "if {} bb{} else bb{}", Show(cond), then.0, otherwise.0)
            }
            TerminatorKind::Test { place, test, then, otherwise } => {
                write!(f, "test {} {test:?} bb{} else bb{}", Show(place), then.0, otherwise.0)
            }
            TerminatorKind::Try { operand, ok, next, residual, exit } => write!(
                f,
                "try {}: {} bb{} else {} bb{}",
                Show(operand),
                Show(ok),
                next.0,
                Show(residual),
                exit.0
            ),
            TerminatorKind::Return => write!(f, "return"),
            TerminatorKind::Unreachable => write!(f, "unreachable"),
        }
    }
}
