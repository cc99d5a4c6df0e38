use std::io;

use winapi::um::winsock2::{FIONBIO, INVALID_SOCKET, SOCKET, ioctlsocket, socket};
macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* $(,)* ), $err_test: path, $err_value: expr) => {{
        let res = unsafe { $fn($($arg, )*) };
        if $err_test(&res, &$err_value) {
            Err(io::Error::last_os_error())
        } else {
            Ok(res)
        }
    }};
}
pub fn new_socket(d: i32) -> io::Result<SOCKET> {
    syscall!(socket(d, 1, 0), PartialEq::eq, INVALID_SOCKET).and_then(|socket| {
        syscall!(ioctlsocket(socket, FIONBIO, &mut 1), PartialEq::ne, 0).map(|_| socket as SOCKET)
    })
}
pub fn new_socket2(d: i32) -> io::Result<SOCKET> {
    let s = syscall!(socket(d, 1, 0), PartialEq::eq, INVALID_SOCKET)?;
    syscall!(ioctlsocket(s, FIONBIO, &mut 1), PartialEq::ne, 0)?;
    Ok(s)
}
pub fn new_socket3(d: i32) -> io::Result<SOCKET> {
    let s = unsafe { socket(d, 1, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    syscall!(ioctlsocket(s, FIONBIO, &mut 1), PartialEq::ne, 0)?;
    Ok(s)
}
