//! What the interpreter asks of a body's shape: order, joins, loops, and which
//! locals are dead at a join.

use super::state::State;
use super::value::{AggKind, Value, Variant};
use crate::mir::{
    BlockId, Body, Callee, Local, Operand, Place, Rvalue, START, StatementKind, TerminatorKind,
    Test,
};
use crate::names::{DefKind, Names, TyKey};
use crate::span::Span;

/// Facts about a body's control flow.
pub struct BodyInfo {
    order: Vec<u32>,
    predecessors: Vec<u32>,
    loop_heads: Vec<bool>,
    /// Per block, a bit set of the locals whose value is asked for at or after its start, for any purpose but to be dropped.
    live: Vec<Box<[u64]>>,
    /// Per local, whether its value is used for anything but to be put into a local whose value is not.
    needed: Vec<bool>,
}

/// The blocks that a terminator leads to.
pub fn successors(kind: &TerminatorKind) -> [Option<BlockId>; 2] {
    match kind {
        TerminatorKind::Goto(to) => [Some(*to), None],
        TerminatorKind::Branch {
            then, otherwise, ..
        }
        | TerminatorKind::Test {
            then, otherwise, ..
        } => [Some(*then), Some(*otherwise)],
        TerminatorKind::Try { next, exit, .. } => [Some(*next), Some(*exit)],
        TerminatorKind::Return | TerminatorKind::Unreachable => [None, None],
    }
}

impl BodyInfo {
    /// Looks at a body.
    pub fn new(body: &Body) -> BodyInfo {
        let count = body.blocks.len();
        let succ: Vec<[Option<BlockId>; 2]> = body
            .blocks
            .iter()
            .map(|block| {
                block
                    .terminator
                    .as_ref()
                    .map_or([None, None], |t| successors(&t.kind))
            })
            .collect();
        // Reverse postorder, iteratively.
        let mut order = vec![u32::MAX; count];
        let mut visited = vec![false; count];
        let mut postorder = Vec::with_capacity(count);
        let mut stack = vec![(START, 0usize)];
        visited[START.0 as usize] = true;
        while let Some((block, next)) = stack.pop() {
            match succ[block.0 as usize].get(next) {
                Some(target) => {
                    stack.push((block, next + 1));
                    if let Some(target) = target
                        && !visited[target.0 as usize]
                    {
                        visited[target.0 as usize] = true;
                        stack.push((*target, 0));
                    }
                }
                None => postorder.push(block),
            }
        }
        for (index, block) in postorder.iter().rev().enumerate() {
            order[block.0 as usize] = index as u32;
        }
        let mut predecessors = vec![0; count];
        let mut loop_heads = vec![false; count];
        for (from, targets) in succ.iter().enumerate() {
            if !visited[from] {
                continue;
            }
            for target in targets.iter().flatten() {
                predecessors[target.0 as usize] += 1;
                if order[target.0 as usize] <= order[from] {
                    loop_heads[target.0 as usize] = true;
                }
            }
        }
        let live = liveness(body, &succ, &postorder);
        BodyInfo {
            order,
            predecessors,
            loop_heads,
            live,
            needed: needed(body),
        }
    }

    /// Whether what is put into the local is used at all.
    pub fn is_needed(&self, local: Local) -> bool {
        self.needed[local.0 as usize]
    }

    /// Position in reverse postorder.
    pub fn order(&self, block: BlockId) -> u32 {
        self.order[block.0 as usize]
    }

    /// Whether several paths meet at the block.
    pub fn joins(&self, block: BlockId) -> bool {
        self.predecessors[block.0 as usize] > 1 || self.loop_heads[block.0 as usize]
    }

    /// Whether a path comes back to the block.
    pub fn is_loop_head(&self, block: BlockId) -> bool {
        self.loop_heads[block.0 as usize]
    }

    /// Forgets locals that nobody will ask for and whose drop does nothing.
    pub fn forget_dead(&self, names: &Names<'_>, block: BlockId, state: &mut State) {
        let live = &self.live[block.0 as usize];
        for index in 1..state.entry.locals {
            if live[index / 64] >> (index % 64) & 1 == 0
                && is_inert(names, state, &state.mem[index])
            {
                state.mem[index] = Value::Moved;
            }
        }
    }

    /// A place in the source for a block: where its first statement stands.
    pub fn span_of(&self, body: &Body, block: BlockId) -> Span {
        let block = &body.blocks[block.0 as usize];
        block
            .statements
            .first()
            .map(|statement| statement.span)
            .or(block.terminator.as_ref().map(|terminator| terminator.span))
            .unwrap_or(body.span)
    }
}

/// Dropping it has no effect and nothing else refers to it.
fn is_inert(names: &Names<'_>, state: &State, value: &Value) -> bool {
    match value {
        Value::Unknown
        | Value::Int(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Named(_)
        | Value::Fn(_) => true,
        Value::Sym(id) => state.syms[id.0 as usize]
            .known
            .as_ref()
            .is_none_or(|known| is_inert(names, state, known)),
        Value::Agg(agg) if has_drop(names, &agg.kind) => false,
        Value::Agg(agg) => agg
            .fields
            .iter()
            .all(|(_, field)| is_inert(names, state, field) || *field == Value::Moved),
        _ => false,
    }
}

fn has_drop(names: &Names<'_>, kind: &AggKind) -> bool {
    let id = match kind {
        AggKind::Struct(id) => *id,
        AggKind::Variant(Variant::Def(id)) => match names.def(*id).kind {
            DefKind::Variant(parent, _) => parent,
            _ => return false,
        },
        _ => return false,
    };
    names.drop_impl(&TyKey::Def(id)).is_some()
}

fn liveness(body: &Body, succ: &[[Option<BlockId>; 2]], postorder: &[BlockId]) -> Vec<Box<[u64]>> {
    let words = body.locals.len().div_ceil(64);
    let count = body.blocks.len();
    let mut uses = vec![vec![0u64; words].into_boxed_slice(); count];
    let mut kills = vec![vec![0u64; words].into_boxed_slice(); count];
    for (index, block) in body.blocks.iter().enumerate() {
        let (used, killed) = (&mut uses[index], &mut kills[index]);
        let mut touch = |local: Local, killed: &[u64]| {
            let at = local.0 as usize;
            if killed[at / 64] >> (at % 64) & 1 == 0 {
                used[at / 64] |= 1 << (at % 64);
            }
        };
        for statement in &block.statements {
            statement_uses(body, &statement.kind, &mut |local| touch(local, killed));
            let defined = match &statement.kind {
                StatementKind::Assign(place, _) if place.proj.is_empty() => Some(place.local),
                StatementKind::Bind { local, .. }
                | StatementKind::StorageLive(local)
                | StatementKind::StorageDead(local) => Some(*local),
                _ => None,
            };
            if let Some(local) = defined {
                killed[local.0 as usize / 64] |= 1 << (local.0 as usize % 64);
            }
        }
        if let Some(terminator) = &block.terminator {
            terminator_uses(&terminator.kind, &mut |local| touch(local, killed));
        }
    }
    // What is borrowed may be asked for through the reference.
    let borrowed = borrowed(body, words);
    let mut live = uses.clone();
    for set in &mut live {
        for (word, bits) in set.iter_mut().zip(&borrowed) {
            *word |= bits;
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for block in postorder {
            let at = block.0 as usize;
            for target in succ[at].iter().flatten() {
                for word in 0..words {
                    let new = live[at][word] | (live[target.0 as usize][word] & !kills[at][word]);
                    if new != live[at][word] {
                        live[at][word] = new;
                        changed = true;
                    }
                }
            }
        }
    }
    live
}

fn terminator_uses(kind: &TerminatorKind, touch: &mut dyn FnMut(Local)) {
    match kind {
        TerminatorKind::Branch { cond, .. } => operand_uses(cond, touch),
        TerminatorKind::Test { place, test, .. } => {
            touch(place.local);
            match test {
                Test::Eq(operand) => operand_uses(operand, touch),
                Test::Range(lo, hi, _) => {
                    for operand in [lo, hi].into_iter().flatten() {
                        operand_uses(operand, touch);
                    }
                }
                Test::Variant(_) | Test::Known(_) | Test::Len(..) | Test::Opaque => {}
            }
        }
        TerminatorKind::Try { operand, .. } => operand_uses(operand, touch),
        TerminatorKind::Return => touch(crate::mir::RETURN),
        TerminatorKind::Goto(_) | TerminatorKind::Unreachable => {}
    }
}

fn needed(body: &Body) -> Vec<bool> {
    let mut needed = vec![false; body.locals.len()];
    let mut copies: Vec<(Local, Local)> = Vec::new();
    for block in &body.blocks {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Assign(to, Rvalue::Use(Operand::Place(from)))
                    if to.proj.is_empty() =>
                {
                    copies.push((from.local, to.local));
                }
                StatementKind::Bind { local, place, .. } => copies.push((place.local, *local)),
                kind => statement_uses(body, kind, &mut |local| needed[local.0 as usize] = true),
            }
        }
        if let Some(terminator) = &block.terminator {
            terminator_uses(&terminator.kind, &mut |local| {
                needed[local.0 as usize] = true
            });
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for (from, to) in &copies {
            if needed[to.0 as usize] && !needed[from.0 as usize] {
                needed[from.0 as usize] = true;
                changed = true;
            }
        }
    }
    needed
}

/// The locals that a reference may point into: borrowed, captured, or the receiver of a method.
fn borrowed(body: &Body, words: usize) -> Vec<u64> {
    let mut set = vec![0u64; words];
    let mut add = |local: Local| set[local.0 as usize / 64] |= 1 << (local.0 as usize % 64);
    for statement in body.blocks.iter().flat_map(|block| &block.statements) {
        match &statement.kind {
            StatementKind::Assign(_, Rvalue::Ref(_, place) | Rvalue::AddrOf(_, place)) => {
                add(place.local)
            }
            StatementKind::Assign(_, Rvalue::Call(call)) => {
                if let Callee::Method { receiver, .. } = &call.callee {
                    add(receiver.local);
                }
            }
            StatementKind::Assign(_, Rvalue::Closure(index)) => {
                body.closures[*index]
                    .captures
                    .iter()
                    .for_each(|capture| add(capture.outer));
            }
            StatementKind::Bind { place, .. } => add(place.local),
            _ => {}
        }
    }
    set
}

fn operand_uses(operand: &Operand, touch: &mut dyn FnMut(Local)) {
    if let Operand::Place(place) = operand {
        touch(place.local);
    }
}

fn statement_uses(body: &Body, kind: &StatementKind, touch: &mut dyn FnMut(Local)) {
    match kind {
        StatementKind::Assign(place, rvalue) => {
            rvalue_uses(body, rvalue, touch);
            if !place.proj.is_empty() {
                touch(place.local);
            }
        }
        StatementKind::Bind { place, .. } => touch(place.local),
        StatementKind::Opaque(operands) => operands
            .iter()
            .for_each(|operand| operand_uses(operand, touch)),
        StatementKind::Drop(_) | StatementKind::StorageLive(_) | StatementKind::StorageDead(_) => {}
    }
}

fn rvalue_uses(body: &Body, rvalue: &Rvalue, touch: &mut dyn FnMut(Local)) {
    let mut all = |operands: &[Operand]| {
        operands
            .iter()
            .for_each(|operand| operand_uses(operand, touch))
    };
    match rvalue {
        Rvalue::Use(a) | Rvalue::Unary(_, a) | Rvalue::Cast(a, _) | Rvalue::Repeat(_, a) => {
            all(std::slice::from_ref(a))
        }
        Rvalue::Await(a) | Rvalue::IntoIter(a) => all(std::slice::from_ref(a)),
        Rvalue::Binary(_, a, b) => {
            operand_uses(a, touch);
            operand_uses(b, touch);
        }
        Rvalue::Ref(_, Place { local, .. }) | Rvalue::AddrOf(_, Place { local, .. }) => {
            touch(*local)
        }
        Rvalue::IterNext(place) => touch(place.local),
        Rvalue::Call(call) => {
            all(&call.args);
            match &call.callee {
                Callee::Path(_) => {}
                Callee::Method { receiver, .. } => touch(receiver.local),
                Callee::Value(operand) => operand_uses(operand, touch),
            }
        }
        Rvalue::Struct { fields, base, .. } => {
            for (_, operand) in fields {
                operand_uses(operand, touch);
            }
            if let Some(base) = base {
                operand_uses(base, touch);
            }
        }
        Rvalue::Tuple(operands)
        | Rvalue::Array(_, operands)
        | Rvalue::Format(operands)
        | Rvalue::Opaque(operands) => {
            all(operands);
        }
        Rvalue::Closure(index) => {
            for capture in &body.closures[*index].captures {
                touch(capture.outer);
            }
        }
        Rvalue::Range(lo, hi, _) => {
            for operand in [lo, hi].into_iter().flatten() {
                operand_uses(operand, touch);
            }
        }
    }
}
