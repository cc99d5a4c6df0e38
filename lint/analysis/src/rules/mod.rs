//! The rules, one file each.
//!
//! A rule's file opens with its documentation (`//!`), which is what
//! `cargo socklint explain` prints, and declares its [`Rule`]. What a rule
//! looks for is a `flow` event; what it says about it is in its file.

/// A lint rule.
#[derive(Debug)]
pub struct Rule {
    /// The name, as on the command line and in suppressions.
    pub name: &'static str,
    /// The group, which sets the default level.
    pub group: Group,
    /// One line: what it finds.
    pub summary: &'static str,
    /// Statements of the closesocket reference that it answers (`O1` to `O33`).
    pub obligations: &'static [u8],
    /// The sentence of the reference that a finding rests on; empty if it rests on the pages that the reference names.
    pub reference: &'static str,
    /// CWE number, where one fits.
    pub cwe: Option<u16>,
    /// The source of the rule's file; see [`Rule::doc`].
    pub(crate) source: &'static str,
}

impl Rule {
    /// The rule's documentation as Markdown: the `//!` lines of its file.
    pub fn doc(&self) -> String {
        let mut doc = String::new();
        for line in self.source.lines() {
            let Some(text) = line.strip_prefix("//!") else {
                break;
            };
            doc.push_str(text.strip_prefix(' ').unwrap_or(text));
            doc.push('\n');
        }
        doc
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

/// A group of rules.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Definite bugs. Deny.
    Correctness,
    /// Very likely wrong. Warn.
    Suspicious,
    /// For those who want to be strict. Allow.
    Pedantic,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 3] = [Group::Correctness, Group::Suspicious, Group::Pedantic];

    /// The group's name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Group::Correctness => "correctness",
            Group::Suspicious => "suspicious",
            Group::Pedantic => "pedantic",
        }
    }

    /// The level of its rules unless told otherwise.
    pub fn default_level(self) -> Level {
        match self {
            Group::Correctness => Level::Deny,
            Group::Suspicious => Level::Warn,
            Group::Pedantic => Level::Allow,
        }
    }
}

/// What happens when a rule finds something.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Allow,
    /// It is reported.
    Warn,
    /// It is reported and the run fails.
    Deny,
    /// Like deny, and no suppression applies.
    Forbid,
}

/// What a rule says about one finding.
pub(crate) struct Text {
    /// One sentence: what is wrong.
    pub message: String,
    /// Beside the primary span.
    pub label: String,
    /// What to do.
    pub help: String,
}

pub(crate) mod abortive_close;
pub(crate) mod atm_close_after_send;
pub(crate) mod atm_half_close;
pub(crate) mod blocking_call_in_apc;
pub(crate) mod blocking_linger_in_async;
pub(crate) mod broken_contract;
pub(crate) mod cleanup_with_open_socket;
pub(crate) mod clobbered_error;
pub(crate) mod close_result_as_delivery;
pub(crate) mod close_without_shutdown;
pub(crate) mod concurrent_close;
pub(crate) mod dontlinger_unspecified_timeout;
pub(crate) mod double_close;
pub(crate) mod fd_close_after_close;
pub(crate) mod inverted_check;
pub(crate) mod linger_units;
pub(crate) mod nonblocking_linger;
pub(crate) mod overlapped_freed_early;
pub(crate) mod relies_on_enotsock;
pub(crate) mod socket_phase;
pub(crate) mod startup_error_misread;
pub(crate) mod unbalanced_startup;
pub(crate) mod unchecked_close;
pub(crate) mod unchecked_socket;
pub(crate) mod unclosed_socket;
pub(crate) mod use_after_close;
pub(crate) mod winsock1_blocking_hook;
pub(crate) mod winsock_not_started;
pub(crate) mod wrong_close_function;
pub(crate) mod wrong_sentinel;

/// Every rule, in alphabetical order within its group.
pub static ALL: &[&Rule] = &[
    &blocking_call_in_apc::RULE,
    &broken_contract::RULE,
    &concurrent_close::RULE,
    &double_close::RULE,
    &nonblocking_linger::RULE,
    &overlapped_freed_early::RULE,
    &unclosed_socket::RULE,
    &use_after_close::RULE,
    &winsock_not_started::RULE,
    &wrong_close_function::RULE,
    &abortive_close::RULE,
    &atm_half_close::RULE,
    &blocking_linger_in_async::RULE,
    &cleanup_with_open_socket::RULE,
    &clobbered_error::RULE,
    &close_result_as_delivery::RULE,
    &dontlinger_unspecified_timeout::RULE,
    &fd_close_after_close::RULE,
    &inverted_check::RULE,
    &linger_units::RULE,
    &relies_on_enotsock::RULE,
    &socket_phase::RULE,
    &startup_error_misread::RULE,
    &unchecked_socket::RULE,
    &winsock1_blocking_hook::RULE,
    &wrong_sentinel::RULE,
    &atm_close_after_send::RULE,
    &close_without_shutdown::RULE,
    &unbalanced_startup::RULE,
    &unchecked_close::RULE,
];

/// The rule of that name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
