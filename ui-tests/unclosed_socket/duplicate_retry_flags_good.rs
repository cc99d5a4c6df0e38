//! A duplicate is made a second time without the newer flag and owned at once.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Foundation::{HANDLE, HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock as c;
use windows_sys::Win32::System::Threading::GetCurrentProcessId;

fn cvt(rc: i32) -> io::Result<()> {
    if rc == c::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn forbid_inheriting(raw: c::SOCKET) -> io::Result<()> {
    match unsafe { SetHandleInformation(raw as HANDLE, HANDLE_FLAG_INHERIT, 0) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// A second descriptor for `original`, which stays with the caller.
pub fn duplicate(original: c::SOCKET) -> io::Result<OwnedSocket> {
    let mut info: c::WSAPROTOCOL_INFOW = unsafe { std::mem::zeroed() };
    cvt(unsafe { c::WSADuplicateSocketW(original, GetCurrentProcessId(), &mut info) })?;
    let flags = c::WSA_FLAG_OVERLAPPED;

    let first = unsafe {
        c::WSASocketW(info.iAddressFamily, info.iSocketType, info.iProtocol, &info, 0, flags | c::WSA_FLAG_NO_HANDLE_INHERIT)
    };
    if first != c::INVALID_SOCKET {
        return Ok(unsafe { OwnedSocket::from_raw_socket(first as RawSocket) });
    }
    // Windows 7 before SP1 does not know WSA_FLAG_NO_HANDLE_INHERIT.
    match unsafe { c::WSAGetLastError() } {
        c::WSAEPROTOTYPE | c::WSAEINVAL => {}
        code => return Err(io::Error::from_raw_os_error(code)),
    }
    let second = unsafe { c::WSASocketW(info.iAddressFamily, info.iSocketType, info.iProtocol, &info, 0, flags) };
    if second == c::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let owned = unsafe { OwnedSocket::from_raw_socket(second as RawSocket) };
    forbid_inheriting(second)?;
    Ok(owned)
}
