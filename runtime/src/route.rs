//! What `#[socket_lifecycle]` puts in the place of a Winsock call. Not for use by hand.
//!
//! The call itself stays as it was written, whichever binding it is of, so that no type changes: what goes
//! around it is for [`track`](crate::track), and is nothing where a build does not track. Off Windows,
//! where windows-sys has nothing behind its functions, its calls go to the [model](crate::model) instead.
//!
//! An argument that may take its time is evaluated before the call counts as begun.

use std::{any::Any, mem};

use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, SOCKET_ERROR};

use crate::track;

/// A call in progress.
pub struct Call(track::Calls);

/// A close in progress.
pub struct Closing(track::Closing);

/// The number in a binding's `SOCKET`: an integer, or a structure around one. `INVALID_SOCKET` for what has
/// another size, or if nothing is tracked.
#[inline(always)]
pub fn number<T>(descriptor: &T) -> SOCKET {
    if !track::ENABLED || size_of::<T>() != size_of::<SOCKET>() {
        return INVALID_SOCKET;
    }
    // SAFETY: it has the size, and as a descriptor in whichever binding it is an integer. Of another type,
    // which a generic parameter of Winsock's might take, it is a number that no socket has.
    unsafe { mem::transmute_copy(descriptor) }
}

/// What a call that opens a socket returned.
pub struct Opened<'a, T>(pub &'a T);

/// As the functions of newer versions of the crate `windows` do.
pub trait OfResult {
    /// The number of the new socket, or `INVALID_SOCKET`.
    fn number(&self) -> SOCKET;
}

impl<T, E> OfResult for Opened<'_, Result<T, E>> {
    #[inline(always)]
    fn number(&self) -> SOCKET {
        self.0.as_ref().map_or(INVALID_SOCKET, number)
    }
}

/// As all others do. Being implemented for a reference it is looked at second.
pub trait OfValue {
    /// The number of the new socket, or `INVALID_SOCKET`.
    fn number(&self) -> SOCKET;
}

impl<T> OfValue for &Opened<'_, T> {
    #[inline(always)]
    fn number(&self) -> SOCKET {
        number(self.0)
    }
}

/// Whether a call's result says that it failed, as far as that is a number.
#[inline(always)]
fn failed(result: &dyn Any) -> bool {
    track::ENABLED && result.downcast_ref::<i32>() == Some(&SOCKET_ERROR)
}

/// A call on a socket begins.
#[inline(always)]
#[track_caller]
pub fn begin(name: &'static str, socket: SOCKET) -> Call {
    Call(track::begin(
        name,
        match track::ENABLED {
            true => vec![socket],
            false => Vec::new(),
        },
    ))
}

impl Call {
    /// It returned.
    #[inline(always)]
    pub fn end(self, result: &dyn Any) {
        self.0.end(failed(result));
    }
}

/// A close begins.
#[inline(always)]
#[track_caller]
pub fn begin_close(name: &'static str, socket: SOCKET) -> Closing {
    Closing(track::begin_close(name, socket, None))
}

impl Closing {
    /// It returned.
    #[inline(always)]
    pub fn end(self, result: &dyn Any) {
        self.0.end(failed(result));
    }
}

/// A call opened a socket, or failed.
#[inline(always)]
#[track_caller]
pub fn opened(name: &'static str, socket: SOCKET) {
    track::opened(name, socket);
}

/// One call: what it does to a descriptor, the binding, Winsock's name, the path as it was written, the
/// arguments that are evaluated first (the descriptor is one of them), and all arguments.
#[doc(hidden)]
#[cfg(windows)]
#[macro_export]
macro_rules! __route {
    (opens $binding:ident $name:ident $path:path, [$($first:ident = $value:expr),*] ($($args:tt)*)) => {
        match ($($value,)*) {
            ($($first,)*) => {
                let result = $path($($args)*);
                $crate::__route!(@opened $name result);
                result
            }
        }
    };
    (accepts $binding:ident $name:ident $path:path, [$socket:ident = $value:expr $(, $first:ident = $other:expr)*] ($($args:tt)*)) => {
        match ($value, $($other,)*) {
            ($socket, $($first,)*) => {
                let call = $crate::route::begin(
                    ::core::stringify!($name),
                    $crate::route::number(&$socket),
                );
                let result = $path($($args)*);
                call.end(&());
                $crate::__route!(@opened $name result);
                result
            }
        }
    };
    (uses $binding:ident $name:ident $path:path, [$socket:ident = $value:expr $(, $first:ident = $other:expr)*] ($($args:tt)*)) => {
        match ($value, $($other,)*) {
            ($socket, $($first,)*) => {
                let call = $crate::route::begin(
                    ::core::stringify!($name),
                    $crate::route::number(&$socket),
                );
                let result = $path($($args)*);
                call.end(&result);
                result
            }
        }
    };
    (closes $binding:ident $name:ident $path:path, [$socket:ident = $value:expr] ($($args:tt)*)) => {
        match $value {
            $socket => {
                let call = $crate::route::begin_close(
                    ::core::stringify!($name),
                    $crate::route::number(&$socket),
                );
                let result = $path($($args)*);
                call.end(&result);
                result
            }
        }
    };
    (@opened $name:ident $result:ident) => {
        $crate::route::opened(::core::stringify!($name), {
            use $crate::route::{OfResult as _, OfValue as _};
            (&$crate::route::Opened(&$result)).number()
        })
    };
}

/// Off Windows: see the [module](self).
#[doc(hidden)]
#[cfg(not(windows))]
#[macro_export]
macro_rules! __route {
    ($role:ident windows_sys $name:ident $path:path, [$($first:ident = $value:expr),*] ($($args:tt)*)) => {
        match ($($value,)*) {
            ($($first,)*) => {
                // The import is used, and nothing is linked.
                let _ = $path;
                $crate::raw::$name($($args)*)
            }
        }
    };
    ($role:ident other $name:ident $path:path, [$($first:ident = $value:expr),*] ($($args:tt)*)) => {
        match ($($value,)*) {
            ($($first,)*) => $path($($args)*),
        }
    };
}
