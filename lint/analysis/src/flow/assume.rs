//! Terminators, and what a path learns from taking a branch.

use super::engine::{Analyzer, Frame};
use super::exec::{exclude, same_int};
use super::sock::{Duty, Linger, Mode, Status, Valid};
use super::state::{Awaits, CallFact, Excluded, Mark, OpStatus, Outcome, State, SymKind};
use super::value::{AggKind, Callable, RefKind, Repr, SockId, SymId, Value, Variant};
use crate::mir::{
    BinOp, BlockId, Const, KnownVariant, Operand, PathRef, Terminator, TerminatorKind, Test,
};
use crate::model::{Effect, Fails};
use crate::names::{DefKind, RTy, Res, last};
use crate::rules;
use crate::span::Span;

/// Descriptors that sockets really have.
const TYPICAL_DESCRIPTORS: [i128; 3] = [4, 260, 65_532];

/// WSAEWOULDBLOCK
pub const WOULD_BLOCK: i128 = 10035;
/// WAIT_IO_COMPLETION
const IO_COMPLETION: i128 = 192;
const IO_PENDING: i128 = 997;
const IO_INCOMPLETE: i128 = 996;

/// One side of a fork on an `Option` or `Result`.
pub struct Split {
    /// The state on that side.
    pub state: State,
    /// Which variant it is.
    pub variant: KnownVariant,
    /// Its payload (`Unknown` for `None`).
    pub payload: Value,
}

impl Analyzer<'_, '_> {
    /// Where control goes from the end of a block. `None` as target is the
    /// body's end.
    pub fn terminate(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        terminator: &Terminator,
        out: &mut Vec<(Option<BlockId>, State)>,
    ) {
        let span = terminator.span;
        match &terminator.kind {
            TerminatorKind::Goto(to) => out.push((Some(*to), state)),
            TerminatorKind::Unreachable => self.note_abandoned(&state),
            TerminatorKind::Return => {
                self.trail(&mut state, span, "returns here", Mark::Exit, None);
                out.push((None, state));
            }
            TerminatorKind::Branch {
                cond,
                then,
                otherwise,
            } => {
                let cond = self.operand(frame, &mut state, cond, span);
                let answers = self.both_ways(state.clone(), &cond, span);
                self.note_inverted(frame, &state, &answers, *then, *otherwise);
                for (truth, after) in answers {
                    out.push((Some(if truth { *then } else { *otherwise }), after));
                }
            }
            TerminatorKind::Test {
                place,
                test,
                then,
                otherwise,
            } => {
                let Some(mut slot) = self.slot(&mut state, place) else {
                    out.push((Some(*then), state.clone()));
                    out.push((Some(*otherwise), state));
                    return;
                };
                self.auto_deref(&mut state, &mut slot);
                let value = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
                let answers = self.test(frame, &state, &value, test, span);
                self.note_inverted(frame, &state, &answers, *then, *otherwise);
                for (truth, after) in answers {
                    out.push((Some(if truth { *then } else { *otherwise }), after));
                }
            }
            TerminatorKind::Try {
                operand,
                ok,
                next,
                residual,
                exit,
            } => {
                let value = self.operand(frame, &mut state, operand, span);
                let what = self.snippet(span).map(str::to_owned);
                for split in self.split(state, value, span) {
                    let mut state = split.state;
                    match split.variant {
                        KnownVariant::Ok | KnownVariant::Some => {
                            self.store(&mut state, ok, split.payload);
                            out.push((Some(*next), state));
                        }
                        variant => {
                            let payload = (variant == KnownVariant::Err).then_some(split.payload);
                            self.store(&mut state, residual, Value::known(variant, payload));
                            let text = match &what {
                                Some(what) => format!(
                                    "`{}` fails and `?` returns",
                                    what.trim_end_matches('?')
                                ),
                                None => "this fails and `?` returns".to_string(),
                            };
                            self.trail(&mut state, span, text, Mark::Branch, None);
                            out.push((Some(*exit), state));
                        }
                    }
                }
            }
        }
    }

    /// What a pattern's test says of a value, with the states in which it says so.
    fn test(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        value: &Value,
        test: &Test,
        span: Span,
    ) -> Vec<(bool, State)> {
        let both = || vec![(true, state.clone()), (false, state.clone())];
        match test {
            Test::Variant(path) => match self.pattern_variant(path) {
                Some(variant) => self.test_variant(state, value, &variant, span),
                None => vec![(true, state.clone())],
            },
            Test::Known(variant) => {
                self.test_variant(state, value, &Variant::Known(*variant), span)
            }
            // A unit variant looks like a constant.
            Test::Eq(Operand::Const(Const::Path(path))) if self.unit_variant(path).is_some() => {
                match self.unit_variant(path) {
                    Some(variant) => self.test_variant(state, value, &variant, span),
                    None => both(),
                }
            }
            Test::Eq(operand) => {
                let mut state = state.clone();
                let other = self.operand(frame, &mut state, operand, span);
                let condition =
                    self.binary(frame, &mut state, BinOp::Eq, value.clone(), other, span);
                self.both_ways(state, &condition, span)
            }
            Test::Range(lo, hi, inclusive) => {
                let mut state = state.clone();
                let mut inside = vec![state.clone()];
                let mut decided = true;
                for (bound, op) in [
                    (lo, BinOp::Ge),
                    (hi, if *inclusive { BinOp::Le } else { BinOp::Lt }),
                ] {
                    let Some(bound) = bound else { continue };
                    let bound = self.operand(frame, &mut state, bound, span);
                    let condition = self.binary(frame, &mut state, op, value.clone(), bound, span);
                    decided &= matches!(condition, Value::Bool(_));
                    inside = inside
                        .into_iter()
                        .flat_map(|s| {
                            let mut s = s;
                            s.syms.clone_from(&state.syms);
                            self.assume(s, &condition, true, span)
                        })
                        .collect();
                }
                let within = !inside.is_empty();
                let mut answers: Vec<(bool, State)> =
                    inside.into_iter().map(|state| (true, state)).collect();
                if !decided || !within {
                    answers.push((false, state));
                }
                answers
            }
            Test::Len(wanted, exact) => match value {
                Value::Agg(agg) if matches!(agg.kind, AggKind::Array | AggKind::Seq(true)) => {
                    let len = agg.fields.len() as u64;
                    vec![(
                        if *exact {
                            len == *wanted
                        } else {
                            len >= *wanted
                        },
                        state.clone(),
                    )]
                }
                _ => both(),
            },
            Test::Opaque => both(),
        }
    }

    fn both_ways(&mut self, state: State, condition: &Value, span: Span) -> Vec<(bool, State)> {
        let mut answers: Vec<(bool, State)> = self
            .assume(state.clone(), condition, true, span)
            .into_iter()
            .map(|state| (true, state))
            .collect();
        answers.extend(
            self.assume(state, condition, false, span)
                .into_iter()
                .map(|state| (false, state)),
        );
        answers
    }

    /// The variant that a path without fields names, if it names one.
    fn unit_variant(&self, path: &PathRef) -> Option<Variant> {
        match self.names.resolve_value(path) {
            Res::Def(id) => {
                matches!(self.names.def(id).kind, DefKind::Variant(..)).then_some(Variant::Def(id))
            }
            Res::Extern(path) => {
                let name = last(&path);
                let constant = name
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
                (!constant && name.starts_with(|c: char| c.is_ascii_uppercase()))
                    .then(|| extern_variant(&path))
            }
            _ => None,
        }
    }

    /// The variant that a pattern's path names; `None` for a struct.
    fn pattern_variant(&self, path: &PathRef) -> Option<Variant> {
        let res = match self.names.resolve_value(path) {
            Res::Unresolved => self.names.resolve_type(path),
            found => found,
        };
        match res {
            Res::Def(id) => match self.names.def(id).kind {
                DefKind::Variant(..) => Some(Variant::Def(id)),
                _ => None,
            },
            Res::Extern(path) => Some(extern_variant(&path)),
            Res::SelfTy(_) => None,
            // A path that we do not see; told apart by its last segment.
            Res::Param | Res::Unresolved => {
                Some(Variant::Extern(format!("?::{}", path.last()).into()))
            }
        }
    }

    fn test_variant(
        &mut self,
        state: &State,
        value: &Value,
        variant: &Variant,
        span: Span,
    ) -> Vec<(bool, State)> {
        let value = state.resolve(value);
        if let Some((found, _)) = value.as_variant() {
            return vec![(found == variant, state.clone())];
        }
        match &value {
            Value::Agg(agg)
                if matches!(
                    agg.kind,
                    AggKind::Struct(_) | AggKind::Extern(_) | AggKind::Tuple
                ) =>
            {
                vec![(true, state.clone())]
            }
            Value::Sym(id) => {
                if let Variant::Extern(path) = variant
                    && last(path) == "WouldBlock"
                    && matches!(state.syms[id.0 as usize].kind, SymKind::LastError(_))
                {
                    return [true, false]
                        .into_iter()
                        .flat_map(|truth| {
                            let op = if truth { BinOp::Eq } else { BinOp::Ne };
                            let after = self.assume_compare(
                                state.clone(),
                                op,
                                &value,
                                &Value::Int(WOULD_BLOCK),
                                span,
                            );
                            after.into_iter().map(move |state| (truth, state))
                        })
                        .collect();
                }
                if let Variant::Known(wanted) = variant {
                    let ty = &state.syms[id.0 as usize].ty;
                    let untyped = ty.as_option().is_none()
                        && ty.as_result().is_none()
                        && !matches!(state.syms[id.0 as usize].kind, SymKind::Call(_));
                    return self
                        .split(state.clone(), value.clone(), span)
                        .into_iter()
                        .map(|split| {
                            let same = split.variant == *wanted
                                || matches!(
                                    (split.variant, wanted),
                                    (KnownVariant::Ok, KnownVariant::Some)
                                        | (KnownVariant::Err, KnownVariant::None)
                                ) && untyped;
                            (same, split.state)
                        })
                        .collect();
                }
                let sym = &state.syms[id.0 as usize];
                if sym.excluded.contains(&Excluded::Variant(variant.clone())) {
                    return vec![(false, state.clone())];
                }
                let mut yes = state.clone();
                let payload = self.variant_payload(&mut yes, variant, &sym.ty);
                yes.syms[id.0 as usize].known = Some(payload);
                yes.presumed = true;
                let mut no = state.clone();
                exclude(
                    &mut no.syms[id.0 as usize].excluded,
                    Excluded::Variant(variant.clone()),
                );
                if self.all_excluded(&no, *id) {
                    return vec![(true, yes)];
                }
                vec![(true, yes), (false, no)]
            }
            _ => vec![(true, state.clone()), (false, state.clone())],
        }
    }

    fn variant_payload(&mut self, state: &mut State, variant: &Variant, ty: &RTy) -> Value {
        let kind = AggKind::Variant(variant.clone());
        let Variant::Def(id) = variant else {
            return Value::Sym(state.sym(RTy::Unknown, SymKind::Plain)).into_variant(kind);
        };
        let DefKind::Variant(parent, index) = self.names.def(*id).kind else {
            return Value::Unknown;
        };
        let parent = self.names.def(parent);
        let DefKind::Adt(adt) = &parent.kind else {
            return Value::Unknown;
        };
        let args: &[RTy] = match ty {
            RTy::Adt(_, args) => args,
            _ => &[],
        };
        let fields = self.field_symbols(state, adt, index, args);
        Value::agg(kind, fields)
    }

    /// Whether every variant of the symbol's enum is ruled out.
    fn all_excluded(&self, state: &State, id: SymId) -> bool {
        let sym = &state.syms[id.0 as usize];
        let RTy::Adt(def, _) = &sym.ty else {
            return false;
        };
        let def = self.names.def(*def);
        let DefKind::Adt(adt) = &def.kind else {
            return false;
        };
        adt.is_enum
            && adt.variants.iter().all(|variant| {
                variant
                    .def
                    .is_some_and(|id| sym.excluded.contains(&Excluded::Variant(Variant::Def(id))))
            })
    }

    /// Forks on the variants of an `Option` or `Result`.
    pub fn split(&mut self, state: State, value: Value, span: Span) -> Vec<Split> {
        let value = state.resolve(&value);
        if let Some((Variant::Known(variant), agg)) = value.as_variant() {
            let payload = agg.field("0").cloned().unwrap_or(Value::Unknown);
            let payload = state.resolve(&payload);
            return vec![Split {
                variant: *variant,
                payload,
                state,
            }];
        }
        let Value::Sym(id) = value else {
            let (mut ok, mut err) = (state.clone(), state);
            let (good, bad) = (ok.plain(RTy::Unknown), err.plain(RTy::Unknown));
            return vec![
                Split {
                    variant: KnownVariant::Ok,
                    payload: good,
                    state: ok,
                },
                Split {
                    variant: KnownVariant::Err,
                    payload: bad,
                    state: err,
                },
            ];
        };
        let sym = state.syms[id.0 as usize].clone();
        if let SymKind::Call(fact) = &sym.kind {
            // The `windows` crate: `Ok` is success.
            let fact = fact.clone();
            let mut splits = Vec::new();
            for mut state in self.decide(state.clone(), id, Outcome::Success, span) {
                let payload = match (fact.row.effect, fact.sock) {
                    (Effect::Acquire { .. }, Some(sock)) => Value::Sock(sock, Repr::USIZE),
                    (Effect::MakeHandle(what), _) => {
                        Value::Sym(state.sym(RTy::Unknown, SymKind::Handle(what, Awaits::Nothing)))
                    }
                    _ => state.plain(RTy::Unknown),
                };
                state.syms[id.0 as usize].known =
                    Some(Value::known(KnownVariant::Ok, Some(payload.clone())));
                splits.push(Split {
                    variant: KnownVariant::Ok,
                    payload,
                    state,
                });
            }
            for mut state in self.decide(state, id, Outcome::Failure, span) {
                let error = Value::Sym(state.sym(RTy::Unknown, SymKind::OsError(Some(id))));
                state.syms[id.0 as usize].known =
                    Some(Value::known(KnownVariant::Err, Some(error.clone())));
                splits.push(Split {
                    variant: KnownVariant::Err,
                    payload: error,
                    state,
                });
            }
            return splits;
        }
        let (good, bad) = match (sym.ty.as_option(), sym.ty.as_result()) {
            (Some(some), _) => (
                (KnownVariant::Some, some),
                (KnownVariant::None, RTy::Unknown),
            ),
            (_, Some((ok, err))) => ((KnownVariant::Ok, ok), (KnownVariant::Err, err)),
            _ => (
                (KnownVariant::Ok, RTy::Unknown),
                (KnownVariant::Err, RTy::Unknown),
            ),
        };
        [good, bad]
            .into_iter()
            .filter(|(variant, _)| {
                !sym.excluded
                    .contains(&Excluded::Variant(Variant::Known(*variant)))
            })
            .map(|(variant, ty)| {
                let mut state = state.clone();
                let payload = state.plain(ty);
                let held = (variant != KnownVariant::None).then(|| payload.clone());
                if sym.ty != RTy::Unknown {
                    state.syms[id.0 as usize].known = Some(Value::known(variant, held));
                }
                Split {
                    variant,
                    payload,
                    state,
                }
            })
            .collect()
    }

    /// The states in which a boolean has the given value.
    pub fn assume(
        &mut self,
        state: State,
        condition: &Value,
        truth: bool,
        span: Span,
    ) -> Vec<State> {
        match state.resolve(condition) {
            Value::Bool(b) => {
                if b == truth {
                    vec![state]
                } else {
                    Vec::new()
                }
            }
            Value::Int(value) => {
                if (value != 0) == truth {
                    vec![state]
                } else {
                    Vec::new()
                }
            }
            Value::Sym(id) => {
                let mut after = match state.syms[id.0 as usize].kind.clone() {
                    SymKind::Compare(op, a, b, at) => {
                        let op = if truth { op } else { negate(op) };
                        self.assume_compare(state, op, &a, &b, at)
                    }
                    SymKind::Not(inner) => self.assume(state, &inner, !truth, span),
                    SymKind::Logic(or, a, b) => {
                        if or == truth {
                            // One of them: first `a`, else `b`.
                            let mut states = self.assume(state.clone(), &a, truth, span);
                            for rest in self.assume(state, &a, !truth, span) {
                                states.extend(self.assume(rest, &b, truth, span));
                            }
                            states
                        } else {
                            let first = self.assume(state, &a, truth, span);
                            first
                                .into_iter()
                                .flat_map(|state| self.assume(state, &b, truth, span))
                                .collect()
                        }
                    }
                    SymKind::Call(fact) if fact.row.fails == Fails::False => {
                        let outcome = if truth {
                            Outcome::Success
                        } else {
                            Outcome::Failure
                        };
                        self.decide(state, id, outcome, span)
                    }
                    _ => vec![state],
                };
                for state in &mut after {
                    let sym = &mut state.syms[id.0 as usize];
                    if !matches!(sym.kind, SymKind::Call(_)) {
                        sym.known = Some(Value::Bool(truth));
                    }
                }
                after
            }
            _ => vec![state],
        }
    }

    /// The states in which a comparison holds.
    fn assume_compare(
        &mut self,
        state: State,
        op: BinOp,
        a: &Value,
        b: &Value,
        span: Span,
    ) -> Vec<State> {
        let (a, b) = (as_number(&state, a), as_number(&state, b));
        match (&a, &b) {
            (Value::Int(x), Value::Int(y)) => keep_if(state, holds(op, *x, *y)),
            (Value::Int(_) | Value::Named(_), Value::Sym(_) | Value::Sock(..)) => {
                self.assume_compare(state, flip(op), &b, &a, span)
            }
            (Value::Bool(truth), Value::Sym(_)) | (Value::Sym(_), Value::Bool(truth))
                if matches!(op, BinOp::Eq | BinOp::Ne) =>
            {
                let condition = if matches!(a, Value::Bool(_)) { &b } else { &a };
                self.assume(state, condition, (op == BinOp::Eq) == *truth, span)
            }
            (Value::Sock(sock, repr), Value::Int(constant)) => {
                assume_descriptor(state, op, *sock, *repr, *constant)
            }
            (Value::Sock(x, _), Value::Sock(y, _)) if x == y => {
                keep_if(state, matches!(op, BinOp::Eq | BinOp::Le | BinOp::Ge))
            }
            // A constant that is not known, against which a fresh descriptor is checked: the failure value.
            (Value::Sock(sock, _), Value::Unknown | Value::Named(_))
            | (Value::Unknown, Value::Sock(sock, _))
                if matches!(op, BinOp::Eq | BinOp::Ne)
                    && state.socks[sock.0 as usize].valid == Valid::Unchecked =>
            {
                let mut state = state;
                state.sock_mut(*sock).valid = match op {
                    BinOp::Eq => Valid::No,
                    _ => Valid::Yes,
                };
                vec![state]
            }
            (Value::Sock(sock, _), _) | (_, Value::Sock(sock, _)) => {
                // Compared with something: whatever it says, it is not unchecked any more.
                let mut state = state;
                relax(&mut state, *sock);
                vec![state]
            }
            (Value::Ref(x, RefKind::Raw), Value::Ref(y, RefKind::Raw))
                if matches!(op, BinOp::Eq | BinOp::Ne) && (x == y || x.loc != y.loc) =>
            {
                keep_if(state, (op == BinOp::Eq) == (x == y))
            }
            (Value::Ref(..) | Value::Box(..) | Value::Closure(_), Value::Int(0))
            | (Value::Int(0), Value::Ref(..) | Value::Box(..) | Value::Closure(_)) => {
                keep_if(state, op == BinOp::Ne)
            }
            (Value::Sym(id), Value::Int(constant)) => {
                self.assume_symbol(state, op, *id, *constant, span)
            }
            (Value::Sym(id), Value::Sym(_) | Value::Unknown)
                if let SymKind::Call(fact) = &state.syms[id.0 as usize].kind
                    && fact.row.fails == Fails::SocketErrorCount =>
            {
                // Compared with a length: on all sides but `==` it may be that it failed.
                let fact = fact.clone();
                let mut state = state;
                if op == BinOp::Eq {
                    return self.decide(state, *id, Outcome::Success, span);
                }
                trouble(&mut state, &fact);
                vec![state]
            }
            (Value::Sym(id), Value::Named(name)) if matches!(op, BinOp::Eq | BinOp::Ne) => {
                let mut state = state;
                let sym = &mut state.syms[id.0 as usize];
                let ruled_out = Excluded::Named(name.clone());
                if op == BinOp::Ne {
                    exclude(&mut sym.excluded, ruled_out);
                } else if sym.excluded.contains(&ruled_out) {
                    return Vec::new();
                } else if matches!(sym.kind, SymKind::Plain) {
                    sym.known = Some(Value::Named(name.clone()));
                }
                vec![state]
            }
            (Value::Named(x), Value::Named(y)) if x == y && matches!(op, BinOp::Eq | BinOp::Ne) => {
                keep_if(state, op == BinOp::Eq)
            }
            (Value::Agg(_), Value::Agg(_))
            | (Value::Sym(_), Value::Agg(_))
            | (Value::Agg(_), Value::Sym(_))
                if matches!(op, BinOp::Eq | BinOp::Ne) =>
            {
                self.assume_variants(state, op, &a, &b, span)
            }
            _ => vec![state],
        }
    }

    /// `Some(x) == Some(y)` and the like.
    fn assume_variants(
        &mut self,
        state: State,
        op: BinOp,
        a: &Value,
        b: &Value,
        span: Span,
    ) -> Vec<State> {
        match (a.as_variant(), b.as_variant()) {
            (Some((x, left)), Some((y, right))) => {
                if x != y {
                    return keep_if(state, op == BinOp::Ne);
                }
                match (left.fields.as_slice(), right.fields.as_slice()) {
                    ([], []) => keep_if(state, op == BinOp::Eq),
                    ([(_, left)], [(_, right)]) => {
                        let (left, right) = (left.clone(), right.clone());
                        self.assume_compare(state, op, &left, &right, span)
                    }
                    _ => vec![state],
                }
            }
            (None, Some((Variant::Known(_), _))) if matches!(a, Value::Sym(_)) => {
                let mut states = Vec::new();
                for split in self.split(state, a.clone(), span) {
                    let payload = (split.variant != KnownVariant::None).then_some(split.payload);
                    let known = Value::known(split.variant, payload);
                    states.extend(self.assume_variants(split.state, op, &known, b, span));
                }
                states
            }
            (Some((Variant::Known(_), _)), None) if matches!(b, Value::Sym(_)) => {
                self.assume_variants(state, op, b, a, span)
            }
            _ => vec![state],
        }
    }

    fn assume_symbol(
        &mut self,
        mut state: State,
        op: BinOp,
        id: SymId,
        constant: i128,
        span: Span,
    ) -> Vec<State> {
        let sym = &state.syms[id.0 as usize];
        match sym.kind.clone() {
            // A wait for any of several handles: which one, its result says.
            SymKind::Call(fact) if !fact.waits.is_empty() && !fact.waits_all => {
                let index = usize::try_from(constant).ok();
                let index = index.filter(|&index| index < fact.waits.len());
                match (op, index) {
                    (BinOp::Eq, Some(index)) => {
                        if let Some(op) = fact.waits[index] {
                            state.ops[op.0 as usize].status = OpStatus::Done;
                        }
                        state.syms[id.0 as usize].known = Some(Value::Int(constant));
                    }
                    (BinOp::Eq, None) => {
                        state.syms[id.0 as usize].known = Some(Value::Int(constant));
                    }
                    (BinOp::Ne, _) => {
                        let excluded = &mut state.syms[id.0 as usize].excluded;
                        exclude(excluded, Excluded::Int(constant));
                        // None of the others is left.
                        let left: Vec<usize> = (0..fact.waits.len())
                            .filter(|&at| !excluded.contains(&Excluded::Int(at as i128)))
                            .collect();
                        let failures = [258, 0xffff_ffff]
                            .iter()
                            .all(|code| excluded.contains(&Excluded::Int(*code)));
                        if let ([only], true) = (left.as_slice(), failures)
                            && let Some(op) = fact.waits[*only]
                        {
                            state.ops[op.0 as usize].status = OpStatus::Done;
                        }
                    }
                    _ => {}
                }
                vec![state]
            }
            // A routine ran.
            SymKind::Call(fact)
                if fact.row.fails == Fails::WaitCode && constant == IO_COMPLETION =>
            {
                if op == BinOp::Eq {
                    super::overlapped::routines_ran(&mut state);
                }
                vec![state]
            }
            SymKind::Call(fact) => {
                let (fails, succeeds) = representatives(fact.row.fails);
                let repr = Repr {
                    bits: 32,
                    signed: !matches!(fact.row.fails, Fails::WaitCode),
                };
                let constant = if fact.row.fails == Fails::NoHandle {
                    constant
                } else {
                    repr.wrap(constant)
                };
                let may_fail = fails.iter().any(|value| holds(op, *value, constant));
                let may_succeed = succeeds.iter().any(|value| holds(op, *value, constant));
                match (may_fail, may_succeed) {
                    (true, false) => self.decide(state, id, Outcome::Failure, span),
                    (false, true) => self.decide(state, id, Outcome::Success, span),
                    (true, true) => {
                        if !succeeds.iter().all(|value| holds(op, *value, constant)) {
                            trouble(&mut state, &fact);
                        }
                        vec![state]
                    }
                    // `closesocket(s) == 5`: no such value.
                    (false, false) => Vec::new(),
                }
            }
            SymKind::LastError(of) => {
                let equal = match op {
                    BinOp::Eq => true,
                    BinOp::Ne => false,
                    _ => return vec![state],
                };
                let same = |known: &Excluded| matches!(known, Excluded::Int(value) if same_int(*value, constant));
                if equal && sym.excluded.iter().any(same) {
                    return Vec::new();
                }
                if !self.learn_error_code(&mut state, of, constant, equal) {
                    return Vec::new();
                }
                let sym = &mut state.syms[id.0 as usize];
                if equal {
                    sym.known = Some(Value::Int(constant));
                } else {
                    exclude(&mut sym.excluded, Excluded::Int(constant));
                }
                vec![state]
            }
            // The handle of a thread that was started.
            SymKind::Thread(_) if matches!(constant, 0 | -1) => match op {
                BinOp::Eq => Vec::new(),
                _ => vec![state],
            },
            SymKind::Plain | SymKind::Dequeued => {
                let dequeued = matches!(sym.kind, SymKind::Dequeued) && constant == 0;
                let excluded = sym
                    .excluded
                    .iter()
                    .any(|e| matches!(e, Excluded::Int(v) if same_int(*v, constant)));
                match op {
                    BinOp::Eq if excluded => return Vec::new(),
                    BinOp::Eq => state.syms[id.0 as usize].known = Some(Value::Int(constant)),
                    BinOp::Ne => exclude(
                        &mut state.syms[id.0 as usize].excluded,
                        Excluded::Int(constant),
                    ),
                    _ => {}
                }
                if dequeued && op == BinOp::Ne {
                    // A packet, even of a failed operation, is a completion.
                    state
                        .ops
                        .iter_mut()
                        .for_each(|op| op.status = OpStatus::Done);
                }
                vec![state]
            }
            _ => vec![state],
        }
    }

    /// What the error code of a failed call says. `false`: it cannot be.
    fn learn_error_code(
        &mut self,
        state: &mut State,
        of: Option<SymId>,
        code: i128,
        equal: bool,
    ) -> bool {
        let Some(of) = of else { return true };
        let SymKind::Call(fact) = state.syms[of.0 as usize].kind.clone() else {
            return true;
        };
        if let Some(op) = fact.op {
            let status = &mut state.ops[op.0 as usize].status;
            let posts = matches!(fact.row.effect, Effect::Overlapped { .. });
            match (code, equal) {
                (IO_PENDING, true) if posts && *status != OpStatus::Done => {
                    *status = OpStatus::Pending
                }
                (IO_PENDING, false) if posts && *status == OpStatus::Failed => {
                    *status = OpStatus::Done
                }
                (IO_INCOMPLETE, false) if !posts && fact.outcome == Outcome::Failure => {
                    *status = OpStatus::Done
                }
                (code, true) if code != IO_PENDING && posts && *status == OpStatus::Failed => {
                    *status = OpStatus::Done;
                }
                _ => {}
            }
        }
        if let (Effect::Close(_), Some(sock)) = (fact.row.effect, fact.sock)
            && code != WOULD_BLOCK
            && equal
        {
            // Another close is no answer to WSAEWOULDBLOCK.
            state.sock_mut(sock).to_retry = None;
        }
        if let (Effect::Close(_), Some(sock)) = (fact.row.effect, fact.sock)
            && code == WOULD_BLOCK
            && fact.outcome != Outcome::Success
        {
            let sock = state.sock_mut(sock);
            if equal {
                if sock.mode == Mode::Blocking
                    || matches!(sock.linger, Linger::Off { .. } | Linger::Hard)
                {
                    // It cannot fail so.
                    return sock.duty != Duty::Ours;
                }
                sock.status = Status::Open;
                sock.to_retry = Some(fact.span);
            } else {
                sock.to_retry = None;
            }
        }
        true
    }

    /// The state in which a call went that way; none if it is known to have
    /// gone the other way.
    pub fn decide(
        &mut self,
        mut state: State,
        id: SymId,
        outcome: Outcome,
        span: Span,
    ) -> Vec<State> {
        let SymKind::Call(fact) = &mut state.syms[id.0 as usize].kind else {
            return vec![state];
        };
        if fact.outcome == outcome {
            return vec![state];
        }
        if fact.outcome != Outcome::Open {
            return Vec::new();
        }
        fact.outcome = outcome;
        fact.decided_at = Some(span);
        let fact = fact.clone();
        let failed = outcome == Outcome::Failure;
        if let (Some(sock), Some(before)) = (fact.sock, fact.before) {
            let sock = state.sock_mut(sock);
            match failed {
                true => sock.course.take_back(fact.row.step, before, sock.mode),
                false => sock.course.confirm(fact.row.step),
            }
        }
        if fact.claims {
            state.claim = Some((fact.span, !failed));
        }
        let name = fact.row.name;
        let about = fact.sock.map(|sock| state.socks[sock.0 as usize].origin);
        if failed {
            self.trail(
                &mut state,
                span,
                format!("`{name}` fails"),
                Mark::Branch,
                about,
            );
            if let Some(close) = fact.closed_since {
                state.err.unread = Some((fact.span, name));
                state.err.clobbered = Some(close);
            } else if state.err.call == Some(id) {
                state.err.unread = Some((fact.span, name));
                state.err.clobbered = None;
            }
        }
        match fact.row.effect {
            Effect::Acquire { .. } => {
                if let Some(sock) = fact.sock {
                    state.sock_mut(sock).valid = if failed { Valid::No } else { Valid::Yes };
                }
            }
            Effect::Close(_) => {
                if let (true, Some(sock)) = (failed, fact.sock) {
                    let mode = (
                        state.socks[sock.0 as usize].mode,
                        state.socks[sock.0 as usize].linger,
                    );
                    let sock = state.sock_mut(sock);
                    // Only WSAEWOULDBLOCK leaves it open, and that takes a timeout on a nonblocking socket.
                    if matches!(
                        mode,
                        (
                            Mode::Nonblocking | Mode::Unknown,
                            Linger::Timed | Linger::Unknown
                        )
                    ) {
                        sock.status = Status::Unsure;
                        sock.to_retry = Some(fact.span);
                    } else if sock.status != Status::Open {
                        sock.status = Status::Unsure;
                    }
                }
            }
            Effect::Overlapped { .. } => {
                if let Some(op) = fact.op {
                    let status = &mut state.ops[op.0 as usize].status;
                    if *status == OpStatus::Started {
                        *status = if failed {
                            OpStatus::Failed
                        } else {
                            OpStatus::Done
                        };
                    }
                }
            }
            Effect::OverlappedResult { .. } if !failed => {
                if let Some(op) = fact.op {
                    state.ops[op.0 as usize].status = OpStatus::Done;
                }
            }
            Effect::WaitOne { .. } | Effect::WaitMany { .. } if !failed && fact.waits_all => {
                if let Some(thread) = fact.thread {
                    self.joined(&mut state, thread);
                }
                for op in fact.waits.iter().flatten() {
                    state.ops[op.0 as usize].status = OpStatus::Done;
                }
            }
            Effect::HasCompleted(_) if !failed => {
                if let Some(op) = fact.op {
                    state.ops[op.0 as usize].status = OpStatus::Done;
                }
            }
            Effect::Dequeue { .. } if !failed => super::overlapped::complete_all(&mut state),
            Effect::Startup if failed => {
                state.startup.fail(fact.span);
                let kept = state.mem.iter().any(|value| {
                    matches!(value, Value::Sym(code)
                        if state.syms[code.0 as usize].kind == SymKind::LastError(Some(id)))
                });
                if let (Some(read), true) = (fact.read_at, kept) {
                    self.misreads.push((fact.span, read));
                }
            }
            Effect::Ioctl { .. } | Effect::EventSelect { .. } => {
                if let (true, Some(sock)) = (failed, fact.sock) {
                    state.sock_mut(sock).mode = Mode::Unknown;
                }
            }
            Effect::SetOption { .. } => {
                if let (true, Some(sock)) = (failed, fact.sock) {
                    state.sock_mut(sock).linger = Linger::Unknown;
                }
            }
            _ => {}
        }
        vec![state]
    }

    /// A branch that tells a call's success from its failure, and whose
    /// success side does nothing but fail.
    fn note_inverted(
        &mut self,
        frame: &Frame<'_>,
        before: &State,
        answers: &[(bool, State)],
        then: BlockId,
        otherwise: BlockId,
    ) {
        for (index, sym) in before.syms.iter().enumerate() {
            let SymKind::Call(fact) = &sym.kind else {
                continue;
            };
            let open = fact.outcome == Outcome::Open && !fact.after_close;
            if !open || !fact.row.winsock || fact.row.fails == Fails::Result {
                continue;
            }
            let side = |truth: bool| {
                let mut outcomes =
                    answers
                        .iter()
                        .filter(|(answer, _)| *answer == truth)
                        .map(|(_, state)| match &state.syms[index].kind {
                            SymKind::Call(fact) => (fact.outcome, fact.decided_at),
                            _ => (Outcome::Open, None),
                        });
                let first = outcomes.next()?;
                outcomes.all(|other| other.0 == first.0).then_some(first)
            };
            let (good, bad, at) = match (side(true), side(false)) {
                (Some((Outcome::Success, at)), Some((Outcome::Failure, _))) => {
                    (then, otherwise, at)
                }
                (Some((Outcome::Failure, at)), Some((Outcome::Success, _))) => {
                    (otherwise, then, at)
                }
                _ => continue,
            };
            if let Some(at) = at
                && super::shape::fails_at_once(frame.body, good)
                && !super::shape::fails_at_once(frame.body, bad)
            {
                let text = rules::inverted_check::text(fact.row.name);
                let steps = vec![(fact.span, format!("`{}` is called", fact.row.name))];
                self.events
                    .report(frame, &rules::inverted_check::RULE, at, None, text, steps);
            }
        }
    }

    /// A comparison of a fresh descriptor with a constant that does not tell
    /// the failure value from a socket.
    pub fn note_comparison(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        op: BinOp,
        a: &Value,
        b: &Value,
        span: Span,
    ) {
        let (sock, repr, constant, op) = match (a, b) {
            (Value::Sock(sock, repr), Value::Int(constant)) => (*sock, *repr, *constant, op),
            (Value::Int(constant), Value::Sock(sock, repr)) => (*sock, *repr, *constant, flip(op)),
            _ => return,
        };
        if state.socks[sock.0 as usize].valid != Valid::Unchecked {
            return;
        }
        if separates(op, repr, constant) == Separates::Nothing {
            let origin = state.socks[sock.0 as usize].origin;
            let text = rules::wrong_sentinel::text(&self.events.origin(origin).by);
            let steps = self.steps_about(state, origin);
            self.events.report(
                frame,
                &rules::wrong_sentinel::RULE,
                span,
                Some(origin),
                text,
                steps,
            );
        }
    }
}

impl Value {
    fn into_variant(self, kind: AggKind) -> Value {
        Value::agg(kind, vec![("0".into(), self)])
    }
}

/// What a comparison with a constant tells of a descriptor.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Separates {
    /// It is true of `INVALID_SOCKET` and false of sockets, or (`false`) the other way round.
    Failure(bool),
    /// It tells some sockets from others: no check for failure.
    Sockets,
    /// It treats `INVALID_SOCKET` like a socket.
    Nothing,
}

fn separates(op: BinOp, repr: Repr, constant: i128) -> Separates {
    let constant = repr.wrap(constant);
    let invalid = holds(op, repr.wrap(u64::MAX as i128), constant);
    let mut valid = TYPICAL_DESCRIPTORS
        .iter()
        .map(|d| holds(op, repr.wrap(*d), constant));
    let first = valid.next().unwrap_or(invalid);
    if valid.any(|other| other != first) {
        Separates::Sockets
    } else if first != invalid {
        Separates::Failure(invalid)
    } else {
        Separates::Nothing
    }
}

fn assume_descriptor(
    mut state: State,
    op: BinOp,
    sock: SockId,
    repr: Repr,
    constant: i128,
) -> Vec<State> {
    let valid = state.socks[sock.0 as usize].valid;
    match (separates(op, repr, constant), valid) {
        (Separates::Failure(true), Valid::Yes) | (Separates::Failure(false), Valid::No) => {
            return Vec::new();
        }
        (Separates::Failure(failed), _) => {
            state.sock_mut(sock).valid = if failed { Valid::No } else { Valid::Yes };
        }
        (_, Valid::Unchecked) => {
            // The check means to tell failure; on the side that no socket
            // takes, the code believes that there is none.
            let constant = repr.wrap(constant);
            let none = !TYPICAL_DESCRIPTORS
                .iter()
                .any(|d| holds(op, repr.wrap(*d), constant));
            state.sock_mut(sock).valid = if none { Valid::No } else { Valid::Assumed };
        }
        _ => {}
    }
    vec![state]
}

/// The call may have failed, or done less than it was asked to.
fn trouble(state: &mut State, fact: &CallFact) {
    if let (Some(sock), Some(_)) = (fact.sock, fact.before) {
        state.sock_mut(sock).course.troubled = true;
    }
}

fn relax(state: &mut State, sock: SockId) {
    let sock = state.sock_mut(sock);
    if sock.valid == Valid::Unchecked {
        sock.valid = Valid::Assumed;
    }
}

fn keep_if(state: State, condition: bool) -> Vec<State> {
    if condition { vec![state] } else { Vec::new() }
}

/// `ErrorKind::WouldBlock` stands for its code; everything else is itself.
fn as_number(state: &State, value: &Value) -> Value {
    match state.resolve(value) {
        Value::Fn(Callable::Extern(path)) if last(&path) == "WouldBlock" => Value::Int(WOULD_BLOCK),
        // `WSA_ERROR(10035)`, `BOOL(0)`: newtypes of the `windows` crate.
        Value::Agg(agg) if matches!(agg.kind, AggKind::Extern(_)) && agg.fields.len() == 1 => {
            as_number(state, &agg.fields[0].1)
        }
        other => other,
    }
}

/// The variant that a foreign path names.
pub fn extern_variant(path: &str) -> Variant {
    match last(path) {
        "Some" => Variant::Known(KnownVariant::Some),
        "None" => Variant::Known(KnownVariant::None),
        "Ok" => Variant::Known(KnownVariant::Ok),
        "Err" => Variant::Known(KnownVariant::Err),
        _ => Variant::Extern(path.into()),
    }
}

/// Results that stand for failure and for success.
fn representatives(fails: Fails) -> (&'static [i128], &'static [i128]) {
    match fails {
        Fails::SocketError => (&[-1], &[0]),
        Fails::SocketErrorCount => (&[-1], &[0, 1, 4096]),
        Fails::Nonzero => (&[10091, 10092, 10093, 11001], &[0]),
        Fails::False => (&[0], &[1, 2]),
        Fails::NoHandle => (&[0, -1], &[4, 260]),
        Fails::WaitCode => (&[258, 0xffff_ffff], &[0]),
        Fails::Pending => (&[259], &[0, 0xc000_0120]),
        Fails::Result | Fails::Never => (&[], &[0, 1, -1]),
    }
}

fn holds(op: BinOp, x: i128, y: i128) -> bool {
    match op {
        BinOp::Eq => x == y,
        BinOp::Ne => x != y,
        BinOp::Lt => x < y,
        BinOp::Le => x <= y,
        BinOp::Gt => x > y,
        BinOp::Ge => x >= y,
        _ => true,
    }
}

fn negate(op: BinOp) -> BinOp {
    match op {
        BinOp::Eq => BinOp::Ne,
        BinOp::Ne => BinOp::Eq,
        BinOp::Lt => BinOp::Ge,
        BinOp::Ge => BinOp::Lt,
        BinOp::Le => BinOp::Gt,
        BinOp::Gt => BinOp::Le,
        other => other,
    }
}

fn flip(op: BinOp) -> BinOp {
    match op {
        BinOp::Lt => BinOp::Gt,
        BinOp::Gt => BinOp::Lt,
        BinOp::Le => BinOp::Ge,
        BinOp::Ge => BinOp::Le,
        other => other,
    }
}
