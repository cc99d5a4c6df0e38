//! A readable dump of MIR, for whoever debugs an analysis.

use std::fmt::{self, Display, Formatter};

use crate::mir::{
    BasicBlock, BinOp, BindMode, Body, Callee, Const, Operand, PathRef, Place, Proj, Rvalue,
    StatementKind, Terminator, TerminatorKind, Test, Ty, UnOp,
};

/// `bb0: { _3 = socket(..); .. }`, the closures after their body.
impl Display for Body {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let asyncness = if self.is_async { "async " } else { "" };
        writeln!(f, "{asyncness}fn {}({}) {{", self.name, self.param_count)?;
        for (index, local) in self.locals.iter().enumerate() {
            if let Some(name) = &local.name {
                write!(f, "    let _{index}")?;
                if let Some(ty) = &local.ty {
                    write!(f, ": {ty}")?;
                }
                writeln!(f, "; // {name}")?;
            }
        }
        for (index, block) in self.blocks.iter().enumerate() {
            writeln!(f, "    bb{index}: {{")?;
            write!(f, "{block}")?;
            writeln!(f, "    }}")?;
        }
        writeln!(f, "}}")?;
        for (index, closure) in self.closures.iter().enumerate() {
            let moves = if closure.is_move { " move" } else { "" };
            write!(f, "closure#{index}{moves} [")?;
            for (index, capture) in closure.captures.iter().enumerate() {
                let comma = if index == 0 { "" } else { ", " };
                let mode = if capture.by_value { "" } else { "&" };
                write!(f, "{comma}{mode}_{}", capture.outer.0)?;
            }
            write!(f, "] {}", closure.body)?;
        }
        Ok(())
    }
}

impl Display for BasicBlock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for statement in &self.statements {
            writeln!(f, "        {};", statement.kind)?;
        }
        match &self.terminator {
            Some(terminator) => writeln!(f, "        {terminator};"),
            None => writeln!(f, "        unterminated;"),
        }
    }
}

impl Display for StatementKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            StatementKind::Assign(place, value) => write!(f, "{place} = {value}"),
            StatementKind::Bind { local, place, mode } => {
                let mode = match mode {
                    BindMode::Value => "",
                    BindMode::Ref => "ref ",
                    BindMode::RefMut => "ref mut ",
                };
                write!(f, "bind {mode}_{} = {place}", local.0)
            }
            StatementKind::Drop(place) => write!(f, "drop({place})"),
            StatementKind::StorageLive(local) => write!(f, "live(_{})", local.0),
            StatementKind::StorageDead(local) => write!(f, "dead(_{})", local.0),
            StatementKind::Opaque(operands) => write!(f, "opaque({})", List(operands)),
        }
    }
}

impl Display for Terminator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TerminatorKind::Goto(target) => write!(f, "goto bb{}", target.0),
            TerminatorKind::Branch {
                cond,
                then,
                otherwise,
            } => write!(f, "if {cond} -> bb{} else bb{}", then.0, otherwise.0),
            TerminatorKind::Test {
                place,
                test,
                then,
                otherwise,
            } => write!(
                f,
                "test {place} {test} -> bb{} else bb{}",
                then.0, otherwise.0
            ),
            TerminatorKind::Try {
                operand,
                ok,
                next,
                residual,
                exit,
            } => write!(
                f,
                "{ok} = {operand}? -> bb{} else {residual} bb{}",
                next.0, exit.0
            ),
            TerminatorKind::Return => f.write_str("return"),
            TerminatorKind::Unreachable => f.write_str("unreachable"),
        }
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Test::Variant(path) => write!(f, "is {path}"),
            Test::Known(variant) => write!(f, "is #{variant:?}"),
            Test::Eq(operand) => write!(f, "== {operand}"),
            Test::Range(lo, hi, closed) => write!(f, "in {}", Range(lo, hi, *closed)),
            Test::Len(len, true) => write!(f, "len == {len}"),
            Test::Len(len, false) => write!(f, "len >= {len}"),
            Test::Opaque => f.write_str("?"),
        }
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "_{}", self.local.0)?;
        for step in &self.proj {
            match step {
                Proj::Field(name) => write!(f, ".{name}")?,
                Proj::Deref => f.write_str(".*")?,
                Proj::Index(Some(index)) => write!(f, "[{index}]")?,
                Proj::Index(None) => f.write_str("[_]")?,
                Proj::IndexFromEnd(index) => write!(f, "[-{index}]")?,
                Proj::Subslice => f.write_str("[..]")?,
                Proj::Matched => {}
            }
        }
        Ok(())
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Place(place) => write!(f, "{place}"),
            Operand::Const(constant) => write!(f, "{constant}"),
        }
    }
}

impl Display for Const {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Const::Unit => f.write_str("()"),
            Const::Bool(value) => write!(f, "{value}"),
            Const::Int(value, suffix) => write!(f, "{value}{}", suffix.as_deref().unwrap_or("")),
            Const::Str(value) => write!(f, "{value:?}"),
            Const::Other => f.write_str("literal"),
            Const::Path(path) => write!(f, "{path}"),
        }
    }
}

impl Display for PathRef {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.global {
            f.write_str("::")?;
        }
        if let Some(qself) = &self.qself {
            write!(f, "<{qself}")?;
            if self.qself_position == 0 {
                f.write_str(">::")?;
            } else {
                f.write_str(" as ")?;
            }
        }
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                f.write_str("::")?;
            }
            f.write_str(&segment.name)?;
            if !segment.args.is_empty() {
                write!(f, "<{}>", List(&segment.args))?;
            }
            if self.qself.is_some() && index + 1 == self.qself_position {
                f.write_str(">")?;
            }
        }
        Ok(())
    }
}

impl Display for Ty {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Path(path) => write!(f, "{path}"),
            Ty::Ref(mutable, ty) => write!(f, "&{}{ty}", if *mutable { "mut " } else { "" }),
            Ty::Ptr(mutable, ty) => write!(f, "*{} {ty}", if *mutable { "mut" } else { "const" }),
            Ty::Tuple(tys) => write!(f, "({})", List(tys)),
            Ty::Array(ty) => write!(f, "[{ty}]"),
            Ty::Bounds(paths) => write!(f, "impl {}", List(paths)),
            Ty::Fn(params, output) => write!(f, "fn({}) -> {output}", List(params)),
            Ty::Never => f.write_str("!"),
            Ty::Infer => f.write_str("_"),
        }
    }
}

impl Display for Rvalue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mutability = |mutable: bool| if mutable { "mut " } else { "" };
        match self {
            Rvalue::Use(operand) => write!(f, "{operand}"),
            Rvalue::Ref(mutable, place) => write!(f, "&{}{place}", mutability(*mutable)),
            Rvalue::AddrOf(mutable, place) => write!(f, "&raw {}{place}", mutability(*mutable)),
            Rvalue::Call(call) => {
                match &call.callee {
                    Callee::Path(path) => write!(f, "{path}")?,
                    Callee::Method {
                        receiver,
                        name,
                        generics,
                    } => {
                        write!(f, "{receiver}->{name}")?;
                        if !generics.is_empty() {
                            write!(f, "::<{}>", List(generics))?;
                        }
                    }
                    Callee::Value(operand) => write!(f, "({operand})")?,
                }
                write!(f, "({})", List(&call.args))
            }
            Rvalue::Binary(op, left, right) => write!(f, "{left} {} {right}", bin_op(*op)),
            Rvalue::Unary(UnOp::Not, operand) => write!(f, "!{operand}"),
            Rvalue::Unary(UnOp::Neg, operand) => write!(f, "-{operand}"),
            Rvalue::Cast(operand, ty) => write!(f, "{operand} as {ty}"),
            Rvalue::Struct { path, fields, base } => {
                write!(f, "{path} {{ ")?;
                for (name, operand) in fields {
                    write!(f, "{name}: {operand}, ")?;
                }
                if let Some(base) = base {
                    write!(f, "..{base} ")?;
                }
                f.write_str("}")
            }
            Rvalue::Tuple(operands) => write!(f, "({},)", List(operands)),
            Rvalue::Array(vec, operands) => {
                write!(f, "{}[{}]", if *vec { "vec!" } else { "" }, List(operands))
            }
            Rvalue::Repeat(vec, operand) => {
                write!(f, "{}[{operand}; _]", if *vec { "vec!" } else { "" })
            }
            Rvalue::Closure(index) => write!(f, "closure#{index}"),
            Rvalue::Await(operand) => write!(f, "{operand}.await"),
            Rvalue::IntoIter(operand) => write!(f, "into_iter({operand})"),
            Rvalue::IterNext(place) => write!(f, "next({place})"),
            Rvalue::Range(lo, hi, closed) => write!(f, "{}", Range(lo, hi, *closed)),
            Rvalue::Format(operands) => write!(f, "format({})", List(operands)),
            Rvalue::Opaque(operands) => write!(f, "opaque({})", List(operands)),
        }
    }
}

fn bin_op(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "+",
        BinOp::Sub => "-",
        BinOp::Mul => "*",
        BinOp::Div => "/",
        BinOp::Rem => "%",
        BinOp::BitAnd => "&",
        BinOp::BitOr => "|",
        BinOp::BitXor => "^",
        BinOp::Shl => "<<",
        BinOp::Shr => ">>",
        BinOp::Eq => "==",
        BinOp::Ne => "!=",
        BinOp::Lt => "<",
        BinOp::Le => "<=",
        BinOp::Gt => ">",
        BinOp::Ge => ">=",
    }
}

/// Comma-separated.
struct List<'a, T>(&'a [T]);

impl<T: Display> Display for List<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

/// `lo..hi`
struct Range<'a>(&'a Option<Operand>, &'a Option<Operand>, bool);

impl Display for Range<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(lo) = self.0 {
            write!(f, "{lo}")?;
        }
        f.write_str(if self.2 { "..=" } else { ".." })?;
        if let Some(hi) = self.1 {
            write!(f, "{hi}")?;
        }
        Ok(())
    }
}
