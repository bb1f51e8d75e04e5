//! Bytes in, bytes out: the functions that the page calls.

#![allow(unsafe_code)]

use std::cell::RefCell;
use std::mem::ManuallyDrop;

use crate::Engine;

thread_local! { static ENGINE: RefCell<Engine> = RefCell::new(Engine::new(told_progress)); }

#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Takes the words of a panic, which ends the engine.
    fn panicked(text: *const u8, length: usize);
    /// Is told of a long task how many of how many steps are done.
    safe fn progressed(done: usize, of: usize);
}

fn told_progress(done: usize, of: usize) {
    progressed(done, of);
}

/// What a call answers: read by the page, then given back with [`release`].
#[repr(C)]
struct Reply {
    refused: u32,
    start: *mut u8,
    length: usize,
}

/// Before all else.
#[unsafe(no_mangle)]
extern "C" fn start() {
    std::panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        // SAFETY: the text lives until the page has read it.
        unsafe { panicked(text.as_ptr(), text.len()) };
    }));
}

/// Room for so many bytes, which the page fills and gives to [`call`].
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Answers a question with the bytes that belong to it.
///
/// # Safety
/// Both are of [`reserve`], with the lengths asked of it, and given once.
#[unsafe(no_mangle)]
unsafe extern "C" fn call(ask: *mut u8, asked: usize, data: *mut u8, length: usize) -> *mut Reply {
    // SAFETY: as the caller promises.
    let [ask, data] =
        [(ask, asked), (data, length)].map(|(start, length)| unsafe { Vec::from_raw_parts(start, length, length) });
    let answer = ENGINE.with_borrow_mut(|engine| engine.answer(&ask, data));
    let refused = u32::from(answer.is_err());
    let bytes = answer.unwrap_or_else(String::from).into_bytes().into_boxed_slice();
    let mut bytes = ManuallyDrop::new(bytes);
    Box::into_raw(Box::new(Reply { refused, start: bytes.as_mut_ptr(), length: bytes.len() }))
}

/// Takes a reply back.
///
/// # Safety
/// A reply of [`call`], once.
#[unsafe(no_mangle)]
unsafe extern "C" fn release(reply: *mut Reply) {
    // SAFETY: as the caller promises.
    unsafe {
        let reply = Box::from_raw(reply);
        drop(Vec::from_raw_parts(reply.start, reply.length, reply.length));
    }
}
