//! A pool shuts down its sockets, waits for the FD_CLOSE event of each and closes it then.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::*;

struct Peer {
    socket: SOCKET,
    closed: WSAEVENT,
}

impl Peer {
    fn close_socket(&mut self) {
        unsafe { closesocket(self.socket) };
        self.socket = INVALID_SOCKET;
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        if self.socket != INVALID_SOCKET {
            unsafe { closesocket(self.socket) };
        }
        unsafe { WSACloseEvent(self.closed) };
    }
}

#[derive(Default)]
pub struct Peers {
    list: Vec<Peer>,
}

impl Peers {
    /// Takes over a connected socket, also when it fails.
    pub fn add(&mut self, socket: SOCKET) -> io::Result<()> {
        let closed = unsafe { WSACreateEvent() };
        if closed == 0 {
            let err = io::Error::last_os_error();
            unsafe { closesocket(socket) };
            return Err(err);
        }
        let peer = Peer { socket, closed };
        if unsafe { WSAEventSelect(peer.socket, closed, FD_CLOSE as i32) } == SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        self.list.push(peer);
        Ok(())
    }

    /// Ends all connections; returns how many peers have ended theirs in time.
    pub fn end(mut self, each_ms: u32) -> usize {
        let mut ended = 0;
        for peer in &mut self.list {
            unsafe { shutdown(peer.socket, SD_SEND) };
        }
        for peer in &mut self.list {
            let event = peer.closed as HANDLE;
            let res = unsafe { WSAWaitForMultipleEvents(1, &event, 0, each_ms, 0) };
            ended += usize::from(res == 0);
            peer.close_socket();
        }
        ended
    }
}
