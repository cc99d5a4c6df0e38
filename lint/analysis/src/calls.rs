//! Which calls of a file are Winsock's, and what each does to its descriptor: for who rewrites them.
//!
//! Whatever a path is called, what it leads to decides: an alias is followed, a function of one's own that is
//! called `connect` is not Winsock's.

use crate::Input;
use crate::mir::{Body, Callee, Name, Rvalue, StatementKind};
use crate::model::{self, Effect, FnRow};
use crate::names::{DefKind, Names, Res};
use crate::span::Span;

/// A call of a Winsock function by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WinsockCall {
    /// The path, without the arguments.
    pub path: Span,
    /// Winsock's name of the function.
    pub name: &'static str,
    /// What it does to the descriptor.
    pub role: Role,
    /// Whether it is windows-sys' function.
    pub of_windows_sys: bool,
    /// The function's path in full, where it is one of windows-sys, windows or winapi.
    pub binding: Option<Name>,
}

/// What a function does to the descriptor that it opens or is given first.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It opens one.
    Opens,
    /// It uses its first argument, and opens another.
    Accepts,
    /// It uses its first argument.
    Uses,
    /// It closes its first argument.
    Closes,
}

/// The calls in all files that are reported on, in no order.
pub(crate) fn collect(input: &Input, names: &Names<'_>) -> Vec<WinsockCall> {
    let mut found = Vec::new();
    let mut at = 0;
    // Lowering a body may bring up functions that stand in it.
    while let Some(id) = names.functions().get(at).copied() {
        at += 1;
        let def = names.def(id);
        if input.crates[def.krate].report
            && let Some(body) = names.body(id)
        {
            of_body(names, &body, &mut found);
        }
    }
    found
}

fn of_body(names: &Names<'_>, body: &Body, found: &mut Vec<WinsockCall>) {
    for statement in body.blocks.iter().flat_map(|block| &block.statements) {
        if let StatementKind::Assign(_, Rvalue::Call(call)) = &statement.kind
            && let Callee::Path(path) = &call.callee
            && let target = names.resolve_value(path)
            && let Some((row, of_windows_sys)) = row_of(names, &target)
            && let Some(role) = role_of(row)
        {
            found.push(WinsockCall {
                path: path.span,
                name: row.name,
                role,
                of_windows_sys,
                binding: binding(target),
            });
        }
    }
    for closure in &body.closures {
        of_body(names, &closure.body, found);
    }
}

fn binding(target: Res) -> Option<Name> {
    let Res::Extern(path) = target else {
        return None;
    };
    let bindings = ["windows_sys::", "windows::", "winapi::"];
    bindings
        .iter()
        .any(|binding| path.starts_with(binding))
        .then_some(path)
}

fn row_of(names: &Names<'_>, target: &Res) -> Option<(&'static FnRow, bool)> {
    match target {
        Res::Extern(path) => {
            let row = model::function(path)?;
            Some((row, path.starts_with("windows_sys::")))
        }
        Res::Def(id) => {
            let def = names.def(*id);
            let DefKind::Fn(f) = &def.kind else {
                return None;
            };
            let name = f.link_name.as_ref().unwrap_or(&def.name);
            let row = f.foreign.then(|| model::foreign_function(name))??;
            Some((row, false))
        }
        _ => None,
    }
}

fn role_of(row: &FnRow) -> Option<Role> {
    if !row.winsock {
        return None;
    }
    match row.effect {
        Effect::Acquire { listener: None } => Some(Role::Opens),
        Effect::Acquire { listener: Some(0) } => Some(Role::Accepts),
        Effect::Close(0) => Some(Role::Closes),
        Effect::Use(0)
        | Effect::Overlapped { socket: 0, .. }
        | Effect::Ioctl { socket: 0, .. }
        | Effect::SetOption { socket: 0, .. }
        | Effect::GetOption { socket: 0, .. } => Some(Role::Uses),
        _ => None,
    }
}
