//! From a finished [`Frame`] to a [`Body`]: unreachable blocks go, captures get
//! their place behind the parameters.

use std::rc::Rc;

use super::build::Frame;
use super::visit::{self, PlaceVisitor};
use crate::mir::{
    BasicBlock, BlockId, Body, Capture, ClosureDef, Local, Place, START, TerminatorKind,
};

impl Frame {
    /// The closure that this frame is the body of.
    pub(super) fn finish_closure(self, is_move: bool, is_async_block: bool) -> ClosureDef {
        let (body, captures) = self.finish();
        ClosureDef {
            body,
            captures,
            is_move,
            is_async_block,
        }
    }

    /// The body, and what it captures.
    pub(super) fn finish(mut self) -> (Body, Vec<Capture>) {
        // Dead code ends in a block that nobody terminated.
        let blocks = reachable(self.blocks);
        let mut uses = ByValueUses(vec![false; self.locals.len()]);
        let mut renumbering = Renumbering::new(
            self.locals.len(),
            self.param_count,
            self.captures.iter().map(|&(_, local)| local),
        );
        self.blocks = blocks;
        for block in &mut self.blocks {
            visit::block(block, &mut uses);
            visit::block(block, &mut renumbering);
        }
        let closures = self
            .closures
            .into_iter()
            .map(|mut closure| {
                for capture in &mut closure.captures {
                    uses.0[capture.outer.0 as usize] |= capture.by_value || closure.is_move;
                    renumbering.local(&mut capture.outer);
                }
                Rc::new(closure)
            })
            .collect();
        let captures = self
            .captures
            .iter()
            .map(|&(outer, local)| Capture {
                outer,
                by_value: uses.0[local.0 as usize],
            })
            .collect();
        let body = Body {
            name: self.name,
            span: self.span,
            locals: renumbering.reorder(self.locals),
            param_count: self.param_count,
            blocks: self.blocks,
            closures,
            is_async: self.is_async,
            scope: self.body_scope,
        };
        (body, captures)
    }
}

/// The blocks that can be reached, renumbered. Empty blocks that only go on are skipped.
fn reachable(mut blocks: Vec<BasicBlock>) -> Vec<BasicBlock> {
    let skip: Vec<BlockId> = (0..blocks.len())
        .map(|index| skip_empty(&blocks, BlockId(index as u32)))
        .collect();
    let mut new_ids = vec![None; blocks.len()];
    let mut order = vec![START];
    new_ids[START.0 as usize] = Some(START);
    let mut next = 0;
    while let Some(&block) = order.get(next) {
        next += 1;
        let Some(terminator) = &mut blocks[block.0 as usize].terminator else {
            continue;
        };
        for successor in successors(&mut terminator.kind) {
            let target = skip[successor.0 as usize];
            *successor = *new_ids[target.0 as usize].get_or_insert_with(|| {
                order.push(target);
                BlockId(order.len() as u32 - 1)
            });
        }
    }
    order
        .into_iter()
        .map(|block| std::mem::take(&mut blocks[block.0 as usize]))
        .collect()
}

/// Where an empty block leads to, other empty blocks skipped.
fn skip_empty(blocks: &[BasicBlock], mut block: BlockId) -> BlockId {
    // The bound ends cycles of empty blocks (`loop {}`) and long chains.
    for _ in 0..16 {
        let from = &blocks[block.0 as usize];
        match &from.terminator {
            Some(terminator) if from.statements.is_empty() => match terminator.kind {
                TerminatorKind::Goto(target) => block = target,
                _ => return block,
            },
            _ => return block,
        }
    }
    block
}

/// Where a terminator goes to.
pub(super) fn successors(kind: &mut TerminatorKind) -> Vec<&mut BlockId> {
    match kind {
        TerminatorKind::Goto(target) => vec![target],
        TerminatorKind::Branch {
            then, otherwise, ..
        }
        | TerminatorKind::Test {
            then, otherwise, ..
        } => vec![then, otherwise],
        TerminatorKind::Try { next, exit, .. } => vec![next, exit],
        TerminatorKind::Return | TerminatorKind::Unreachable => Vec::new(),
    }
}

/// Which locals are used by value, whole or in part but not through a pointer.
struct ByValueUses(Vec<bool>);

impl PlaceVisitor for ByValueUses {
    fn value(&mut self, place: &mut Place) {
        // A field that is used by value is captured alone: where it is copied, by reference.
        if place.proj.is_empty() {
            self.0[place.local.0 as usize] = true;
        }
    }

    fn place(&mut self, _: &mut Place) {}

    fn local(&mut self, _: &mut Local) {}
}

/// New numbers for locals: return place, parameters, captures, the rest.
struct Renumbering(Vec<Local>);

impl Renumbering {
    fn new(count: usize, params: usize, captures: impl Iterator<Item = Local>) -> Renumbering {
        let mut new = vec![None; count];
        let mut next = 0..count as u32;
        let fixed = (0..=params as u32).map(Local);
        let rest = (0..count as u32).map(Local);
        for local in fixed.chain(captures).chain(rest) {
            let slot = &mut new[local.0 as usize];
            if slot.is_none() {
                *slot = next.next().map(Local);
            }
        }
        Renumbering(new.into_iter().flatten().collect())
    }

    fn reorder<T>(&self, items: Vec<T>) -> Vec<T> {
        let mut items: Vec<(Local, T)> = self.0.iter().copied().zip(items).collect();
        items.sort_by_key(|&(local, _)| local);
        items.into_iter().map(|(_, item)| item).collect()
    }
}

impl PlaceVisitor for Renumbering {
    fn value(&mut self, place: &mut Place) {
        self.place(place);
    }

    fn place(&mut self, place: &mut Place) {
        place.local = self.0[place.local.0 as usize];
    }

    fn local(&mut self, local: &mut Local) {
        *local = self.0[local.0 as usize];
    }
}
