//! What a function's author states of it: callers rely on that, and the body is held to it.
//!
//! A body is followed all the same, since it says more (what it returns, what it changes); where it leads
//! out of what is seen, the contract says what became of the sockets. Without a body the contract is all
//! there is.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::engine::{Analyzer, Frame};
use super::sock::{Duty, Sock, Status, Valid};
use super::state::{Mark, State};
use super::value::{AggKind, Repr, SockId, Value, Variant};
use crate::input::{Input, Opens};
use crate::mir::{KnownVariant, Name};
use crate::names::{Contract, Fate, Promise, RTy};
use crate::rules;
use crate::span::{FileId, Span};

/// The sockets that a promise is about, as they were before the call.
pub struct Promised {
    fate: Fate,
    socks: Vec<(SockId, Sock)>,
}

/// What is stated of functions that are not seen, by their paths, with what they return.
pub fn stated(input: &Input) -> FxHashMap<Name, Rc<(Contract, RTy)>> {
    let nowhere = Span {
        file: FileId(u32::MAX),
        lo: 0,
        hi: 0,
    };
    let of = |wrapper: &str| RTy::Extern(wrapper.into(), Rc::from([RTy::Socket]));
    let all = input.contracts.iter();
    all.map(|stated| {
        let promises = [
            (&stated.closes, Fate::Closed),
            (&stated.borrows, Fate::Borrowed),
            (&stated.takes, Fate::Taken),
        ];
        let params = promises.into_iter().flat_map(|(params, fate)| {
            params.iter().map(move |&param| Promise {
                param,
                fate,
                span: nowhere,
            })
        });
        let ret = match stated.opens {
            None => RTy::Unknown,
            Some(Opens::Socket) => RTy::Socket,
            Some(Opens::Result) => of("std::result::Result"),
            Some(Opens::Option) => of("std::option::Option"),
        };
        let contract = Contract {
            opens: stated.opens.map(|_| nowhere),
            params: params.collect(),
        };
        (stated.function.as_str().into(), Rc::new((contract, ret)))
    })
    .collect()
}

impl Analyzer<'_, '_> {
    /// Notes what a call's promises are about.
    pub fn promised(
        &mut self,
        state: &mut State,
        contract: &Contract,
        args: &[Value],
    ) -> Vec<Promised> {
        let promises = contract.params.iter();
        promises
            .filter_map(|promise| {
                let arg = args.get(promise.param)?;
                let _ = self.descriptor(state, arg);
                let reached = state.reachable(std::slice::from_ref(arg)).socks;
                let before = |id: SockId| (id, state.socks[id.0 as usize].clone());
                Some(Promised {
                    fate: promise.fate,
                    socks: reached.into_iter().map(before).collect(),
                })
            })
            .collect()
    }

    /// Has a call's promises come true, in what it returned.
    pub fn keep_promises(
        &mut self,
        frame: &Frame<'_>,
        (ret, contract): (&RTy, &Contract),
        promised: &[Promised],
        results: Vec<(State, Value)>,
        (name, span): (&str, Span),
    ) -> Vec<(State, Value)> {
        let mut kept = Vec::with_capacity(results.len());
        for (mut state, value) in results {
            for Promised { fate, socks, .. } in promised {
                for (id, before) in socks {
                    self.keep_promise(frame, &mut state, *fate, (*id, before), span);
                }
            }
            match contract.opens {
                Some(_) => kept.extend(self.opened(frame, state, ret, value, (name, span))),
                None => kept.push((state, value)),
            }
        }
        kept
    }

    fn keep_promise(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        fate: Fate,
        (id, before): (SockId, &Sock),
        span: Span,
    ) {
        let was_closed = matches!(before.status, Status::Closed(_));
        let sock = state.sock_mut(id);
        if matches!(sock.status, Status::Closed(_)) && !was_closed {
            return;
        }
        match fate {
            Fate::Closed => {
                (sock.duty, sock.copied_out) = (before.duty, before.copied_out);
                sock.to_retry = None;
                self.close(frame, state, id, false, span, None);
            }
            Fate::Borrowed => (sock.duty, sock.copied_out) = (before.duty, before.copied_out),
            Fate::Taken if sock.duty == Duty::Ours => {
                sock.duty = Duty::Escaped;
                let origin = sock.origin;
                self.events.handed_on(origin);
            }
            Fate::Taken => {}
        }
    }

    /// The result of a function that opens, if its body did not say what that is.
    fn opened(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        ret: &RTy,
        value: Value,
        (name, span): (&str, Span),
    ) -> Vec<(State, Value)> {
        let known = !matches!(state.resolve(&value), Value::Unknown | Value::Sym(_));
        let variants = match ret {
            _ if known => None,
            RTy::Socket => Some((None, None)),
            RTy::Extern(path, args) if args.first() == Some(&RTy::Socket) => {
                match crate::names::last(path) {
                    "Result" => Some((Some(KnownVariant::Ok), Some(KnownVariant::Err))),
                    "Option" => Some((Some(KnownVariant::Some), Some(KnownVariant::None))),
                    _ => None,
                }
            }
            _ => None,
        };
        let Some((success, failure)) = variants else {
            return vec![(state, value)];
        };
        let mut results = Vec::new();
        if let Some(failure) = failure {
            let payload = (failure == KnownVariant::Err).then_some(Value::Unknown);
            results.push((state.clone(), Value::known(failure, payload)));
        }
        let origin = self.events.new_origin(frame, span, name, true);
        let id = self.lent_socket(&mut state, false);
        let sock = state.sock_mut(id);
        (sock.origin, sock.duty) = (origin, Duty::Ours);
        if success.is_some() {
            sock.valid = Valid::Yes;
        }
        self.trail(
            &mut state,
            span,
            "opened here",
            Mark::Acquired,
            Some(origin),
        );
        let socket = Value::Sock(id, Repr::USIZE);
        let value = match success {
            Some(success) => Value::known(success, Some(socket)),
            None => socket,
        };
        results.push((state, value));
        results
    }

    /// Holds a body to its contract, on a path that has come to its end.
    pub fn check_contract(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        contract: &Rc<Contract>,
        args: &[Value],
        value: &Value,
    ) {
        let end = Span {
            lo: frame.body.span.hi.saturating_sub(1),
            ..frame.body.span
        };
        for promise in &contract.params {
            let Some(id) = args
                .get(promise.param)
                .and_then(|arg| self.descriptor(state, arg))
            else {
                continue;
            };
            let sock = state.socks[id.0 as usize].clone();
            let returned = state
                .reachable(std::slice::from_ref(value))
                .socks
                .contains(&id);
            let still_lent = sock.status == Status::Open
                && sock.duty == Duty::Lent
                && sock.valid != Valid::No
                && sock.to_retry.is_none()
                && sock.closed_by_thread.is_none()
                && !sock.copied_out;
            let broken = match promise.fate {
                Fate::Closed => still_lent.then_some("it returns with the socket still open"),
                Fate::Taken if !returned && !self.is_kept(state, args, promise.param, id) => {
                    still_lent.then_some("it returns without having closed or kept the socket")
                }
                Fate::Taken => None,
                Fate::Borrowed => matches!(sock.status, Status::Closed(_))
                    .then_some("it returns with the socket closed"),
            };
            if let Some(how) = broken {
                let name = frame.body.locals.get(promise.param + 1);
                let name = name.and_then(|local| local.name.as_deref()).unwrap_or("it");
                self.report_broken(
                    frame,
                    state,
                    &sock,
                    promise.span,
                    (name, promise.fate),
                    (end, how),
                );
            }
        }
        if let Some(said) = contract.opens
            && let Some(id) = socket_in(state, value)
        {
            let sock = state.socks[id.0 as usize].clone();
            if matches!(sock.status, Status::Closed(_)) && sock.valid != Valid::No {
                let text = rules::broken_contract::opens_closed();
                let mut steps = self.steps_about(state, sock.origin);
                steps.push((end, "it is returned here".to_owned()));
                let about = Some(sock.origin);
                self.events.report(
                    frame,
                    &rules::broken_contract::RULE,
                    said,
                    about,
                    text,
                    steps,
                );
            }
        }
    }

    /// Whether another argument leads to the socket, which outlives the call there.
    fn is_kept(&self, state: &State, args: &[Value], param: usize, id: SockId) -> bool {
        let others = args.iter().enumerate().filter(|(index, _)| *index != param);
        let others: Vec<Value> = others.map(|(_, arg)| arg.clone()).collect();
        state.reachable(&others).socks.contains(&id)
    }

    fn report_broken(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        sock: &Sock,
        said: Span,
        (name, fate): (&str, Fate),
        (end, how): (Span, &str),
    ) {
        let text = rules::broken_contract::text(name, fate);
        let mut steps = self.steps_about(state, sock.origin);
        steps.push((end, how.to_owned()));
        self.events.report(
            frame,
            &rules::broken_contract::RULE,
            said,
            None,
            text,
            steps,
        );
    }
}

/// The socket that a result is, or has in an `Ok` or `Some`.
fn socket_in(state: &State, value: &Value) -> Option<SockId> {
    match state.resolve(value) {
        Value::Sock(id, _) => Some(id),
        Value::Agg(agg) if matches!(agg.kind, AggKind::Variant(Variant::Known(_))) => {
            socket_in(state, &agg.fields.first()?.1)
        }
        _ => None,
    }
}
