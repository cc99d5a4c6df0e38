//! What every lowered body must satisfy, whatever it was lowered from.

use super::finish::successors;
use super::visit::{self, PlaceVisitor};
use crate::mir::{
    BasicBlock, Body, Local, Operand, Place, START, Statement, StatementKind, TerminatorKind,
};

/// Panics, with a dump, if `body` or a closure in it is malformed.
pub(super) fn validate(body: &Body) {
    if let Err(error) = check(body) {
        panic!("{error}\n{body}");
    }
    for closure in &body.closures {
        for capture in &closure.captures {
            assert!((capture.outer.0 as usize) < body.locals.len(), "{body}");
        }
        validate(&closure.body);
    }
}

/// What is known of a local at a point, on some path to it.
#[derive(Copy, Clone, Default, PartialEq)]
struct State {
    /// It may have been assigned or bound and its storage not ended since.
    live: bool,
    /// Its storage may have ended, with no assignment since.
    dead: bool,
}

fn check(body: &Body) -> Result<(), String> {
    let count = body.locals.len();
    let mut blocks: Vec<BasicBlock> = body
        .blocks
        .iter()
        .map(|block| BasicBlock {
            statements: block.statements.clone(),
            terminator: block.terminator.clone(),
        })
        .collect();
    for (index, block) in blocks.iter_mut().enumerate() {
        let Some(terminator) = &mut block.terminator else {
            return Err(format!("bb{index} is not terminated"));
        };
        for successor in successors(&mut terminator.kind) {
            if successor.0 as usize >= body.blocks.len() {
                return Err(format!("bb{index} goes to bb{}", successor.0));
            }
        }
        drops_are_paired(&block.statements).map_err(|error| format!("bb{index}: {error}"))?;
    }
    let mut entry: Vec<Option<Vec<State>>> = vec![None; blocks.len()];
    let mut start = vec![State::default(); count];
    for param in &mut start[1..=body.param_count] {
        param.live = true;
    }
    entry[START.0 as usize] = Some(start);
    let mut pending = vec![START.0 as usize];
    while let Some(index) = pending.pop() {
        let Some(states) = entry[index].clone() else {
            continue;
        };
        let mut walk = Walk {
            states,
            error: None,
        };
        for statement in &mut blocks[index].statements.clone() {
            walk.statement(statement);
        }
        let Some(mut terminator) = blocks[index].terminator.clone() else {
            continue;
        };
        if let TerminatorKind::Try {
            operand,
            ok,
            residual,
            ..
        } = &terminator.kind
        {
            if let Operand::Place(place) = operand {
                walk.used(place.local);
            }
            walk.assigned(ok.local);
            walk.assigned(residual.local);
        } else {
            visit::terminator(&mut terminator.kind, &mut walk);
        }
        if let TerminatorKind::Return = terminator.kind {
            for (local, state) in walk.states.iter().enumerate() {
                let declared = body.locals[local].name.is_some();
                if declared && state.live && local != 0 && !is_capture(body, local) {
                    return Err(format!("bb{index}: _{local} is live at the return"));
                }
            }
        }
        if let Some(error) = walk.error {
            return Err(format!("bb{index}: {error}"));
        }
        for successor in successors(&mut terminator.kind) {
            let target = successor.0 as usize;
            let joined = match &entry[target] {
                None => walk.states.clone(),
                Some(old) => old
                    .iter()
                    .zip(&walk.states)
                    .map(|(a, b)| State {
                        live: a.live || b.live,
                        dead: a.dead || b.dead,
                    })
                    .collect(),
            };
            if entry[target].as_ref() != Some(&joined) {
                entry[target] = Some(joined);
                pending.push(target);
            }
        }
    }
    Ok(())
}

/// Captures follow the parameters; they are never assigned first, nor ended.
fn is_capture(body: &Body, local: usize) -> bool {
    body.name.starts_with('{')
        && !body.blocks.iter().any(|block| {
            block.statements.iter().any(|statement| {
                matches!(statement.kind, StatementKind::StorageDead(dead) if dead.0 as usize == local)
            })
        })
}

/// The drop of a whole local is the end of its storage, or makes room for an assignment.
fn drops_are_paired(statements: &[Statement]) -> Result<(), String> {
    for (index, statement) in statements.iter().enumerate() {
        let StatementKind::Drop(place) = &statement.kind else {
            continue;
        };
        let paired = match statements.get(index + 1).map(|next| &next.kind) {
            Some(StatementKind::StorageDead(local)) => *place == Place::local(*local),
            Some(StatementKind::Assign(assigned, _)) => assigned == place,
            _ => false,
        };
        if !paired {
            return Err(format!("drop({place}) stands alone"));
        }
    }
    Ok(())
}

struct Walk {
    states: Vec<State>,
    error: Option<String>,
}

impl Walk {
    fn used(&mut self, local: Local) {
        match self.states.get(local.0 as usize) {
            Some(state) if state.dead => {
                self.error
                    .get_or_insert(format!("_{} is used after its storage ended", local.0));
            }
            Some(_) => {}
            None => {
                self.error.get_or_insert(format!("no local _{}", local.0));
            }
        }
    }

    fn assigned(&mut self, local: Local) {
        if let Some(state) = self.states.get_mut(local.0 as usize) {
            *state = State {
                live: true,
                dead: false,
            };
        }
    }

    fn statement(&mut self, statement: &mut Statement) {
        match &mut statement.kind {
            StatementKind::Assign(place, rvalue) => {
                visit::rvalue(rvalue, self);
                if place.proj.is_empty() {
                    self.assigned(place.local);
                } else {
                    self.used(place.local);
                }
            }
            StatementKind::Bind { local, place, .. } => {
                self.used(place.local);
                self.assigned(*local);
            }
            StatementKind::Drop(place) => self.used(place.local),
            StatementKind::StorageLive(local) => {
                self.states[local.0 as usize] = State::default();
            }
            StatementKind::StorageDead(local) => {
                self.used(*local);
                self.states[local.0 as usize] = State {
                    live: false,
                    dead: true,
                };
            }
            StatementKind::Opaque(operands) => {
                for operand in operands {
                    if let Operand::Place(place) = operand {
                        self.used(place.local);
                    }
                }
            }
        }
    }
}

impl PlaceVisitor for Walk {
    fn value(&mut self, place: &mut Place) {
        self.used(place.local);
    }

    fn place(&mut self, place: &mut Place) {
        self.used(place.local);
    }

    fn local(&mut self, local: &mut Local) {
        self.used(*local);
    }
}
