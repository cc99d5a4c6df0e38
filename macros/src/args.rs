//! What stands in the attribute's parentheses.

use syn::{
    Ident, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

/// The arguments, each as it is written in the documentation.
const ACCEPTED: &[(&str, Form)] = &[
    ("opens", Form::Contract),
    ("closes", Form::ContractOf("param")),
    ("borrows", Form::ContractOf("param")),
    ("takes", Form::ContractOf("param")),
    ("allow", Form::LevelOf("rule")),
    ("warn", Form::LevelOf("rule")),
    ("deny", Form::LevelOf("rule")),
    ("no_routing", Form::Switch),
];

/// How an argument is written, and what it is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// About a function.
    Contract,
    /// About a parameter of a function, which it names.
    ContractOf(&'static str),
    /// The level of a rule, which it names.
    LevelOf(&'static str),
    /// About whatever the attribute stands on.
    Switch,
}

impl Form {
    fn operand(self) -> Option<&'static str> {
        match self {
            Form::ContractOf(operand) | Form::LevelOf(operand) => Some(operand),
            Form::Contract | Form::Switch => None,
        }
    }
}

/// One argument.
pub(crate) struct Arg {
    pub(crate) name: Ident,
    pub(crate) form: Form,
    /// What stands in its own parentheses, if its form has any.
    pub(crate) operand: Option<Ident>,
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> Result<Arg> {
        let name = input.call(Ident::parse_any).map_err(|error| {
            syn::Error::new(error.span(), format!("expected one of {}", accepted()))
        })?;
        let Some((_, form)) = ACCEPTED.iter().find(|(accepted, _)| name == accepted) else {
            let message = format!("unknown argument `{name}`: expected one of {}", accepted());
            return Err(syn::Error::new(name.span(), message));
        };
        let operand = match form.operand() {
            None => None,
            Some(operand) => {
                let message = format!("expected `{name}({operand})`");
                let parsed = operand_of(input);
                Some(parsed.map_err(|error| syn::Error::new(error.span(), message))?)
            }
        };
        Ok(Arg {
            name,
            form: *form,
            operand,
        })
    }
}

/// One identifier in parentheses. `self` is a parameter like others.
fn operand_of(input: ParseStream<'_>) -> Result<Ident> {
    let content;
    parenthesized!(content in input);
    let operand = content.call(Ident::parse_any)?;
    match content.is_empty() {
        true => Ok(operand),
        false => Err(content.error("expected nothing more")),
    }
}

fn accepted() -> String {
    let forms: Vec<String> = ACCEPTED
        .iter()
        .map(|(name, form)| match form.operand() {
            Some(operand) => format!("`{name}({operand})`"),
            None => format!("`{name}`"),
        })
        .collect();
    forms.join(", ")
}

/// All arguments.
pub(crate) struct Args(pub(crate) Vec<Arg>);

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> Result<Args> {
        let args = Punctuated::<Arg, Token![,]>::parse_terminated(input)?;
        let args: Vec<Arg> = args.into_iter().collect();
        for (index, arg) in args.iter().enumerate() {
            let same = |other: &Arg| other.name == arg.name && other.operand == arg.operand;
            if args[..index].iter().any(same) {
                return Err(syn::Error::new(arg.name.span(), "this is said already"));
            }
        }
        Ok(Args(args))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        match syn::parse_str::<Args>(text) {
            Ok(_) => panic!("`{text}` is accepted"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn every_argument_is_accepted_in_its_form() {
        let text = "opens, closes(a), borrows(self), takes(b), \
                    allow(x), allow(y), warn(x), deny(x), no_routing,";
        let args: Args = syn::parse_str(text).expect("accepted");
        let operands: Vec<_> = args
            .0
            .iter()
            .map(|arg| arg.operand.as_ref().map(Ident::to_string))
            .collect();
        let expected = ["-", "a", "self", "b", "x", "y", "x", "x", "-"]
            .map(|operand| (operand != "-").then(|| operand.to_string()));
        assert_eq!(operands, expected);
        assert!(syn::parse_str::<Args>("").is_ok_and(|args| args.0.is_empty()));
    }

    #[test]
    fn an_unknown_argument_is_told_all_that_are_accepted() {
        for text in ["close(s)", "Opens", "fn"] {
            let error = error(text);
            assert!(error.starts_with("unknown argument"), "{error}");
            for (name, _) in ACCEPTED {
                assert!(error.contains(&format!("`{name}")), "{name}: {error}");
            }
        }
        assert!(error("\"opens\"").starts_with("expected one of `opens`, `closes(param)`"));
    }

    #[test]
    fn an_argument_without_its_operand_is_told_its_form() {
        for text in [
            "closes",
            "closes()",
            "closes = s",
            "closes(s, t)",
            "closes(1)",
        ] {
            assert_eq!(error(text), "expected `closes(param)`", "{text}");
        }
        assert_eq!(error("allow"), "expected `allow(rule)`");
    }

    #[test]
    fn what_does_not_belong_there_is_an_error() {
        error("opens(s)");
        error("opens closes(s)");
        assert_eq!(error("opens, closes(s), opens"), "this is said already");
    }
}
