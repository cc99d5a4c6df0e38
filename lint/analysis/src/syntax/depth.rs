//! How deep a recursive parser can get over a token stream.
//!
//! A parser goes one level down for a delimiter, for a prefix (`!x`, `&x`, `|a| x`, `return x`, `if x`, `a = x`,
//! `a::x` in a `use`), and for an angle bracket. [`check_depth`] adds up, along the path of nested groups, how many of
//! these are open at once, and refuses a file before anyone recurses over it. It over-approximates: a prefix counts as
//! open until the `,`, `;` or `}` that certainly ends its operand.
//!
//! Flat chains (`a + b + c`, `x.a().b()`, `x as A as B`, `else if`) are parsed by a loop, but make trees that are deep on the left,
//! over which `Drop` and visitors recurse with small frames. They have a bound of their own, far higher.
//!
//! The walk itself keeps an explicit stack.

use std::fmt;

use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream, TokenTree, token_stream};

/// How many delimiters may be nested.
const MAX_GROUPS: usize = 256;
/// How many prefixes, closures and angle brackets may be open at once.
const MAX_PREFIXES: usize = 1024;
/// How many links a chain of postfix and binary operators may have.
const MAX_LINKS: usize = 12_000;

/// A token stream nests too deeply to be parsed.
#[derive(Clone, Debug)]
pub struct TooDeep {
    /// What there is too much of.
    what: &'static str,
    /// The token at which it became too much.
    pub span: Span,
}

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)
    }
}

impl std::error::Error for TooDeep {}

/// Refuses tokens over which a recursive parser could overflow its stack.
pub fn check_depth(tokens: &TokenStream) -> Result<(), TooDeep> {
    let mut stack = vec![Level::new(tokens.clone(), Counts::default())];
    while let Some(level) = stack.last_mut() {
        let Some(tree) = level.rest.next() else {
            stack.pop();
            continue;
        };
        let span = tree.span();
        let inner = level.step(tree);
        let counts = level.counts;
        if let Some(inner) = inner {
            // A group's counts go on from those at its opening.
            stack.push(Level::new(inner, counts));
        }
        let what = if stack.len() > MAX_GROUPS {
            "delimiters are nested too deeply"
        } else if counts.prefixes + counts.angles > MAX_PREFIXES {
            "expressions or types are nested too deeply"
        } else if counts.links > MAX_LINKS {
            "chain of operators is too long"
        } else {
            continue;
        };
        return Err(TooDeep { what, span });
    }
    Ok(())
}

#[derive(Copy, Clone, Default)]
struct Counts {
    prefixes: usize,
    angles: usize,
    links: usize,
}

/// What the previous token was, as far as the next one's role depends on it.
#[derive(Copy, Clone, PartialEq)]
enum Prev {
    /// Nothing, an operator or a keyword: an operand comes next.
    Operator,
    /// The first half of an operator of two or three characters, where an operand was expected.
    Joint(char),
    /// The same, after an operand.
    JointInfix(char),
    /// `else`: an `if` after it is a link of a chain, not a nesting.
    Else,
    /// A name.
    Name,
    /// A literal: no generic arguments can follow.
    Literal,
    /// A group other than a block: a call or an index may follow.
    Group,
    /// `{ .. }`, which may end a statement, an item or an arm.
    Block,
}

/// One group under way.
struct Level {
    rest: token_stream::IntoIter,
    base: Counts,
    counts: Counts,
    prev: Prev,
    /// Between the bars of a closure's parameters.
    in_params: bool,
}

impl Level {
    fn new(tokens: TokenStream, base: Counts) -> Level {
        Level {
            rest: tokens.into_iter(),
            base,
            counts: base,
            prev: Prev::Operator,
            in_params: false,
        }
    }

    /// Accounts for one token; gives the contents of a group.
    fn step(&mut self, tree: TokenTree) -> Option<TokenStream> {
        if self.prev == Prev::Block && starts_anew(&tree) {
            self.reset();
        }
        match tree {
            TokenTree::Group(group) => {
                if matches!(self.prev, Prev::Group | Prev::Block) {
                    self.counts.links += 1;
                }
                self.prev = match group.delimiter() {
                    Delimiter::Brace => Prev::Block,
                    _ => Prev::Group,
                };
                return Some(group.stream());
            }
            TokenTree::Literal(_) => self.prev = Prev::Literal,
            TokenTree::Ident(ident) => self.ident(&ident),
            TokenTree::Punct(punct) => self.punct(&punct),
        }
        None
    }

    fn reset(&mut self) {
        self.counts = self.base;
        self.in_params = false;
    }

    fn close_angle(&mut self) {
        if self.counts.angles > self.base.angles {
            self.counts.angles -= 1;
        }
    }

    fn ident(&mut self, ident: &Ident) {
        if ident == "as" || ident == "else" {
            self.counts.links += 1;
            self.prev = if ident == "as" {
                Prev::Operator
            } else {
                Prev::Else
            };
        } else if self.prev == Prev::Else && ident == "if" {
            self.prev = Prev::Operator;
        } else if PREFIX_KEYWORDS.iter().any(|keyword| ident == keyword) {
            self.counts.prefixes += 1;
            self.prev = Prev::Operator;
        } else {
            self.prev = Prev::Name;
        }
    }

    fn punct(&mut self, punct: &Punct) {
        let prev = self.prev;
        let operand = !matches!(
            prev,
            Prev::Operator | Prev::Else | Prev::Joint(_) | Prev::JointInfix(_)
        );
        let joint = match prev {
            Prev::Joint(c) | Prev::JointInfix(c) => Some(c),
            _ => None,
        };
        self.prev = match punct.spacing() {
            Spacing::Joint if operand => Prev::JointInfix(punct.as_char()),
            Spacing::Joint => Prev::Joint(punct.as_char()),
            Spacing::Alone => Prev::Operator,
        };
        match punct.as_char() {
            ';' => self.reset(),
            ',' => {
                self.prev = Prev::Operator;
                if !self.in_params && self.counts.angles == self.base.angles {
                    self.reset();
                }
            }
            '#' | '$' | '\'' => self.prev = Prev::Operator,
            '<' if matches!(prev, Prev::Literal | Prev::Group) => {
                self.counts.links += 1;
                if punct.spacing() == Spacing::Joint {
                    // A shift: the second half is no bracket either.
                    self.prev = prev;
                }
            }
            '<' => self.counts.angles += 1,
            '>' if matches!(joint, Some('-' | '=')) => {
                self.counts.prefixes += 1;
                self.prev = Prev::Operator;
            }
            '>' => {
                self.close_angle();
                self.counts.links += 1;
                self.prev = Prev::Name;
            }
            '|' if self.in_params => {
                self.in_params = false;
                self.prev = Prev::Operator;
            }
            '&' | '|' if prev == Prev::JointInfix(punct.as_char()) => self.prev = Prev::Operator,
            '|' if !operand => {
                self.counts.prefixes += 1;
                self.in_params = true;
            }
            '?' if operand => {
                self.counts.links += 1;
                self.prev = prev;
            }
            // Assignments nest; `==`, `<=`, `>=` and `!=` do not.
            '=' if matches!(joint, Some('=' | '<' | '>' | '!')) => {
                match joint {
                    Some('=') if self.counts.prefixes > self.base.prefixes => {
                        self.counts.prefixes -= 1
                    }
                    Some('<') => self.close_angle(),
                    _ => {}
                }
                self.counts.links += 1;
            }
            '=' => self.counts.prefixes += 1,
            '@' => self.counts.prefixes += 1,
            _ if operand => self.counts.links += 1,
            _ => self.counts.prefixes += 1,
        }
    }
}

/// Whether a token after a block begins something new, so that what the block ended is complete.
fn starts_anew(tree: &TokenTree) -> bool {
    match tree {
        TokenTree::Ident(ident) => ident != "as" && ident != "else",
        TokenTree::Literal(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Group(_) => false,
    }
}

/// Keywords that an operand, a pattern or a type follows.
const PREFIX_KEYWORDS: [&str; 29] = [
    "async", "become", "box", "break", "const", "do", "dyn", "for", "gen", "if", "impl", "in",
    "let", "loop", "match", "move", "mut", "raw", "ref", "return", "safe", "static", "try",
    "unsafe", "use", "where", "while", "yield", "auto",
];
