//! A hand-written connect future: an immediate failure closes the socket, a pending one belongs to the state.

use std::future::Future;
use std::io;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, FIONBIO, INVALID_SOCKET, POLLOUT, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSAEWOULDBLOCK,
    WSAGetLastError, WSAPOLLFD, WSAPoll, closesocket, connect, ioctlsocket, socket,
};

enum State {
    Start(SOCKADDR_IN),
    Connecting(SOCKET),
    Finished,
}

pub struct ConnectFuture {
    state: State,
}

impl ConnectFuture {
    pub fn new(addr: SOCKADDR_IN) -> Self {
        ConnectFuture { state: State::Start(addr) }
    }
}

impl Future for ConnectFuture {
    type Output = io::Result<SOCKET>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match mem::replace(&mut self.state, State::Finished) {
            State::Start(addr) => {
                let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
                if s == INVALID_SOCKET {
                    return Poll::Ready(Err(io::Error::last_os_error()));
                }
                let mut on = 1;
                let mut code = 0;
                if unsafe { ioctlsocket(s, FIONBIO, &mut on) } == SOCKET_ERROR
                    || unsafe { connect(s, (&raw const addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR
                {
                    code = unsafe { WSAGetLastError() };
                }
                if code != 0 && code != WSAEWOULDBLOCK {
                    unsafe { closesocket(s) };
                    return Poll::Ready(Err(io::Error::from_raw_os_error(code)));
                }
                self.state = State::Connecting(s);
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            State::Connecting(s) => {
                let mut fd = WSAPOLLFD { fd: s, events: POLLOUT, revents: 0 };
                if unsafe { WSAPoll(&mut fd, 1, 0) } == 1 {
                    if fd.revents & POLLOUT != 0 {
                        return Poll::Ready(Ok(s));
                    }
                    unsafe { closesocket(s) };
                    return Poll::Ready(Err(io::ErrorKind::ConnectionRefused.into()));
                }
                self.state = State::Connecting(s);
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            State::Finished => panic!("polled after completion"),
        }
    }
}

impl Drop for ConnectFuture {
    fn drop(&mut self) {
        if let State::Connecting(s) = self.state {
            unsafe { closesocket(s) };
        }
    }
}
