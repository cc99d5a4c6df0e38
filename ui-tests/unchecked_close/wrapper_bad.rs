//! A wrapper of the project's own declaration swallows the result.

mod sys {
    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn closesocket(s: usize) -> i32;
    }

    pub fn close(s: usize) {
        unsafe {
            closesocket(s); //~ unchecked_close
        }
    }
}

pub fn close_pair(pair: (usize, usize)) {
    sys::close(pair.0);
    sys::close(pair.1);
}
