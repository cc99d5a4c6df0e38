//! What stands in the attribute's parentheses.

use socklint_analysis::rules::{self, Group, Level, Rule};
use socklint_analysis::suppress::Selector;
use syn::{
    Ident, LitStr, Result, Token,
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
    /// The rules that it names, if it is about their level.
    rules: Option<Selector>,
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
                let message = match form {
                    Form::LevelOf(_) => {
                        format!(
                            "expected `{name}({operand})` or `{name}({operand}, reason = \"..\")`"
                        )
                    }
                    _ => format!("expected `{name}({operand})`"),
                };
                let parsed = operand_of(input, *form);
                Some(parsed.map_err(|error| syn::Error::new(error.span(), message))?)
            }
        };
        let rules = match (form, &operand) {
            (Form::LevelOf(_), Some(rule)) => Some(selected(rule)?),
            _ => None,
        };
        Ok(Arg {
            name,
            form: *form,
            operand,
            rules,
        })
    }
}

/// One identifier in parentheses, and a reason behind that of a rule. `self` is a parameter like others.
fn operand_of(input: ParseStream<'_>, form: Form) -> Result<Ident> {
    let content;
    parenthesized!(content in input);
    let operand = content.call(Ident::parse_any)?;
    if matches!(form, Form::LevelOf(_)) && content.peek(Token![,]) && !content.peek2(Token![,]) {
        content.parse::<Token![,]>()?;
        if !content.is_empty() {
            let word: Ident = content.parse()?;
            if word != "reason" {
                return Err(syn::Error::new(word.span(), "expected `reason`"));
            }
            content.parse::<Token![=]>()?;
            content.parse::<LitStr>()?;
            content.parse::<Option<Token![,]>>()?;
        }
    }
    match content.is_empty() {
        true => Ok(operand),
        false => Err(content.error("expected nothing more")),
    }
}

/// The rule or the group of that name.
fn selected(name: &Ident) -> Result<Selector> {
    Selector::parse(&name.to_string()).ok_or_else(|| {
        let rules: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
        let groups = Group::ALL.map(Group::name);
        let message = format!(
            "no rule or group is called `{name}`; the groups are {}, the rules {}",
            groups.join(", "),
            rules.join(", ")
        );
        syn::Error::new(name.span(), message)
    })
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

impl Args {
    /// Whether the Winsock calls are to go through the runtime.
    pub(crate) fn routing(&self) -> bool {
        !self
            .0
            .iter()
            .any(|arg| arg.form == Form::Switch && arg.name == "no_routing")
    }

    /// The level of a rule: the last argument that names it decides. `allow` is not asked here: it is a
    /// suppression, as the same word in a comment is, and what it suppresses has been left out.
    pub(crate) fn level(&self, rule: &Rule) -> Level {
        let named = self.0.iter().rev().find_map(|arg| {
            let level = match arg.name.to_string().as_str() {
                "warn" => Level::Warn,
                "deny" => Level::Deny,
                _ => return None,
            };
            arg.rules?.selects(rule).then_some(level)
        });
        named.unwrap_or(rule.group.default_level())
    }
}

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
                    allow(double_close), allow(pedantic), warn(linger_units, reason = \"of its units\"), \
                    deny(unchecked_close), no_routing,";
        let args: Args = syn::parse_str(text).expect("accepted");
        let operands: Vec<_> = args
            .0
            .iter()
            .map(|arg| arg.operand.as_ref().map(Ident::to_string))
            .collect();
        let expected = [
            "-",
            "a",
            "self",
            "b",
            "double_close",
            "pedantic",
            "linger_units",
            "unchecked_close",
            "-",
        ]
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
        for text in [
            "allow",
            "allow(linger_units, because = \"x\")",
            "allow(linger_units,,)",
        ] {
            assert!(
                error(text).starts_with("expected `allow(rule)` or"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_does_not_belong_there_is_an_error() {
        error("opens(s)");
        error("opens closes(s)");
        assert_eq!(error("opens, closes(s), opens"), "this is said already");
    }

    #[test]
    fn an_unknown_rule_is_told_all_that_there_are() {
        let error = error("allow(unclosed)");
        assert!(
            error.starts_with("no rule or group is called `unclosed`"),
            "{error}"
        );
        assert!(
            error.contains("unclosed_socket") && error.contains("pedantic"),
            "{error}"
        );
    }

    #[test]
    fn the_last_argument_that_names_a_rule_sets_its_level() {
        let args: Args = syn::parse_str("deny(pedantic), warn(unchecked_close)").expect("accepted");
        let level = |name| args.level(rules::by_name(name).expect("the rule exists"));
        assert_eq!(level("unchecked_close"), Level::Warn);
        assert_eq!(level("unbalanced_startup"), Level::Deny);
        assert_eq!(level("unclosed_socket"), Level::Deny);
        assert_eq!(level("linger_units"), Level::Warn);
    }
}
