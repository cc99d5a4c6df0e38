//! Overlapped operations: what they pin, and how they complete.
//!
//! An operation pins memory ([`Op::pins`](super::state::Op)) from the call that starts it until it is known to
//! have completed. A wait completes the operations whose event it names; a dequeued packet is that of one of
//! the path's operations, and the path forks on which; whatever may have completed an operation in a way
//! that is not followed makes it done.

use std::rc::Rc;

use super::engine::{Analyzer, Frame};
use super::state::{CallFact, Op, OpStatus, Outcome, State, SymKind};
use super::value::{AggKind, BoxKind, Loc, OpId, Pointer, RefKind, SockId, Value};
use super::winsock::unwrapped;
use crate::model::{FnRow, INTERNAL, OverlappedArgs};
use crate::names::{RTy, TyKey};
use crate::span::Span;

impl Analyzer<'_, '_> {
    #[allow(clippy::too_many_arguments)]
    pub fn start_operation(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        row: &'static FnRow,
        sock: Option<SockId>,
        args: &[Value],
        at: OverlappedArgs,
        span: Span,
    ) -> Option<OpId> {
        let arg = |index: u8| args.get(index as usize).cloned().unwrap_or(Value::Unknown);
        let overlapped = unwrapped(state, &arg(at.overlapped));
        let mut pins: Vec<(Rc<Pointer>, &'static str)> = Vec::new();
        let overlapped = follow(state, overlapped);
        let handle = self.materialized(state, overlapped);
        match &handle {
            Value::Ref(to, _) => pins.push((to.clone(), "the OVERLAPPED")),
            Value::Box(_, loc) => pins.push((whole(*loc), "the OVERLAPPED")),
            Value::Sym(id) => {
                // A pointer from a caller: not null, as it is there to be used.
                let sym = &state.syms[id.0 as usize];
                if !matches!(sym.ty, RTy::Ptr(_) | RTy::Ref(..)) || sym.known.is_some() {
                    return None;
                }
            }
            _ => return None,
        }
        let routine = at.routine.is_some_and(|routine| {
            matches!(
                state.resolve(&arg(routine)),
                Value::Fn(_) | Value::Closure(_) | Value::Sym(_)
            )
        });
        if let Some(buffers) = at.buffers {
            let array = self.pointed_at(state, &arg(buffers));
            self.pin_buffers(state, &array, &mut pins);
        }
        for (index, what) in at.pinned {
            let pointer = unwrapped(state, &arg(*index));
            if let Value::Ref(to, _) = state.resolve(&pointer) {
                match *what {
                    "TRANSMIT_FILE_BUFFERS" => self.pin_file_buffers(state, &to, &mut pins),
                    "TRANSMIT_PACKETS_ELEMENT" => self.pin_packets(state, &to, &mut pins),
                    _ => {
                        if *what == "WSAMSG" {
                            self.pin_message(state, &to, &mut pins);
                        }
                        pins.push((to, what));
                    }
                }
            }
        }
        // The same OVERLAPPED while an operation may still use it.
        for index in 0..state.ops.len() {
            let reused = state.ops[index].status != OpStatus::Done
                && pins.iter().any(|(pin, what)| {
                    *what == "the OVERLAPPED"
                        && state.ops[index]
                            .pins
                            .iter()
                            .any(|(other, of)| of == what && other == pin)
                });
            if reused {
                self.freed_early(
                    frame,
                    state,
                    index,
                    "the OVERLAPPED",
                    span,
                    "is used for another operation",
                );
            }
        }
        let event = match pins.first() {
            Some((to, "the OVERLAPPED")) => {
                let mut path = to.path.clone();
                path.push("hEvent".into());
                state
                    .read(to.loc, &path)
                    .filter(|event| matches!(event, Value::Sym(_) | Value::Int(0)))
            }
            _ => None,
        };
        if pins.is_empty() {
            return None;
        }
        state.ops.push(Op {
            row,
            span,
            sock,
            handle,
            routine,
            alerted: false,
            pins,
            event,
            status: OpStatus::Started,
        });
        let id = OpId(state.ops.len() as u32 - 1);
        // Whoever gets the OVERLAPPED back has what stands beside it.
        let beside: Vec<Value> = state.ops[id.0 as usize]
            .pins
            .iter()
            .filter(|(pin, _)| pin.loc.0 as usize >= state.entry.locals)
            .map(|(pin, _)| state.mem[pin.loc.0 as usize].clone())
            .collect();
        for sock in state.reachable(&beside).socks {
            self.share(state, sock, "memory that the operation leads back to");
        }
        // What `HasOverlappedIoCompleted` asks.
        if let Some((to, _)) = state.ops[id.0 as usize]
            .pins
            .iter()
            .find(|(_, what)| *what == "the OVERLAPPED")
            && matches!(state.read(to.loc, &to.path), Some(Value::Agg(_)))
        {
            let mut path = to.path.clone();
            path.push("Internal".into());
            let loc = to.loc;
            let mut status = CallFact::new(&INTERNAL, span);
            status.op = Some(id);
            let status = Value::Sym(state.sym(RTy::Prim("usize".into()), SymKind::Call(status)));
            state.write(loc, &path, status);
        }
        Some(id)
    }

    /// The data that WSABUFs name.
    fn pin_buffers(
        &mut self,
        state: &mut State,
        array: &Value,
        pins: &mut Vec<(Rc<Pointer>, &'static str)>,
    ) {
        let Value::Agg(agg) = state.resolve(array) else {
            return;
        };
        match agg.field("buf") {
            Some(data) => {
                let data = unwrapped(state, data);
                self.pin_data(state, &data, pins);
            }
            None if matches!(agg.kind, AggKind::Array | AggKind::Seq(_)) => {
                for (_, element) in &agg.fields {
                    self.pin_buffers(state, element, pins);
                }
            }
            None => {}
        }
    }

    /// The data at a pointer.
    fn pin_data(
        &mut self,
        state: &State,
        data: &Value,
        pins: &mut Vec<(Rc<Pointer>, &'static str)>,
    ) {
        match follow(state, state.resolve(data)) {
            Value::Ref(to, _) => pins.push((to, "the data buffer")),
            Value::Agg(newtype) if newtype.fields.len() == 1 => {
                if let Value::Ref(to, _) = state.resolve(&newtype.fields[0].1) {
                    pins.push((to, "the data buffer"));
                }
            }
            _ => {}
        }
    }

    /// The head and tail of a TransmitFile.
    fn pin_file_buffers(
        &mut self,
        state: &State,
        to: &Rc<Pointer>,
        pins: &mut Vec<(Rc<Pointer>, &'static str)>,
    ) {
        if let Some(Value::Agg(buffers)) = state.read(to.loc, &to.path) {
            for part in ["Head", "Tail"] {
                if let Some(data) = buffers.field(part) {
                    self.pin_data(state, data, pins);
                }
            }
        }
    }

    /// The memory that the elements of a TransmitPackets name.
    fn pin_packets(
        &mut self,
        state: &State,
        to: &Rc<Pointer>,
        pins: &mut Vec<(Rc<Pointer>, &'static str)>,
    ) {
        let Some(Value::Agg(elements)) = state.read(to.loc, &to.path) else {
            return;
        };
        let list: Vec<Value> = match elements.field("Anonymous") {
            Some(_) => vec![Value::Agg(elements)],
            None => elements
                .fields
                .iter()
                .map(|(_, e)| state.resolve(e))
                .collect(),
        };
        for element in list {
            if let Value::Agg(element) = element
                && let Some(Value::Agg(what)) =
                    element.field("Anonymous").map(|what| state.resolve(what))
                && let Some(data) = what.field("pBuffer")
            {
                self.pin_data(state, data, pins);
            }
        }
    }

    /// What a WSAMSG points to.
    fn pin_message(
        &mut self,
        state: &mut State,
        to: &Rc<Pointer>,
        pins: &mut Vec<(Rc<Pointer>, &'static str)>,
    ) {
        let Some(Value::Agg(message)) = state.read(to.loc, &to.path) else {
            return;
        };
        if let Some(Value::Ref(name, _)) = message.field("name").map(|name| state.resolve(name)) {
            pins.push((name, "the address buffer"));
        }
        if let Some(Value::Ref(buffers, _)) = message
            .field("lpBuffers")
            .map(|buffers| state.resolve(buffers))
        {
            let array = state
                .read(buffers.loc, &buffers.path)
                .unwrap_or(Value::Unknown);
            self.pin_buffers(state, &array, pins);
        }
        if let Some(control) = message.field("Control") {
            self.pin_buffers(state, control, pins);
        }
    }

    /// The operation that uses the OVERLAPPED at a pointer.
    pub fn operation_of(&mut self, state: &State, pointer: &Value) -> Option<OpId> {
        let pointer = unwrapped(state, pointer);
        let to = match &pointer {
            Value::Ref(to, _) => Some(to.clone()),
            Value::Box(_, loc) => Some(whole(*loc)),
            _ => None,
        };
        let found = state.ops.iter().rposition(|op| {
            let same = match &to {
                Some(to) => op
                    .pins
                    .iter()
                    .any(|(pin, what)| *what == "the OVERLAPPED" && pin == to),
                None => matches!(pointer, Value::Sym(_)) && op.handle == pointer,
            };
            op.status != OpStatus::Done && same
        })?;
        Some(OpId(found as u32))
    }

    /// A future may be dropped where it awaits, and with it what it holds.
    pub fn note_await(&mut self, frame: &Frame<'_>, state: &mut State, span: Span) {
        if !frame.body.is_async || state.ops.iter().all(|op| op.status == OpStatus::Done) {
            return;
        }
        let locals = state.mem[..state.entry.locals].to_vec();
        // A guard among them may end the operation.
        let guarded = locals
            .iter()
            .any(|value| self.has_own_drop(state, value, 0));
        if guarded {
            return;
        }
        for index in 0..state.ops.len() {
            let op = &state.ops[index];
            if op.status == OpStatus::Done {
                continue;
            }
            let held = op.pins.iter().find(|(pin, _)| {
                (pin.loc.0 as usize) < state.entry.locals
                    || locals.iter().any(|local| {
                        matches!(local, Value::Box(BoxKind::Box | BoxKind::Vec, loc) if *loc == pin.loc)
                    })
            });
            if let Some((_, what)) = held {
                let how = "is dropped with the future, if that is dropped while it waits";
                self.freed_early(frame, state, index, what, span, how);
            }
        }
    }

    /// Whether the sources give a value, or what is in it, a `Drop`.
    fn has_own_drop(&self, state: &State, value: &Value, depth: usize) -> bool {
        match state.resolve(value) {
            Value::Agg(agg) if depth < 4 => {
                let own = match &agg.kind {
                    AggKind::Struct(id) => self.names.drop_impl(&TyKey::Def(*id)).is_some(),
                    // What a foreign type does is not known.
                    AggKind::Extern(path) => {
                        let root = path.split("::").next().unwrap_or("");
                        root != "std" && crate::model::binding_abi(root).is_none()
                    }
                    _ => false,
                };
                own || agg
                    .fields
                    .iter()
                    .any(|(_, field)| self.has_own_drop(state, field, depth + 1))
            }
            Value::Box(_, loc) if depth < 4 => {
                self.has_own_drop(state, &state.mem[loc.0 as usize], depth + 1)
            }
            Value::Closure(_) => true,
            _ => false,
        }
    }

    /// Operations whose memory a value leads to are not followed any more.
    pub fn unfollow_operations(&mut self, state: &mut State, value: &Value) {
        let reached = state.reachable(std::slice::from_ref(value));
        for op in &mut state.ops {
            if op.pins_in(&reached) {
                op.status = OpStatus::Done;
            }
        }
    }

    /// `WSAGetOverlappedResult`; `waits` says whether it waits.
    pub fn overlapped_result(
        &mut self,
        state: &mut State,
        fact: &mut CallFact,
        overlapped: &Value,
        waits: Option<bool>,
    ) {
        let Some(op) = self.operation_of(state, overlapped) else {
            if matches!(unwrapped(state, overlapped), Value::Sym(_) | Value::Unknown) {
                // It may be that of any of them.
                complete_unseen(state);
            }
            return;
        };
        match waits {
            Some(false) => fact.op = Some(op),
            // Waited for, or perhaps: not followed further.
            Some(true) | None => state.ops[op.0 as usize].status = OpStatus::Done,
        }
    }

    /// A wait on handles: for all of them, or for any; `None` if it is not known which they are.
    pub fn wait(
        &mut self,
        state: &mut State,
        fact: &mut CallFact,
        handles: Option<Vec<Value>>,
        all: bool,
        forever: bool,
    ) {
        let Some(handles) = handles else {
            if forever {
                complete_all(state);
            } else {
                fact.waits = (0..state.ops.len() as u32)
                    .map(|op| Some(OpId(op)))
                    .collect();
                fact.waits_all = true;
            }
            return;
        };
        let ops: Vec<Option<OpId>> = handles
            .iter()
            .map(|handle| {
                let at = state.ops.iter().position(|op| {
                    op.status != OpStatus::Done
                        && (op
                            .event
                            .as_ref()
                            .is_some_and(|event| state.resolve(event) == *handle)
                            || matches!(handle, Value::Sock(sock, _) if op.sock == Some(*sock)))
                });
                at.map(|at| OpId(at as u32))
            })
            .collect();
        let all = all || handles.len() == 1;
        // A handle that may be the event of an operation of which we do not know it.
        let strange = handles.iter().zip(&ops).any(|(handle, op)| {
            let ours = matches!(handle, Value::Sym(id)
                if matches!(state.syms[id.0 as usize].kind, SymKind::Handle(..) | SymKind::Thread(_)));
            op.is_none() && !ours
        });
        if strange && all {
            for op in &mut state.ops {
                if op.event.is_none() {
                    op.status = OpStatus::Done;
                }
            }
        }
        match (all, forever) {
            (true, true) => {
                for op in ops.into_iter().flatten() {
                    state.ops[op.0 as usize].status = OpStatus::Done;
                }
            }
            (all, _) => {
                fact.waits = ops;
                fact.waits_all = all;
            }
        }
    }

    /// A packet is dequeued: that of an operation of this path, as far as it has any.
    pub fn dequeue(
        &mut self,
        mut state: State,
        fact: CallFact,
        packet: Option<Rc<Pointer>>,
        forever: bool,
    ) -> Vec<(State, Value)> {
        let pending: Vec<usize> = (0..state.ops.len())
            .filter(|&index| state.ops[index].status != OpStatus::Done)
            .collect();
        let known = pending
            .iter()
            .all(|&op| matches!(state.ops[op].handle, Value::Ref(..) | Value::Box(..)));
        let (Some(to), true, 1..=3) = (packet.clone(), known, pending.len()) else {
            // With a timeout, only its success says that something completed.
            if forever {
                complete_all(&mut state);
            }
            if let Some(to) = packet {
                let packet = Value::Sym(state.sym(RTy::Unknown, SymKind::Dequeued));
                state.write(to.loc, &to.path, packet);
            }
            return self.result_of(state, fact);
        };
        let mut out = Vec::new();
        for op in pending {
            let mut done = state.clone();
            done.ops[op].status = OpStatus::Done;
            let handle = match &done.ops[op].handle {
                Value::Box(_, loc) => Value::ref_to(*loc, RefKind::Raw),
                Value::Ref(to, _) => Value::Ref(to.clone(), RefKind::Raw),
                other => other.clone(),
            };
            done.write(to.loc, &to.path, handle);
            out.extend(self.result_of(done, fact.clone()));
        }
        if !forever {
            let mut late = fact;
            late.outcome = Outcome::Failure;
            state.write(to.loc, &to.path, Value::Int(0));
            out.extend(self.result_of(state, late));
        }
        out
    }
}

/// The place itself, of a pointer to a reference to it: a static is reached through one.
fn follow(state: &State, mut pointer: Value) -> Value {
    for _ in 0..4 {
        let Value::Ref(to, _) = &pointer else { break };
        match state.read(to.loc, &to.path) {
            Some(inner @ Value::Ref(..)) => pointer = inner,
            _ => break,
        }
    }
    pointer
}

/// A pointer to the whole of a location.
pub fn whole(loc: Loc) -> Rc<Pointer> {
    Rc::new(Pointer {
        loc,
        path: Vec::new(),
    })
}

/// All operations completed, or are not followed any more.
pub fn complete_all(state: &mut State) {
    for op in &mut state.ops {
        op.status = OpStatus::Done;
    }
}

/// The operations whose OVERLAPPED is where this code does not see it may have completed.
fn complete_unseen(state: &mut State) {
    for op in &mut state.ops {
        if !matches!(op.handle, Value::Ref(..) | Value::Box(..)) {
            op.status = OpStatus::Done;
        }
    }
}

/// The routines of operations ran.
pub fn routines_ran(state: &mut State) {
    for op in &mut state.ops {
        if op.routine {
            op.status = OpStatus::Done;
        }
    }
}

/// An alertable wait that may have ended otherwise than by a routine.
pub fn alerted(state: &mut State) {
    for op in &mut state.ops {
        op.alerted = true;
    }
}

/// Something is read by which a routine may have said that it ran.
pub fn flag_read(state: &mut State) {
    for op in &mut state.ops {
        if op.routine && op.alerted {
            op.status = OpStatus::Done;
        }
    }
}
