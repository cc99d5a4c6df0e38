//! The function gives back a start-up that it did not make; whether it was the last is not known.

use winapi::um::winsock2::{SD_BOTH, SOCKET, WSACleanup, closesocket, shutdown};

pub struct Client {
    pub socket: SOCKET,
    pub counted: bool,
}

/// The application's own start-up outlasts every client.
pub unsafe fn release(client: Client) {
    if client.counted {
        WSACleanup();
    }
    shutdown(client.socket, SD_BOTH);
    closesocket(client.socket);
}
