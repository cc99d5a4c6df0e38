//! Expansions, compared as token text, and what they parse to.

use std::str::FromStr;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Expr;

use super::*;
use crate::input::CfgOptions;

fn stream(text: &str) -> TokenStream {
    TokenStream::from_str(text).expect("tokens")
}

fn normal(text: &str) -> String {
    stream(text).to_string().split_whitespace().collect()
}

/// Expands one invocation of the macro whose rules are `rules`.
fn expand(rules: &str, input: &str) -> Result<TokenStream, ExpandError> {
    reset_names();
    MacroRules::parse(stream(rules))?.expand(stream(input), "crate", Span::call_site())
}

#[track_caller]
fn assert_expands(rules: &str, input: &str, expected: &str) {
    let found = expand(rules, input).unwrap_or_else(|error| panic!("{error}"));
    let found: String = found.to_string().split_whitespace().collect();
    assert_eq!(found, normal(expected));
}

#[track_caller]
fn assert_fails(rules: &str, input: &str) {
    assert!(expand(rules, input).is_err());
}

/// The invocation `text`, in expression or statement position.
fn known(text: &str, position: Position) -> Option<Expanded> {
    let mac: syn::Macro = syn::parse_str(text).expect("an invocation");
    let name = mac.path.segments.last()?.ident.to_string();
    expand_known(&name, &mac, position, &CfgOptions::default())
}

fn show(expanded: Expanded) -> String {
    fn all<T: ToTokens>(label: &str, nodes: &[T]) -> String {
        let texts: Vec<String> = nodes
            .iter()
            .map(|node| normal(&node.to_token_stream().to_string()))
            .collect();
        format!("{label}[{}]", texts.join("; "))
    }
    match expanded {
        Expanded::Expr(expr) => normal(&expr.to_token_stream().to_string()),
        Expanded::Pat(pat) => normal(&pat.to_token_stream().to_string()),
        Expanded::Stmts(stmts) => all("stmts", &stmts),
        Expanded::Items(items) => all("items", &items),
        Expanded::Reads(exprs) => all("reads", &exprs),
        Expanded::Diverges(exprs) => all("diverges", &exprs),
        Expanded::Unknown(exprs) => all("unknown", &exprs),
    }
}

#[track_caller]
fn assert_known(text: &str, expected: &str) {
    reset_names();
    let found = known(text, Position::Expr).map(show).expect("known");
    assert_eq!(found, expected);
}

#[track_caller]
fn assert_items(text: &str, expected: &str) {
    let found = known(text, Position::Item).map(show).expect("known");
    assert_eq!(found, expected);
}

#[test]
fn the_failure_test_as_arguments() {
    let rules = "($fn:ident ( $($arg:expr),* $(,)* ), $err_test:path, $err_value:expr) => {{
        let res = unsafe { $fn($($arg, )*) };
        if $err_test(&res, &$err_value) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};";
    assert_expands(
        rules,
        "closesocket(s), PartialEq::ne, 0",
        "{ let res__m1 = unsafe { closesocket(s, ) };
           if PartialEq::ne(&res__m1, &0) { Err(io::Error::last_os_error()) } else { Ok(res__m1) } }",
    );
    assert_expands(
        rules,
        "socket(af, ty | F, 0,), PartialEq::eq, INVALID_SOCKET",
        "{ let res__m1 = unsafe { socket(af, ty | F, 0, ) };
           if PartialEq::eq(&res__m1, &INVALID_SOCKET) { Err(io::Error::last_os_error()) } else { Ok(res__m1) } }",
    );
}

#[test]
fn the_failure_value_or_kind_as_argument() {
    let by_value = "($fn:ident ( $($arg:expr),* ), $error:expr) => {{
        let ret = unsafe { $crate::c::$fn($($arg),*) };
        if ret != $error { Ok(ret) } else { Err(last()) } }};";
    assert_expands(
        by_value,
        "listen(s, 5), SOCKET_ERROR",
        "{ let ret__m1 = unsafe { crate::c::listen(s, 5) };
           if ret__m1 != SOCKET_ERROR { Ok(ret__m1) } else { Err(last()) } }",
    );
    let by_kind = "(SOCKET, $e:expr) => { check_socket(unsafe { $e }) };
        (BOOL, $e:expr) => { check_bool(unsafe { $e }) };
        (HANDLE, $e:expr) => { check_handle(unsafe { $e }) };";
    assert_expands(by_kind, "BOOL, f(h)", "check_bool(unsafe { f(h) })");
    assert_fails(by_kind, "OTHER, f(h)");
}

#[test]
fn a_closure_as_argument_and_forwarding() {
    let rules = "($call:expr, $test:expr) => {{ let r = unsafe { $call }; if ($test)(r) { fail!(@inner r, $call) } else { r } }};";
    assert_expands(
        rules,
        "connect(s, a, n), |r| r == SOCKET_ERROR",
        "{ let r__m1 = unsafe { connect(s, a, n) };
           if (|r| r == SOCKET_ERROR)(r__m1) { fail!(@inner r__m1, connect(s, a, n)) } else { r__m1 } }",
    );
    // A forwarded expression is one operand to the macro it is forwarded to.
    let outer = expand("($e:expr) => { $e, end };", "a + b").expect("expands");
    let inner = MacroRules::parse(stream("($e:expr, end) => { $e * 2 };")).expect("parses");
    let product = inner
        .expand(outer, "crate", Span::call_site())
        .expect("matches");
    let Ok(Expanded::Expr(expr)) = parse_expansion(product, Position::Expr) else {
        panic!("an expression");
    };
    assert!(matches!(
        *expr,
        Expr::Binary(syn::ExprBinary {
            op: syn::BinOp::Mul(_),
            ..
        })
    ));
}

#[test]
fn fragments() {
    assert_expands(
        "($v:vis $i:ident : $t:ty) => { $v fn $i() -> $t; }",
        "pub(crate) f: &'a [u8]",
        "pub(crate) fn f() -> &'a [u8];",
    );
    assert_expands("($v:vis $i:ident) => { $v $i }", "f", "f");
    assert_expands(
        "($b:block $l:lifetime $x:literal) => { $l: loop $b $x }",
        "{ 1 } 'a -1",
        "'a: loop { 1 } -1",
    );
    assert_expands(
        "($(#[$m:meta])* $p:path) => { $(#[$m])* $p }",
        "#[a(b)] #[c = \"d\"] ::x::Y<u8>",
        "#[a(b)] #[c = \"d\"] ::x::Y<u8>",
    );
    assert_expands(
        "($p:pat => $q:pat_param | $r:pat_param) => { $q | $p }",
        "A | B(_) => C | D",
        "C | A | B(_)",
    );
    assert_expands(
        "($s:stmt; $t:stmt) => { $s; $t }",
        "let x: u8 = 1; f(x)",
        "let x: u8 = 1;; f(x)",
    );
    assert_expands(
        "($($i:item)*) => { $(#[cfg(a)] $i)* }",
        "fn f() {} struct S;",
        "#[cfg(a)] fn f() {} #[cfg(a)] struct S;",
    );
    assert_expands(
        "($a:tt $op:tt $b:tt) => { $b $op $a }",
        "x <<= (y)",
        "(y) <<= x",
    );
    assert_expands("($l:tt) => { $l }", "'a", "'a");
    assert_expands("($i:ident) => { r }; ($($t:tt)*) => { s }", "a.b", "s");
    // Not the generic arguments of a type, although `u8 << 1` alone would begin with them.
    let shift = expand("($t:ty, $e:expr) => { $e as $t << 1 }", "u8, x").expect("expands");
    assert!(parse_expansion(shift, Position::Expr).is_ok());
    assert_expands(
        "(|$p:pat| $e:expr) => { |$p| $e }",
        "|i| i + 1",
        "|i| i + 1",
    );
    assert_expands("($m:ident, $) => { $m }", "x, $", "x");
    assert_fails("($e:expr)", "a");
    assert_fails("($e:nonsense) => {}", "a");
    assert_fails("($e:expr) => {}", "a b");
}

#[test]
fn repetitions() {
    assert_expands(
        "($($k:ident => $v:expr),* $(,)?) => { [$(($k, $v)),*] }",
        "a => 1, b => 2 + 3,",
        "[(a, 1), (b, 2 + 3)]",
    );
    assert_expands("($($x:ident)+) => { $($x)=>+ }", "a b c", "a => b => c");
    assert_fails("($($x:ident)+) => {}", "");
    assert_expands("($($x:ident)?) => { [$($x)?] }", "", "[]");
    assert_expands(
        "($($f:ident ( $($a:ident : $t:ty),* );)*) => { $(fn $f($($a: $t),*) { g($($a),*) })* }",
        "f(); g(a: u8, b: &T);",
        "fn f() { g() } fn g(a: u8, b: &T) { g(a, b) }",
    );
    // A variable from outside of the repetition appears in each round.
    assert_expands(
        "($t:ty; $($x:ident),*) => { $(let $x: $t;)* }",
        "u8; a, b",
        "let a: u8; let b: u8;",
    );
    assert_expands(
        "($($k:ident = $v:expr),* ; $m:literal) => { $m }",
        "a = 1, b = 2; \"m\"",
        "\"m\"",
    );
    assert_expands(
        "($($k:ident = $v:expr,)* $m:literal) => { $m }",
        "a = 1, \"m\"",
        "\"m\"",
    );
    // Different lengths cannot go together.
    assert_fails("($($a:ident)*; $($b:ident)*) => { $($a $b)* }", "x; y z");
    assert_fails("($($a:ident)*) => { $a }", "x");
    assert_expands(
        "($($a:ident)*) => { ${count($a)} $(${index()} ${ignore($a)})* }",
        "x y",
        "2 0 1",
    );
}

#[test]
fn macros_within_macros() {
    assert_expands(
        "($n:ident) => { macro_rules! $n { ($e:expr) => { $e }; ($($t:tt),*) => { $($t)* } } }",
        "m",
        "macro_rules! m { ($e:expr) => { $e }; ($($t:tt),*) => { $($t)* } }",
    );
    assert_expands(
        "($d:tt $n:ident) => { macro_rules! $n { ($d x:expr) => { $d x } } }",
        "$ m",
        "macro_rules! m { ($x:expr) => { $x } }",
    );
    assert_expands("() => { $$x }", "", "$x");
    let definition = stream("pub macro m($e:expr) { f($e) }");
    let rules = MacroRules::parse(definition).expect("a `macro`");
    let found = rules
        .expand(stream("1 + 2"), "crate", Span::call_site())
        .expect("matches");
    assert_eq!(found.to_string(), "f (1 + 2)");
}

#[test]
fn the_defining_crate() {
    let rules = MacroRules::parse(stream("() => { $crate::net::close() }")).expect("rules");
    let found = rules
        .expand(TokenStream::new(), "__krate_mio", Span::call_site())
        .expect("matches");
    assert_eq!(
        found.to_string(),
        stream("__krate_mio::net::close()").to_string()
    );
}

#[test]
fn variables_of_the_body_are_its_own() {
    assert_expands(
        "($e:expr) => {{ let x = 1; f(x, $e, y.x, x::x, S { x: x }, S { x }, x!()) }}",
        "x",
        "{ let x__m1 = 1; f(x__m1, x, y.x, x::x, S { x: x__m1 }, S { x: x__m1 }, x!()) }",
    );
    // One that comes from an argument is the caller's.
    assert_expands(
        "($x:ident) => { let $x = 1; let y = $x; }",
        "y",
        "let y = 1; let y__m1 = y;",
    );
    assert_expands(
        "($e:expr) => { match $e { Ok(v) if v > 0 => v, S { a, b: Some(c) } => { a + c } err => return Err(err.into()), } }",
        "v",
        "match v { Ok(v__m1) if v__m1 > 0 => v__m1, S { a: a__m1, b: Some(c__m1) } => { a__m1 + c__m1 }
          err__m1 => return Err(err__m1.into()), }",
    );
    assert_expands(
        "($e:expr) => { $e.map(|s, (t, _): T| s | t) }",
        "s",
        "s.map(|s__m1, (t__m1, _): T| s__m1 | t__m1)",
    );
    assert_expands(
        "($e:expr) => { for i in $e { g(i) } if let Some(j) = h { j } }",
        "i",
        "for i__m1 in i { g(i__m1) } if let Some(j__m1) = h { j__m1 }",
    );
    // A function of the same name is another thing, unless the variable is a closure.
    assert_expands(
        "() => { let res = res(1); let f = |a| a; f(res) }",
        "",
        "let res__m1 = res(1); let f__m1 = |a__m1| a__m1; f__m1(res__m1)",
    );
    assert_expands(
        "() => { let r = 1; if a == Camel { r } else if b == r { r } else { r } }",
        "",
        "let r__m1 = 1; if a == Camel { r__m1 } else if b == r__m1 { r__m1 } else { r__m1 }",
    );
    // Unbound names, and bounds or alternatives that look like closures.
    assert_expands("() => { a | b | c }", "", "a | b | c");
}

#[test]
fn every_expansion_has_its_own_names() {
    reset_names();
    let rules = MacroRules::parse(stream("() => { let x = 1; }")).expect("rules");
    let one = || {
        rules
            .expand(TokenStream::new(), "crate", Span::call_site())
            .expect("matches")
            .to_string()
    };
    assert_ne!(one(), one());
}

#[test]
fn spans_are_those_of_the_invocation_or_the_argument() {
    let file = crate::syntax::parse_file("fn f() { m!(arg); }").expect("parses");
    let [syn::Item::Fn(function)] = file.items.as_slice() else {
        panic!("one function")
    };
    let Some(syn::Stmt::Macro(statement)) = function.block.stmts.first() else {
        panic!("a macro")
    };
    let rules = MacroRules::parse(stream("($e:expr) => { own($e) }")).expect("rules");
    let call_site = statement.mac.path.segments[0].ident.span();
    let found = rules
        .expand(statement.mac.tokens.clone(), "crate", call_site)
        .expect("matches");
    let Ok(Expanded::Expr(expr)) = parse_expansion(found, Position::Expr) else {
        panic!("an expression")
    };
    let Expr::Call(call) = *expr else {
        panic!("a call")
    };
    use syn::spanned::Spanned;
    assert_eq!(call.func.span().byte_range(), 9..10);
    assert_eq!(call.args.span().byte_range(), 12..15);
    assert_eq!(call.paren_token.span.open().byte_range(), 9..10);
}

#[test]
fn expansions_are_bounded() {
    let many = "x ".repeat(2_000);
    assert_fails(
        "($($x:ident)*; $($y:ident)*) => { $( $x $( $y )* )* }",
        &format!("{many}; {many}"),
    );
    let list = "1 + 1, ".repeat(20_000);
    let found = expand("($($e:expr,)*) => { $($e;)* }", &list).expect("expands");
    assert_eq!(found.into_iter().count(), 40_000);
}

#[test]
fn formatting_reads() {
    assert_known(
        "println!(\"{a} {b:?} {{c}} {0:w$.p$} {}\", x, n = y.z)",
        "reads[a; b; w; p; x; y.z]",
    );
    assert_known(
        "write!(f, \"{:>1$}\", s, 3)?".trim_end_matches('?'),
        "reads[f; s; 3]",
    );
    assert_known("log::info!(target: \"net\", \"closing {s}\")", "reads[s]");
    assert_known(
        "tracing::debug!(socket = %s, ?addr, len = n == 1, { k = v }, \"sent\")",
        "reads[s; addr; n==1; v]",
    );
    assert_known(
        "debug!(s = ?self.s, a.b = f::<A>(c), \"m\")",
        "reads[self.s; f::<A>(c)]",
    );
    assert_known("panic!(\"{e}\")", "diverges[e]");
    assert_known("todo!()", "diverges[]");
}

#[test]
fn conditions_and_exits() {
    assert_known(
        "assert!(s != INVALID_SOCKET, \"no {s}\")",
        "if!(s!=INVALID_SOCKET){::core::panic!(\"no{s}\")}",
    );
    assert_known(
        "assert_eq!(closesocket(s), 0)",
        "if!((closesocket(s))==(0)){::core::panic!()}",
    );
    assert_known(
        "matches!(r, Ok(0) | Err(_) if c)",
        "matchr{Ok(0)|Err(_)ifc=>true,_=>false}",
    );
    assert_known("r#try!(f(s))", "(f(s))?");
    assert_known(
        "bail!(\"no\")",
        "return::core::result::Result::Err(::core::convert::Into::into(::std::format!(\"no\")))",
    );
    assert_known(
        "ensure!(r == 0, E)",
        "if!(r==0){return::core::result::Result::Err(::core::convert::Into::into(::std::format!(E)))}",
    );
    assert_known("vec![a, b]", "::alloc::vec::__vec([a,b])");
    assert_known("vec![0u8; n]", "::alloc::vec::__vec([0u8;n])");
    assert_known("std::ptr::addr_of_mut!(self.x)", "&rawmutself.x");
    assert_known("cfg!(windows)", "true");
    assert_known("cfg!(unix)", "false");
    assert_known(
        "defer! { closesocket(s); }",
        "stmts[let_guard__m1=::scopeguard::guard((),|_|{closesocket(s);});]",
    );
    assert!(known("nobody_knows!(a)", Position::Expr).is_none());
}

#[test]
fn item_macros() {
    assert_items(
        "cfg_if! { if #[cfg(unix)] { fn u() {} } else if #[cfg(windows)] { fn w() {} } else { fn o() {} } }",
        "items[fnw(){}]",
    );
    assert_items(
        "lazy_static! { /// Doc\n pub static ref N: T = f(); }",
        "items[#[doc=\"Doc\"]pubstaticN:::std::sync::LazyLock<T>=::std::sync::LazyLock::new(||f());]",
    );
    assert_items(
        "windows_link::link!(\"ws2_32.dll\" \"system\" fn closesocket(s: SOCKET) -> i32)",
        "items[unsafeextern\"system\"{fnclosesocket(s:SOCKET)->i32;}]",
    );
    assert_items(
        "bitflags! { pub struct F: u32 { const A = 1; const B = 2; } }",
        "items[pubstructF{bits:u32}; implF{pubconstA:Self=Self{bits:1};pubconstB:Self=Self{bits:2};}]",
    );
}

#[test]
fn unknown_macros() {
    let unknown = |text: &str, position| {
        let mac: syn::Macro = syn::parse_str(text).expect("an invocation");
        show(expand_unknown(&mac, position))
    };
    assert_eq!(
        unknown("cfg_net! { fn f() {} struct S; }", Position::Item),
        "items[fnf(){}; structS;]"
    );
    assert_eq!(unknown("m!(a, &b.c)", Position::Expr), "unknown[a; &b.c]");
    assert_eq!(unknown("m!(a => b.c if)", Position::Expr), "unknown[a; b]");
}

#[test]
fn token_soup_does_not_panic() {
    const WORDS: [&str; 42] = [
        "$",
        "x",
        "(x)",
        "{ $x }",
        "[1]",
        ":",
        "::",
        "expr",
        "tt",
        "ident",
        "=>",
        ",",
        ";",
        "*",
        "+",
        "?",
        "let",
        "=",
        "|",
        "match x { y => z }",
        "if",
        "1",
        "\"{x}\"",
        "\"{\"",
        "'a",
        "#",
        "!",
        "-",
        "vis",
        "item",
        "$x",
        "$x:expr",
        "$(",
        ")*",
        "$($x:tt),*",
        "$($x)*",
        "macro",
        "&",
        "Some",
        "${count($x)}",
        "S { x }",
        "}",
    ];
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let (mut lexed, mut defined) = (0, 0);
    for _ in 0..2_000 {
        let mut soup = |len| {
            (0..len)
                .map(|_| WORDS[next(WORDS.len())])
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (pattern, body, input) = (soup(4), soup(6), soup(5));
        let (Ok(input), Ok(rules)) = (
            TokenStream::from_str(&input),
            TokenStream::from_str(&format!(
                "({pattern}) => {{ {body} }}; ($($x:tt)*) => {{ let x = {body} }};"
            )),
        ) else {
            continue;
        };
        lexed += 1;
        for name in [
            "println",
            "assert",
            "matches",
            "cfg_if",
            "bitflags",
            "link",
            "lazy_static",
            "bail",
            "pin",
            "debug",
        ] {
            let mac = syn::Macro {
                path: syn::parse_quote!(m),
                bang_token: Default::default(),
                delimiter: syn::MacroDelimiter::Paren(Default::default()),
                tokens: input.clone(),
            };
            for position in [
                Position::Expr,
                Position::Stmt,
                Position::Item,
                Position::Pat,
            ] {
                drop(expand_known(name, &mac, position, &CfgOptions::default()));
                drop(expand_unknown(&mac, position));
            }
        }
        let Ok(rules) = MacroRules::parse(rules) else {
            continue;
        };
        defined += 1;
        if let Ok(expansion) = rules.expand(input, "crate", Span::call_site()) {
            drop(parse_expansion(expansion, Position::Stmt));
        }
    }
    assert!(
        lexed > 500 && defined > 100,
        "{lexed} inputs, {defined} definitions"
    );
}
