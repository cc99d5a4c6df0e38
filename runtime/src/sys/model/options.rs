//! `ioctlsocket`, `setsockopt` and `getsockopt`.

use windows_sys::Win32::Networking::WinSock::{LINGER, SOCKET};

use super::network::Transport;
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;

/// The timeout in seconds when `SO_DONTLINGER` turned lingering on and no `SO_LINGER` ever set one:
/// "not specified" and "implementation dependent" on the page (O18). Here it is this.
pub const DEFAULT_LINGER: u16 = 30;

impl Model {
    /// `ioctlsocket` with `FIONBIO`.
    pub fn set_nonblocking(&self, socket: SOCKET, nonblocking: bool) -> Outcome<()> {
        let mut state = self.begin(Call::Ioctl)?;
        state.descriptors.get_mut(socket)?.nonblocking = nonblocking;
        Ok(())
    }

    /// `setsockopt` with `SO_LINGER`: sets both members (O14).
    pub fn set_linger(&self, socket: SOCKET, linger: LINGER) -> Outcome<()> {
        let mut state = self.begin(Call::SetOption)?;
        state.check_lingers(socket)?;
        let current = &mut state.descriptors.get_mut(socket)?.linger;
        current.onoff = linger.l_onoff != 0;
        current.seconds = linger.l_linger;
        // With l_onoff zero the timeout is ignored (O16), so none is established.
        if current.onoff {
            current.established = Some(linger.l_linger);
        }
        Ok(())
    }

    /// `setsockopt` with `SO_DONTLINGER`: sets `l_onoff` alone; turned on, a timeout that
    /// `SO_LINGER` had established is reinstated (O18).
    pub fn set_dont_linger(&self, socket: SOCKET, dont: bool) -> Outcome<()> {
        let mut state = self.begin(Call::SetOption)?;
        state.check_lingers(socket)?;
        let current = &mut state.descriptors.get_mut(socket)?.linger;
        current.onoff = !dont;
        if current.onoff {
            current.seconds = current.established.unwrap_or(DEFAULT_LINGER);
        }
        Ok(())
    }

    /// `getsockopt` with `SO_LINGER` (O26).
    pub fn linger(&self, socket: SOCKET) -> Outcome<LINGER> {
        let state = self.begin(Call::GetOption)?;
        state.check_lingers(socket)?;
        let current = state.descriptors.get(socket)?.linger;
        Ok(LINGER {
            l_onoff: current.onoff.into(),
            l_linger: current.seconds,
        })
    }

    /// `getsockopt` with `SO_TYPE`: whether it is a datagram socket.
    pub fn is_datagram(&self, socket: SOCKET) -> Outcome<bool> {
        let state = self.begin(Call::GetOption)?;
        let id = state.descriptors.get(socket)?.endpoint;
        Ok(state.endpoint(id)?.transport == Transport::Datagram)
    }
}

impl State {
    /// Nothing lingers on a datagram socket.
    fn check_lingers(&self, socket: SOCKET) -> Outcome<()> {
        let id = self.descriptors.get(socket)?.endpoint;
        match self.endpoint(id)?.transport {
            Transport::Stream => Ok(()),
            Transport::Datagram => Err(ErrorKind::UnknownOption),
        }
    }
}
