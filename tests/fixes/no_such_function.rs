use std::io;

fn open(a: *const libc::sockaddr) -> io::Result<libc::SOCKET> {
    let s = unsafe { libc::socket(2, 1, 6) };
    if s == 0 {
        return Err(io::Error::last_os_error());
    }
    if unsafe { libc::bind(s, a, 16) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(s)
}
fn shut(s: libc::SOCKET) {
    unsafe { libc::listen(s, 2) };
    unsafe { libc::close(s as i32) };
}
fn shut2(s: libc::SOCKET) -> bool {
    unsafe { libc::listen(s, 2) };
    unsafe { libc::close(s as i32) == 0 }
}
