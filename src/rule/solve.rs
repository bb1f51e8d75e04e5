//! The way from a strip to its path: the rule that the assumptions name.

use super::known::Known;
use super::{Assumptions, Method, PolicyError, PolicyPath, by_meeting, fedwatch, joint, least_squares};
use crate::quotes::strip::Strip;

impl PolicyPath {
    /// Solves a strip by the rule of [`Assumptions::method`].
    ///
    /// Quotes that end early, or lack a contract, price the meetings they reach; the others are in
    /// [`PolicyPath::unpriced`] with the contract that stops them, unless [`Assumptions::strict`].
    ///
    /// # Errors
    /// [`PolicyError`]: no meeting or no target range for the valuation date, or no way to price any meeting; with
    /// [`Assumptions::strict`], any meeting of the chain.
    pub fn solve(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        let known = Known::new(strip, assumptions);
        match assumptions.method {
            _ if strip.meeting_rates().is_some() => by_meeting::solve(&known),
            Method::ByMeeting => by_meeting::solve(&known),
            Method::FedWatch => fedwatch::solve(&known),
            Method::LeastSquares => least_squares::solve(&known),
            Method::Joint => joint::solve(&known),
        }
    }
}
