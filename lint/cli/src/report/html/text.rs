//! Text as markup: escaped, and with every character shown that would change how the text is read.
//!
//! What is checked may be hostile. [`Html`] takes markup as constants of this program only; everything
//! else goes in as text.

use std::fmt;

use askama::filters::{Escaper as _, Html as Escaper, HtmlSafe};

/// Markup that is safe to put into a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

impl Html {
    /// Adds markup.
    pub(super) fn markup(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: usize) {
        self.0.push_str(&number.to_string());
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((at, hidden)) = rest.char_indices().find(|&(_, c)| is_hidden(c)) {
            self.escaped(&rest[..at]);
            self.markup("<span class=\"hidden\">");
            self.0.push_str(&code_point(hidden));
            self.markup("</span>");
            rest = &rest[at + hidden.len_utf8()..];
        }
        self.escaped(rest);
    }

    fn escaped(&mut self, text: &str) {
        // Writing to a string does not fail.
        let _ = Escaper.write_escaped_str(&mut self.0, text);
    }

    /// Markup of this program.
    pub(super) fn constant(markup: &'static str) -> Html {
        Html(markup.to_owned())
    }

    /// Markup that pulldown-cmark made of Markdown of this program.
    pub(super) fn rendered(rendered: String) -> Html {
        Html(rendered)
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Text as it is.
pub(super) fn plain(text: &str) -> Html {
    let mut html = Html::default();
    html.text(text);
    html
}

/// A path of files or of names, which may be broken between its parts.
pub(super) fn path(text: &str) -> Html {
    let mut html = Html::default();
    for part in text.split_inclusive(['/', ':']) {
        html.text(part);
        if part.ends_with('/') || part == ":" {
            html.markup("<wbr>");
        }
    }
    html
}

/// A sentence, in which backticks enclose code.
pub(super) fn prose(text: &str) -> Html {
    let mut html = Html::default();
    let mut rest = text;
    while let Some((before, code, after)) = code_in(rest) {
        html.text(before);
        html.markup("<code>");
        html.text(code);
        html.markup("</code>");
        rest = after;
    }
    html.text(rest);
    html
}

fn code_in(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    (!code.is_empty()).then_some((before, code, after))
}

/// Text for an attribute or the title, where no markup can be; the template escapes it.
pub(super) fn attribute(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match is_hidden(c) || c == '\t' {
            true => shown.push_str(&code_point(c)),
            false => shown.push(c),
        }
    }
    shown
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Whether a character is invisible, changes the order of others, or may not stand in a page.
fn is_hidden(c: char) -> bool {
    match c {
        '\t' => false,
        // Zero-width, directional and format characters, and the other two line ends.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        // Not characters at all.
        '\u{FDD0}'..='\u{FDEF}' => true,
        _ => c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::{attribute, path, plain, prose};

    #[test]
    fn nothing_is_taken_as_markup() {
        assert_eq!(
            plain("</script>\u{202E}\"'&\0").to_string(),
            "&#60;/script&#62;<span class=\"hidden\">U+202E</span>&#34;&#39;&#38;\
             <span class=\"hidden\">U+0000</span>"
        );
        assert_eq!(attribute("a\r\u{200D}b"), "aU+000DU+200Db");
    }

    #[test]
    fn paths_are_broken_between_parts() {
        assert_eq!(path("a-b/c.rs").to_string(), "a-b/<wbr>c.rs");
        assert_eq!(path("a::b").to_string(), "a::<wbr>b");
    }

    #[test]
    fn backticks_enclose_code() {
        let html = |text| prose(text).to_string();
        assert_eq!(html("`a<b` fails"), "<code>a&#60;b</code> fails");
        assert_eq!(html("one ` alone"), "one ` alone");
    }
}
