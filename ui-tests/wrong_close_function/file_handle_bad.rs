//! winapi: closesocket is called on a file.

use std::ffi::CString;
use std::ptr;
use winapi::um::fileapi::{CreateFileA, GetFileSize, OPEN_EXISTING};
use winapi::um::handleapi::INVALID_HANDLE_VALUE;
use winapi::um::winnt::{FILE_SHARE_READ, GENERIC_READ};
use winapi::um::winsock2::{SOCKET, closesocket, send};

pub unsafe fn announce(s: SOCKET, path: &CString) -> bool {
    let file = CreateFileA(path.as_ptr(), GENERIC_READ, FILE_SHARE_READ, ptr::null_mut(), OPEN_EXISTING, 0, ptr::null_mut());
    if file == INVALID_HANDLE_VALUE {
        return false;
    }
    let size = GetFileSize(file, ptr::null_mut()).to_be_bytes();
    closesocket(file as SOCKET); //~ wrong_close_function
    send(s, size.as_ptr().cast(), size.len() as i32, 0) == size.len() as i32
}
