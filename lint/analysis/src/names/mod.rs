//! The index of items: what a path or a type means.
//!
//! `collect` walks the parsed files of each crate, in the order of their `mod`
//! declarations, expands item macros as it meets them and enters every item
//! into the [`Scope`] it stands in. `resolve` follows paths through scopes,
//! `use` trees, aliases, globs and re-exports. What leads out of the analysed
//! sources becomes [`Res::Extern`] with its canonical path
//! (`windows_sys::Win32::Networking::WinSock::closesocket`), which is what
//! `model` is keyed by.
//!
//! The index grows while bodies are lowered (items in blocks), so everything
//! is behind `RefCell`s and handed out as `Rc`s.

mod collect;
mod contract;
mod resolve;
mod types;

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::expand::MacroRules;
use crate::input::Input;
use crate::mir::{Body, Name, PathRef, ScopeId, Ty};
use crate::report::FileError;
use crate::span::{FileId, Span};

pub use contract::{Contract, Fate, Promise};
pub use resolve::Res;
pub use types::{RTy, TyKey, last};

/// Index of an item.
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DefId(pub u32);

/// An item.
pub struct Def {
    /// Its name.
    pub name: Name,
    /// `module::Type::name`, for messages.
    pub path: Name,
    /// What it is.
    pub kind: DefKind,
    /// The scope it stands in.
    pub scope: ScopeId,
    /// Index of its crate in the input.
    pub krate: usize,
    /// The items around it, innermost first, itself included.
    pub enclosing: Rc<Vec<Span>>,
}

/// What an item is.
pub enum DefKind {
    /// A module.
    Mod(ScopeId),
    /// A function, method or foreign function.
    Fn(FnDef),
    /// A struct, enum or union.
    Adt(AdtDef),
    /// A variant of an enum.
    Variant(DefId, usize),
    /// A constant or static with its initialiser.
    Const {
        /// The declared type.
        ty: Ty,
        /// The initialiser.
        init: Option<(syn::Type, syn::Expr)>,
        /// A static: its address outlives everything.
        is_static: bool,
        /// `static mut`
        is_mut: bool,
    },
    /// A trait.
    Trait {
        /// Its methods, provided and required.
        methods: RefCell<FxHashMap<Name, DefId>>,
    },
    /// A type alias.
    Alias {
        /// Names of the type parameters.
        generics: Vec<Name>,
        /// What it stands for.
        ty: Ty,
    },
}

/// How a method takes its receiver.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum SelfKind {
    /// No receiver.
    None,
    /// `self`
    Value,
    /// `&self`
    Ref,
    /// `&mut self`
    RefMut,
}

/// A function.
pub struct FnDef {
    /// Parameter types, the receiver's included.
    pub params: Vec<Ty>,
    /// How it takes `self`.
    pub self_kind: SelfKind,
    /// The return type.
    pub ret: Ty,
    /// The body's source, if it has a body.
    pub source: Option<FnSource>,
    /// Declared in an `extern` block.
    pub foreign: bool,
    /// The symbol that a foreign function really is, if it has another name here.
    pub link_name: Option<Name>,
    /// `unsafe fn`
    pub is_unsafe: bool,
    /// What its author states of it.
    pub contract: Option<Rc<Contract>>,
    /// The trait that the enclosing impl implements, by its last segment.
    pub of_trait: Option<Name>,
    /// The lowered body.
    pub body: RefCell<Option<Rc<Body>>>,
}

/// Where a function's body comes from.
pub struct FnSource {
    /// The signature.
    pub sig: syn::Signature,
    /// The block.
    pub block: syn::Block,
    /// The scope in which both are resolved.
    pub scope: ScopeId,
}

/// A struct, enum or union.
#[derive(Debug)]
pub struct AdtDef {
    /// Struct or union (one variant), or enum.
    pub is_enum: bool,
    /// Names of the type parameters.
    pub generics: Vec<Name>,
    /// The variants; a struct has one.
    pub variants: Vec<VariantDef>,
    /// Derives `Copy` (or has an `impl Copy`).
    pub is_copy: RefCell<bool>,
}

/// A variant, or a struct's fields.
#[derive(Debug)]
pub struct VariantDef {
    /// The name.
    pub name: Name,
    /// The item of the variant, for enums.
    pub def: Option<DefId>,
    /// The fields: `"0"` and so on for tuple-like ones.
    pub fields: Vec<(Name, Ty)>,
}

/// What kind of scope.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    /// A module: lookups end here.
    Module,
    /// A block, function or impl: lookups go on in the parent.
    Inner,
}

/// A `use`d path.
#[derive(Debug)]
pub struct UsePath {
    /// Whether it starts with `::`.
    pub global: bool,
    /// The segments.
    pub segments: Vec<Name>,
}

/// A scope.
#[derive(Debug)]
pub struct Scope {
    /// The scope around it.
    pub parent: Option<ScopeId>,
    /// What kind.
    pub kind: ScopeKind,
    /// The module that it belongs to (itself, for a module).
    pub module: ScopeId,
    /// The item of the module, for modules.
    module_def: Option<DefId>,
    /// Index of the crate in the input.
    pub krate: usize,
    /// The file that its code stands in.
    pub file: FileId,
    /// Path for messages.
    pub path: Name,
    /// What `Self` is here.
    pub self_ty: Option<Ty>,
    /// Type parameters declared here.
    pub generics: Vec<Name>,
    /// The items around it, innermost first.
    pub enclosing: Rc<Vec<Span>>,
    types: RefCell<FxHashMap<Name, Vec<DefId>>>,
    values: RefCell<FxHashMap<Name, Vec<DefId>>>,
    uses: RefCell<FxHashMap<Name, Vec<Rc<UsePath>>>>,
    globs: RefCell<Vec<Rc<UsePath>>>,
}

/// A `macro_rules!` definition.
pub struct MacroDef {
    rules: MacroRules,
    krate: usize,
    module: ScopeId,
    exported: bool,
}

/// An impl block, until its self type can be resolved.
#[derive(Debug)]
struct ImplDef {
    self_ty: Ty,
    of_trait: Option<PathRef>,
    methods: Vec<(Name, DefId)>,
}

/// The methods that impls give a type.
#[derive(Debug, Default)]
struct TypeImpls {
    methods: FxHashMap<Name, Vec<DefId>>,
    traits: Vec<DefId>,
    drop: Option<DefId>,
}

/// The index. See the module's documentation.
pub struct Names<'a> {
    input: &'a Input,
    selected: Vec<bool>,
    defs: RefCell<Vec<Rc<Def>>>,
    scopes: RefCell<Vec<Rc<Scope>>>,
    roots: RefCell<Vec<Option<ScopeId>>>,
    macros: RefCell<FxHashMap<Name, Vec<Rc<MacroDef>>>>,
    impls: RefCell<FxHashMap<TyKey, TypeImpls>>,
    blanket: RefCell<FxHashMap<Name, Vec<DefId>>>,
    pending_impls: RefCell<Vec<ImplDef>>,
    fns: RefCell<Vec<DefId>>,
    errors: RefCell<Vec<FileError>>,
    parsed: RefCell<FxHashSet<usize>>,
    expansion_depth: std::cell::Cell<usize>,
    /// All files were walked: what a scope of a module declares is final.
    collected: std::cell::Cell<bool>,
    resolved: RefCell<FxHashMap<(ScopeId, Name, bool), Res>>,
    resolving: RefCell<FxHashSet<(ScopeId, Name, bool)>>,
    /// What the current outermost look-up has searched in vain.
    exhausted: RefCell<FxHashSet<(ScopeId, Name, bool)>>,
    /// How often a look-up came back to itself.
    cycles: std::cell::Cell<usize>,
    /// The crate of which, with its dependencies, the program that is looked at consists.
    program: std::cell::Cell<Option<usize>>,
    /// See [`Names::sees`].
    seen: RefCell<FxHashMap<usize, Rc<FxHashSet<usize>>>>,
}

impl<'a> Names<'a> {
    /// The item.
    pub fn def(&self, id: DefId) -> Rc<Def> {
        self.defs.borrow()[id.0 as usize].clone()
    }

    /// The scope.
    pub fn scope(&self, id: ScopeId) -> Rc<Scope> {
        self.scopes.borrow()[id.0 as usize].clone()
    }

    /// All functions, in the order of collection.
    pub fn functions(&self) -> Vec<DefId> {
        self.fns.borrow().clone()
    }

    /// The statics with an initialiser.
    pub fn statics(&self) -> Vec<DefId> {
        let defs = self.defs.borrow();
        let of_static = |def: &Rc<Def>| {
            matches!(
                &def.kind,
                DefKind::Const {
                    is_static: true,
                    init: Some(_),
                    ..
                }
            )
        };
        (0..defs.len())
            .filter(|&at| of_static(&defs[at]))
            .map(|at| DefId(at as u32))
            .collect()
    }

    /// What could not be read.
    pub fn take_errors(&self) -> Vec<FileError> {
        std::mem::take(&mut self.errors.borrow_mut())
    }

    /// Whether the file of the index was parsed.
    pub fn was_parsed(&self, file: usize) -> bool {
        self.parsed.borrow().contains(&file)
    }

    /// The function's body, lowered on first use.
    pub fn body(&self, id: DefId) -> Option<Rc<Body>> {
        let def = self.def(id);
        let DefKind::Fn(f) = &def.kind else {
            return None;
        };
        if let Some(body) = &*f.body.borrow() {
            return Some(body.clone());
        }
        let source = f.source.as_ref()?;
        let edition = self.input.crates[def.krate].edition;
        let cx = self.lower_cx(source.scope);
        // Whoever asks first, the body is the same.
        let program = self.program.replace(Some(def.krate));
        let body = Rc::new(crate::lower::lower_fn(
            &cx,
            source.scope,
            def.path.clone(),
            &source.sig,
            &source.block,
            edition,
        ));
        self.program.set(program);
        *f.body.borrow_mut() = Some(body.clone());
        Some(body)
    }

    /// The initialiser of a constant or static, lowered.
    pub fn const_body(&self, id: DefId) -> Option<Rc<Body>> {
        let def = self.def(id);
        let DefKind::Const {
            init: Some((ty, expr)),
            ..
        } = &def.kind
        else {
            return None;
        };
        let edition = self.input.crates[def.krate].edition;
        let cx = self.lower_cx(def.scope);
        Some(Rc::new(crate::lower::lower_const(
            &cx,
            def.scope,
            def.path.clone(),
            ty,
            expr,
            edition,
        )))
    }

    /// From now on the program is looked at that consists of a crate and its dependencies: only their impls
    /// and macros can be meant, whatever else is analysed together with it.
    pub fn look_from(&self, krate: usize) {
        self.program.set(Some(krate));
    }

    /// Whether an item is part of the program that is looked at.
    fn sees(&self, id: DefId) -> bool {
        let program = self.program.get();
        program.is_none_or(|from| self.depends(from, self.def(id).krate))
    }

    /// Whether a crate is `from` or one that it depends on, also through others.
    fn depends(&self, from: usize, on: usize) -> bool {
        if from == on {
            return true;
        }
        let known = self.seen.borrow().get(&from).cloned();
        let seen = known.unwrap_or_else(|| {
            let seen: FxHashSet<usize> = self.input.with_dependencies([from]).into_iter().collect();
            let seen = Rc::new(seen);
            self.seen.borrow_mut().insert(from, seen.clone());
            seen
        });
        seen.contains(&on)
    }

    /// The `Drop::drop` of a type.
    pub fn drop_impl(&self, key: &TyKey) -> Option<DefId> {
        self.impls.borrow().get(key).and_then(|impls| impls.drop)
    }

    /// A method or associated function of a type: inherent, of a trait that
    /// it implements, or provided by such a trait.
    pub fn method(&self, key: &TyKey, name: &str) -> Option<DefId> {
        if let TyKey::Def(id) = key
            && matches!(self.def(*id).kind, DefKind::Trait { .. })
        {
            return self.trait_method(*id, name);
        }
        let impls = self.impls.borrow();
        if let Some(of_type) = impls.get(key) {
            if let Some(candidates) = of_type.methods.get(name) {
                let mut candidates = candidates.iter().copied().filter(|id| self.sees(*id));
                let first = candidates.clone().next();
                let inherent = candidates.find(|id| match &self.def(*id).kind {
                    DefKind::Fn(f) => f.of_trait.is_none(),
                    _ => false,
                });
                if first.is_some() {
                    return inherent.or(first);
                }
            }
            for &of_trait in of_type.traits.iter().filter(|id| self.sees(**id)) {
                if let Some(found) = self.trait_method(of_trait, name) {
                    return Some(found);
                }
            }
        }
        // `impl<T: Bound> Trait for T`: only where the name is unambiguous.
        let blanket = self.blanket.borrow();
        let candidates = blanket.get(name).into_iter().flatten();
        let mut candidates = candidates.filter(|id| self.sees(**id));
        match (candidates.next(), candidates.next()) {
            (Some(&only), None) => Some(only),
            _ => None,
        }
    }

    /// All methods that the impls of a type have, in the order of the sources.
    pub fn methods_of(&self, key: &TyKey) -> Vec<DefId> {
        let impls = self.impls.borrow();
        let of_type = impls.get(key).map(|of_type| &of_type.methods);
        let mut all: Vec<DefId> = of_type
            .into_iter()
            .flat_map(|methods| methods.values().flatten().copied())
            .filter(|id| self.sees(*id))
            .collect();
        all.sort();
        all
    }

    /// A method that a trait declares, with or without a body.
    pub fn trait_method(&self, of_trait: DefId, name: &str) -> Option<DefId> {
        match &self.def(of_trait).kind {
            DefKind::Trait { methods } => methods.borrow().get(name).copied(),
            _ => None,
        }
    }
}
