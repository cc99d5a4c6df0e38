//! winapi: a blocking hook is set so that recv can be given up.

use winapi::shared::minwindef::FARPROC;
use winapi::um::winsock2 as ws;

pub unsafe fn receive(s: ws::SOCKET, hook: FARPROC, buf: &mut [u8]) -> Option<usize> {
    ws::WSASetBlockingHook(hook); //~ winsock1_blocking_hook
    let n = ws::recv(s, buf.as_mut_ptr().cast(), buf.len() as i32, 0);
    ws::WSAUnhookBlockingHook(); //~ winsock1_blocking_hook
    usize::try_from(n).ok()
}
