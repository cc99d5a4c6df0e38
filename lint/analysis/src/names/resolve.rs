//! Paths to items.

use std::rc::Rc;

use super::{Def, DefId, DefKind, Names, Scope, ScopeId, ScopeKind, UsePath};
use crate::mir::{Name, PathRef};
use crate::model;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Res {
    /// An item of the analysed sources.
    Def(DefId),
    /// Something outside, by its canonical path. The first segment is the
    /// crate; `core` and `alloc` count as `std`; `?` is a crate that could not be told.
    Extern(Name),
    /// `Self`, as the given scope defines it.
    SelfTy(ScopeId),
    /// A type parameter.
    Param,
    /// Nothing that is known.
    Unresolved,
}

/// Types or values.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Ns {
    Type,
    Value,
}

/// `use` chains longer than this are cycles.
const MAX_DEPTH: usize = 32;

impl Names<'_> {
    /// What a path means where a type (or module, trait) is expected.
    pub fn resolve_type(&self, path: &PathRef) -> Res {
        self.resolve_path(path, Ns::Type)
    }

    /// What a path means where a value is expected.
    pub fn resolve_value(&self, path: &PathRef) -> Res {
        self.resolve_path(path, Ns::Value)
    }

    fn resolve_path(&self, path: &PathRef, ns: Ns) -> Res {
        if let Some(qself) = &path.qself {
            // `<T as Trait>::name`, `<T>::name`
            let name = path.last();
            let ty = self.resolve_ty(qself);
            if let Some(found) = ty.key().and_then(|key| self.method(&key, name)) {
                return Res::Def(found);
            }
            return match ty {
                super::RTy::Extern(ty, _) => Res::Extern(format!("{ty}::{name}").into()),
                _ => Res::Extern(format!("?::{name}").into()),
            };
        }
        let names: Vec<Name> = path
            .segments
            .iter()
            .map(|segment| segment.name.clone())
            .collect();
        let found = self.resolve_names(path.scope, path.global, &names, ns, 0);
        if found == Res::Unresolved
            && let Some(last) = names.last()
            && (names.len() > 1 || ns == Ns::Value)
            && (model::is_distinctive(last) || self.glob_may_bring(path.scope, last))
        {
            return Res::Extern(format!("?::{last}").into());
        }
        found
    }

    /// Whether a name that nothing declares is Winsock's and may come through
    /// a glob import of a module that is not among the sources.
    fn glob_may_bring(&self, scope: ScopeId, name: &str) -> bool {
        if !model::is_known_name(name) {
            return false;
        }
        let mut at = Some(scope);
        while let Some(id) = at {
            let scope = self.scope(id);
            let unseen = scope.globs.borrow().iter().any(|glob| {
                let segment = |s: &str| glob.segments.iter().any(|name| &**name == s);
                self.resolve_names(id, glob.global, &glob.segments, Ns::Type, 1) == Res::Unresolved
                    && (segment("WinSock") || segment("winsock2") || segment("winsock"))
            });
            if unseen {
                return true;
            }
            at = if scope.kind == ScopeKind::Module {
                None
            } else {
                scope.parent
            };
        }
        false
    }

    fn resolve_names(
        &self,
        scope: ScopeId,
        global: bool,
        names: &[Name],
        ns: Ns,
        depth: usize,
    ) -> Res {
        if depth > MAX_DEPTH || names.is_empty() {
            return Res::Unresolved;
        }
        let last = names.len() - 1;
        let ns_at = |i: usize| if i == last { ns } else { Ns::Type };
        let here = self.scope(scope);
        let mut rest = 1;
        let mut at = if global {
            self.extern_crate(here.krate, &names[0])
                .unwrap_or_else(|| extern_root(&names[0]))
        } else {
            match &*names[0] {
                "crate" => self.module_res(self.root_scope(here.krate)),
                "self" => self.module_res(here.module),
                "super" => {
                    let mut module = here.module;
                    while rest <= names.len() && &*names[rest - 1] == "super" {
                        module = match self.scope(module).parent {
                            Some(parent) => self.scope(parent).module,
                            None => return Res::Unresolved,
                        };
                        rest += 1;
                    }
                    rest -= 1;
                    self.module_res(module)
                }
                "Self" => self.find_self(scope),
                name if name.starts_with("__krate_") => {
                    let name = &name["__krate_".len()..];
                    let mut crates = self.input.crates.iter().enumerate();
                    let meant = crates.find(|(index, krate)| {
                        krate.name == name && self.depends(here.krate, *index)
                    });
                    let roots = self.roots.borrow();
                    match meant.and_then(|(index, _)| roots.get(index).copied().flatten()) {
                        Some(root) => self.module_res(root),
                        None => extern_root(name),
                    }
                }
                name => match self.lookup_lexical(scope, &names[0], ns_at(0), depth) {
                    Res::Unresolved if last > 0 => self.primitive(name),
                    found => found,
                },
            }
        };
        while rest < names.len() {
            at = self.step(at, &names[rest], ns_at(rest), depth);
            rest += 1;
        }
        at
    }

    /// One `::name` further.
    fn step(&self, at: Res, name: &Name, ns: Ns, depth: usize) -> Res {
        match at {
            Res::Def(id) => {
                let def = self.def(id);
                match &def.kind {
                    DefKind::Mod(scope) => self.lookup_in(*scope, name, ns, depth),
                    DefKind::Trait { .. } => match self.trait_method(id, name) {
                        Some(found) => Res::Def(found),
                        None => Res::Unresolved,
                    },
                    DefKind::Adt(adt) => {
                        if adt.is_enum
                            && let Some(variant) = adt.variants.iter().find(|v| v.name == *name)
                            && let Some(def) = variant.def
                        {
                            return Res::Def(def);
                        }
                        match self.method(&super::TyKey::Def(id), name) {
                            Some(found) => Res::Def(found),
                            None => Res::Extern(format!("?::{}::{name}", def.name).into()),
                        }
                    }
                    DefKind::Alias { ty, .. } => self.assoc(self.resolve_ty(ty), name),
                    _ => Res::Unresolved,
                }
            }
            Res::Extern(path) => {
                // A trait of the sources may give the foreign type the method.
                if let Some(found) = self.method_of_foreign(&path, name) {
                    return Res::Def(found);
                }
                Res::Extern(format!("{path}::{name}").into())
            }
            Res::SelfTy(scope) => self.assoc(self.self_type(scope, 0), name),
            Res::Param => Res::Extern(format!("?::{name}").into()),
            Res::Unresolved => Res::Unresolved,
        }
    }

    fn method_of_foreign(&self, path: &Name, name: &str) -> Option<DefId> {
        let primitive = path
            .strip_prefix("std::")
            .filter(|name| super::types::PRIMITIVES.contains(name));
        let key = super::TyKey::Named(primitive.map_or_else(|| path.clone(), Name::from));
        self.impls
            .borrow()
            .get(&key)?
            .methods
            .get(name)?
            .iter()
            .copied()
            .find(|id| self.sees(*id))
    }

    fn assoc(&self, ty: super::RTy, name: &Name) -> Res {
        match &ty {
            super::RTy::Adt(id, _) => self.step(Res::Def(*id), name, Ns::Value, 0),
            super::RTy::Extern(path, _) => self.step(Res::Extern(path.clone()), name, Ns::Value, 0),
            _ => Res::Extern(format!("?::{name}").into()),
        }
    }

    fn find_self(&self, scope: ScopeId) -> Res {
        let mut at = Some(scope);
        while let Some(id) = at {
            let scope = self.scope(id);
            if scope.self_ty.is_some() {
                return Res::SelfTy(id);
            }
            at = scope.parent;
        }
        Res::Unresolved
    }

    fn module_res(&self, scope: ScopeId) -> Res {
        self.scope(scope)
            .module_def
            .map_or(Res::Unresolved, Res::Def)
    }

    fn root_scope(&self, krate: usize) -> ScopeId {
        self.roots.borrow()[krate].unwrap_or(ScopeId(0))
    }

    fn extern_crate(&self, krate: usize, name: &str) -> Option<Res> {
        let krate = &self.input.crates[krate];
        let (_, index) = krate
            .dependencies
            .iter()
            .find(|(dependency, _)| dependency == name)?;
        let root = self.roots.borrow().get(*index).copied().flatten()?;
        Some(self.module_res(root))
    }

    /// A name as code in `scope` sees it: outwards through the blocks to the
    /// module, then the crates, then the prelude.
    fn lookup_lexical(&self, scope: ScopeId, name: &Name, ns: Ns, depth: usize) -> Res {
        let mut at = Some(scope);
        let mut krate = 0;
        while let Some(id) = at {
            let scope = self.scope(id);
            krate = scope.krate;
            if scope.generics.iter().any(|generic| generic == name) && ns == Ns::Type {
                return Res::Param;
            }
            match self.lookup_in(id, name, ns, depth) {
                Res::Unresolved => {}
                found => return found,
            }
            at = if scope.kind == ScopeKind::Module {
                None
            } else {
                scope.parent
            };
        }
        if ns == Ns::Type {
            if let Some(found) = self.extern_crate(krate, name) {
                return found;
            }
            if is_known_crate(name) {
                return extern_root(name);
            }
        }
        match prelude(name) {
            Some(path) => Res::Extern(path.into()),
            None => Res::Unresolved,
        }
    }

    /// `usize::MAX`, `u32::from`: the primitive type as a path's first segment.
    fn primitive(&self, name: &str) -> Res {
        if super::types::PRIMITIVES.contains(&name) {
            Res::Extern(format!("std::{name}").into())
        } else {
            Res::Unresolved
        }
    }

    /// A name declared, imported or globbed in exactly this scope.
    fn lookup_in(&self, id: ScopeId, name: &Name, ns: Ns, depth: usize) -> Res {
        if depth > MAX_DEPTH {
            return Res::Unresolved;
        }
        // Globs and re-exports may lead back here: a look-up within itself finds nothing.
        let key = (id, name.clone(), ns == Ns::Type);
        if let Some(found) = self.resolved.borrow().get(&key) {
            return found.clone();
        }
        if self.exhausted.borrow().contains(&key)
            || !self.resolving.borrow_mut().insert(key.clone())
        {
            self.cycles.set(self.cycles.get() + 1);
            return Res::Unresolved;
        }
        let cycles = self.cycles.get();
        let found = self.lookup_in_uncached(id, name, ns, depth);
        let mut resolving = self.resolving.borrow_mut();
        resolving.remove(&key);
        // Only an answer that no unfinished look-up has a part in is the final one.
        let own = cycles == self.cycles.get();
        if self.collected.get() && (own || resolving.is_empty() || found != Res::Unresolved) {
            self.resolved.borrow_mut().insert(key, found.clone());
        } else if found == Res::Unresolved {
            // Not to be searched again on behalf of the same outermost look-up: among modules that glob
            // each other that would be done in every possible order.
            self.exhausted.borrow_mut().insert(key);
        }
        if resolving.is_empty() {
            self.exhausted.borrow_mut().clear();
        }
        found
    }

    fn lookup_in_uncached(&self, id: ScopeId, name: &Name, ns: Ns, depth: usize) -> Res {
        let scope = self.scope(id);
        let items = if ns == Ns::Type {
            &scope.types
        } else {
            &scope.values
        };
        if let Some(ids) = items.borrow().get(name)
            && let Some(first) = ids.first()
        {
            return Res::Def(*first);
        }
        // A unit or tuple struct, or a variant, is also a value.
        let uses: Vec<Rc<UsePath>> = scope.uses.borrow().get(name).cloned().unwrap_or_default();
        let mut foreign = None;
        for path in uses {
            match self.follow_use(&scope, id, &path, ns, depth) {
                Res::Unresolved => {}
                Res::Extern(path) => foreign = foreign.or(Some(Res::Extern(path))),
                found => return found,
            }
        }
        if let Some(found) = foreign {
            return found;
        }
        let globs: Vec<Rc<UsePath>> = scope.globs.borrow().clone();
        let mut candidates = Vec::new();
        for glob in &globs {
            match self.follow_use(&scope, id, glob, Ns::Type, depth) {
                Res::Def(target) => {
                    let found = self.step_glob(&self.def(target), name, ns, depth);
                    if found != Res::Unresolved {
                        return found;
                    }
                }
                Res::Extern(path) => candidates.push(path),
                _ => {}
            }
        }
        // Of a foreign glob we know only what the model knows.
        for path in &candidates {
            let full: Name = format!("{path}::{name}").into();
            if model::knows(&full) || std_module_has(path, name) {
                return Res::Extern(full);
            }
        }
        Res::Unresolved
    }

    fn step_glob(&self, target: &Def, name: &Name, ns: Ns, depth: usize) -> Res {
        match &target.kind {
            DefKind::Mod(scope) => self.lookup_in(*scope, name, ns, depth + 1),
            DefKind::Adt(adt) if adt.is_enum => adt
                .variants
                .iter()
                .find(|variant| variant.name == *name)
                .and_then(|variant| variant.def)
                .map_or(Res::Unresolved, Res::Def),
            _ => Res::Unresolved,
        }
    }

    fn follow_use(&self, scope: &Scope, id: ScopeId, path: &UsePath, ns: Ns, depth: usize) -> Res {
        // A name that imports itself (`use windows_sys;`) is the crate.
        let first = &path.segments[0];
        let own = scope
            .uses
            .borrow()
            .get(first)
            .is_some_and(|paths| paths.iter().any(|p| std::ptr::eq(&**p, path)));
        if own && !path.global {
            let mut at =
                self.extern_crate(scope.krate, first)
                    .unwrap_or_else(|| match &*path.segments[0] {
                        "crate" | "self" | "super" => {
                            self.resolve_names(id, false, &path.segments[..1], Ns::Type, depth + 1)
                        }
                        _ => extern_root(first),
                    });
            let from = match &**first {
                "crate" | "self" | "super" => {
                    return self.resolve_names(id, false, &path.segments, ns, depth + 1);
                }
                _ => 1,
            };
            for (i, segment) in path.segments.iter().enumerate().skip(from) {
                let ns = if i + 1 == path.segments.len() {
                    ns
                } else {
                    Ns::Type
                };
                at = self.step(at, segment, ns, depth + 1);
            }
            return at;
        }
        match self.resolve_names(id, path.global, &path.segments, ns, depth + 1) {
            Res::Unresolved => {
                // 2015: `use` paths start at the crate root.
                let root = self.root_scope(scope.krate);
                if self.input.crates[scope.krate].edition == 2015 && id != root {
                    let found = self.resolve_names(root, false, &path.segments, ns, depth + 1);
                    if found != Res::Unresolved {
                        return found;
                    }
                }
                let lexical = matches!(&**first, "crate" | "self" | "super" | "Self");
                let local = !lexical
                    && self.lookup_lexical(id, first, Ns::Type, depth + 1) != Res::Unresolved;
                if lexical || local {
                    Res::Unresolved
                } else {
                    // A crate that we do not see.
                    let mut full = canonical_crate(first).to_string();
                    for segment in &path.segments[1..] {
                        full.push_str("::");
                        full.push_str(segment);
                    }
                    Res::Extern(full.into())
                }
            }
            found => found,
        }
    }
}

fn extern_root(name: &str) -> Res {
    Res::Extern(canonical_crate(name).into())
}

/// `core` and `alloc` are re-exported by `std`.
fn canonical_crate(name: &str) -> &str {
    match name {
        "core" | "alloc" => "std",
        name => name,
    }
}

fn is_known_crate(name: &str) -> bool {
    matches!(
        name,
        "std"
            | "core"
            | "alloc"
            | "windows_sys"
            | "windows"
            | "winapi"
            | "libc"
            | "socket2"
            | "mio"
            | "tokio"
            | "async_std"
            | "rustix"
            | "io_lifetimes"
            | "scopeguard"
    )
}

/// Whether a module of std has an item that matters here, for `use std::sync::*`.
fn std_module_has(module: &str, name: &str) -> bool {
    let names: &[&str] = match module {
        "std::sync::atomic" => return name.starts_with("Atomic") || name == "Ordering",
        "std::sync" => &[
            "Arc",
            "Barrier",
            "Condvar",
            "LazyLock",
            "Mutex",
            "MutexGuard",
            "Once",
            "OnceLock",
            "RwLock",
            "Weak",
            "atomic",
            "mpsc",
        ],
        "std::sync::mpsc" => &[
            "Receiver",
            "Sender",
            "SyncSender",
            "channel",
            "sync_channel",
        ],
        "std::rc" => &["Rc", "Weak"],
        "std::cell" => &["Cell", "OnceCell", "RefCell", "UnsafeCell"],
        "std::time" => &["Duration", "Instant", "SystemTime"],
        "std::mem" => &[
            "ManuallyDrop",
            "MaybeUninit",
            "drop",
            "forget",
            "replace",
            "size_of",
            "size_of_val",
            "swap",
            "take",
            "transmute",
            "zeroed",
        ],
        "std::ptr" => &[
            "NonNull", "from_mut", "from_ref", "null", "null_mut", "read", "write",
        ],
        "std::thread" => &[
            "Builder",
            "JoinHandle",
            "scope",
            "sleep",
            "spawn",
            "yield_now",
        ],
        "std::io" => &["Error", "ErrorKind", "Result", "BufReader", "BufWriter"],
        _ => return false,
    };
    names.contains(&name)
}

/// The std prelude's types and functions, by canonical path.
fn prelude(name: &str) -> Option<&'static str> {
    Some(match name {
        "Option" => "std::option::Option",
        "Some" => "std::option::Option::Some",
        "None" => "std::option::Option::None",
        "Result" => "std::result::Result",
        "Ok" => "std::result::Result::Ok",
        "Err" => "std::result::Result::Err",
        "Box" => "std::boxed::Box",
        "Vec" => "std::vec::Vec",
        "String" => "std::string::String",
        "drop" => "std::mem::drop",
        "Drop" => "std::ops::Drop",
        "Clone" => "std::clone::Clone",
        "Default" => "std::default::Default",
        "From" => "std::convert::From",
        "Into" => "std::convert::Into",
        "TryFrom" => "std::convert::TryFrom",
        "TryInto" => "std::convert::TryInto",
        "AsRef" => "std::convert::AsRef",
        "AsMut" => "std::convert::AsMut",
        "PartialEq" => "std::cmp::PartialEq",
        "PartialOrd" => "std::cmp::PartialOrd",
        "Iterator" => "std::iter::Iterator",
        "IntoIterator" => "std::iter::IntoIterator",
        "ToString" => "std::string::ToString",
        "ToOwned" => "std::borrow::ToOwned",
        "FnOnce" => "std::ops::FnOnce",
        "size_of" => "std::mem::size_of",
        "size_of_val" => "std::mem::size_of_val",
        "align_of" => "std::mem::align_of",
        "align_of_val" => "std::mem::align_of_val",
        _ => return None,
    })
}

/// Whether the scope tree declares this bare name as something that a pattern
/// compares with rather than binds.
impl Names<'_> {
    /// See [`LowerCx::is_constant_pattern`](crate::lower::LowerCx::is_constant_pattern).
    pub(super) fn pattern_is_constant(&self, scope: ScopeId, name: &Name) -> bool {
        match self.lookup_lexical(scope, name, Ns::Value, 0) {
            Res::Def(id) => match &self.def(id).kind {
                DefKind::Const { .. } => true,
                DefKind::Variant(parent, index) => match &self.def(*parent).kind {
                    DefKind::Adt(adt) => adt.variants[*index].fields.is_empty(),
                    _ => false,
                },
                DefKind::Adt(adt) => !adt.is_enum && adt.variants[0].fields.is_empty(),
                _ => false,
            },
            Res::Extern(path) => {
                let last = super::types::last(&path);
                last.starts_with(|c: char| c.is_ascii_uppercase())
            }
            // Something that we do not see: constants are written in capitals.
            _ => {
                name.len() > 1
                    && name
                        .chars()
                        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
            }
        }
    }
}
