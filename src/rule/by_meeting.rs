//! Rates dated by meeting: nothing is solved, the rate after each meeting is given.

use super::equation::Rated;
use super::expression::Place;
use super::known::Known;
use super::solution::Solution;
use super::{MeetingStep, Method, PolicyError, PolicyPath, RateSource, StartRate, Unpriced, UnpricedReason};
use crate::notice::{Notice, Shortfall};
use crate::quotes::MeetingRates;

/// Takes the meetings of a chain from their rates, as far as those reach without a gap.
pub(crate) fn solve(known: &Known<'_>) -> Result<PolicyPath, PolicyError> {
    let (chain, target) = (known.chain()?, known.target()?);
    let none = MeetingRates::default();
    let rates = known.strip.meeting_rates().unwrap_or(&none);
    if let Some(label) = rates.stray(chain) {
        return Err(PolicyError::NoSuchMeeting(label.to_string()));
    }
    let mut solution = Solution::default();
    let mut gap = None;
    let reached = chain.iter().rposition(|meeting| rates.after(meeting, chain).is_some());
    // Where the rates end the chain ends, unless all of it is asked for.
    let count = reached.map_or(chain.len(), |last| last + 1);
    if let Some(last) = chain.get(count - 1).filter(|_| count < chain.len() && !known.assumptions.strict) {
        let reason = Shortfall::RatesEnd(last.announcement());
        solution.notices.push(Notice::FewerMeetings { asked: known.assumptions.chain, priced: count, reason });
    }
    let taken = if known.assumptions.strict { chain } else { &chain[..count] };
    for (index, meeting) in taken.iter().enumerate() {
        let place = Place::before(meeting.announcement());
        let before = match solution.steps.last() {
            _ if gap.is_some() => Err(UnpricedReason::MeetingBefore(gap.unwrap_or_default())),
            Some(last) => Ok(Rated::same_as(place, RateSource::PreviousMeeting, last.announcement(), &last.made[1])),
            None => start(known, rates, place),
        };
        let after = rates.after(meeting, chain).ok_or(UnpricedReason::NoRate);
        let of_month: Vec<_> = chain.iter().filter(|other| other.month() == meeting.month()).collect();
        let decision = chain[..index].iter().filter(|other| other.month() == meeting.month()).count();
        let days = known.days(meeting.month(), of_month).around(decision);
        let step = before.and_then(|before| {
            let place = Place::after(meeting.announcement());
            let after = Rated::number(place, RateSource::Given, after?.exact().clone());
            MeetingStep::new(known, *meeting, days, before, after)
        });
        match step {
            Ok(step) => solution.steps.push(step),
            Err(reason) => {
                gap = gap.or(Some(meeting.announcement()));
                solution.unpriced.push(Unpriced { meeting: *meeting, reason });
            }
        }
    }
    let path = solution.into_path(known, target, chain.len())?;
    Ok(PolicyPath { method: Method::ByMeeting, ..path })
}

/// The rate before the first meeting: the user's, the last fixing, or the file's.
fn start(known: &Known<'_>, rates: &MeetingRates, place: Place) -> Result<Rated, UnpricedReason> {
    let given = |rate: &crate::units::Rate| Ok(Rated::number(place, RateSource::Given, rate.exact().clone()));
    match &known.assumptions.start_rate {
        StartRate::Given(rate) => given(rate),
        StartRate::Fixings => {
            let fixings = known.fixings().ok_or(UnpricedReason::NoFixings)?;
            let yesterday = known.as_of.pred_opt().unwrap_or(known.as_of);
            let carried = fixings.carried_on(yesterday);
            let (day, rate) = carried.map_err(|missing| UnpricedReason::NoFixing(missing.day))?;
            Ok(Rated::number(place, RateSource::Fixing(day), rate.exact().clone()))
        }
        _ => rates.start().map_or(Err(UnpricedReason::NoStart), given),
    }
}
