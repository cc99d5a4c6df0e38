//! What calls ask of a socket's phase, and how they advance it.

use super::course::{Course, Family};
use super::engine::{Analyzer, Frame};
use super::sock::{Linger, Mode, Status, Valid};
use super::state::{Awaits, CallFact, Messages, State, SymKind};
use super::value::{SockId, Value};
use crate::model::{How, Step};
use crate::rules;
use crate::span::Span;

/// `FD_CLOSE`
const FD_CLOSE: i128 = 32;
/// `WSAENOTSOCK`
const NOT_A_SOCKET: i128 = 10038;

impl Analyzer<'_, '_> {
    /// A call takes its step on the socket.
    pub fn take_step(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        fact: &mut CallFact,
        id: SockId,
        args: &[Value],
    ) {
        let (row, span) = (fact.row, fact.span);
        let sock = state.socks[id.0 as usize].clone();
        if row.step == Step::Any || sock.valid == Valid::No || sock.status != Status::Open {
            return;
        }
        let how = match row.step {
            Step::Shutdown(How::Argument(at)) => {
                match args.get(at as usize).map(|arg| state.resolve(arg)) {
                    Some(Value::Int(how)) => Some(how),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(why) = sock.course.refusal(row.step) {
            self.refused(frame, state, id, fact, why);
            state.sock_mut(id).course.lose();
            return;
        }
        if sock.course.family == Family::Atm {
            let half = match row.step {
                Step::Shutdown(How::Argument(_)) => matches!(how, Some(0 | 1)),
                Step::Shutdown(_) => true,
                _ => false,
            };
            if half {
                let text = rules::atm_half_close::text(row.name);
                self.report_on(frame, state, id, &rules::atm_half_close::RULE, span, text);
            }
            let ends = match row.step {
                Step::Shutdown(How::Argument(_)) => matches!(how, Some(1 | 2)),
                Step::Shutdown(How::Send) => true,
                _ => false,
            };
            if ends && sock.course.just_sent {
                let text = rules::atm_close_after_send::text(row.name);
                let rule = &rules::atm_close_after_send::RULE;
                self.report_on(frame, state, id, rule, span, text);
            }
        }
        fact.before = Some(sock.course);
        state.sock_mut(id).course.advance(row.step, how);
    }

    /// An owner's method takes its step on the socket.
    pub fn take_own_step(
        &mut self,
        state: &mut State,
        fact: &mut CallFact,
        id: SockId,
        how: Option<i128>,
    ) {
        let course = &mut state.sock_mut(id).course;
        fact.before = Some(*course);
        course.advance(fact.row.step, how);
    }

    fn refused(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        id: SockId,
        fact: &CallFact,
        why: &'static str,
    ) {
        let (row, span) = (fact.row, fact.span);
        let origin = state.socks[id.0 as usize].origin;
        let at = self.blamed(id, span, |sock| sock.course.refusal(row.step).is_some());
        let mut steps = self.steps_about(state, origin);
        steps.push((span, format!("`{}` is called although {why}", row.name)));
        self.events.report(
            frame,
            &rules::socket_phase::RULE,
            at,
            Some(origin),
            rules::socket_phase::text(row.name, why),
            steps,
        );
    }

    /// A finding whose path is what happened to the socket so far.
    pub fn report_on(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        id: SockId,
        rule: &'static rules::Rule,
        span: Span,
        text: rules::Text,
    ) {
        let origin = state.socks[id.0 as usize].origin;
        let mut steps = self.steps_about(state, origin);
        steps.push((span, text.label.clone()));
        self.events
            .report(frame, rule, span, Some(origin), text, steps);
    }

    /// The type and family that `socket(family, kind, ..)` is given.
    pub fn fresh_course(&self, state: &State, args: &[Value]) -> Course {
        let number = |at: usize| match args.get(at).map(|arg| state.resolve(arg)) {
            Some(Value::Int(value)) => Some(value),
            _ => None,
        };
        // `FROM_PROTOCOL_INFO`: a socket of another process, or one like it.
        if matches!((number(0), number(1)), (Some(-1), _) | (_, Some(-1))) {
            return Course::lent();
        }
        Course::new(number(0), number(1))
    }

    /// A call that may block, where it must not.
    pub fn note_blocking(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        row: &'static crate::model::FnRow,
        sock: Option<SockId>,
        span: Span,
    ) {
        let Some(handed) = state.context.apc else {
            return;
        };
        let on_socket = row.step != Step::Any;
        match sock {
            Some(id) if state.socks[id.0 as usize].mode == Mode::Nonblocking => return,
            // Which socket it is, and so its mode, is not known.
            None if on_socket => return,
            _ => {}
        }
        let steps = vec![
            (
                handed,
                "this routine runs as an asynchronous procedure call".to_string(),
            ),
            (span, format!("`{}` may block here", row.name)),
        ];
        self.events.report(
            frame,
            &rules::blocking_call_in_apc::RULE,
            span,
            None,
            rules::blocking_call_in_apc::text(row.name),
            steps,
        );
    }

    /// `WSAEventSelect` or `WSAAsyncSelect` asks for events.
    pub fn select_events(
        &mut self,
        state: &mut State,
        id: SockId,
        event: Option<&Value>,
        mask: &Value,
    ) {
        let asks = match state.resolve(mask) {
            Value::Int(mask) => mask & FD_CLOSE != 0,
            _ => false,
        };
        match event.map(|event| state.resolve(event)) {
            None => state.sock_mut(id).posts_close = asks,
            Some(Value::Sym(event)) => {
                let awaits = match asks {
                    true => Awaits::Close(id),
                    false => Awaits::Nothing,
                };
                let sym = &mut state.syms[event.0 as usize];
                match sym.kind {
                    SymKind::Handle(what, _) => sym.kind = SymKind::Handle(what, awaits),
                    // An event that came from elsewhere.
                    SymKind::Plain if asks => sym.kind = SymKind::Handle("event", awaits),
                    _ => {}
                }
            }
            Some(_) => {}
        }
    }

    /// The socket is closed: FD_CLOSE does not come any more.
    pub fn end_events(&mut self, state: &mut State, id: SockId) {
        let sock = &state.socks[id.0 as usize];
        let origin = sock.origin;
        if sock.posts_close && state.message == Messages::Open {
            state.message = Messages::Closed;
        }
        for sym in &mut state.syms {
            if let SymKind::Handle(_, awaits) = &mut sym.kind
                && *awaits == Awaits::Close(id)
            {
                *awaits = Awaits::Never(origin);
            }
        }
    }

    /// A wait on one event.
    pub fn note_wait(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        name: &str,
        handle: &Value,
        span: Span,
    ) {
        let Value::Sym(id) = state.resolve(handle) else {
            return;
        };
        let SymKind::Handle(what, Awaits::Never(origin)) = state.syms[id.0 as usize].kind else {
            return;
        };
        state.syms[id.0 as usize].kind = SymKind::Handle(what, Awaits::Nothing);
        let mut steps = self.steps_about(state, origin);
        steps.push((span, "the wait for FD_CLOSE stands here".to_string()));
        self.events.report(
            frame,
            &rules::fd_close_after_close::RULE,
            span,
            Some(origin),
            rules::fd_close_after_close::text(name),
            steps,
        );
    }

    /// A comparison of an event with FD_CLOSE, of messages read after the close.
    pub fn note_message_compared(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        a: &Value,
        b: &Value,
    ) {
        let Messages::Read(at) = state.message else {
            return;
        };
        let other = match (a, b) {
            (Value::Int(FD_CLOSE), other) | (other, Value::Int(FD_CLOSE)) => other,
            _ => return,
        };
        if !matches!(other, Value::Sym(_) | Value::Unknown) {
            return;
        }
        state.message = Messages::Closed;
        self.events.report(
            frame,
            &rules::fd_close_after_close::RULE,
            at,
            None,
            rules::fd_close_after_close::text("GetMessage"),
            vec![(
                at,
                "the message that is waited for does not come".to_string(),
            )],
        );
    }

    /// A comparison of an error with WSAENOTSOCK, after a call on a closed descriptor.
    pub fn note_probe(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        a: &Value,
        b: &Value,
        span: Span,
    ) {
        let code = match (payload(state, a), payload(state, b)) {
            (Value::Int(NOT_A_SOCKET), code) | (code, Value::Int(NOT_A_SOCKET)) => code,
            _ => return,
        };
        let Value::Sym(code) = code else { return };
        let of = match &state.syms[code.0 as usize].kind {
            SymKind::LastError(of) | SymKind::OsError(of) => *of,
            SymKind::Call(_) => Some(code),
            _ => None,
        };
        let Some(SymKind::Call(fact)) = of.map(|of| &state.syms[of.0 as usize].kind) else {
            return;
        };
        if !fact.after_close {
            if let (Some(thread), true) = (state.context.thread, fact.sock.is_some()) {
                let probe = (thread, span, fact.row.name);
                if !self.probes.contains(&probe) {
                    self.probes.push(probe);
                }
            }
            return;
        }
        let steps = vec![
            (
                fact.span,
                format!("`{}` is called on the closed descriptor", fact.row.name),
            ),
            (span, "its error is compared with WSAENOTSOCK".to_string()),
        ];
        self.events.report(
            frame,
            &rules::relies_on_enotsock::RULE,
            span,
            None,
            rules::relies_on_enotsock::text(fact.row.name),
            steps,
        );
    }

    /// What a `setsockopt` does wrong, before it takes effect.
    pub fn note_linger(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        id: SockId,
        on: Option<i128>,
        time: Option<&Value>,
        span: Span,
    ) {
        let Some(time) = time.filter(|_| on != Some(0)) else {
            return;
        };
        let millis = state.counts_millis(time);
        let large =
            matches!(state.resolve(time), Value::Int(seconds) if (1000..0xffff).contains(&seconds));
        if !millis && !large {
            return;
        }
        let origin = state.socks[id.0 as usize].origin;
        let steps = state.trail.steps();
        let made = steps
            .iter()
            .rev()
            .find(|step| step.mark == super::state::Mark::LingerTime)
            .filter(|step| step.span.file == span.file);
        let at = made.map_or(span, |step| step.span);
        let mut path = self.steps_about(state, origin);
        path.push((at, "the time is given here".to_string()));
        path.push((span, "the option is set here".to_string()));
        self.events.report(
            frame,
            &rules::linger_units::RULE,
            at,
            Some(origin),
            rules::linger_units::text(millis && !large),
            path,
        );
    }

    /// SO_DONTLINGER is turned off, which turns lingering on.
    pub fn note_dontlinger(&mut self, frame: &Frame<'_>, state: &State, id: SockId, span: Span) {
        if state.socks[id.0 as usize].linger == (Linger::Off { earlier: false }) {
            let text = rules::dontlinger_unspecified_timeout::text();
            let rule = &rules::dontlinger_unspecified_timeout::RULE;
            self.report_on(frame, state, id, rule, span, text);
        }
    }
}

/// What is inside `Some(..)`, `Err(..)` and newtypes.
fn payload(state: &State, value: &Value) -> Value {
    match state.resolve(value) {
        Value::Agg(agg) if agg.fields.len() == 1 => payload(state, &agg.fields[0].1),
        other => other,
    }
}
