//! winapi: the operation is boxed before its start; only the box moves.

use std::mem;
use std::ptr;
use winapi::shared::ws2def::WSABUF;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSAGetLastError, WSARecv};

pub struct Read {
    overlapped: OVERLAPPED,
    buf: [u8; 512],
}

pub unsafe fn start(socket: SOCKET, pending: &mut Vec<Box<Read>>) -> bool {
    let mut read = Box::new(Read { overlapped: mem::zeroed(), buf: [0; 512] });
    let mut data = WSABUF { len: 512, buf: read.buf.as_mut_ptr().cast() };
    let mut flags = 0;
    let r = WSARecv(socket, &mut data, 1, ptr::null_mut(), &mut flags, &mut read.overlapped, None);
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING as i32 {
        return false;
    }
    pending.push(read);
    true
}
