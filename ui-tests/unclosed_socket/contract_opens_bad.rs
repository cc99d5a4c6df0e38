//! What a trait's method states that it opens is the caller's to close.

use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, closesocket, listen};
use socket_lifecycle::socket_lifecycle;

pub trait Factory {
    #[socket_lifecycle(opens)]
    fn make(&self, port: u16) -> Result<SOCKET, i32>;
}

pub fn serve(factory: &dyn Factory) -> Result<(), i32> {
    let s = factory.make(80)?; //~ unclosed_socket
    if unsafe { listen(s, 5) } == SOCKET_ERROR {
        return Err(2);
    }
    unsafe { closesocket(s) };
    Ok(())
}
