//! What an announcement changed that was not expected: policy surprises from fed funds futures.
//!
//! [`PolicySurprise`] turns the changes of implied rates over a window ([`RateChanges`]) into the surprise about the current
//! decision and the next ones, by a named [`SurpriseRule`]; [`SurpriseWindow`] finds the window of an announcement in
//! quotes of many days.

mod announcement;
mod changes;
#[cfg(feature = "moments")]
mod moments;
mod policy_surprise;
mod rule;
mod window;

pub use announcement::Announcement;
pub use changes::RateChanges;
#[cfg(feature = "moments")]
pub use moments::{EdgePrice, EdgePrices, Length, MomentSpan, MomentSurprise, MomentWindows, NoPrices};
pub use policy_surprise::{MeetingSurprise, NoSurprise, PolicySurprise, SurpriseSource};
pub use rule::SurpriseRule;
pub use window::{NoWindow, SurpriseWindow, WindowKind};
