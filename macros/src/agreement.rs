//! The attribute and the command agree: over all samples, what the command finds in an item is what the
//! attribute on that item shows, at the same place; and what routing makes of the item is Rust.

use std::{fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::spanned::Spanned;

use super::{check, route, source::Source};

fn samples(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("the samples are there")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            samples(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

/// The items of a file that the attribute may stand on, as they were written.
fn items(stream: &TokenStream) -> Vec<TokenStream> {
    let file: syn::File = syn::parse2(stream.clone()).expect("samples are Rust");
    let of = |item: &syn::Item| {
        let range = match item {
            syn::Item::Fn(_) | syn::Item::Impl(_) => item.span().byte_range(),
            syn::Item::Mod(module) if module.content.is_some() => item.span().byte_range(),
            _ => return None,
        };
        let within = |token: &TokenTree| {
            let own = token.span().byte_range();
            range.start <= own.start && own.end <= range.end
        };
        Some(stream.clone().into_iter().filter(within).collect())
    };
    file.items.iter().filter_map(of).collect()
}

#[test]
fn the_attribute_shows_what_the_command_finds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests");
    let mut paths = Vec::new();
    samples(&folder, &mut paths);
    let (mut findings, mut calls) = (0, 0);
    for path in paths {
        let text = fs::read_to_string(&path).expect("samples are text");
        let Ok(stream) = text.parse::<TokenStream>() else {
            continue;
        };
        if syn::parse2::<syn::File>(stream.clone()).is_err() {
            continue;
        }
        let files = check::Files::from([(path.clone(), text.as_str().into())]);
        let result = check::run(&check::input(&files, &path)).expect("it runs");
        for item in items(&stream) {
            let first = item.span();
            let source = Source::in_text(path.clone(), text.clone(), first, &item);
            let source =
                source.unwrap_or_else(|| panic!("{}: it stands elsewhere", path.display()));
            for finding in &result.0 {
                let range = finding.primary.range();
                if !source.covers(&range) {
                    continue;
                }
                let (first, last) = source.spans(range.clone());
                let shown = first.byte_range().start..last.byte_range().end;
                assert!(
                    !shown.is_empty() && shown.end == range.end,
                    "{}",
                    path.display()
                );
                // What comes out of a macro may begin within the macro's name.
                let inside = text[..range.start].ends_with(char::is_alphanumeric);
                assert!(inside || shown.start == range.start, "{}", path.display());
                findings += 1;
            }
            let own = |call: &&_| {
                let call: &socklint_analysis::WinsockCall = call;
                source.covers(&call.path.range())
            };
            let own: Vec<_> = result.2.iter().filter(own).cloned().collect();
            let routed = route::route(item.clone(), &own, &source, &quote!(::socket_lifecycle));
            calls += routed.to_string().matches("__route").count();
            if let Err(error) = syn::parse2::<syn::Item>(routed.clone()) {
                panic!("{}: {error}: {routed}", path.display());
            }
            if own.is_empty() {
                assert_eq!(routed.to_string(), item.to_string());
            }
        }
    }
    assert!(
        findings > 500 && calls > 2000,
        "{findings} findings, {calls} routed calls"
    );
}
