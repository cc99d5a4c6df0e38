//! Real sources, and sources that are deep, long or wrong.

use super::*;
use syn::visit::Visit;

/// Lowers every function and constant it meets.
struct LowerAll {
    edition: u16,
    count: usize,
}

impl<'ast> Visit<'ast> for LowerAll {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.body(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.body(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        let name = Name::from(item.ident.to_string());
        let body = lower_const(&World, ScopeId(1), name, &item.ty, &item.expr, self.edition);
        validate(&body);
        self.count += 1;
    }
}

impl LowerAll {
    fn body(&mut self, sig: &syn::Signature, block: &syn::Block) {
        let name = Name::from(sig.ident.to_string());
        let body = lower_fn(&World, ScopeId(1), name, sig, block, self.edition);
        validate(&body);
        self.count += 1;
    }
}

fn lower_tree(folder: &Path, lowering: &mut LowerAll) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            lower_tree(&path, lowering);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && let Ok(text) = std::fs::read_to_string(&path)
            && let Ok(file) = syn::parse_file(&text)
        {
            lowering.visit_file(&file);
        }
    }
}

/// Runs `test` with the stack that the analysis runs with.
fn with_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(test)
        .expect("a thread starts");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn own_sources() {
    with_stack(|| {
        for edition in [2021, 2024] {
            let mut lowering = LowerAll { edition, count: 0 };
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            lower_tree(root, &mut lowering);
            assert!(lowering.count > 100, "{} bodies", lowering.count);
        }
    });
}

/// Set `SOCKLINT_LOWER_CORPUS` to a folder with Rust sources to lower all of them.
#[test]
#[ignore = "needs a corpus"]
fn corpus() {
    let folder = std::env::var("SOCKLINT_LOWER_CORPUS").expect("SOCKLINT_LOWER_CORPUS is set");
    with_stack(move || {
        let mut lowering = LowerAll {
            edition: 2021,
            count: 0,
        };
        lower_tree(Path::new(&folder), &mut lowering);
        eprintln!("{} bodies", lowering.count);
        assert!(lowering.count > 0);
    });
}

#[test]
fn long_chains_do_not_recurse() {
    let links = 5_000;
    let shapes = [
        format!("x{}", ".a()".repeat(links)),
        format!("x{}", ".a".repeat(links)),
        format!("x{}", ".await".repeat(links)),
        format!("1{}", " + 1".repeat(links)),
        format!("x(){}", " && x()".repeat(links)),
        format!("x(){}", " || x()".repeat(links)),
        format!("x{}", "[0]".repeat(links)),
        format!("x{}", " as u8".repeat(links)),
        format!("if x {{}}{}", " else if y() {}".repeat(links)),
        format!(
            "if let A(a) = x {{}}{}",
            " else if let B(b) = y() {}".repeat(links)
        ),
    ];
    for shape in shapes {
        with_stack(move || {
            for edition in [2021, 2024] {
                let source = format!("async fn f(x: X) {{ {shape}; }}");
                let item: syn::ItemFn = syn::parse_str(&source).expect("the chain parses");
                let name = Name::from("f");
                let body = lower_fn(&World, ScopeId(1), name, &item.sig, &item.block, edition);
                assert!(!body.blocks.is_empty());
            }
        });
    }
}

#[test]
fn many_exits_stay_linear() {
    fn size(exits: usize) -> usize {
        let body = lower(&format!(
            "fn f(a: A, b: B) -> R {{ let c = a.open()?; {} Ok(()) }}",
            "c.send(&b)?; ".repeat(exits)
        ));
        body.blocks.iter().map(|block| block.statements.len()).sum()
    }
    let (small, large) = (size(100), size(1_000));
    assert!(large < small * 11, "{small} statements became {large}");
}

#[test]
fn alternatives_do_not_explode() {
    let part = "(A(x) | B(x))";
    for count in [4, 40] {
        let names = (0..count).map(|index| part.replace('x', &format!("x{index}")));
        let pattern = names.collect::<Vec<_>>().join(", ");
        let body = lower(&format!(
            "fn f(v: V) {{ match v {{ ({pattern}) if g() => h(x0), _ => {{}} }} }}"
        ));
        assert!(body.blocks.len() < 20_000, "{} blocks", body.blocks.len());
    }
}

#[test]
fn guards_within_guards_do_not_explode() {
    with_stack(|| {
        let mut guard = "g()".to_owned();
        for _ in 0..20 {
            guard = format!("match v {{ A(x) | B(x) if {guard} => x, _ => false }}");
        }
        let body = lower(&format!("fn f(v: V) -> bool {{ {guard} }}"));
        assert!(body.blocks.len() < 5_000, "{} blocks", body.blocks.len());
    });
}

#[test]
fn jumps_to_nowhere() {
    for source in [
        "break",
        "continue",
        "break 'a 1",
        "continue 'a",
        "'a: { continue 'a }",
    ] {
        dump(&format!("fn f() {{ {source}; }}"));
    }
}

#[test]
fn macros_without_end() {
    with_stack(|| {
        for macros in ["again!(x)", "twice!(x)", "{ again!(x); }"] {
            let body = lower(&format!("fn f(x: X) {{ {macros} }}"));
            assert!(body.to_string().contains("opaque(_1)"), "{macros}");
        }
        dump("fn f(x: X) { match x { again!(x) => {} } }");
    });
}
