//! TransmitPackets: the operation holds an Arc of the chunk to send.

use std::io;
use std::path::Path;
use std::sync::Arc;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct PacketsOp {
    overlapped: OVERLAPPED,
    elements: [TRANSMIT_PACKETS_ELEMENT; 1],
    chunk: Option<Arc<[u8]>>,
}

/// # Safety
/// `op` lives until the port has returned it.
pub unsafe fn send_file(s: SOCKET, transmit_packets: LPFN_TRANSMITPACKETS, op: *mut PacketsOp, path: &Path) -> io::Result<()> {
    let Some(transmit_packets) = transmit_packets else { return Err(io::ErrorKind::Unsupported.into()) };
    let chunk: Arc<[u8]> = Arc::from(std::fs::read(path)?);
    (*op).elements = [TRANSMIT_PACKETS_ELEMENT {
        dwElFlags: TP_ELEMENT_MEMORY,
        cLength: chunk.len() as u32,
        Anonymous: TRANSMIT_PACKETS_ELEMENT_0 { pBuffer: chunk.as_ptr().cast_mut().cast() },
    }];
    (*op).chunk = Some(Arc::clone(&chunk));
    let elements = (&raw const (*op).elements).cast();
    let ok = transmit_packets(s, elements, 1, 0, &raw mut (*op).overlapped, TP_USE_KERNEL_APC);
    match ok {
        0 if WSAGetLastError() != WSA_IO_PENDING => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
