//! `cargo socklint lsp`: a language server over standard input and output.
//!
//! Three parts. [`server`] keeps what the editor says and answers it at once
//! from what is known; it never waits. [`worker`] plans and analyses on a thread
//! of its own: it takes the state of the editor as a whole, reports on files,
//! and stops when there is newer state. [`transport`] moves messages.
//!
//! Everything is told in paths and bytes until it is sent; [`position`] turns
//! bytes into what the client counts.

mod actions;
mod analysis;
mod client;
mod configuration;
mod documents;
mod file_report;
mod hover;
mod job;
mod keep;
mod lifecycle;
mod mend;
mod notifications;
mod plan;
mod position;
mod progress;
mod project;
mod pull;
mod requests;
mod results;
mod server;
mod settings;
mod told;
mod transport;
mod unit;
mod worker;

use std::process::ExitCode;

use anyhow::{Context, anyhow};

use server::End;

/// Serves one client until it ends the conversation.
pub(crate) fn serve() -> anyhow::Result<ExitCode> {
    let (incoming, outbox, writer) =
        transport::stdio().context("the language server cannot start")?;
    let end = server::serve(&incoming, outbox).context("the language server cannot start")?;
    match end {
        End::Shutdown => {
            // What was answered last is still to be written.
            let _ = writer.join();
            Ok(ExitCode::SUCCESS)
        }
        End::Exit => Ok(ExitCode::from(1)),
        End::Broken(error) => Err(anyhow!(error).context("the client's messages cannot be read")),
    }
}
