//! By which name the crate knows the runtime.

use std::{env, fs, path::Path};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

const PACKAGE: &str = "socket-lifecycle";

/// The path of the runtime's crate.
pub(crate) fn path() -> TokenStream {
    let name = env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|folder| fs::read_to_string(Path::new(&folder).join("Cargo.toml")).ok())
        .and_then(|manifest| renamed(&manifest))
        .unwrap_or_else(|| PACKAGE.to_owned());
    let name = Ident::new(&name.replace('-', "_"), Span::call_site());
    quote!(:: #name)
}

/// The name of a dependency that a manifest renames: `name = { package = "socket-lifecycle", .. }`, or the
/// same as a table.
fn renamed(manifest: &str) -> Option<String> {
    let mut table = None;
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            let (kind, name) = header.rsplit_once('.').unwrap_or((header, ""));
            table = kind.ends_with("dependencies").then_some(name);
        }
        let compact: String = line.split_whitespace().collect();
        let Some((before, _)) = compact.split_once(&format!("package=\"{PACKAGE}\"")) else {
            continue;
        };
        let name = match before {
            // A line of the dependency's own table.
            "" => table?,
            inline => inline.split_once("={")?.0,
        };
        let name = name.trim_matches('"');
        return syn::parse_str::<Ident>(&name.replace('-', "_"))
            .is_ok()
            .then(|| name.to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn a_renamed_dependency_is_found_in_either_form() {
        let inline =
            "[dependencies]\nwinsock = { version = \"0.1\", package = \"socket-lifecycle\" }\n";
        assert_eq!(renamed(inline).as_deref(), Some("winsock"));
        let table =
            "[target.'cfg(windows)'.dependencies.sockets]\npackage = \"socket-lifecycle\"\n";
        assert_eq!(renamed(table).as_deref(), Some("sockets"));
        for plain in [
            "[dependencies]\nsocket-lifecycle = \"0.1\"\n",
            "[package]\nname = \"socket-lifecycle\"\n",
            "[dependencies]\nother = { package = \"socket-lifecycle-macros\" }\n",
        ] {
            assert_eq!(renamed(plain), None, "{plain}");
        }
    }
}
