//! FIONBIO makes the socket blocking again once the event is cancelled.

use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn exchange(addr: *const ws::SOCKADDR, len: i32, out: &[u8], inp: &mut [u8]) -> Option<usize> {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0);
    if s == ws::INVALID_SOCKET {
        return None;
    }
    if ws::connect(s, addr, len) != 0 {
        ws::closesocket(s);
        return None;
    }
    ws::send(s, out.as_ptr(), out.len() as i32, 0);
    let event = ws::WSACreateEvent();
    ws::WSAEventSelect(s, event, (ws::FD_READ | ws::FD_CLOSE) as i32);
    ws::WSAWaitForMultipleEvents(1, (&raw const event).cast(), 0, 2_000, 0);
    let n = ws::recv(s, inp.as_mut_ptr(), inp.len() as i32, 0);
    ws::WSAEventSelect(s, 0, 0);
    let mut blocking = 0;
    ws::ioctlsocket(s, ws::FIONBIO, &mut blocking);
    ws::WSACloseEvent(event);
    let linger = ws::LINGER { l_onoff: 1, l_linger: 10 };
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4);
    ws::closesocket(s);
    usize::try_from(n).ok()
}
