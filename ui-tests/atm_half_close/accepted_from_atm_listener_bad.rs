//! An accepted socket has the family of its listener, and ATM knows no half close.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;

pub fn serve(addr: &[u8; 92], each: &dyn Fn(&[u8])) -> bool {
    unsafe {
        let listener = socket(PF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32);
        if listener == INVALID_SOCKET {
            return false;
        }
        let started = bind(listener, addr.as_ptr().cast(), addr.len() as i32) == 0 && listen(listener, 2) == 0;
        while started {
            let client = accept(listener, null_mut(), null_mut());
            if client == INVALID_SOCKET {
                break;
            }
            let mut cell = [0u8; 48];
            let n = recv(client, cell.as_mut_ptr(), 48, 0);
            if n > 0 {
                each(&cell[..n as usize]);
                shutdown(client, SD_SEND); //~ atm_half_close
                while recv(client, cell.as_mut_ptr(), 48, 0) > 0 {}
            }
            closesocket(client);
        }
        closesocket(listener);
        started
    }
}
