//! At which level each rule is reported.

use anyhow::bail;
use clap::ArgMatches;
use socklint_analysis::rules::{self, Group, Level, Rule};
use socklint_analysis::suppress::Selector;

use crate::remarks::{self, Remark};

/// Whatever is at warn in the end.
const WARNINGS: &str = "warnings";

/// What has a level beside the rules and groups.
pub(crate) fn others() -> impl Iterator<Item = &'static str> + Clone {
    let remarks = remarks::ALL.iter().map(|remark| remark.name);
    std::iter::once(WARNINGS).chain(remarks)
}

/// A level for every rule.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    rules: Vec<Level>,
    remarks: Vec<Level>,
    /// What was given on the command line, in order.
    given: Vec<(String, Level)>,
}

impl Default for Levels {
    fn default() -> Self {
        Levels {
            rules: rules::ALL
                .iter()
                .map(|rule| rule.group.default_level())
                .collect(),
            remarks: remarks::ALL.iter().map(|remark| remark.level).collect(),
            given: Vec::new(),
        }
    }
}

impl Levels {
    /// Reads `-A`, `-W`, `-D` and `-F` in the order in which they were given.
    pub(crate) fn from_matches(matches: &ArgMatches) -> anyhow::Result<Levels> {
        let mut given = Vec::new();
        for (id, level) in [
            ("allow", Level::Allow),
            ("warn", Level::Warn),
            ("deny", Level::Deny),
            ("forbid", Level::Forbid),
        ] {
            let indices = matches.indices_of(id).into_iter().flatten();
            let names = matches.get_many::<String>(id).into_iter().flatten();
            given.extend(indices.zip(names).map(|(at, name)| (at, level, name)));
        }
        given.sort_by_key(|&(at, ..)| at);
        let settings = given.iter().map(|&(_, level, name)| (name.as_str(), level));
        let mut levels = Levels::default().with(settings.clone())?;
        levels.given = settings
            .map(|(name, level)| (name.to_owned(), level))
            .collect();
        Ok(levels)
    }

    /// What was given on the command line, over the `settings` of a configuration.
    pub(crate) fn over<'a>(&'a self, settings: impl Iterator<Item = (&'a str, Level)>) -> Levels {
        let given = self
            .given
            .iter()
            .map(|(name, level)| (name.as_str(), *level));
        // All names were known when they were read.
        Levels::default()
            .with(settings.chain(given))
            .unwrap_or_else(|_| self.clone())
    }

    /// These levels, changed by `settings` in order: a later one wins, except over forbid.
    /// `warnings` means whatever is at warn in the end.
    fn with<'a>(
        mut self,
        settings: impl Iterator<Item = (&'a str, Level)>,
    ) -> anyhow::Result<Levels> {
        let mut warnings = None;
        for (name, level) in settings {
            if name == WARNINGS {
                warnings = Some(level);
            } else if let Some(current) = self.remark_mut(&name.replace('-', "_")) {
                set(current, level);
            } else if let Some(selector) = Selector::parse(name) {
                for (rule, current) in rules::ALL.iter().zip(&mut self.rules) {
                    if selector.selects(rule) {
                        set(current, level);
                    }
                }
            } else {
                bail!("no rule or group is called `{name}`{}", did_you_mean(name));
            }
        }
        if let Some(level) = warnings {
            let all = self.rules.iter_mut().chain(&mut self.remarks);
            for current in all.filter(|current| **current == Level::Warn) {
                *current = level;
            }
        }
        Ok(self)
    }

    /// The level of a rule.
    pub(crate) fn of(&self, rule: &Rule) -> Level {
        let mut levels = rules::ALL.iter().zip(&self.rules);
        levels
            .find(|(candidate, _)| **candidate == rule)
            .map_or(rule.group.default_level(), |(_, &level)| level)
    }

    /// The level of a remark.
    pub(crate) fn of_remark(&self, remark: &Remark) -> Level {
        let mut levels = remarks::ALL.iter().zip(&self.remarks);
        levels
            .find(|(candidate, _)| candidate.name == remark.name)
            .map_or(remark.level, |(_, &level)| level)
    }

    fn remark_mut(&mut self, name: &str) -> Option<&mut Level> {
        let mut levels = remarks::ALL.iter().zip(&mut self.remarks);
        let (_, level) = levels.find(|(remark, _)| remark.name == name)?;
        Some(level)
    }
}

fn set(current: &mut Level, level: Level) {
    if *current != Level::Forbid {
        *current = level;
    }
}

/// `; did you mean ..?`, if a rule or group has a similar name.
pub(crate) fn did_you_mean(name: &str) -> String {
    let rules = rules::ALL.iter().map(|rule| rule.name);
    let groups = Group::ALL.into_iter().map(Group::name);
    match closest(name, rules.chain(groups).chain(others())) {
        Some(similar) => format!("; did you mean `{similar}`?"),
        None => "; `cargo socklint rules` lists the names".to_owned(),
    }
}

/// The candidate most similar to `name`, if one is similar at all.
pub(crate) fn closest<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|&(similarity, _)| similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{Level, Levels};
    use crate::remarks::UNUSED_SUPPRESSION;
    use socklint_analysis::rules;

    fn level(settings: &[(&str, Level)]) -> Level {
        let rule = rules::by_name("unclosed_socket").expect("the rule exists");
        let levels = Levels::default().with(settings.iter().copied());
        levels.expect("known names").of(rule)
    }

    #[test]
    fn later_settings_win_except_over_forbid() {
        use Level::{Allow, Deny, Forbid, Warn};
        assert_eq!(level(&[]), Deny);
        assert_eq!(
            level(&[("correctness", Allow), ("unclosed-socket", Warn)]),
            Warn
        );
        assert_eq!(
            level(&[("unclosed_socket", Warn), ("correctness", Allow)]),
            Allow
        );
        assert_eq!(
            level(&[("unclosed_socket", Forbid), ("correctness", Allow)]),
            Forbid
        );
        assert_eq!(level(&[("pedantic", Allow)]), Deny);
    }

    #[test]
    fn warnings_are_what_is_at_warn_in_the_end() {
        use Level::{Deny, Warn};
        assert_eq!(
            level(&[("warnings", Deny), ("unclosed_socket", Warn)]),
            Deny
        );
        let levels = Levels::default().with([("warnings", Deny)].into_iter());
        assert_eq!(levels.expect("known").of_remark(&UNUSED_SUPPRESSION), Deny);
    }

    #[test]
    fn an_unknown_name_suggests_a_similar_one() {
        let error = Levels::default().with([("unclosed_sokket", Level::Warn)].into_iter());
        let message = error.expect_err("unknown").to_string();
        assert!(
            message.contains("did you mean `unclosed_socket`?"),
            "{message}"
        );
    }
}
