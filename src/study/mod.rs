//! Many days at once: histories, comparisons with published tables, surprises of announcements.

#[cfg(feature = "serde")]
mod as_data;
pub mod event_study;
pub(crate) mod history;
pub(crate) mod published;
pub(crate) mod summary;
pub(crate) mod surprise;
