//! fedpath behind a page: [`Engine`] answers what the page asks, in JSON and HTML; all that is unsafe stands in `interface`.

mod ask;
mod engine;
mod history;
#[cfg(target_arch = "wasm32")]
mod interface;
mod loaded;
mod shown;

pub use engine::Engine;
