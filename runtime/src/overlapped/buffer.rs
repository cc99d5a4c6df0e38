//! What an operation may read from and write to.

use std::sync::Arc;

/// Bytes that a send may read.
///
/// # Safety
/// The slice stays where it is, readable and unchanged, for as long as the value is neither moved nor
/// accessed; other values that share it do not change it. (So it is for a `Vec`, an array and what owns
/// its bytes alone, and for what is shared and cannot change.)
pub unsafe trait SendBuffer: 'static {
    /// The bytes.
    fn bytes(&self) -> &[u8];
}

/// Bytes that a receive may write.
///
/// # Safety
/// The slice stays where it is, and nobody else's, for as long as the value is neither moved nor
/// accessed.
pub unsafe trait ReceiveBuffer: 'static {
    /// The bytes.
    fn bytes_mut(&mut self) -> &mut [u8];
}

/// Types of which all bytes are sent.
macro_rules! send_from {
    ($($(#[$meta:meta])* [$($generics:tt)*] $type:ty, $buffer:ident => $bytes:expr;)*) => {
        $(
            // SAFETY: the bytes are the value's own, or such as never change.
            unsafe impl<$($generics)*> SendBuffer for $type {
                fn bytes(&self) -> &[u8] {
                    let $buffer = self;
                    $bytes
                }
            }
        )*
    };
}

send_from! {
    [] Vec<u8>, buffer => buffer;
    [] Box<[u8]>, buffer => buffer;
    [] String, buffer => buffer.as_bytes();
    [] Box<str>, buffer => buffer.as_bytes();
    [] Arc<[u8]>, buffer => buffer;
    [] Arc<str>, buffer => buffer.as_bytes();
    [] &'static [u8], buffer => buffer;
    [] &'static str, buffer => buffer.as_bytes();
    [const N: usize] [u8; N], buffer => buffer;
    [const N: usize] Box<[u8; N]>, buffer => &**buffer;
    [const N: usize] &'static [u8; N], buffer => &**buffer;
}

/// Types of which all bytes may be overwritten: of a `Vec` those up to its length.
macro_rules! receive_into {
    ($([$($generics:tt)*] $type:ty, $buffer:ident => $bytes:expr;)*) => {
        $(
            // SAFETY: the bytes are the value's own.
            unsafe impl<$($generics)*> ReceiveBuffer for $type {
                fn bytes_mut(&mut self) -> &mut [u8] {
                    let $buffer = self;
                    $bytes
                }
            }
        )*
    };
}

receive_into! {
    [] Vec<u8>, buffer => buffer;
    [] Box<[u8]>, buffer => buffer;
    [const N: usize] [u8; N], buffer => buffer;
    [const N: usize] Box<[u8; N]>, buffer => &mut **buffer;
}
