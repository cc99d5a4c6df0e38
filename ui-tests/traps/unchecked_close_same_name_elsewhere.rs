//! A function and a method named closesocket that close no socket of Winsock and return nothing.

mod simulator {
    #[derive(Default)]
    pub struct Net {
        pub open: Vec<usize>,
    }

    impl Net {
        pub fn closesocket(&mut self, s: usize) {
            self.open.retain(|&open| open != s);
        }
    }

    pub fn closesocket(net: &mut Net, s: usize) -> i32 {
        let before = net.open.len();
        net.closesocket(s);
        if net.open.len() == before { -1 } else { 0 }
    }
}

pub fn run() -> usize {
    use simulator::closesocket;
    let mut net = simulator::Net { open: vec![3, 4] };
    net.closesocket(3);
    closesocket(&mut net, 4);
    net.open.len()
}
