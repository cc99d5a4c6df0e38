//! The state of the conversation, and the loop that keeps it.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::client::Client;
use super::configuration::{Asked, PATIENCE};
use super::documents::Documents;
use super::file_report::FileReport;
use super::job::{Changed, Job, Said};
use super::lifecycle;
use super::progress::Progress;
use super::pull::Waiting;
use super::settings::Settings;
use super::transport::{Incoming, Outbox};
use super::worker;

/// Edits that follow each other within this time are analysed together.
pub(super) const PAUSE: Duration = Duration::from_millis(100);
/// Nothing to do: the loop looks up now and then.
const IDLE: Duration = Duration::from_secs(3600);

/// How a conversation ended.
pub(super) enum End {
    /// In good order.
    Shutdown,
    /// The client left without a word, or said only `exit`.
    Exit,
    /// What arrived was no conversation.
    Broken(io::Error),
}

/// A conversation with a client.
pub(super) struct Server {
    pub(super) outbox: Outbox,
    pub(super) client: Client,
    pub(super) folders: Vec<PathBuf>,
    pub(super) documents: Documents,
    pub(super) settings: Settings,
    /// The settings that came with `initialize`.
    pub(super) initial_settings: Value,
    /// What is known of files.
    pub(super) reports: HashMap<PathBuf, FileReport>,
    /// What was sent last of files.
    pub(super) pushed: HashMap<PathBuf, (Option<i32>, Vec<lsp::Diagnostic>)>,
    /// The job after which nothing unfinished will report on a file.
    pub(super) settled: HashMap<PathBuf, u64>,
    /// The last job that found all.
    pub(super) finished: u64,
    /// The last job that looked for fixes, too.
    pub(super) mended: u64,
    /// The files of settings that the client was told to watch beside the usual.
    pub(super) watched: BTreeSet<PathBuf>,
    /// Documents that were edited since then.
    pub(super) edited: BTreeSet<PathBuf>,
    /// Requests that wait for results.
    pub(super) waiting: Vec<Waiting>,
    /// What the client was asked.
    pub(super) asked: HashMap<RequestId, Asked>,
    pub(super) progress: Progress,
    /// Whether only the crates of open files are analysed: the user ended the scan.
    pub(super) open_only: bool,
    pub(super) is_shut_down: bool,
    /// Whether the settings are known, or have been waited for long enough.
    pub(super) is_configured: bool,
    changed: Changed,
    due: Option<Instant>,
    latest: Arc<AtomicU64>,
    jobs: Sender<Job>,
    next_id: i32,
}

/// Talks with a client until the end.
pub(super) fn serve(incoming: &Receiver<Incoming>, outbox: Outbox) -> io::Result<End> {
    let (id, params) = match lifecycle::wait_for_initialize(incoming, &outbox) {
        Ok(request) => request,
        Err(end) => return Ok(end),
    };
    let client = Client::new(&params);
    let latest = Arc::new(AtomicU64::new(0));
    let (jobs, to_worker) = unbounded();
    let (from_worker, said) = unbounded();
    worker::start(client.clone(), Arc::clone(&latest), to_worker, from_worker)?;
    outbox.send(Response::new_ok(id, lifecycle::capabilities(&client)));
    let mut server = Server {
        outbox,
        folders: lifecycle::folders(&params),
        documents: Documents::default(),
        settings: Settings::default(),
        initial_settings: params
            .get("initializationOptions")
            .cloned()
            .unwrap_or(Value::Null),
        reports: HashMap::new(),
        pushed: HashMap::new(),
        settled: HashMap::new(),
        finished: 0,
        mended: 0,
        watched: BTreeSet::new(),
        edited: BTreeSet::new(),
        waiting: Vec::new(),
        asked: HashMap::new(),
        progress: Progress::default(),
        open_only: false,
        is_shut_down: false,
        is_configured: false,
        changed: Changed::default(),
        due: None,
        latest,
        jobs,
        next_id: 0,
        client,
    };
    Ok(server.run(incoming, &said))
}

impl Server {
    fn run(&mut self, incoming: &Receiver<Incoming>, said: &Receiver<Said>) -> End {
        loop {
            let deadlines = self.waiting.iter().filter_map(|waiting| waiting.until);
            let next = deadlines.chain(self.due).min();
            let wait = next.map_or(IDLE, |next| next.saturating_duration_since(Instant::now()));
            select! {
                recv(incoming) -> message => match message {
                    Ok(Incoming::Message(message)) => {
                        if let Some(end) = self.message(message) {
                            return end;
                        }
                    }
                    Ok(Incoming::Malformed(reason)) => self.outbox.malformed(reason),
                    Ok(Incoming::Closed(Some(error))) => return End::Broken(error),
                    Ok(Incoming::Closed(None)) | Err(_) => return self.left(),
                },
                recv(said) -> said => match said {
                    Ok(said) => self.hear(said),
                    Err(_) => return End::Broken(io::Error::other("the worker ended")),
                },
                default(wait) => {}
            }
            if self.due.is_some_and(|due| due <= Instant::now()) {
                self.start();
            }
            self.give_up_waiting();
        }
    }

    fn left(&self) -> End {
        match self.is_shut_down {
            true => End::Shutdown,
            false => End::Exit,
        }
    }

    fn message(&mut self, message: Message) -> Option<End> {
        match message {
            Message::Notification(notification) if notification.method == "exit" => {
                return Some(self.left());
            }
            Message::Notification(_) | Message::Response(_) if self.is_shut_down => {}
            Message::Notification(notification) => self.notification(notification),
            Message::Response(response) => self.response(response),
            Message::Request(request) if self.is_shut_down => {
                self.fail(
                    request.id,
                    ErrorCode::InvalidRequest,
                    "the server is shut down",
                );
            }
            Message::Request(request) => self.request(request),
        }
        None
    }

    fn hear(&mut self, said: Said) {
        match said {
            Said::Progress {
                number,
                message,
                percentage,
            } => {
                if number == self.latest() {
                    self.progress.report(&self.outbox, &message, percentage);
                }
            }
            Said::Results(results) => {
                if results.number == self.latest() {
                    self.take(results);
                }
            }
            Said::Done(line) => log(&line),
            Said::Failure(message) => {
                self.notify("window/logMessage", json!({"type": 1, "message": message}));
            }
            Said::Problem(message) => self.warn(&message),
        }
    }

    /// The number of the last job, or of the one that is due.
    pub(super) fn latest(&self) -> u64 {
        self.latest.load(Ordering::Relaxed)
    }

    /// What is known is old: what runs is ended, and a job starts after a pause.
    pub(super) fn touch(&mut self, pause: Duration) {
        self.latest.fetch_add(1, Ordering::Relaxed);
        let pause = match self.is_configured {
            true => pause,
            false => PATIENCE,
        };
        self.due = Some(Instant::now() + pause);
    }

    /// Nothing will be asked any more: what runs is ended.
    pub(super) fn stop(&mut self) {
        self.latest.fetch_add(1, Ordering::Relaxed);
        self.due = None;
    }

    /// Something changed on the disk.
    pub(super) fn disk_changed(&mut self, changed: Changed) {
        self.changed = std::mem::take(&mut self.changed).and(changed);
        self.touch(PAUSE);
    }

    /// Somebody waits: a job that is due starts now.
    pub(super) fn hurry(&mut self) {
        if self.due.is_some() && self.is_configured {
            self.start();
        }
    }

    fn start(&mut self) {
        self.due = None;
        self.is_configured = true;
        let _ = self.jobs.send(Job {
            number: self.latest(),
            folders: self.folders.clone(),
            documents: self.documents.clone(),
            settings: self.settings.clone(),
            changed: std::mem::take(&mut self.changed),
            open_only: self.open_only,
        });
    }

    /// Asks the client something.
    pub(super) fn ask(&mut self, method: &str, params: Value, asked: Asked) {
        let id = RequestId::from(self.next_id);
        self.next_id = self.next_id.wrapping_add(1);
        self.asked.insert(id.clone(), asked);
        self.outbox
            .send(Request::new(id, method.to_owned(), params));
    }

    /// Tells the client something.
    pub(super) fn notify(&self, method: &str, params: impl serde::Serialize) {
        self.outbox
            .send(Notification::new(method.to_owned(), params));
    }

    /// Tells the user something.
    pub(super) fn warn(&self, message: &str) {
        let message = format!("socklint: {message}");
        self.notify("window/showMessage", json!({"type": 2, "message": message}));
    }

    /// Answers that a request cannot be answered.
    pub(super) fn fail(&self, id: RequestId, code: ErrorCode, message: &str) {
        self.outbox
            .send(Response::new_err(id, code as i32, message.to_owned()));
    }
}

/// Writes to standard error if `SOCKLINT_LOG` asks for it.
fn log(line: &str) {
    if std::env::var_os("SOCKLINT_LOG").is_some_and(|level| level == "debug") {
        crate::check::say(line);
    }
}
