//! TransmitFile on a port: the operation handed to the port owns the header it sends first.

use std::fs::File;
use std::io;
use std::os::windows::io::{AsRawHandle, AsRawSocket};
use windows_sys::Win32::Networking::WinSock::{SOCKET, TRANSMIT_FILE_BUFFERS, TransmitFile, WSA_IO_PENDING, WSAGetLastError};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct FileOp {
    overlapped: OVERLAPPED,
    buffers: TRANSMIT_FILE_BUFFERS,
    head: String,
    file: File,
}

impl FileOp {
    /// Called by the thread that took the operation from the port.
    pub unsafe fn finish(overlapped: *mut OVERLAPPED) {
        drop(unsafe { Box::from_raw(overlapped.cast::<FileOp>()) });
    }
}

/// The stream is attached to the port.
pub fn respond<S: AsRawSocket>(stream: &S, file: File) -> io::Result<()> {
    let len = file.metadata()?.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {len}\r\n\r\n");
    let mut op = Box::new(FileOp {
        overlapped: OVERLAPPED::default(),
        buffers: TRANSMIT_FILE_BUFFERS::default(),
        head,
        file,
    });
    op.buffers.Head = op.head.as_mut_ptr().cast();
    op.buffers.HeadLength = op.head.len() as u32;
    let op = Box::into_raw(op);
    unsafe {
        let ok = TransmitFile(stream.as_raw_socket() as SOCKET, (*op).file.as_raw_handle(), 0, 0, op.cast(), &raw const (*op).buffers, 0);
        if ok == 0 {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                drop(Box::from_raw(op));
                return Err(io::Error::from_raw_os_error(code));
            }
        }
    }
    Ok(())
}
