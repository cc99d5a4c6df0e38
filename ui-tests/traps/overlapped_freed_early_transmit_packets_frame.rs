//! A frame writer posts TransmitPackets; the length prefix it names is a field of the boxed frame.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, TP_ELEMENT_EOP, TP_ELEMENT_MEMORY, TRANSMIT_PACKETS_ELEMENT, WSA_IO_PENDING, WSAGetLastError, WSAGetOverlappedResult,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub type TransmitPackets =
    unsafe extern "system" fn(SOCKET, *const TRANSMIT_PACKETS_ELEMENT, u32, u32, *mut OVERLAPPED, u32) -> windows_sys::core::BOOL;

macro_rules! overlapped_call {
    ($e:expr) => {
        match unsafe { $e } {
            0 => match unsafe { WSAGetLastError() } {
                WSA_IO_PENDING => Ok(()),
                code => Err(io::Error::from_raw_os_error(code)),
            },
            _ => Ok(()),
        }
    };
}

struct Frame {
    overlapped: OVERLAPPED,
    elements: [TRANSMIT_PACKETS_ELEMENT; 2],
    prefix: [u8; 4],
    body: Vec<u8>,
}

pub struct FrameWriter {
    socket: SOCKET,
    event: HANDLE,
    transmit: TransmitPackets,
    inflight: Option<Box<Frame>>,
}

impl FrameWriter {
    pub fn new(socket: SOCKET, event: HANDLE, transmit: TransmitPackets) -> Self {
        Self { socket, event, transmit, inflight: None }
    }

    pub fn post(&mut self, mut body: Vec<u8>) -> io::Result<()> {
        self.flush();
        let prefix = (body.len() as u32).to_be_bytes();
        let mut elements = [TRANSMIT_PACKETS_ELEMENT { dwElFlags: TP_ELEMENT_MEMORY, ..Default::default() }; 2];
        elements[1].dwElFlags |= TP_ELEMENT_EOP;
        elements[1].cLength = body.len() as u32;
        elements[1].Anonymous.pBuffer = body.as_mut_ptr().cast();
        let mut frame = Box::new(Frame { overlapped: OVERLAPPED::default(), elements, prefix, body });
        frame.elements[0].cLength = 4;
        frame.elements[0].Anonymous.pBuffer = frame.prefix.as_mut_ptr().cast();
        frame.overlapped.hEvent = self.event;
        overlapped_call!((self.transmit)(self.socket, frame.elements.as_ptr(), 2, 0, &mut frame.overlapped, 0))?;
        self.inflight = Some(frame);
        Ok(())
    }

    pub fn flush(&mut self) {
        if let Some(frame) = self.inflight.take() {
            let (mut n, mut flags) = (0, 0);
            unsafe { WSAGetOverlappedResult(self.socket, &frame.overlapped, &mut n, 1, &mut flags) };
        }
    }
}

impl Drop for FrameWriter {
    fn drop(&mut self) {
        self.flush();
    }
}
