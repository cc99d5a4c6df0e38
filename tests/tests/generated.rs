//! Generated programs: what the command says of each is compared with what happens when it runs.
//!
//! A program opens, uses, wraps and closes a few sockets among branches, flags, loops and early returns. A
//! reference interpreter executes it for every outcome of everything that may go either way, so what goes
//! wrong is known. Whatever the command reports must happen on some run (no false alarm), and whatever goes
//! wrong first on a run must be reported (no miss). Loops run up to four times.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use socklint_tests::{run, socklint};

/// What is generated; numbers choose among what is in scope.
#[derive(Clone, Debug)]
enum Plan {
    Open(bool),
    Close(u8),
    Put(u8, bool),
    Take(u8),
    Helper(u8),
    Use(u8),
    Try(u8, Vec<Plan>),
    Own(u8),
    If(u8, Vec<Plan>, Vec<Plan>),
    While(Vec<Plan>),
    Set(u8, bool),
    Give(u8),
    Fail,
}

fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let leaf = prop_oneof![
        4 => any::<bool>().prop_map(Plan::Open),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(at, slot)| Plan::Put(at, slot)),
        2 => any::<u8>().prop_map(Plan::Take),
        5 => any::<u8>().prop_map(Plan::Close),
        2 => any::<u8>().prop_map(Plan::Helper),
        2 => any::<u8>().prop_map(Plan::Use),
        1 => any::<u8>().prop_map(Plan::Own),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(flag, to)| Plan::Set(flag, to)),
        1 => any::<u8>().prop_map(Plan::Give),
        1 => Just(Plan::Fail),
    ];
    let plan = leaf.prop_recursive(3, 24, 4, |inner| {
        let block = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            3 => (any::<u8>(), block(), block()).prop_map(|(on, then, or)| Plan::If(on, then, or)),
            2 => (any::<u8>(), block()).prop_map(|(of, body)| Plan::Try(of, body)),
            1 => block().prop_map(Plan::While),
        ]
    });
    prop::collection::vec(plan, 1..9)
}

/// A condition.
#[derive(Copy, Clone, Debug)]
enum On {
    /// A parameter, the same throughout a run.
    Parameter(usize),
    /// A variable.
    Flag(usize),
    /// A call that answers anything.
    Anything,
}

/// The program, with its variables and lines.
#[derive(Clone, Debug)]
enum Node {
    Open {
        var: usize,
        line: usize,
    },
    Close {
        var: usize,
        line: usize,
    },
    /// `slot = Some(s)`
    Put {
        var: usize,
        slot: usize,
    },
    /// `if let Some(s) = slot.take() { closesocket(s) }`
    Take {
        slot: usize,
        line: usize,
    },
    Use {
        var: usize,
        line: usize,
    },
    Try {
        var: usize,
        line: usize,
        body: Vec<Node>,
    },
    Own {
        var: usize,
        line: usize,
    },
    If {
        on: On,
        then: Vec<Node>,
        or: Vec<Node>,
    },
    While {
        body: Vec<Node>,
    },
    Set {
        flag: usize,
        to: bool,
    },
    Give {
        var: usize,
        line: usize,
    },
    Fail,
}

const HEAD: &str = "\
use windows_sys::Win32::Networking::WinSock::*;
unsafe extern \"C\" { fn anything() -> bool; }
struct Own(SOCKET);
impl Drop for Own { fn drop(&mut self) { unsafe { closesocket(self.0) }; } }
fn close(s: SOCKET) { unsafe { closesocket(s) }; }
fn open() -> Result<SOCKET, i32> {
let s = unsafe { socket(2, 1, 6) };
if s == INVALID_SOCKET { Err(4) } else { Ok(s) }
}
pub fn program(p0: bool, p1: bool) -> Result<SOCKET, i32> {
let mut flag0 = false;
let mut flag1 = false;
let mut slot0 = None;
let mut slot1 = None;
";

/// Writes programs.
#[derive(Default)]
struct Writer {
    text: String,
    lines: usize,
    vars: usize,
    owners: usize,
}

impl Writer {
    fn line(&mut self, text: &str) -> usize {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines += 1;
        self.lines
    }

    /// Writes a block; whether control falls out of its end.
    fn block(&mut self, plans: &[Plan], scope: &[usize]) -> (Vec<Node>, bool) {
        let mut scope = scope.to_vec();
        let mut nodes = Vec::new();
        for plan in plans {
            let pick = |at: u8| scope.get(at as usize % scope.len().max(1)).copied();
            match plan {
                Plan::Open(helper) => {
                    let var = self.vars;
                    self.vars += 1;
                    let line = if *helper {
                        self.line(&format!("let s{var} = open()?;"));
                        HELPER_OPENS
                    } else {
                        let call = "unsafe { socket(2, 1, 6) }";
                        let line = self.line(&format!("let s{var} = {call};"));
                        self.line(&format!("if s{var} == INVALID_SOCKET {{ return Err(1); }}"));
                        line
                    };
                    scope.push(var);
                    nodes.push(Node::Open { var, line });
                }
                Plan::Close(at) => {
                    let Some(var) = pick(*at) else { continue };
                    let line = self.line(&format!("unsafe {{ closesocket(s{var}) }};"));
                    nodes.push(Node::Close { var, line });
                }
                Plan::Helper(at) => {
                    let Some(var) = pick(*at) else { continue };
                    let line = self.line(&format!("close(s{var});"));
                    nodes.push(Node::Close { var, line });
                }
                Plan::Put(at, slot) => {
                    let Some(var) = pick(*at) else { continue };
                    let slot = usize::from(*slot);
                    self.line(&format!("slot{slot} = Some(s{var});"));
                    nodes.push(Node::Put { var, slot });
                }
                Plan::Take(slot) => {
                    let slot = *slot as usize % 2;
                    self.line(&format!("if let Some(s) = slot{slot}.take() {{"));
                    let line = self.line("unsafe { closesocket(s) };");
                    self.line("}");
                    nodes.push(Node::Take { slot, line });
                }
                Plan::Use(at) => {
                    let Some(var) = pick(*at) else { continue };
                    let call = "std::ptr::null(), 0";
                    let line = self.line(&format!("unsafe {{ send(s{var}, {call}, 0) }};"));
                    nodes.push(Node::Use { var, line });
                }
                Plan::Try(at, body) => {
                    let Some(var) = pick(*at) else { continue };
                    let call = format!("bind(s{var}, std::ptr::null(), 0)");
                    let line = self.line(&format!("if unsafe {{ {call} }} == SOCKET_ERROR {{"));
                    let (mut body, falls) = self.block(body, &scope);
                    if falls {
                        self.line("return Err(2);");
                        body.push(Node::Fail);
                    }
                    self.line("}");
                    nodes.push(Node::Try { var, line, body });
                }
                Plan::Own(at) => {
                    let Some(var) = pick(*at) else { continue };
                    let owner = self.owners;
                    self.owners += 1;
                    let line = self.line(&format!("let _owner{owner} = Own(s{var});"));
                    nodes.push(Node::Own { var, line });
                }
                Plan::If(on, then, or) => {
                    let (on, text) = match on % 5 {
                        0 => (On::Parameter(0), "p0"),
                        1 => (On::Parameter(1), "p1"),
                        2 => (On::Flag(0), "flag0"),
                        3 => (On::Flag(1), "flag1"),
                        _ => (On::Anything, "unsafe { anything() }"),
                    };
                    self.line(&format!("if {text} {{"));
                    let (then, then_falls) = self.block(then, &scope);
                    self.line("} else {");
                    let (or, or_falls) = self.block(or, &scope);
                    self.line("}");
                    nodes.push(Node::If { on, then, or });
                    if !then_falls && !or_falls {
                        return (nodes, false);
                    }
                }
                Plan::While(body) => {
                    self.line("while unsafe { anything() } {");
                    let (body, _) = self.block(body, &scope);
                    self.line("}");
                    nodes.push(Node::While { body });
                }
                Plan::Set(flag, to) => {
                    let flag = *flag as usize % 2;
                    self.line(&format!("flag{flag} = {to};"));
                    nodes.push(Node::Set { flag, to: *to });
                }
                Plan::Give(at) => {
                    let Some(var) = pick(*at) else { continue };
                    let line = self.line(&format!("return Ok(s{var});"));
                    nodes.push(Node::Give { var, line });
                    return (nodes, false);
                }
                Plan::Fail => {
                    self.line("return Err(3);");
                    nodes.push(Node::Fail);
                    return (nodes, false);
                }
            }
        }
        (nodes, true)
    }
}

/// The line of `open`'s socket().
const HELPER_OPENS: usize = 7;

fn write(plans: &[Plan]) -> (String, Vec<Node>) {
    let mut writer = Writer {
        text: HEAD.to_owned(),
        lines: HEAD.lines().count(),
        ..Writer::default()
    };
    let (nodes, falls) = writer.block(plans, &[]);
    if falls {
        writer.line("Err(0)");
    }
    writer.line("}");
    (writer.text, nodes)
}

/// A thing that goes wrong: the rule, and the lines at one of which it may be reported.
type Wrong = (&'static str, BTreeSet<usize>);

/// A socket of a run.
struct Socket {
    opened: usize,
    closed: bool,
    given: bool,
    /// Where it is closed or gets an owner.
    ends: BTreeSet<usize>,
}

/// One run.
struct Run<'a> {
    /// What the things that may go either way do; more are added as they come up.
    choices: &'a mut Vec<bool>,
    at: usize,
    vars: Vec<usize>,
    sockets: Vec<Socket>,
    flags: [bool; 2],
    slots: [Option<usize>; 2],
    parameters: [Option<bool>; 2],
    wrong: Vec<Wrong>,
}

impl Run<'_> {
    fn choose(&mut self) -> bool {
        if self.at == self.choices.len() {
            self.choices.push(false);
        }
        self.at += 1;
        self.choices[self.at - 1]
    }

    fn use_at(&mut self, var: usize, line: usize) {
        if self.sockets[self.vars[var]].closed {
            self.wrong.push(("use_after_close", BTreeSet::from([line])));
        }
    }

    fn close(&mut self, socket: usize, line: Option<usize>) {
        let socket = &mut self.sockets[socket];
        socket.ends.extend(line);
        if socket.closed {
            self.wrong.push(("double_close", socket.ends.clone()));
        }
        socket.closed = true;
    }

    /// Whether control falls out of the block's end.
    fn block(&mut self, nodes: &[Node]) -> bool {
        let mut owned = Vec::new();
        let falls = nodes.iter().all(|node| self.node(node, &mut owned));
        for socket in owned.into_iter().rev() {
            self.close(socket, None);
        }
        falls
    }

    fn node(&mut self, node: &Node, owned: &mut Vec<usize>) -> bool {
        match node {
            Node::Open { var, line } => {
                if self.choose() {
                    return false;
                }
                if self.vars.len() <= *var {
                    self.vars.resize(var + 1, usize::MAX);
                }
                self.vars[*var] = self.sockets.len();
                self.sockets.push(Socket {
                    opened: *line,
                    closed: false,
                    given: false,
                    ends: BTreeSet::new(),
                });
                true
            }
            Node::Close { var, line } => {
                self.close(self.vars[*var], Some(*line));
                true
            }
            Node::Put { var, slot } => {
                self.slots[*slot] = Some(self.vars[*var]);
                true
            }
            Node::Take { slot, line } => {
                if let Some(socket) = self.slots[*slot].take() {
                    self.close(socket, Some(*line));
                }
                true
            }
            Node::Use { var, line } => {
                self.use_at(*var, *line);
                true
            }
            Node::Try { var, line, body } => {
                self.use_at(*var, *line);
                match self.choose() {
                    true => self.block(body),
                    false => true,
                }
            }
            Node::Own { var, line } => {
                let socket = self.vars[*var];
                self.sockets[socket].ends.insert(*line);
                owned.push(socket);
                true
            }
            Node::If { on, then, or } => {
                let holds = match on {
                    On::Anything => self.choose(),
                    On::Flag(flag) => self.flags[*flag],
                    On::Parameter(at) => match self.parameters[*at] {
                        Some(known) => known,
                        None => {
                            let value = self.choose();
                            self.parameters[*at] = Some(value);
                            value
                        }
                    },
                };
                self.block(if holds { then } else { or })
            }
            Node::While { body } => {
                for _ in 0..4 {
                    if !self.choose() {
                        return true;
                    }
                    if !self.block(body) {
                        return false;
                    }
                }
                true
            }
            Node::Set { flag, to } => {
                self.flags[*flag] = *to;
                true
            }
            Node::Give { var, line } => {
                self.use_at(*var, *line);
                self.sockets[self.vars[*var]].given = true;
                false
            }
            Node::Fail => false,
        }
    }
}

/// What goes wrong on each run; `None` if there are too many runs.
fn execute(nodes: &[Node]) -> Option<Vec<Vec<Wrong>>> {
    let mut runs = Vec::new();
    let mut choices = Vec::new();
    loop {
        let mut run = Run {
            choices: &mut choices,
            at: 0,
            vars: Vec::new(),
            sockets: Vec::new(),
            flags: [false; 2],
            slots: [None; 2],
            parameters: [None; 2],
            wrong: Vec::new(),
        };
        run.block(nodes);
        let lost = run
            .sockets
            .iter()
            .filter(|socket| !socket.closed && !socket.given)
            .map(|socket| ("unclosed_socket", BTreeSet::from([socket.opened])));
        run.wrong.extend(lost);
        runs.push(run.wrong);
        // The next, as a binary counter whose first digit turns last.
        while choices.last() == Some(&true) {
            choices.pop();
        }
        match choices.last_mut() {
            Some(last) => *last = true,
            None => return Some(runs),
        }
        if runs.len() > 40_000 {
            return None;
        }
    }
}

/// What the command reports.
fn reported(text: &str) -> BTreeSet<(String, usize)> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("program.rs"), text).expect("the program is written");
    let ran = run(socklint(folder.path()).args(["--message-format", "json", "program.rs"]));
    assert!(ran.status < 2, "{}", ran.stderr);
    assert!(!ran.stderr.contains("too large"), "{}", ran.stderr);
    let found = ran.messages().into_iter().map(|object| {
        let message = &object["message"];
        let rule = message["code"]["code"].as_str().expect("a rule");
        let spans = message["spans"].as_array().expect("spans");
        let primary = spans.iter().find(|span| span["is_primary"] == true);
        let line = primary.and_then(|span| span["line_start"].as_u64());
        let rule = rule.trim_start_matches("socklint::").to_owned();
        (rule, line.expect("a line") as usize)
    });
    let judged = ["use_after_close", "double_close", "unclosed_socket"];
    found
        .filter(|(rule, _)| judged.contains(&rule.as_str()))
        .collect()
}

/// What the command says wrongly of a program, if it does.
fn disagreement(text: &str, nodes: &[Node]) -> Option<String> {
    let runs = execute(nodes)?;
    let reported = reported(text);
    let mut said = String::new();
    for (rule, line) in &reported {
        let happens = runs
            .iter()
            .flatten()
            .any(|(wrong, lines)| wrong == rule && lines.contains(line));
        if !happens {
            let _ = writeln!(said, "false alarm: {rule} at line {line}");
        }
    }
    let first: BTreeSet<&Wrong> = runs.iter().filter_map(|wrong| wrong.first()).collect();
    for (rule, lines) in first {
        let found = reported
            .iter()
            .any(|(wrong, line)| wrong == rule && lines.contains(line));
        if !found {
            let _ = writeln!(said, "missed: {rule} at one of lines {lines:?}");
        }
    }
    (!said.is_empty()).then_some(said)
}

#[test]
fn what_is_reported_happens_and_what_happens_is_reported() {
    let cases = std::env::var("CASES").ok().and_then(|n| n.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(200),
        failure_persistence: None,
        ..Config::default()
    };
    // The same programs each time; `SEED` chooses others.
    let mut seed = [7; 32];
    if let Some(other) = std::env::var("SEED").ok().and_then(|n| n.parse().ok()) {
        seed[0] = other;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let result = TestRunner::new_with_rng(config, rng).run(&plans(), |plans| {
        let (text, nodes) = write(&plans);
        match disagreement(&text, &nodes) {
            Some(said) => Err(TestCaseError::fail(format!("{said}\n{text}"))),
            None => Ok(()),
        }
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
