//! What the compiler shows of a finding: an error or a warning at the very tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use socklint_analysis::rules::Level;
use socklint_analysis::{Finding, Step};

use super::source::Source;

/// A message of the compiler.
pub(crate) struct Message {
    pub(crate) level: Level,
    /// What shows as the name of a warning.
    pub(crate) name: &'static str,
    pub(crate) text: String,
    /// Its first and last token.
    pub(crate) at: (Span, Span),
}

impl Message {
    /// What a finding says, with its path, since a message of a macro has one place only.
    pub(crate) fn of(finding: &Finding, level: Level, source: &Source) -> Message {
        let mut text = format!("[{}] {}", finding.rule.name, finding.message);
        let place = |step: &Step| match source.line(step.span.lo as usize) {
            Some(line) => format!("line {line}: "),
            None => String::new(),
        };
        for (number, step) in finding.path.iter().enumerate() {
            text.push_str(&format!("\n  {}. {}{}", number + 1, place(step), step.text));
        }
        for other in &finding.others {
            text.push_str(&format!("\n  also {}{}", place(other), other.text));
        }
        if !finding.help.is_empty() {
            text.push_str(&format!("\nhelp: {}", finding.help));
        }
        Message {
            level,
            name: finding.rule.name,
            text,
            at: source.spans(finding.primary.range()),
        }
    }

    /// An error, as items; nothing at other levels.
    pub(crate) fn error(&self) -> TokenStream {
        let (first, last, text) = (self.at.0, self.at.1, &self.text);
        match self.level {
            Level::Deny | Level::Forbid => {
                // The compiler joins the spans of the first and the last token.
                let path = quote_spanned!(first=> ::core::compile_error!);
                let body = quote_spanned!(last=> { #text });
                quote!(#path #body)
            }
            Level::Allow | Level::Warn => TokenStream::new(),
        }
    }

    /// A warning, as an item; nothing at other levels.
    ///
    /// Macros cannot warn on stable. The use of something deprecated can be made anywhere, and is
    /// shown with the note as the reason. What is deprecated is nobody's function.
    pub(crate) fn warning(&self) -> TokenStream {
        if self.level != Level::Warn {
            return TokenStream::new();
        }
        let (name, text) = (Ident::new(self.name, Span::call_site()), &self.text);
        let used = Ident::new(self.name, self.at.0);
        quote! {
            const _: () = {
                #[deprecated(note = #text)]
                #[allow(non_upper_case_globals)]
                const #name: () = ();
                #used
            };
        }
    }
}
