//! Whether Winsock is started: per path, through whatever calls WSAStartup and WSACleanup.
//!
//! A path counts the references that it took itself. That Winsock is *not* started is known in two
//! situations only: in a program's `main` before anything could have started it, and on a path that gave
//! back every reference that it took (or failed to take one). Code that the analysis does not see, a static that
//! says whether somebody else was first, and any use of a library that starts Winsock by itself (std::net
//! and what is built on it) end that knowledge.

use super::engine::{Analyzer, Frame};
use super::sock::{Duty, OriginId, Status, Valid};
use super::state::{Mark, Outcome, State, SymKind};
use super::value::Value;
use crate::model::Effect;
use crate::rules;
use crate::span::Span;

/// What a path knows of the start of Winsock.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Startup {
    /// Nobody else can have started it.
    pub alone: bool,
    /// References that this path took and has not given back.
    pub count: u8,
    /// This path took references and has none left, or failed to take one.
    pub ended: bool,
    /// How often the count came down to zero.
    pub zeroed: u8,
    /// A static counts, perhaps for others.
    pub watched: bool,
    /// A cleanup gave back a reference of this path.
    pub cleaned: bool,
    /// Where the last reference was taken.
    pub at: Option<Span>,
    /// Where the last reference was given back, or not obtained.
    pub end: Option<Span>,
}

impl Startup {
    /// Whether it is certainly not started.
    pub fn is_missing(&self) -> bool {
        self.count == 0 && (self.alone || self.ended)
    }

    /// Somebody else may have started it.
    pub fn doubt(&mut self) {
        if self.count == 0 {
            (self.alone, self.ended) = (false, false);
        }
    }

    /// A static counts something.
    pub fn watch(&mut self) {
        self.watched = true;
        self.doubt();
    }

    /// WSAStartup is called; taken as a success until a branch says otherwise.
    pub fn start(&mut self, span: Span) {
        self.count = self.count.saturating_add(1);
        self.at = Some(span);
        self.ended = false;
    }

    /// It failed.
    pub fn fail(&mut self, span: Span) {
        self.count = self.count.saturating_sub(1);
        self.ended = self.count == 0 && !self.watched;
        self.end = Some(span);
    }

    /// WSACleanup is called. Whether it gave back the last reference of this path.
    pub fn clean(&mut self, span: Span) -> bool {
        if self.count == 0 {
            self.doubt();
            return false;
        }
        self.count -= 1;
        self.cleaned = true;
        self.end = Some(span);
        if self.count > 0 {
            return false;
        }
        self.ended = !self.watched;
        self.alone &= !self.watched;
        self.zeroed = self.zeroed.wrapping_add(1);
        true
    }
}

/// Names in a crate's sources that start Winsock without WSAStartup being seen.
const STARTERS: &[&str] = &[
    "std::net",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "socket2",
    "tokio::",
    "mio::",
    "async_std",
    "smol::",
    "net2",
    "hyper",
    "reqwest",
    "ureq",
    "quinn",
    "rustix",
    "nix::",
    "curl::",
    "extern crate",
];

impl Analyzer<'_, '_> {
    /// Whether something in the crate starts Winsock without saying so.
    pub fn starts_itself(&mut self, span: Span) -> bool {
        let Some(krate) = self
            .crates
            .iter()
            .position(|krate| krate.files.contains(&(span.file.0 as usize)))
        else {
            return true;
        };
        let (files, texts) = (&self.crates[krate].files, self.texts);
        *self.starters.entry(krate).or_insert_with(|| {
            files.iter().any(|&file| {
                let text = &texts[file].text;
                STARTERS.iter().any(|name| text.contains(name))
            })
        })
    }

    /// Whether a function may give back a reference to Winsock: its crate does so somewhere.
    pub fn cleans_up(&mut self, function: crate::names::DefId) -> bool {
        let krate = self.names.def(function).krate;
        let (crates, texts) = (self.crates, self.texts);
        *self.cleaners.entry(krate).or_insert_with(|| {
            let mut files = crates[krate].files.iter();
            files.any(|&file| texts[file].text.contains("WSACleanup"))
        })
    }

    /// A Winsock call: is Winsock started?
    pub fn note_started(&mut self, frame: &Frame<'_>, state: &mut State, name: &str, span: Span) {
        if !state.startup.is_missing() || self.starts_itself(span) {
            return;
        }
        let mut steps = Vec::new();
        let end = state.startup.end.filter(|_| state.startup.ended);
        if let Some(at) = end {
            let failed = !state.startup.cleaned || state.startup.at.is_none_or(|start| start == at);
            let what = match failed {
                true => "WSAStartup has failed here",
                false => "the last reference to Winsock is given back here",
            };
            steps.push((at, what.to_string()));
        }
        steps.push((span, format!("`{}` is called", name)));
        let text = rules::winsock_not_started::text(name, end.is_some());
        let tentative = self.only_called();
        self.events.report_if(
            tentative,
            frame,
            &rules::winsock_not_started::RULE,
            span,
            None,
            text,
            steps,
        );
        // Once per path.
        state.startup.doubt();
    }

    /// The effect of WSACleanup.
    pub fn cleanup(&mut self, frame: &Frame<'_>, state: &mut State, span: Span) {
        if state.startup.clean(span) {
            let all = (0..state.socks.len()).collect();
            self.note_open_at_cleanup(frame, state, all, span);
        }
    }

    /// Sockets that are open although the last reference to Winsock is gone.
    pub fn note_open_at_cleanup(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        socks: Vec<usize>,
        span: Span,
    ) {
        if self.starts_itself(span) {
            return;
        }
        let mut reported: Option<OriginId> = None;
        for index in socks {
            let sock = &state.socks[index];
            let open = sock.duty == Duty::Ours
                && sock.status == Status::Open
                && sock.valid != Valid::No
                && sock.closed_by_thread.is_none();
            if !open {
                continue;
            }
            let origin = sock.origin;
            if reported.is_none() {
                self.report_open(frame, state, origin, span);
                reported = Some(origin);
            }
            self.events.escaped(origin, "left open at WSACleanup");
            let sock = &mut state.socks[index];
            sock.duty = Duty::Escaped;
        }
        for (sock, _) in std::mem::take(&mut state.lost) {
            if reported.is_none() {
                self.report_open(frame, state, sock.origin, span);
                reported = Some(sock.origin);
            }
            self.events.escaped(sock.origin, "left open at WSACleanup");
        }
    }

    fn report_open(&mut self, frame: &Frame<'_>, state: &State, origin: OriginId, span: Span) {
        let by = self.events.origin(origin).by.clone();
        let text = rules::cleanup_with_open_socket::text(&by);
        let mut steps = self.steps_about(state, origin);
        steps.push((span, "the last reference to Winsock goes here".to_string()));
        let tentative = self.only_called();
        self.events.report_if(
            tentative,
            frame,
            &rules::cleanup_with_open_socket::RULE,
            span,
            Some(origin),
            text,
            steps,
        );
    }

    /// The function that is looked at for its own sake, if only this crate can call it: what it does
    /// with Winsock not started, or with its last reference, depends on what its callers do.
    fn only_called(&self) -> Option<crate::names::DefId> {
        self.root.filter(|&root| {
            let def = self.names.def(root);
            let head = self.head(&def);
            &*def.name != "main" && !head.contains("pub") && !head.contains("extern")
        })
    }

    /// A function's text before its name.
    fn head(&self, def: &crate::names::Def) -> &str {
        let item = def.enclosing.first();
        item.and_then(|item| {
            let text = &self.texts.get(item.file.0 as usize)?.text;
            let start = text.get(..item.lo as usize)?;
            let line = start.rfind('\n').map_or(0, |at| at + 1);
            let end = item.lo as usize + text.get(item.range())?.find("fn ").unwrap_or(0);
            text.get(line..end)
        })
        .unwrap_or("")
    }

    /// Whether anybody may call a function.
    pub fn is_public(&self, def: &crate::names::Def) -> bool {
        let head = self.head(def);
        head.contains("pub ") && !head.contains("pub(")
    }

    /// An error is read through the last error although WSAStartup returns it.
    pub fn note_startup_error(&mut self, frame: &Frame<'_>, state: &mut State, span: Span) {
        let Some(call) = state.err.call else { return };
        let SymKind::Call(fact) = &state.syms[call.0 as usize].kind else {
            return;
        };
        if fact.row.effect != Effect::Startup {
            return;
        }
        match fact.outcome {
            Outcome::Failure => {
                let call = fact.span;
                self.misread(frame, call, span);
            }
            Outcome::Open => {
                if let SymKind::Call(fact) = &mut state.syms[call.0 as usize].kind {
                    fact.read_at = Some(span);
                }
            }
            Outcome::Success => {}
        }
    }

    /// The error of a WSAStartup that failed was read through the last error.
    pub fn misread(&mut self, frame: &Frame<'_>, call: Span, span: Span) {
        let steps = vec![
            (call, "`WSAStartup` returns the error's code".to_string()),
            (span, "the last error is read here".to_string()),
        ];
        self.events.report(
            frame,
            &rules::startup_error_misread::RULE,
            span,
            None,
            rules::startup_error_misread::text(),
            steps,
        );
    }

    /// A body has ended: does each path that started Winsock also clean it up, if another one does?
    pub fn note_unbalanced(
        &mut self,
        frame: &Frame<'_>,
        entry: Startup,
        exits: &[super::engine::Exit],
    ) {
        let result = |state: &State| {
            let value = &state.mem[crate::mir::RETURN.0 as usize];
            (is_failure(state, value), holds_something(state, value))
        };
        let mut balanced = exits
            .iter()
            .filter(|exit| exit.state.startup.cleaned && exit.state.startup.count <= entry.count)
            .map(|exit| result(&exit.state).0)
            .peekable();
        if balanced.peek().is_none() {
            return;
        }
        // An initialiser cleans up when it fails, and leaves Winsock started when it succeeds.
        let only_failures = balanced.all(|failed| failed);
        for exit in exits {
            let startup = exit.state.startup;
            if startup.count <= entry.count {
                continue;
            }
            let (failed, holds) = result(&exit.state);
            let value = &exit.state.mem[crate::mir::RETURN.0 as usize];
            if (only_failures && !failed && is_bare(&exit.state, value)) || holds {
                continue;
            }
            let Some(at) = startup.at else { continue };
            let mut steps = vec![(at, "`WSAStartup` succeeds".to_string())];
            let exits = exit.steps.iter().rev();
            let end = exits
                .filter(|step| matches!(step.mark, Mark::Exit | Mark::Branch))
                .find(|step| frame.body.span.contains(step.span));
            if let Some(end) = end {
                steps.push((end.span, format!("{} without WSACleanup", end.text)));
            }
            self.events.report(
                frame,
                &rules::unbalanced_startup::RULE,
                at,
                None,
                rules::unbalanced_startup::text(),
                steps,
            );
        }
    }
}

/// A result that says that something went wrong.
fn is_failure(state: &State, value: &Value) -> bool {
    use super::value::Variant;
    use crate::mir::KnownVariant;
    match state.resolve(value) {
        Value::Bool(truth) => !truth,
        Value::Int(value) => value < 0,
        Value::Sym(id) => matches!(
            state.syms[id.0 as usize].kind,
            SymKind::LastError(_) | SymKind::OsError(_)
        ),
        Value::Agg(agg) => matches!(
            agg.kind,
            super::value::AggKind::Variant(Variant::Known(KnownVariant::Err | KnownVariant::None))
        ),
        _ => false,
    }
}

/// A result that says nothing but that all went well.
fn is_bare(state: &State, value: &Value) -> bool {
    match state.resolve(value) {
        Value::Bool(_) | Value::Int(_) => true,
        Value::Agg(agg) => match agg.fields.as_slice() {
            [] => true,
            [(_, inner)] => is_bare(state, inner),
            _ => false,
        },
        Value::Sym(id) => matches!(state.syms[id.0 as usize].kind, SymKind::Call(_)),
        _ => false,
    }
}

/// A result that may own something: a guard.
fn holds_something(state: &State, value: &Value) -> bool {
    use super::value::AggKind;
    match state.resolve(value) {
        Value::Agg(agg) => match agg.kind {
            AggKind::Struct(_) | AggKind::Extern(_) => true,
            _ => agg
                .fields
                .iter()
                .any(|(_, field)| holds_something(state, field)),
        },
        Value::Box(..) => true,
        _ => false,
    }
}
