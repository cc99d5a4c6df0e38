//! Macro expansion.

/// Where a macro invocation stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// As an expression.
    Expr,
    /// As a statement of a block.
    Stmt,
    /// As a pattern.
    Pat,
    /// As a type.
    Type,
    /// As an item.
    Item,
}

/// What an invocation (in a body) means.
pub enum Expanded {
    /// This expression.
    Expr(Box<syn::Expr>),
    /// These statements. In expression position they are the statements of a block of their own; in
    /// statement position they belong to the enclosing block (their `let`s stay visible).
    Stmts(Vec<syn::Stmt>),
    /// This pattern.
    Pat(Box<syn::Pat>),
    /// These items.
    Items(Vec<syn::Item>),
    /// Reads these expressions by reference and keeps nothing of them:
    /// `println!`, `format!`, `write!`, `log::info!`.
    Reads(Vec<syn::Expr>),
    /// Evaluates these (by reference) and never goes on: `panic!`, `unreachable!`.
    Diverges(Vec<syn::Expr>),
    /// An unknown macro. If its arguments parse as expressions they are
    /// here, otherwise every identifier that occurs in them is, as a path expression: any of them may be used in any way.
    Unknown(Vec<syn::Expr>),
}
