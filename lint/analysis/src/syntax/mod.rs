//! Text to `syn::File`: nesting guard, parsing, cfg evaluation.
