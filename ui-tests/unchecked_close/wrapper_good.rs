//! The wrapper returns the result, and its caller uses it.

mod sys {
    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn closesocket(s: usize) -> i32;
    }

    pub fn close(s: usize) -> bool {
        unsafe {
            closesocket(s) == 0
        }
    }
}

pub fn close_pair(pair: (usize, usize)) -> bool {
    let first = sys::close(pair.0);
    sys::close(pair.1) && first
}
