use std::io;

use anyhow::{Context, Result, bail, ensure};
use windows_sys::Win32::Networking::WinSock::*;
pub fn open(a: *const SOCKADDR, n: Option<i32>) -> Result<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        bail!("socket: {}", io::Error::last_os_error());
    }
    let n = n.context("no backlog")?;
    if unsafe { bind(s, a, 16) } != 0 {
        bail!("bind: {}", io::Error::last_os_error());
    }
    std::fs::read("x").with_context(|| format!("reading {n}"))?;
    ensure!(unsafe { listen(s, n) } == 0, "listen");
    Ok(s)
}
pub fn open2(a: *const SOCKADDR, n: Option<i32>) -> Result<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        bail!("socket: {}", io::Error::last_os_error());
    }
    if unsafe { bind(s, a, 16) } != 0 { bail!("bind: {}", io::Error::last_os_error()) }
    match n {
        Some(3) => bail!("three"),
        Some(n) => drop(n),
        None => {}
    }
    Ok(s)
}
