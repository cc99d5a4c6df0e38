//! `closesocket`, line by line as the reference page has it.

use std::time::Duration;

use windows_sys::Win32::Networking::WinSock::SOCKET;

use super::network::Endpoint;
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;

impl Model {
    /// `closesocket`: the close table (O19).
    ///
    /// Unless it fails, the descriptor may be handed out again from the moment of the call (O8),
    /// also while a lingering close still blocks. A lingering close that ran out of time returns
    /// success too (O24). Overlapped operations that are pending are aborted, which takes longer than
    /// this call (O11, O12).
    pub fn closesocket(&self, socket: SOCKET) -> Outcome<()> {
        let mut state = self.begin(Call::CloseSocket)?;
        let descriptor = state.descriptors.get(socket)?;
        let id = descriptor.endpoint;
        let linger = descriptor.linger;
        match (linger.onoff, linger.seconds) {
            (false, _) => {
                state.descriptors.close(socket);
                state.close_graceful(id);
            }
            (true, 0) => {
                state.descriptors.close(socket);
                state.close_hard(id);
            }
            (true, _) if descriptor.nonblocking => {
                if state.endpoint(id)?.unsent() > 0 {
                    // The handle stays valid and no disconnect is initiated (O23).
                    return Err(ErrorKind::WouldBlock);
                }
                state.descriptors.close(socket);
                state.close_graceful(id);
            }
            (true, seconds) => {
                state.descriptors.close(socket);
                state.close_graceful(id);
                let deadline = state
                    .now
                    .saturating_add(Duration::from_secs(seconds.into()));
                let all_sent = |state: &mut State| match state
                    .endpoints
                    .get(&id)
                    .map_or(0, Endpoint::unsent)
                {
                    0 => Ok(()),
                    _ => Err(ErrorKind::WouldBlock),
                };
                let outcome;
                (state, outcome) = self.block_until(state, Some(deadline), all_sent);
                if outcome.is_err() {
                    state.close_hard(id);
                }
            }
        }
        state.settle();
        self.notify(state);
        Ok(())
    }
}
