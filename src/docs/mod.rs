//! Prose pages: how the figures come about.

#[doc = include_str!("how_the_numbers_are_made.md")]
pub mod how_the_numbers_are_made {}
