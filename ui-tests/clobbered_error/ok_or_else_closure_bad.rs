//! The closure of `ok_or_else` closes first and then makes an error of what the thread holds.

use std::io;
use windows::Win32::Networking::WinSock::*;

pub struct Reply {
    pub port: u16,
    pub text: Vec<u8>,
}

fn positive(n: i32) -> Option<usize> {
    usize::try_from(n).ok().filter(|n| *n > 0)
}

/// Sends one question and waits for one answer.
pub fn ask(server: &SOCKADDR_IN, question: &[u8]) -> io::Result<Reply> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_DGRAM, IPPROTO_UDP.0) }?;
    let name = (server as *const SOCKADDR_IN).cast::<SOCKADDR>();
    let sent = unsafe { sendto(s, question, 0, name, size_of::<SOCKADDR_IN>() as i32) };
    positive(sent).ok_or_else(|| {
        unsafe { closesocket(s) };
        io::Error::last_os_error() //~ clobbered_error
    })?;
    let mut text = vec![0; 512];
    let got = unsafe { recvfrom(s, &mut text, 0, None, None) };
    let answer = match positive(got) {
        Some(n) => {
            text.truncate(n);
            Ok(Reply { port: u16::from_be(server.sin_port), text })
        }
        None => Err(io::Error::last_os_error()),
    };
    unsafe { closesocket(s) };
    answer
}
