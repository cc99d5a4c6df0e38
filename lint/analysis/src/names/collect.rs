//! Files to items.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use proc_macro2::TokenStream;

use super::contract::contract;
use super::{
    AdtDef, Def, DefId, DefKind, FnDef, FnSource, ImplDef, MacroDef, Names, RTy, Scope, ScopeId,
    ScopeKind, SelfKind, UsePath, VariantDef,
};
use crate::expand::{self, Expanded, MacroRules, Position};
use crate::input::Input;
use crate::lower::{self, LowerCx};
use crate::mir::{Name, PathRef, Ty};
use crate::report::FileError;
use crate::span::{FileId, Span};
use crate::syntax;

/// Nested macro invocations beyond this are not expanded.
const MAX_EXPANSION_DEPTH: usize = 64;

/// An item macro whose definition had not been met when it was.
struct Deferred {
    scope: ScopeId,
    mac: syn::Macro,
}

/// State of the walk over one crate.
struct Walk {
    krate: usize,
    deferred: Vec<Deferred>,
    depth: usize,
}

/// Where an item stands: its scope, and for `mod` declarations the folder
/// that its file is looked for in.
#[derive(Clone)]
struct At {
    scope: ScopeId,
    dir: String,
}

impl<'a> Names<'a> {
    /// Collects the items of every crate. `selected` says which files are worth
    /// parsing; a file is also parsed if one that is worth it lies below it.
    pub fn collect(input: &'a Input, selected: Vec<bool>) -> Names<'a> {
        let names = Names {
            input,
            selected,
            defs: RefCell::default(),
            scopes: RefCell::default(),
            roots: RefCell::new(vec![None; input.crates.len()]),
            macros: RefCell::default(),
            impls: RefCell::default(),
            blanket: RefCell::default(),
            pending_impls: RefCell::default(),
            fns: RefCell::default(),
            errors: RefCell::default(),
            parsed: RefCell::default(),
            expansion_depth: Default::default(),
            collected: Default::default(),
            resolved: RefCell::default(),
            resolving: RefCell::default(),
            exhausted: RefCell::default(),
            cycles: Default::default(),
            program: Default::default(),
            seen: RefCell::default(),
        };
        for krate in names.crate_order() {
            names.collect_crate(krate);
        }
        names.collected.set(true);
        names.program.set(None);
        names.finish_impls();
        names
    }

    /// Dependencies before their dependents, so that their macros are known.
    fn crate_order(&self) -> Vec<usize> {
        let crates = &self.input.crates;
        let mut indegree = vec![0usize; crates.len()];
        let mut dependents = vec![Vec::new(); crates.len()];
        for (index, krate) in crates.iter().enumerate() {
            for (_, dependency) in &krate.dependencies {
                if *dependency != index && *dependency < crates.len() {
                    indegree[index] += 1;
                    dependents[*dependency].push(index);
                }
            }
        }
        let mut ready: VecDeque<usize> = (0..crates.len()).filter(|&i| indegree[i] == 0).collect();
        let mut order = Vec::new();
        while let Some(index) = ready.pop_front() {
            order.push(index);
            for &dependent in &dependents[index] {
                indegree[dependent] -= 1;
                if indegree[dependent] == 0 {
                    ready.push_back(dependent);
                }
            }
        }
        // Cycles (dev-dependencies) in the order given.
        for (index, &degree) in indegree.iter().enumerate() {
            if degree > 0 {
                order.push(index);
            }
        }
        order
    }

    fn collect_crate(&self, krate: usize) {
        self.look_from(krate);
        let info = &self.input.crates[krate];
        if !info.files.iter().any(|&file| self.selected[file]) {
            return;
        }
        let file = FileId(info.root as u32);
        let root = self.new_module(None, krate, file, info.name.clone().into(), Rc::default());
        self.roots.borrow_mut()[krate] = Some(root);
        let path = &self.input.files[info.root].path;
        let at = At {
            scope: root,
            dir: parent_dir(path).to_string(),
        };
        let mut walk = Walk {
            krate,
            deferred: Vec::new(),
            depth: 0,
        };
        self.collect_file(&mut walk, info.root, &at);
        // Item macros that are defined further down, or nowhere.
        for round in 0..4 {
            let deferred = std::mem::take(&mut walk.deferred);
            if deferred.is_empty() {
                break;
            }
            for item in deferred {
                let at = At {
                    scope: item.scope,
                    dir: String::new(),
                };
                match self.expand_user(item.scope, &item.mac, Position::Item) {
                    Some(Expanded::Items(items)) => self.collect_items(&mut walk, items, &at),
                    _ if round > 0 || !self.knows_macro(krate, &item.mac) => {
                        if let Expanded::Items(items) =
                            expand::expand_unknown(&item.mac, Position::Item)
                        {
                            self.collect_items(&mut walk, items, &at);
                        }
                    }
                    _ => walk.deferred.push(item),
                }
            }
        }
    }

    fn collect_file(&self, walk: &mut Walk, file: usize, at: &At) {
        let parsed = match syntax::parse_file_leniently(&self.input.files[file].text) {
            Ok((parsed, error)) => {
                if let Some(error) = error {
                    self.note_error(file, error);
                }
                parsed
            }
            Err(error) => return self.note_error(file, error),
        };
        self.parsed.borrow_mut().insert(file);
        if !syntax::cfg_active(&parsed.attrs, &self.input.crates[walk.krate].cfg) {
            return;
        }
        self.collect_items(walk, parsed.items, at);
    }

    fn note_error(&self, file: usize, error: syntax::SyntaxError) {
        let file = FileId(file as u32);
        let span = error.range.map(|range| Span {
            file,
            lo: range.start as u32,
            hi: range.end as u32,
        });
        let mut errors = self.errors.borrow_mut();
        if !errors.iter().any(|e: &FileError| e.file == file) {
            errors.push(FileError {
                file,
                span,
                message: error.message,
            });
        }
    }

    fn new_scope(&self, scope: Scope) -> ScopeId {
        let mut scopes = self.scopes.borrow_mut();
        let id = ScopeId(scopes.len() as u32);
        scopes.push(Rc::new(scope));
        id
    }

    fn new_module(
        &self,
        parent: Option<ScopeId>,
        krate: usize,
        file: FileId,
        path: Name,
        enclosing: Rc<Vec<Span>>,
    ) -> ScopeId {
        let id = ScopeId(self.scopes.borrow().len() as u32);
        let def = DefId(self.defs.borrow().len() as u32);
        let name: Name = super::types::last(&path).into();
        self.new_scope(Scope {
            parent,
            kind: ScopeKind::Module,
            module: id,
            module_def: Some(def),
            krate,
            file,
            path: path.clone(),
            self_ty: None,
            generics: Vec::new(),
            enclosing: enclosing.clone(),
            types: RefCell::default(),
            values: RefCell::default(),
            uses: RefCell::default(),
            globs: RefCell::default(),
        });
        self.defs.borrow_mut().push(Rc::new(Def {
            name,
            path,
            kind: DefKind::Mod(id),
            scope: parent.unwrap_or(id),
            krate,
            enclosing,
        }));
        id
    }

    /// A scope for a block, a function's generics or an impl.
    fn new_inner(
        &self,
        parent: ScopeId,
        self_ty: Option<Ty>,
        generics: Vec<Name>,
        path: Option<Name>,
        span: Option<Span>,
    ) -> ScopeId {
        let outer = self.scope(parent);
        self.new_scope(Scope {
            parent: Some(parent),
            kind: ScopeKind::Inner,
            module: outer.module,
            module_def: None,
            krate: outer.krate,
            file: outer.file,
            path: path.unwrap_or_else(|| outer.path.clone()),
            self_ty,
            generics,
            enclosing: match span {
                Some(span) => within(span, &outer.enclosing),
                None => outer.enclosing.clone(),
            },
            types: RefCell::default(),
            values: RefCell::default(),
            uses: RefCell::default(),
            globs: RefCell::default(),
        })
    }

    fn new_def(&self, scope: ScopeId, name: &Name, kind: DefKind, span: Span) -> DefId {
        let at = self.scope(scope);
        let mut defs = self.defs.borrow_mut();
        let id = DefId(defs.len() as u32);
        defs.push(Rc::new(Def {
            name: name.clone(),
            path: join(&at.path, name),
            kind,
            scope,
            krate: at.krate,
            enclosing: within(span, &at.enclosing),
        }));
        id
    }

    fn declare_type(&self, scope: ScopeId, name: &Name, id: DefId) {
        self.scope(scope)
            .types
            .borrow_mut()
            .entry(name.clone())
            .or_default()
            .push(id);
    }

    fn declare_value(&self, scope: ScopeId, name: &Name, id: DefId) {
        self.scope(scope)
            .values
            .borrow_mut()
            .entry(name.clone())
            .or_default()
            .push(id);
    }

    pub(super) fn lower_cx(&self, scope: ScopeId) -> Cx<'_, 'a> {
        let at = self.scope(scope);
        Cx {
            names: self,
            krate: at.krate,
            file: at.file,
        }
    }

    fn collect_items(&self, walk: &mut Walk, items: Vec<syn::Item>, at: &At) {
        for item in items {
            self.collect_item(walk, item, at);
        }
    }

    fn collect_item(&self, walk: &mut Walk, item: syn::Item, at: &At) {
        let cx = self.lower_cx(at.scope);
        let cfg = &self.input.crates[walk.krate].cfg;
        if !syntax::cfg_active(item_attrs(&item), cfg) {
            return;
        }
        let scope = at.scope;
        let span = cx.item_span(&item);
        match item {
            syn::Item::Fn(item) => {
                let name: Name = item.sig.ident.to_string().into();
                let contract = contract(|at| cx.span(at), &item.attrs, &item.sig);
                let mut f = self.fn_def(&cx, scope, item.sig, Some(*item.block), None, span);
                f.contract = contract.map(Rc::new);
                let id = self.new_def(scope, &name, DefKind::Fn(f), span);
                self.declare_value(scope, &name, id);
                self.fns.borrow_mut().push(id);
            }
            syn::Item::Struct(item) => {
                let name: Name = item.ident.to_string().into();
                let fields = self.fields(&cx, scope, &item.fields, cfg);
                let tuple_like = !matches!(item.fields, syn::Fields::Named(_));
                let adt = AdtDef {
                    is_enum: false,
                    generics: type_params(&item.generics),
                    variants: vec![VariantDef {
                        name: name.clone(),
                        def: None,
                        fields,
                    }],
                    is_copy: RefCell::new(derives_copy(&item.attrs)),
                };
                let id = self.new_def(scope, &name, DefKind::Adt(adt), span);
                self.declare_type(scope, &name, id);
                if tuple_like {
                    self.declare_value(scope, &name, id);
                }
            }
            syn::Item::Union(item) => {
                let name: Name = item.ident.to_string().into();
                let fields = self.fields(&cx, scope, &syn::Fields::Named(item.fields), cfg);
                let adt = AdtDef {
                    is_enum: false,
                    generics: type_params(&item.generics),
                    variants: vec![VariantDef {
                        name: name.clone(),
                        def: None,
                        fields,
                    }],
                    is_copy: RefCell::new(true),
                };
                let id = self.new_def(scope, &name, DefKind::Adt(adt), span);
                self.declare_type(scope, &name, id);
            }
            syn::Item::Enum(item) => self.collect_enum(&cx, scope, item, cfg, span),
            syn::Item::Const(item) => {
                self.collect_const(
                    &cx,
                    scope,
                    &item.ident,
                    (*item.ty, *item.expr),
                    (false, false),
                    span,
                );
            }
            syn::Item::Static(item) => {
                let is_mut = !matches!(item.mutability, syn::StaticMutability::None);
                let storage = (true, is_mut);
                self.collect_const(
                    &cx,
                    scope,
                    &item.ident,
                    (*item.ty, *item.expr),
                    storage,
                    span,
                );
            }
            syn::Item::Type(item) => {
                let name: Name = item.ident.to_string().into();
                let generics = type_params(&item.generics);
                let ty = lower::lower_ty(&cx, scope, &item.ty);
                let id = self.new_def(scope, &name, DefKind::Alias { generics, ty }, span);
                self.declare_type(scope, &name, id);
            }
            syn::Item::Trait(item) => self.collect_trait(&cx, scope, item, cfg, span),
            syn::Item::Impl(item) => self.collect_impl(&cx, scope, item, cfg, span),
            syn::Item::ForeignMod(item) => {
                for foreign in item.items {
                    if let syn::ForeignItem::Fn(f) = foreign
                        && syntax::cfg_active(&f.attrs, cfg)
                    {
                        let name: Name = f.sig.ident.to_string().into();
                        let foreign_attrs = f.attrs;
                        let span = cx.span(f.sig.ident.span());
                        let contract = contract(|at| cx.span(at), &foreign_attrs, &f.sig);
                        let mut f = self.fn_def(&cx, scope, f.sig, None, None, span);
                        f.contract = contract.map(Rc::new);
                        f.foreign = true;
                        f.link_name = link_name(&foreign_attrs);
                        let id = self.new_def(scope, &name, DefKind::Fn(f), span);
                        self.declare_value(scope, &name, id);
                    }
                }
            }
            syn::Item::Use(item) => {
                let prefix = Vec::new();
                self.collect_use(scope, item.leading_colon.is_some(), &item.tree, prefix);
            }
            syn::Item::ExternCrate(item) => {
                let name: Name = item.ident.to_string().into();
                let alias = item
                    .rename
                    .map_or_else(|| name.clone(), |(_, alias)| alias.to_string().into());
                if alias != name {
                    self.add_use(
                        scope,
                        alias,
                        UsePath {
                            global: true,
                            segments: vec![name],
                        },
                    );
                }
            }
            syn::Item::Mod(item) => self.collect_mod(walk, item, at, span),
            syn::Item::Macro(item) => self.collect_macro(walk, item, at),
            // Trait aliases and what syn does not know.
            _ => {}
        }
    }

    fn collect_const(
        &self,
        cx: &Cx<'_, '_>,
        scope: ScopeId,
        ident: &syn::Ident,
        init: (syn::Type, syn::Expr),
        (is_static, is_mut): (bool, bool),
        span: Span,
    ) {
        let name: Name = ident.to_string().into();
        let ty = lower::lower_ty(cx, scope, &init.0);
        let kind = DefKind::Const {
            ty,
            init: Some(init),
            is_static,
            is_mut,
        };
        let id = self.new_def(scope, &name, kind, span);
        self.declare_value(scope, &name, id);
    }

    fn collect_enum(
        &self,
        cx: &Cx<'_, '_>,
        scope: ScopeId,
        item: syn::ItemEnum,
        cfg: &crate::input::CfgOptions,
        span: Span,
    ) {
        let name: Name = item.ident.to_string().into();
        // The enum's item comes right after its variants'.
        let active: Vec<&syn::Variant> = item
            .variants
            .iter()
            .filter(|variant| syntax::cfg_active(&variant.attrs, cfg))
            .collect();
        let parent = DefId((self.defs.borrow().len() + active.len()) as u32);
        let mut variants = Vec::new();
        for (index, variant) in active.iter().enumerate() {
            let variant_name: Name = variant.ident.to_string().into();
            let def = self.new_def(scope, &variant_name, DefKind::Variant(parent, index), span);
            let fields = self.fields(cx, scope, &variant.fields, cfg);
            variants.push(VariantDef {
                name: variant_name,
                def: Some(def),
                fields,
            });
        }
        let adt = AdtDef {
            is_enum: true,
            generics: type_params(&item.generics),
            variants,
            is_copy: RefCell::new(derives_copy(&item.attrs)),
        };
        let id = self.new_def(scope, &name, DefKind::Adt(adt), span);
        debug_assert_eq!(id, parent);
        self.declare_type(scope, &name, id);
    }

    fn fields(
        &self,
        cx: &Cx<'_, '_>,
        scope: ScopeId,
        fields: &syn::Fields,
        cfg: &crate::input::CfgOptions,
    ) -> Vec<(Name, Ty)> {
        fields
            .iter()
            .filter(|field| syntax::cfg_active(&field.attrs, cfg))
            .enumerate()
            .map(|(index, field)| {
                let name: Name = match &field.ident {
                    Some(ident) => ident.to_string().into(),
                    None => index.to_string().into(),
                };
                (name, lower::lower_ty(cx, scope, &field.ty))
            })
            .collect()
    }

    #[allow(clippy::too_many_arguments)]
    fn fn_def(
        &self,
        cx: &Cx<'_, '_>,
        scope: ScopeId,
        sig: syn::Signature,
        block: Option<syn::Block>,
        of_trait: Option<Name>,
        span: Span,
    ) -> FnDef {
        let name: Name = sig.ident.to_string().into();
        let outer = self.scope(scope);
        let inner = self.new_inner(
            scope,
            None,
            type_params(&sig.generics),
            Some(join(&outer.path, &name)),
            Some(span),
        );
        let mut self_kind = SelfKind::None;
        let mut params = Vec::new();
        for input in &sig.inputs {
            match input {
                syn::FnArg::Receiver(receiver) => {
                    let (kind, ty) = receiver_type(cx, inner, receiver);
                    self_kind = kind;
                    params.push(ty);
                }
                syn::FnArg::Typed(typed) => params.push(lower::lower_ty(cx, inner, &typed.ty)),
            }
        }
        let ret = match &sig.output {
            syn::ReturnType::Default => Ty::Tuple(Vec::new()),
            syn::ReturnType::Type(_, ty) => lower::lower_ty(cx, inner, ty),
        };
        FnDef {
            params,
            self_kind,
            ret,
            foreign: false,
            link_name: None,
            is_unsafe: is_unsafe(&sig),
            contract: None,
            of_trait,
            body: RefCell::default(),
            source: block.map(|block| FnSource {
                sig,
                block,
                scope: inner,
            }),
        }
    }

    fn collect_trait(
        &self,
        cx: &Cx<'_, '_>,
        scope: ScopeId,
        item: syn::ItemTrait,
        cfg: &crate::input::CfgOptions,
        span: Span,
    ) {
        let name: Name = item.ident.to_string().into();
        let id = self.new_def(
            scope,
            &name,
            DefKind::Trait {
                methods: RefCell::default(),
            },
            span,
        );
        self.declare_type(scope, &name, id);
        let mut generics = type_params(&item.generics);
        generics.push("Self".into());
        let path = join(&self.scope(scope).path, &name);
        let inner = self.new_inner(scope, None, generics, Some(path), Some(span));
        for member in item.items {
            if let syn::TraitItem::Fn(f) = member
                && syntax::cfg_active(&f.attrs, cfg)
            {
                let name: Name = f.sig.ident.to_string().into();
                let span = cx.span(f.sig.ident.span());
                let has_body = f.default.is_some();
                let contract = contract(|at| cx.span(at), &f.attrs, &f.sig);
                let mut f = self.fn_def(cx, inner, f.sig, f.default, None, span);
                f.contract = contract.map(Rc::new);
                let method = self.new_def(inner, &name, DefKind::Fn(f), span);
                if has_body {
                    self.fns.borrow_mut().push(method);
                }
                if let DefKind::Trait { methods } = &self.def(id).kind {
                    methods.borrow_mut().insert(name, method);
                }
            }
        }
    }

    fn collect_impl(
        &self,
        cx: &Cx<'_, '_>,
        scope: ScopeId,
        item: syn::ItemImpl,
        cfg: &crate::input::CfgOptions,
        span: Span,
    ) {
        let generics = type_params(&item.generics);
        let outer = self.new_inner(scope, None, generics, None, None);
        let self_ty = lower::lower_ty(cx, outer, &item.self_ty);
        let of_trait = item
            .trait_
            .as_ref()
            .map(|(path, _)| lower::lower_path(cx, outer, None, path));
        let path = match &self_ty {
            Ty::Path(path) => join(&self.scope(scope).path, path.last()),
            _ => self.scope(scope).path.clone(),
        };
        let inner = self.new_inner(
            outer,
            Some(self_ty.clone()),
            Vec::new(),
            Some(path),
            Some(span),
        );
        let trait_name = of_trait.as_ref().map(|path| path.last().clone());
        let mut methods = Vec::new();
        let mut queue: VecDeque<syn::ImplItem> = item.items.into();
        while let Some(member) = queue.pop_front() {
            match member {
                syn::ImplItem::Fn(f) if syntax::cfg_active(&f.attrs, cfg) => {
                    let name: Name = f.sig.ident.to_string().into();
                    let start = f
                        .attrs
                        .first()
                        .map_or_else(|| f.sig.fn_token.span, |a| a.pound_token.spans[0]);
                    let span = cx.span(start).to(cx.span(f.block.brace_token.span.close()));
                    let contract = contract(|at| cx.span(at), &f.attrs, &f.sig);
                    let mut def =
                        self.fn_def(cx, inner, f.sig, Some(f.block), trait_name.clone(), span);
                    def.contract = contract.map(Rc::new);
                    let id = self.new_def(inner, &name, DefKind::Fn(def), span);
                    self.fns.borrow_mut().push(id);
                    methods.push((name, id));
                }
                syn::ImplItem::Const(c) if syntax::cfg_active(&c.attrs, cfg) => {
                    let name: Name = c.ident.to_string().into();
                    let ty = lower::lower_ty(cx, inner, &c.ty);
                    let span = cx.span(c.ident.span());
                    let kind = DefKind::Const {
                        ty,
                        init: Some((c.ty, c.expr)),
                        is_static: false,
                        is_mut: false,
                    };
                    let id = self.new_def(inner, &name, kind, span);
                    methods.push((name, id));
                }
                syn::ImplItem::Macro(m) if syntax::cfg_active(&m.attrs, cfg) => {
                    for (index, expanded) in self
                        .expand_impl_items(inner, &m.mac)
                        .into_iter()
                        .enumerate()
                    {
                        queue.insert(index, expanded);
                    }
                }
                _ => {}
            }
        }
        self.pending_impls.borrow_mut().push(ImplDef {
            self_ty,
            of_trait,
            methods,
        });
    }

    /// A macro among the items of an impl.
    fn expand_impl_items(&self, scope: ScopeId, mac: &syn::Macro) -> Vec<syn::ImplItem> {
        let depth = self.expansion_depth.get();
        if depth > MAX_EXPANSION_DEPTH {
            return Vec::new();
        }
        self.expansion_depth.set(depth + 1);
        let tokens = self
            .transcribe(scope, mac)
            .unwrap_or_else(|| mac.tokens.clone());
        self.expansion_depth.set(depth);
        let parser = |input: syn::parse::ParseStream<'_>| {
            let mut items = Vec::new();
            while !input.is_empty() {
                items.push(input.parse::<syn::ImplItem>()?);
            }
            Ok(items)
        };
        syn::parse::Parser::parse2(parser, tokens).unwrap_or_default()
    }

    /// Attaches the impls to their types, now that paths can be resolved.
    fn finish_impls(&self) {
        let pending = std::mem::take(&mut *self.pending_impls.borrow_mut());
        for pending in pending {
            self.finish_impl(pending);
        }
    }

    fn finish_impl(&self, pending: ImplDef) {
        let ty = self.resolve_ty(&pending.self_ty);
        let trait_name = pending.of_trait.as_ref().map(|path| path.last().clone());
        let trait_def = match pending
            .of_trait
            .as_ref()
            .map(|path| self.resolve_type(path))
        {
            Some(super::Res::Def(id)) => Some(id),
            _ => None,
        };
        if trait_name.as_deref() == Some("Copy")
            && let RTy::Adt(id, _) = &ty
            && let DefKind::Adt(adt) = &self.def(*id).kind
        {
            *adt.is_copy.borrow_mut() = true;
        }
        // `impl Trait for &T` and `for Box<T>` serve `T` too, as far as we care.
        let key = match &ty {
            RTy::Ref(_, to) => to.key(),
            ty => ty.key(),
        };
        let Some(key) = key else {
            if pending.of_trait.is_some() {
                let mut blanket = self.blanket.borrow_mut();
                for (name, id) in pending.methods {
                    blanket.entry(name).or_default().push(id);
                }
            }
            return;
        };
        let mut impls = self.impls.borrow_mut();
        let of_type = impls.entry(key).or_default();
        of_type.traits.extend(trait_def);
        for (name, id) in pending.methods {
            if trait_name.as_deref() == Some("Drop") && &*name == "drop" {
                of_type.drop = Some(id);
            } else {
                of_type.methods.entry(name).or_default().push(id);
            }
        }
    }

    fn collect_use(
        &self,
        scope: ScopeId,
        global: bool,
        tree: &syn::UseTree,
        mut prefix: Vec<Name>,
    ) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.push(path.ident.to_string().into());
                self.collect_use(scope, global, &path.tree, prefix);
            }
            syn::UseTree::Name(name) => {
                let ident: Name = name.ident.to_string().into();
                if &*ident == "self" {
                    if let Some(last) = prefix.last().cloned() {
                        self.add_use(
                            scope,
                            last,
                            UsePath {
                                global,
                                segments: prefix,
                            },
                        );
                    }
                } else {
                    prefix.push(ident.clone());
                    self.add_use(
                        scope,
                        ident,
                        UsePath {
                            global,
                            segments: prefix,
                        },
                    );
                }
            }
            syn::UseTree::Rename(rename) => {
                let ident: Name = rename.ident.to_string().into();
                if &*ident != "self" {
                    prefix.push(ident);
                }
                if !prefix.is_empty() {
                    self.add_use(
                        scope,
                        rename.rename.to_string().into(),
                        UsePath {
                            global,
                            segments: prefix,
                        },
                    );
                }
            }
            syn::UseTree::Glob(_) if !prefix.is_empty() => {
                let path = Rc::new(UsePath {
                    global,
                    segments: prefix,
                });
                self.scope(scope).globs.borrow_mut().push(path);
            }
            syn::UseTree::Glob(_) => {}
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.collect_use(scope, global, tree, prefix.clone());
                }
            }
            // `UseTree` is non-exhaustive.
            #[allow(unreachable_patterns)]
            _ => {}
        }
    }

    fn add_use(&self, scope: ScopeId, name: Name, path: UsePath) {
        self.scope(scope)
            .uses
            .borrow_mut()
            .entry(name)
            .or_default()
            .push(Rc::new(path));
    }

    fn collect_mod(&self, walk: &mut Walk, item: syn::ItemMod, at: &At, span: Span) {
        let name: Name = item.ident.to_string().into();
        let cfg = &self.input.crates[walk.krate].cfg;
        let attrs = syntax::effective_attrs(&item.attrs, cfg);
        let outer = self.scope(at.scope);
        let path_attr = attrs.iter().find_map(path_attribute);
        match item.content {
            Some((_, items)) => {
                let enclosing = within(span, &outer.enclosing);
                let module = self.new_module(
                    Some(at.scope),
                    walk.krate,
                    outer.file,
                    join(&outer.path, &name),
                    enclosing,
                );
                self.declare_module(at.scope, &name, module);
                let dir = join_path(&at.dir, path_attr.as_deref().unwrap_or(&name));
                self.collect_items(walk, items, &At { scope: module, dir });
            }
            None => {
                let Some((file, dir)) = self.find_module_file(
                    walk.krate,
                    outer.file,
                    &at.dir,
                    &name,
                    path_attr.as_deref(),
                ) else {
                    return;
                };
                if !self.worth_parsing(walk.krate, file, &dir) || walk.depth > 64 {
                    return;
                }
                let id = FileId(file as u32);
                let module = self.new_module(
                    Some(at.scope),
                    walk.krate,
                    id,
                    join(&outer.path, &name),
                    Rc::default(),
                );
                self.declare_module(at.scope, &name, module);
                walk.depth += 1;
                self.collect_file(walk, file, &At { scope: module, dir });
                walk.depth -= 1;
            }
        }
    }

    fn declare_module(&self, scope: ScopeId, name: &Name, module: ScopeId) {
        if let Some(def) = self.scope(module).module_def {
            self.declare_type(scope, name, def);
        }
    }

    /// The file of `mod name;` and the folder that its own modules are in.
    fn find_module_file(
        &self,
        krate: usize,
        from: FileId,
        dir: &str,
        name: &str,
        path_attr: Option<&str>,
    ) -> Option<(usize, String)> {
        let find = |path: &str| {
            let path = normalize(path);
            let files = &self.input.crates[krate].files;
            files
                .iter()
                .copied()
                .find(|&file| normalize(&self.input.files[file].path) == path)
        };
        if let Some(explicit) = path_attr {
            // Relative to the folder of the file that declares it.
            let base = parent_dir(&self.input.files[from.0 as usize].path);
            let path = join_path(base, explicit);
            let file = find(&path)?;
            return Some((file, parent_dir(&path).to_string()));
        }
        let name = name.strip_prefix("r#").unwrap_or(name);
        let flat = join_path(dir, &format!("{name}.rs"));
        let nested = join_path(dir, &format!("{name}/mod.rs"));
        let below = join_path(dir, name);
        if let Some(file) = find(&flat) {
            return Some((file, below));
        }
        find(&nested).map(|file| (file, below))
    }

    fn worth_parsing(&self, krate: usize, file: usize, dir: &str) -> bool {
        if self.selected[file] {
            return true;
        }
        let below = format!("{}/", normalize(dir));
        self.input.crates[krate].files.iter().any(|&other| {
            self.selected[other] && normalize(&self.input.files[other].path).starts_with(&below)
        })
    }

    fn collect_macro(&self, walk: &mut Walk, item: syn::ItemMacro, at: &At) {
        let cfg = &self.input.crates[walk.krate].cfg;
        if item.mac.path.is_ident("macro_rules") {
            let Some(ident) = item.ident else { return };
            if let Ok(rules) = MacroRules::parse(item.mac.tokens) {
                let attrs = syntax::effective_attrs(&item.attrs, cfg);
                let exported = attrs
                    .iter()
                    .any(|attr| attr.path().is_ident("macro_export"));
                let module = self.scope(at.scope).module;
                let def = MacroDef {
                    rules,
                    krate: walk.krate,
                    module,
                    exported,
                };
                self.macros
                    .borrow_mut()
                    .entry(ident.to_string().into())
                    .or_default()
                    .push(Rc::new(def));
            }
            return;
        }
        if walk.depth > MAX_EXPANSION_DEPTH {
            return;
        }
        walk.depth += 1;
        let expanded = match self.expand_user(at.scope, &item.mac, Position::Item) {
            Some(expanded) => Some(expanded),
            None => {
                let name = macro_name(&item.mac);
                expand::expand_known(&name, &item.mac, Position::Item, cfg)
            }
        };
        match expanded {
            Some(Expanded::Items(items)) => self.collect_items(walk, items, at),
            Some(_) => {}
            None => walk.deferred.push(Deferred {
                scope: at.scope,
                mac: item.mac,
            }),
        }
        walk.depth -= 1;
    }

    /// Whether the crate, or one that it depends on, has a macro of the name.
    fn knows_macro(&self, krate: usize, mac: &syn::Macro) -> bool {
        let macros = self.macros.borrow();
        let mut candidates = macros.get(&*macro_name(mac)).into_iter().flatten();
        candidates.any(|def| self.depends(krate, def.krate))
    }

    /// The definition that an invocation in `scope` means: of its own crate
    /// the nearest by module, else an exported one of a crate that it depends on.
    fn find_macro(&self, scope: ScopeId, mac: &syn::Macro) -> Option<Rc<MacroDef>> {
        let at = self.scope(scope);
        let macros = self.macros.borrow();
        let name = macro_name(mac);
        let candidates = macros.get(&*name)?;
        let first = mac
            .path
            .segments
            .first()
            .map(|segment| segment.ident.to_string());
        // `log::debug!` is not the `debug!` of these sources.
        if mac.path.segments.len() > 1 {
            let first = first.unwrap_or_default();
            let of_sources = matches!(&*first, "crate" | "self" | "super")
                || first.starts_with("__krate_")
                || self.input.crates[at.krate]
                    .dependencies
                    .iter()
                    .any(|(name, _)| *name == first)
                || mac.path.segments.len() > 2;
            if !of_sources {
                return None;
            }
        }
        let own = candidates.iter().filter(|def| def.krate == at.krate);
        let here = &*self.scope(at.module).path;
        let nearest = own.max_by_key(|def| common_prefix(here, &self.scope(def.module).path));
        nearest
            .or_else(|| {
                let mut others = candidates.iter();
                others.find(|def| def.exported && self.depends(at.krate, def.krate))
            })
            .cloned()
    }

    fn transcribe(&self, scope: ScopeId, mac: &syn::Macro) -> Option<TokenStream> {
        let def = self.find_macro(scope, mac)?;
        let at = self.scope(scope);
        let krate = if def.krate == at.krate {
            "crate".to_string()
        } else {
            format!("__krate_{}", self.input.crates[def.krate].name)
        };
        let call_site = mac.path.segments.last()?.ident.span();
        def.rules.expand(mac.tokens.clone(), &krate, call_site).ok()
    }

    /// Expands an invocation of a macro that the sources define.
    fn expand_user(
        &self,
        scope: ScopeId,
        mac: &syn::Macro,
        position: Position,
    ) -> Option<Expanded> {
        let tokens = self.transcribe(scope, mac)?;
        expand::parse_expansion(tokens, position).ok()
    }
}

/// What lowering sees of the index: one file of one crate.
pub(super) struct Cx<'n, 'a> {
    names: &'n Names<'a>,
    krate: usize,
    file: FileId,
}

impl Cx<'_, '_> {
    fn item_span(&self, item: &syn::Item) -> Span {
        use syn::spanned::Spanned;
        let first = item_attrs(item)
            .first()
            .map(|attr| self.span(attr.pound_token.spans[0]));
        let (start, end) = match item {
            syn::Item::Fn(f) => (f.sig.fn_token.span, f.block.brace_token.span.close()),
            syn::Item::Impl(i) => (i.impl_token.span, i.brace_token.span.close()),
            syn::Item::Trait(t) => (t.trait_token.span, t.brace_token.span.close()),
            syn::Item::Mod(m) => (
                m.mod_token.span,
                m.content
                    .as_ref()
                    .map_or(m.mod_token.span, |(brace, _)| brace.span.close()),
            ),
            syn::Item::Enum(e) => (e.enum_token.span, e.brace_token.span.close()),
            other => (other.span(), other.span()),
        };
        let span = self.span(start).to(self.span(end));
        first.map_or(span, |first| first.to(span))
    }
}

impl LowerCx for Cx<'_, '_> {
    fn span(&self, span: proc_macro2::Span) -> Span {
        let range = span.byte_range();
        Span {
            file: self.file,
            lo: range.start as u32,
            hi: range.end as u32,
        }
    }

    fn is_constant_pattern(&self, scope: ScopeId, name: &Name) -> bool {
        self.names.pattern_is_constant(scope, name)
    }

    fn enter_items(&self, scope: ScopeId, items: &[&syn::Item]) -> ScopeId {
        let inner = self.names.new_inner(scope, None, Vec::new(), None, None);
        let at = At {
            scope: inner,
            dir: String::new(),
        };
        let mut walk = Walk {
            krate: self.krate,
            deferred: Vec::new(),
            depth: 0,
        };
        for item in items {
            self.names.collect_item(&mut walk, (*item).clone(), &at);
        }
        self.names.finish_impls();
        inner
    }

    fn expand(&self, scope: ScopeId, mac: &syn::Macro, position: Position) -> Expanded {
        let depth = self.names.expansion_depth.get();
        if depth > MAX_EXPANSION_DEPTH {
            return expand::expand_unknown(mac, position);
        }
        if let Some(expanded) = self.names.expand_user(scope, mac, position) {
            return expanded;
        }
        let cfg = &self.names.input.crates[self.krate].cfg;
        match expand::expand_known(&macro_name(mac), mac, position, cfg) {
            Some(expanded) => expanded,
            None => expand::expand_unknown(mac, position),
        }
    }

    fn cfg_active(&self, attrs: &[syn::Attribute]) -> bool {
        syntax::cfg_active(attrs, &self.names.input.crates[self.krate].cfg)
    }
}

fn macro_name(mac: &syn::Macro) -> String {
    mac.path
        .segments
        .last()
        .map(|segment| segment.ident.to_string())
        .unwrap_or_default()
}

fn receiver_type(cx: &Cx<'_, '_>, scope: ScopeId, receiver: &syn::Receiver) -> (SelfKind, Ty) {
    let span = cx.span(receiver.self_token.span);
    let plain = Ty::Path(PathRef {
        qself: None,
        qself_position: 0,
        global: false,
        segments: vec![crate::mir::Segment {
            name: "Self".into(),
            args: Vec::new(),
        }],
        scope,
        span,
    });
    match &receiver.kind {
        syn::ReceiverKind::Value => (SelfKind::Value, plain),
        syn::ReceiverKind::Reference(_, _, mutability) => {
            let kind = if mutability.is_some() {
                SelfKind::RefMut
            } else {
                SelfKind::Ref
            };
            (kind, Ty::Ref(mutability.is_some(), Box::new(plain)))
        }
        syn::ReceiverKind::Typed(_, ty) => match lower::lower_ty(cx, scope, ty) {
            ty @ Ty::Ref(true, _) => (SelfKind::RefMut, ty),
            ty @ Ty::Ref(false, _) => (SelfKind::Ref, ty),
            Ty::Path(path) if &**path.last() == "Pin" => {
                (SelfKind::RefMut, Ty::Ref(true, Box::new(plain)))
            }
            ty => (SelfKind::Value, ty),
        },
        _ => (SelfKind::Value, plain),
    }
}

fn is_unsafe(sig: &syn::Signature) -> bool {
    matches!(sig.safety, syn::Safety::Unsafe(_))
}

fn type_params(generics: &syn::Generics) -> Vec<Name> {
    generics
        .type_params()
        .map(|param| param.ident.to_string().into())
        .collect()
}

fn derives_copy(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("derive") && match &attr.meta {
            syn::Meta::List(list) => list.tokens.clone().into_iter().any(
                |token| matches!(token, proc_macro2::TokenTree::Ident(ident) if ident == "Copy"),
            ),
            _ => false,
        }
    })
}

fn path_attribute(attr: &syn::Attribute) -> Option<String> {
    if !attr.path().is_ident("path") {
        return None;
    }
    match &attr.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            value:
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(path),
                    ..
                }),
            ..
        }) => Some(path.value()),
        _ => None,
    }
}

fn item_attrs(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(i) => &i.attrs,
        syn::Item::Enum(i) => &i.attrs,
        syn::Item::ExternCrate(i) => &i.attrs,
        syn::Item::Fn(i) => &i.attrs,
        syn::Item::ForeignMod(i) => &i.attrs,
        syn::Item::Impl(i) => &i.attrs,
        syn::Item::Macro(i) => &i.attrs,
        syn::Item::Mod(i) => &i.attrs,
        syn::Item::Static(i) => &i.attrs,
        syn::Item::Struct(i) => &i.attrs,
        syn::Item::Trait(i) => &i.attrs,
        syn::Item::TraitAlias(i) => &i.attrs,
        syn::Item::Type(i) => &i.attrs,
        syn::Item::Union(i) => &i.attrs,
        syn::Item::Use(i) => &i.attrs,
        _ => &[],
    }
}

fn within(span: Span, outer: &Rc<Vec<Span>>) -> Rc<Vec<Span>> {
    let mut spans = Vec::with_capacity(outer.len() + 1);
    spans.push(span);
    spans.extend(outer.iter().copied());
    Rc::new(spans)
}

fn join(path: &str, name: &str) -> Name {
    format!("{path}::{name}").into()
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.split("::")
        .zip(b.split("::"))
        .take_while(|(a, b)| a == b)
        .count()
}

fn parent_dir(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

fn join_path(dir: &str, path: &str) -> String {
    if dir.is_empty() {
        path.to_string()
    } else {
        format!("{dir}/{path}")
    }
}

/// Resolves `.` and `..`.
fn normalize(path: &str) -> String {
    if !path.contains('.') {
        return path.to_string();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The symbol that `#[link_name = ".."]` says a foreign function is.
fn link_name(attrs: &[syn::Attribute]) -> Option<Name> {
    attrs.iter().find_map(|attr| match &attr.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("link_name") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(name),
                ..
            }) => Some(name.value().into()),
            _ => None,
        },
        _ => None,
    })
}
