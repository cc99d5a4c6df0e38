//! Closes: what is wrong with one beside that it is a second one, and what is concluded from its result.

use super::course::{Family, Kind, Phase, Sent};
use super::engine::{Analyzer, Exit, Frame};
use super::sock::{Linger, Mode, Sock, Status, Valid};
use super::state::{Mark, Outcome, State, SymKind};
use super::value::{AggKind, SockId, Value, Variant};
use crate::mir::{KnownVariant, Local, RETURN};
use crate::model::Effect;
use crate::rules;
use crate::span::Span;

/// What a function's result says of a close whose outcome it depends on.
#[derive(PartialEq, Eq, Debug)]
enum Says {
    /// Nothing but that it went well or not.
    Nothing,
    /// A truth.
    Truth(bool),
    /// A variant of an enum of its own.
    Variant(Variant),
}

impl Analyzer<'_, '_> {
    /// An open socket is closed, explicitly or (`implicit`) by an owner's drop.
    pub fn note_close(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        id: SockId,
        implicit: bool,
        span: Span,
    ) {
        let sock = state.socks[id.0 as usize].clone();
        if sock.status != Status::Open || sock.valid == Valid::No {
            return;
        }
        let course = sock.course;
        let primary = match implicit {
            true => self.last_setting(state, &sock, &[Mark::Lingers]),
            false => Some(span),
        };
        let unconfirmed = course.sent == Sent::Unanswered && course.is_stream_with_data();
        if let (Linger::Hard, true, Some(at)) = (sock.linger, unconfirmed, primary) {
            let text = rules::abortive_close::text(implicit);
            self.report_closed(
                frame,
                state,
                id,
                &rules::abortive_close::RULE,
                at,
                span,
                text,
            );
        }
        // There is nothing to wait for on a socket that never was connected.
        let connected = matches!(course.phase, Phase::Connected | Phase::Unknown);
        if let (Linger::Timed, Mode::Blocking, true, Some(at)) = (
            sock.linger,
            sock.mode,
            state.context.is_async && connected,
            primary,
        ) {
            let text = rules::blocking_linger_in_async::text(implicit);
            let rule = &rules::blocking_linger_in_async::RULE;
            self.report_closed(frame, state, id, rule, at, span, text);
        }
        if let (Some(handed), Linger::Timed) = (state.context.apc, sock.linger)
            && sock.mode != Mode::Nonblocking
        {
            let steps = vec![
                (
                    handed,
                    "this routine runs as an asynchronous procedure call".to_string(),
                ),
                (span, "`closesocket` may linger here".to_string()),
            ];
            self.events.report(
                frame,
                &rules::blocking_call_in_apc::RULE,
                span,
                Some(sock.origin),
                rules::blocking_call_in_apc::text("closesocket"),
                steps,
            );
        }
        if course.family == Family::Atm && course.just_sent && !course.troubled && !implicit {
            let text = rules::atm_close_after_send::text("closesocket");
            let rule = &rules::atm_close_after_send::RULE;
            self.report_on(frame, state, id, rule, span, text);
        }
        let quiet = course.family == Family::Irda || sock.linger == Linger::Hard;
        if !implicit && course.is_stream_with_data() && !quiet && course.family != Family::Atm {
            let text = rules::close_without_shutdown::text();
            let rule = &rules::close_without_shutdown::RULE;
            self.report_on(frame, state, id, rule, span, text);
        }
        self.note_busy(frame, state, id, span);
        self.end_events(state, id);
    }

    /// The result of a close is put into a local that nobody asks.
    pub fn note_discarded(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        local: Local,
        value: &Value,
        span: Span,
    ) {
        let Value::Sym(id) = value else { return };
        let SymKind::Call(fact) = &state.syms[id.0 as usize].kind else {
            return;
        };
        let close = matches!(fact.row.effect, Effect::Close(_));
        if !close || fact.outcome != Outcome::Open || self.info(frame.body).is_needed(local) {
            return;
        }
        let SymKind::Call(fact) = &state.syms[id.0 as usize].kind else {
            return;
        };
        let at = match span.contains(fact.span) {
            true => fact.span,
            false => span,
        };
        let steps = vec![(at, "the result is discarded here".to_string())];
        let about = fact.sock.map(|sock| state.socks[sock.0 as usize].origin);
        self.events.report(
            frame,
            &rules::unchecked_close::RULE,
            at,
            about,
            rules::unchecked_close::text(),
            steps,
        );
    }

    /// Whether the result of this close may be taken for more than it says.
    pub fn close_claims(&self, sock: &Sock) -> bool {
        sock.linger == Linger::Timed
            && sock.mode == Mode::Blocking
            && sock.status == Status::Open
            && sock.course.sent == Sent::Unanswered
            && sock.course.kind != Kind::Datagram
            && !sock.course.shut_send
            && !sock.course.troubled
    }

    #[allow(clippy::too_many_arguments)]
    fn report_closed(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        id: SockId,
        rule: &'static rules::Rule,
        at: Span,
        close: Span,
        text: rules::Text,
    ) {
        let origin = state.socks[id.0 as usize].origin;
        let mut steps = self.steps_about(state, origin);
        steps.push((close, "closed here".to_string()));
        self.events
            .report(frame, rule, at, Some(origin), text, steps);
    }

    /// The last step on the trail that set one of these.
    pub fn last_setting(&self, state: &State, sock: &Sock, marks: &[Mark]) -> Option<Span> {
        let steps = state.trail.steps();
        steps
            .iter()
            .rev()
            .find(|step| marks.contains(&step.mark) && step.about == Some(sock.origin))
            .map(|step| step.span)
    }

    /// The ways in which a body ends: does its result follow from the outcome of a close that says less?
    pub fn note_claims(&mut self, frame: &Frame<'_>, exits: &[Exit]) {
        let claims = exits.iter().any(|exit| {
            exit.state.claim.is_some()
                || claimed_by(&exit.state, &exit.state.mem[RETURN.0 as usize], 0).is_some()
        });
        // A truth may be nothing but that the socket was closed, unless the function speaks of delivery.
        if !claims || !self.speaks_of_delivery(frame) {
            return;
        }
        let says = |wanted: bool| -> Vec<(Span, Says, bool)> {
            exits
                .iter()
                .filter_map(|exit| {
                    let (close, succeeded) = exit.state.claim?;
                    let value = &exit.state.mem[RETURN.0 as usize];
                    let says = says(&exit.state, value, 0);
                    let failed = is_error(&exit.state, value);
                    (succeeded == wanted).then_some((close, says, failed))
                })
                .collect()
        };
        for exit in exits {
            // `Ok(closesocket(s) == 0)`
            let value = &exit.state.mem[RETURN.0 as usize];
            if let Some(close) = claimed_by(&exit.state, value, 0) {
                self.claimed(frame, close, frame.body.span);
            }
        }
        let (good, bad) = (says(true), says(false));
        for (close, said, _) in &good {
            let differs = bad
                .iter()
                .filter(|(other, ..)| other == close)
                .any(|(_, other, failed)| other != said && !failed);
            if differs && *said != Says::Nothing && frame.body.span.contains(*close) {
                self.claimed(frame, *close, frame.body.span);
            }
        }
    }

    /// Whether the function's text (its name, documentation, what it makes) says so.
    fn speaks_of_delivery(&self, frame: &Frame<'_>) -> bool {
        self.own_text(frame)
            .lines()
            .any(|line| says_delivery(line) && !denies(line))
    }

    /// A value goes to a place, or is made into one, whose name says that something was delivered.
    pub fn note_delivery(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        name: &str,
        value: Option<&Value>,
        span: Span,
    ) {
        if !says_delivery(name) {
            return;
        }
        let of_value = value.and_then(|value| claimed_by(state, value, 0));
        let on_path = match (state.claim, value.map(|value| state.resolve(value))) {
            (Some((close, true)), None | Some(Value::Bool(true))) => Some(close),
            _ => None,
        };
        if let Some(close) = of_value.or(on_path) {
            self.claimed(frame, close, span);
        }
    }

    /// The outcome of the close at `close` is taken for delivery at `span`.
    pub fn claimed(&mut self, frame: &Frame<'_>, close: Span, span: Span) {
        let mut steps = vec![(close, "its result tells nothing of the data".to_string())];
        if span != frame.body.span {
            steps.push((span, "the conclusion is drawn here".to_string()));
        }
        self.events.report(
            frame,
            &rules::close_result_as_delivery::RULE,
            close,
            None,
            rules::close_result_as_delivery::text(),
            steps,
        );
    }
}

/// The close whose success a boolean is.
fn claimed_by(state: &State, value: &Value, depth: usize) -> Option<Span> {
    if depth > 4 {
        return None;
    }
    match state.resolve(value) {
        Value::Sym(id) => match &state.syms[id.0 as usize].kind {
            SymKind::Compare(_, a, b, _) => [a, b].into_iter().find_map(|side| {
                let Value::Sym(call) = side else { return None };
                match &state.syms[call.0 as usize].kind {
                    SymKind::Call(fact) if fact.claims => Some(fact.span),
                    _ => None,
                }
            }),
            SymKind::Logic(_, a, b) => {
                claimed_by(state, a, depth + 1).or_else(|| claimed_by(state, b, depth + 1))
            }
            SymKind::Not(a) => claimed_by(state, a, depth + 1),
            _ => None,
        },
        Value::Agg(agg) => match &agg.kind {
            AggKind::Variant(Variant::Known(KnownVariant::Ok | KnownVariant::Some)) => agg
                .fields
                .iter()
                .find_map(|(_, field)| claimed_by(state, field, depth + 1)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a name speaks of data that has arrived.
fn says_delivery(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "deliver",
        "acknowledg",
        "acked",
        "confirm",
        "arrived",
        "receipt",
        "resend",
        "unsent",
        "undelivered",
    ]
    .iter()
    .any(|word| name.contains(word))
}

/// Whether a line says that it is otherwise, or not known.
fn denies(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    [
        "not ", "n't ", "no ", "never", "nothing", "whether", "unknown",
    ]
    .iter()
    .any(|word| line.contains(word))
}

fn says(state: &State, value: &Value, depth: usize) -> Says {
    match state.resolve(value) {
        Value::Bool(truth) => Says::Truth(truth),
        Value::Agg(agg) => match &agg.kind {
            AggKind::Variant(variant @ Variant::Def(_)) => Says::Variant(variant.clone()),
            AggKind::Variant(Variant::Known(KnownVariant::Ok | KnownVariant::Some))
                if depth < 3 =>
            {
                agg.fields
                    .first()
                    .map_or(Says::Nothing, |(_, inner)| says(state, inner, depth + 1))
            }
            _ => Says::Nothing,
        },
        _ => Says::Nothing,
    }
}

pub(super) fn is_error(state: &State, value: &Value) -> bool {
    matches!(
        state.resolve(value).as_variant(),
        Some((Variant::Known(KnownVariant::Err), _))
    )
}
