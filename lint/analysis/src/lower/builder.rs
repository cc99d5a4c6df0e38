//! Blocks, locals, scopes and drops of the body that is being built.

use std::rc::Rc;

use super::{Expanded, LowerCx, Position, lower_ty};
use crate::mir::{
    BasicBlock, BindMode, BlockId, Body, Callee, Capture, ClosureDef, Local, LocalDecl, Name, Operand, Place, RETURN,
    Rvalue, ScopeId, Statement, StatementKind, Terminator, TerminatorKind, Test, Ty,
};
use crate::span::Span;

/// Deeper expansions are not followed; rustc's own limit is 128.
const MAX_EXPANSIONS: usize = 64;

/// A scope whose end runs drops.
#[derive(Default)]
pub(super) struct DropScope {
    /// The locals that end with it, in the order of declaration, and whether dropping them can do anything.
    pub locals: Vec<(Local, bool)>,
}

/// What `break` and `continue` lead out of.
pub(super) struct Breakable {
    pub label: Option<Name>,
    pub break_to: BlockId,
    pub continue_to: Option<BlockId>,
    pub dest: Place,
    /// How many drop scopes stay when it is left.
    pub depth: usize,
}

/// The body of one function or closure, in the making.
pub(super) struct FnCx {
    pub name: Name,
    pub span: Span,
    pub is_async: bool,
    pub locals: Vec<LocalDecl>,
    pub param_count: usize,
    pub blocks: Vec<BasicBlock>,
    pub current: BlockId,
    pub vars: Vec<(Name, Local)>,
    pub scopes: Vec<DropScope>,
    pub breakables: Vec<Breakable>,
    pub closures: Vec<Rc<ClosureDef>>,
    /// For closures: what was captured, and the local that stands for it here.
    pub captures: Vec<(Capture, Local)>,
}

/// Builds a body, and those of the closures in it.
pub(super) struct Builder<'c> {
    pub cx: &'c dyn LowerCx,
    pub scope: ScopeId,
    pub edition: u16,
    /// How many macro expansions are being lowered into each other.
    pub expansions: usize,
    fns: Vec<FnCx>,
}

impl<'c> Builder<'c> {
    pub fn new(cx: &'c dyn LowerCx, scope: ScopeId, edition: u16) -> Self {
        Builder { cx, scope, edition, expansions: 0, fns: Vec::new() }
    }

    /// The function that is being built.
    pub fn f(&mut self) -> &mut FnCx {
        let last = self.fns.len() - 1;
        &mut self.fns[last]
    }

    pub fn enter_fn(&mut self, name: Name, span: Span, is_async: bool) {
        self.fns.push(FnCx {
            name,
            span,
            is_async,
            locals: vec![LocalDecl { name: None, ty: None, span }],
            param_count: 0,
            blocks: vec![BasicBlock::default()],
            current: BlockId(0),
            vars: Vec::new(),
            scopes: vec![DropScope::default()],
            breakables: Vec::new(),
            closures: Vec::new(),
            captures: Vec::new(),
        });
    }

    pub fn set_return_type(&mut self, ty: Ty) {
        self.f().locals[0].ty = Some(ty);
    }

    /// Ends the function: drops what is left, returns.
    pub fn finish_fn(&mut self, end: Span) -> Body {
        self.drop_scopes(0, end);
        self.terminate(TerminatorKind::Return, end);
        let scope = self.scope;
        let mut f = match self.fns.pop() {
            Some(f) => f,
            None => unreachable_fn(end),
        };
        for block in &mut f.blocks {
            if block.terminator.is_none() {
                block.terminator = Some(Terminator { kind: TerminatorKind::Unreachable, span: end });
            }
        }
        let mut body = Body {
            name: f.name,
            span: f.span,
            locals: f.locals,
            param_count: f.param_count,
            blocks: f.blocks,
            closures: f.closures,
            is_async: f.is_async,
            scope,
        };
        let captures: Vec<Local> = f.captures.iter().map(|(_, local)| *local).collect();
        captures_first(&mut body, &captures);
        body
    }

    /// Builds a closure or async block around what `fill` lowers; returns its
    /// number in the enclosing body.
    pub fn closure(
        &mut self,
        span: Span,
        is_move: bool,
        is_async_block: bool,
        is_async: bool,
        fill: impl FnOnce(&mut Self),
    ) -> usize {
        self.enter_fn("{closure}".into(), span, is_async);
        fill(self);
        let end = Span { lo: span.hi.saturating_sub(1).max(span.lo), ..span };
        let captures: Vec<Capture> = self.f().captures.iter().map(|(capture, _)| capture.clone()).collect();
        let body = self.finish_fn(end);
        let f = self.f();
        f.closures.push(Rc::new(ClosureDef { body, captures, is_move, is_async_block }));
        f.closures.len() - 1
    }

    /// Expands a macro; one that goes on expanding itself means nothing.
    pub fn expand(&mut self, mac: &syn::Macro, position: Position) -> Expanded {
        if self.expansions >= MAX_EXPANSIONS {
            return crate::expand::expand_unknown(mac, position);
        }
        self.cx.expand(self.scope, mac, position)
    }

    // Locals.

    pub fn local(&mut self, name: Option<Name>, ty: Option<Ty>, span: Span) -> Local {
        let f = self.f();
        f.locals.push(LocalDecl { name, ty, span });
        Local(f.locals.len() as u32 - 1)
    }

    /// A parameter; all come before any other local.
    pub fn param(&mut self, name: Option<Name>, ty: Option<Ty>, span: Span) -> Local {
        let local = self.local(name, ty, span);
        let f = self.f();
        f.param_count += 1;
        f.scopes[0].locals.push((local, true));
        local
    }

    /// A parameter with a pattern; the pattern's bindings are made by
    /// [`bind_params`](Self::bind_params), once all parameters stand.
    pub fn param_pattern<'p>(
        &mut self,
        pat: &'p syn::Pat,
        ty: Option<Ty>,
        patterns: &mut Vec<(&'p syn::Pat, Local)>,
    ) {
        let span = self.cx.span(super::spans::pat_start(pat));
        let (pat, ty) = match pat {
            syn::Pat::Type(typed) => {
                (&*typed.pat, Some(lower_ty(self.cx, self.scope, &typed.ty)))
            }
            pat => (pat, ty),
        };
        match pat {
            syn::Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                let name: Name = ident.ident.to_string().into();
                let local = self.param(Some(name.clone()), ty, span);
                self.declare(name, local);
            }
            pat => {
                let local = self.param(None, ty, span);
                patterns.push((pat, local));
            }
        }
    }

    pub fn bind_params(&mut self, patterns: &[(&syn::Pat, Local)]) {
        for (pat, local) in patterns {
            let nowhere = self.dead_end();
            self.pattern(pat, &Place::local(*local), nowhere);
        }
    }

    /// A temporary of the innermost scope. `droppable`: dropping it may do something.
    pub fn temp(&mut self, span: Span, droppable: bool) -> Local {
        let local = self.local(None, None, span);
        self.own(local, droppable);
        local
    }

    /// The innermost scope ends this local.
    pub fn own(&mut self, local: Local, droppable: bool) {
        if let Some(scope) = self.f().scopes.last_mut() {
            scope.locals.push((local, droppable));
        }
    }

    /// Makes a variable visible.
    pub fn declare(&mut self, name: Name, local: Local) {
        self.f().vars.push((name, local));
    }

    /// The local of a variable, captured if it is an enclosing function's.
    pub fn variable(&mut self, name: &str) -> Option<Local> {
        self.variable_at(self.fns.len() - 1, name)
    }

    fn variable_at(&mut self, level: usize, name: &str) -> Option<Local> {
        if let Some((_, local)) = self.fns[level].vars.iter().rev().find(|(var, _)| &**var == name) {
            return Some(*local);
        }
        let outer = self.variable_at(level.checked_sub(1)?, name)?;
        let f = &mut self.fns[level];
        if let Some((_, local)) = f.captures.iter().find(|(capture, _)| capture.outer == outer) {
            return Some(*local);
        }
        let span = f.span;
        f.locals.push(LocalDecl { name: Some(name.into()), ty: None, span });
        let local = Local(f.locals.len() as u32 - 1);
        f.captures.push((Capture { outer, by_value: false }, local));
        Some(local)
    }

    /// A capture is used by value as a whole.
    pub fn note_by_value(&mut self, local: Local) {
        let mut local = local;
        for level in (0..self.fns.len()).rev() {
            let found = self.fns[level].captures.iter_mut().find(|(_, inner)| *inner == local);
            let Some((capture, _)) = found else { return };
            capture.by_value = true;
            local = capture.outer;
        }
    }

    // Blocks.

    pub fn block(&mut self) -> BlockId {
        let f = self.f();
        f.blocks.push(BasicBlock::default());
        BlockId(f.blocks.len() as u32 - 1)
    }

    /// A block that control never reaches.
    pub fn dead_end(&mut self) -> BlockId {
        let span = self.f().span;
        let block = self.block();
        self.f().blocks[block.0 as usize].terminator = Some(Terminator { kind: TerminatorKind::Unreachable, span });
        block
    }

    /// Goes on in that block.
    pub fn switch_to(&mut self, block: BlockId) {
        self.f().current = block;
    }

    pub fn push(&mut self, kind: StatementKind, span: Span) {
        let f = self.f();
        let current = f.current.0 as usize;
        f.blocks[current].statements.push(Statement { kind, span });
    }

    pub fn assign(&mut self, place: Place, rvalue: Rvalue, span: Span) {
        self.push(StatementKind::Assign(place, rvalue), span);
    }

    /// Ends the current block, unless something ended it already.
    pub fn terminate(&mut self, kind: TerminatorKind, span: Span) {
        let f = self.f();
        let current = f.current.0 as usize;
        if f.blocks[current].terminator.is_none() {
            f.blocks[current].terminator = Some(Terminator { kind, span });
        }
    }

    pub fn goto(&mut self, to: BlockId, span: Span) {
        self.terminate(TerminatorKind::Goto(to), span);
    }

    /// What follows is unreachable.
    pub fn diverge(&mut self) {
        let next = self.block();
        self.switch_to(next);
    }

    /// A two-way test; goes on where it holds.
    pub fn test(&mut self, place: Place, test: Test, otherwise: BlockId, span: Span) {
        let then = self.block();
        self.terminate(TerminatorKind::Test { place, test, then, otherwise }, span);
        self.switch_to(then);
    }

    // Scopes.

    pub fn push_scope(&mut self) {
        self.f().scopes.push(DropScope::default());
    }

    /// Ends the innermost scope, here.
    pub fn pop_scope(&mut self, span: Span) {
        let depth = self.f().scopes.len() - 1;
        self.drop_scopes(depth, span);
        self.f().scopes.pop();
    }

    /// Ends the innermost scope, whose drops were run on every way out.
    pub fn discard_scope(&mut self) {
        self.f().scopes.pop();
    }

    /// Runs the drops of all scopes but the outermost `keep`, innermost first.
    pub fn drop_scopes(&mut self, keep: usize, span: Span) {
        let mut ends: Vec<(Local, bool)> = Vec::new();
        for scope in self.f().scopes[keep..].iter().rev() {
            ends.extend(scope.locals.iter().rev().copied());
        }
        for (local, droppable) in ends {
            if droppable {
                self.push(StatementKind::Drop(Place::local(local)), span);
            }
            self.push(StatementKind::StorageDead(local), span);
        }
    }

    /// Runs all drops and returns.
    pub fn return_here(&mut self, span: Span) {
        self.drop_scopes(0, span);
        self.terminate(TerminatorKind::Return, span);
        self.diverge();
    }

    pub fn depth(&mut self) -> usize {
        self.f().scopes.len()
    }

    pub fn bind(&mut self, local: Local, place: Place, mode: BindMode, span: Span) {
        self.push(StatementKind::Bind { local, place, mode }, span);
    }
}

fn unreachable_fn(span: Span) -> FnCx {
    FnCx {
        name: "{empty}".into(),
        span,
        is_async: false,
        locals: vec![LocalDecl { name: None, ty: None, span }],
        param_count: 0,
        blocks: vec![BasicBlock::default()],
        current: BlockId(0),
        vars: Vec::new(),
        scopes: Vec::new(),
        breakables: Vec::new(),
        closures: Vec::new(),
        captures: Vec::new(),
    }
}

/// Moves the captures' locals right behind the parameters.
fn captures_first(body: &mut Body, captures: &[Local]) {
    let first = body.param_count + 1;
    if captures.iter().enumerate().all(|(index, local)| local.0 as usize == first + index) {
        return;
    }
    let count = body.locals.len();
    let mut order: Vec<usize> = (0..first).collect();
    order.extend(captures.iter().map(|local| local.0 as usize));
    order.extend((first..count).filter(|at| !captures.iter().any(|local| local.0 as usize == *at)));
    let mut map = vec![RETURN; count];
    for (new, &old) in order.iter().enumerate() {
        map[old] = Local(new as u32);
    }
    body.locals = order.iter().map(|&old| body.locals[old].clone()).collect();
    let rename = |local: &mut Local| *local = map[local.0 as usize];
    for block in &mut body.blocks {
        for statement in &mut block.statements {
            rename_statement(&mut statement.kind, &rename);
        }
        if let Some(terminator) = &mut block.terminator {
            rename_terminator(&mut terminator.kind, &rename);
        }
    }
    for closure in &mut body.closures {
        if let Some(closure) = Rc::get_mut(closure) {
            closure.captures.iter_mut().for_each(|capture| rename(&mut capture.outer));
        }
    }
}

fn rename_operand(operand: &mut Operand, rename: &impl Fn(&mut Local)) {
    if let Operand::Place(place) = operand {
        rename(&mut place.local);
    }
}

fn rename_statement(kind: &mut StatementKind, rename: &impl Fn(&mut Local)) {
    match kind {
        StatementKind::Assign(place, rvalue) => {
            rename(&mut place.local);
            rename_rvalue(rvalue, rename);
        }
        StatementKind::Bind { local, place, .. } => {
            rename(local);
            rename(&mut place.local);
        }
        StatementKind::Drop(place) => rename(&mut place.local),
        StatementKind::StorageLive(local) | StatementKind::StorageDead(local) => rename(local),
        StatementKind::Opaque(operands) => operands.iter_mut().for_each(|o| rename_operand(o, rename)),
    }
}

fn rename_rvalue(rvalue: &mut Rvalue, rename: &impl Fn(&mut Local)) {
    match rvalue {
        Rvalue::Use(a)
        | Rvalue::Unary(_, a)
        | Rvalue::Cast(a, _)
        | Rvalue::Repeat(_, a)
        | Rvalue::Await(a)
        | Rvalue::IntoIter(a) => rename_operand(a, rename),
        Rvalue::Ref(_, place) | Rvalue::AddrOf(_, place) | Rvalue::IterNext(place) => rename(&mut place.local),
        Rvalue::Binary(_, a, b) => {
            rename_operand(a, rename);
            rename_operand(b, rename);
        }
        Rvalue::Call(call) => {
            call.args.iter_mut().for_each(|o| rename_operand(o, rename));
            match &mut call.callee {
                Callee::Path(_) => {}
                Callee::Method { receiver, .. } => rename(&mut receiver.local),
                Callee::Value(operand) => rename_operand(operand, rename),
            }
        }
        Rvalue::Struct { fields, base, .. } => {
            fields.iter_mut().for_each(|(_, o)| rename_operand(o, rename));
            if let Some(base) = base {
                rename_operand(base, rename);
            }
        }
        Rvalue::Tuple(operands)
        | Rvalue::Array(_, operands)
        | Rvalue::Format(operands)
        | Rvalue::Opaque(operands) => operands.iter_mut().for_each(|o| rename_operand(o, rename)),
        Rvalue::Closure(_) => {}
        Rvalue::Range(lo, hi, _) => {
            for operand in [lo, hi].into_iter().flatten() {
                rename_operand(operand, rename);
            }
        }
    }
}

fn rename_terminator(kind: &mut TerminatorKind, rename: &impl Fn(&mut Local)) {
    match kind {
        TerminatorKind::Branch { cond, .. } => rename_operand(cond, rename),
        TerminatorKind::Test { place, test, .. } => {
            rename(&mut place.local);
            match test {
                Test::Eq(operand) => rename_operand(operand, rename),
                Test::Range(lo, hi, _) => {
                    for operand in [lo, hi].into_iter().flatten() {
                        rename_operand(operand, rename);
                    }
                }
                Test::Variant(_) | Test::Known(_) | Test::Len(..) | Test::Opaque => {}
            }
        }
        TerminatorKind::Try { operand, ok, residual, .. } => {
            rename_operand(operand, rename);
            rename(&mut ok.local);
            rename(&mut residual.local);
        }
        TerminatorKind::Goto(_) | TerminatorKind::Return | TerminatorKind::Unreachable => {}
    }
}
