//! The values of a configuration that are more than text and numbers.

use std::fmt;
use std::marker::PhantomData;
use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use socklint_analysis::Target;
use socklint_analysis::rules::{self, Group};
use socklint_analysis::suppress::Selector;

use super::file::{LevelWithReason, Setting, StatedLevel};
use crate::levels::{self, closest};

/// What has a level: a rule, a group, or what is reported about the settings themselves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(pub(crate) String);

/// A rule or a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleName(pub(crate) Selector, pub(crate) &'static str);

/// A text that says something.
#[derive(Clone, Debug)]
pub(crate) struct Reason(pub(crate) String);

/// The path of a function, a type or a module, from its crate.
#[derive(Clone, Debug)]
pub(crate) struct FunctionPath(pub(crate) String);

/// A target triple.
#[derive(Clone, Debug)]
pub(crate) struct Triple(pub(crate) Target);

/// Which files are meant, by their paths from a folder.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    /// As it was written.
    pub(crate) text: String,
    itself: GlobMatcher,
    below: GlobMatcher,
}

/// One value, or a list of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

/// Everything that a rule or group is called by.
pub(super) fn rule_names() -> impl Iterator<Item = &'static str> + Clone {
    let rules = rules::ALL.iter().map(|rule| rule.name);
    rules.chain(Group::ALL.into_iter().map(Group::name))
}

/// The one of `names` that is written, or an error that has a similar one.
fn known(
    name: &str,
    names: impl Iterator<Item = &'static str> + Clone,
) -> Result<&'static str, String> {
    names.clone().find(|known| *known == name).ok_or_else(|| {
        let hint = match closest(name, names) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "`cargo socklint rules` lists the names".to_owned(),
        };
        format!("no rule or group is called `{name}`; {hint}")
    })
}

/// Reads a text. What `check` has against it is an error at its place, also within a list.
struct Text<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Text<F> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

macro_rules! texts {
    ($($type:ty = $check:expr;)*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(Text($check))
            }
        }
    )*};
}

texts! {
    Name = |name: &str| known(name, rule_names().chain(levels::others())).map(|name| Name(name.into()));
    RuleName = |name: &str| {
        let name = known(name, rule_names())?;
        let selector = Selector::parse(name).ok_or("no such rule")?;
        Ok(RuleName(selector, name))
    };
    Reason = |text: &str| match text.trim().is_empty() {
        true => Err("the reason is empty: say why".to_owned()),
        false => Ok(Reason(text.to_owned())),
    };
    FunctionPath = |path: &str| match path.contains("::") && path.split("::").all(is_identifier) {
        true => Ok(FunctionPath(path.to_owned())),
        false => Err(format!(
            "`{path}` is no path from a crate's name, such as `pool::give_back`"
        )),
    };
    Triple = |triple: &str| crate::target::parse(triple).map(Triple);
    Glob = Glob::new;
}

fn is_identifier(name: &str) -> bool {
    let is_start = |first: char| first.is_alphabetic() || first == '_';
    name.starts_with(is_start)
        && name
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_')
}

impl Glob {
    fn new(text: &str) -> Result<Glob, String> {
        let path = text
            .strip_prefix("./")
            .unwrap_or(text)
            .trim_end_matches('/');
        let rooted = path.starts_with('/') || path.as_bytes().get(1) == Some(&b':');
        if path.is_empty() || rooted || path.split('/').any(|part| part == "..") {
            return Err(format!(
                "`{text}` is no path below the folder of this file, such as `src/legacy/**`"
            ));
        }
        if text.contains('\\') {
            return Err(format!(
                "`{text}` has a `\\`: folders are parted by `/`, and a sign of globs stands for itself in brackets, as \
                 `[*]`"
            ));
        }
        let matcher = |glob: &str| {
            let mut builder = GlobBuilder::new(glob);
            let glob = builder.literal_separator(true).build();
            glob.map(|glob| glob.compile_matcher())
                .map_err(|error| format!("`{text}` is no glob: {}", error.kind()))
        };
        Ok(Glob {
            text: text.to_owned(),
            itself: matcher(path)?,
            below: matcher(&format!("{path}/**"))?,
        })
    }

    /// Whether a path from the folder is meant: it is matched, or lies in a folder that is.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        self.itself.is_match(path) || self.below.is_match(path)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("one value or a list")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        T::deserialize(text.into_deserializer()).map(|one| OneOrMany(vec![one]))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        T::deserialize(number.into_deserializer()).map(|one| OneOrMany(vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, all: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(all)).map(OneOrMany)
    }
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = Setting;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a level, or a table with `level` and `reason`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Setting, E> {
        StatedLevel::deserialize(text.into_deserializer()).map(Setting::Plain)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Setting, A::Error> {
        LevelWithReason::deserialize(MapAccessDeserializer::new(map)).map(Setting::WithReason)
    }
}
