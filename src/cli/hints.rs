//! The option that mends what the library refuses or remarks: the library does not know the command line.

use fedpath::notice::UnpricedReason;
use fedpath::path::PolicyError;
use fedpath::{Notice, ProblemKind, StripError};

/// What to do about a strip that has no path.
pub(super) fn of_policy(error: &PolicyError) -> Option<&'static str> {
    match error {
        PolicyError::NoTarget(_) => Some("give the range with --target, such as 3.75-4.00"),
        PolicyError::NothingBeside(_) => Some("--products names what is priced; fed funds futures alone without it"),
        PolicyError::NoMeetings { .. } => Some("give another calendar with --meetings"),
        PolicyError::Gaps(gaps) => gaps.first().and_then(|(_, reason)| of_unpriced(*reason)),
        PolicyError::FirstMeetingUnpriced(_, reason) => of_unpriced(*reason),
        _ => None,
    }
}

/// What to do about a meeting without a price.
fn of_unpriced(reason: UnpricedReason) -> Option<&'static str> {
    match reason {
        UnpricedReason::MissingContract(_) | UnpricedReason::StripEnds(_) => {
            Some("add the contract, or give its price with --anchor YYYY-MM=PRICE")
        }
        UnpricedReason::RateAlreadyMoved(_) | UnpricedReason::RateHiddenByMove { .. } => {
            Some("give realised rates with --fixings, or the rate before the meeting with --start-rate")
        }
        UnpricedReason::SeveralDecisions(_) => {
            Some("say what the rate between them is with --between, or take one out with --drop-meeting")
        }
        UnpricedReason::NoVolume => Some("weigh them otherwise with --weights"),
        UnpricedReason::NoStart => Some("give it with --start-rate, or add a row 'current' to the file"),
        UnpricedReason::NoFixings => Some("give them with --fixings"),
        _ => None,
    }
}

/// What to do about a snapshot that gives no strip.
pub(super) fn of_strip(error: &StripError) -> Option<&'static str> {
    match error {
        StripError::NoDate => Some("or give it with --as-of"),
        StripError::NoPrices(_) => Some("choose another price with --price"),
        _ => None,
    }
}

/// What to do about a file that leaves something open.
pub(super) fn of_problem(kind: ProblemKind) -> Option<&'static str> {
    match kind {
        ProblemKind::NoDate => Some("or give it with --as-of"),
        ProblemKind::SeveralDays => Some("give it with --as-of"),
        ProblemKind::SeveralMoments => Some("choose one with --at, such as --at 14:00"),
        ProblemKind::UnknownColumns => Some("name columns with --columns contract=NAME,price=NAME,date=NAME"),
        ProblemKind::UnknownDates => Some("say what a column is with --columns date=NAME, expiry=NAME or ignore=NAME"),
        ProblemKind::TwoDays => Some("or give the day with --as-of"),
        ProblemKind::NoMeeting => Some("give it with --meeting"),
        ProblemKind::NoZone => Some("give the zone with --timezone, such as America/Chicago"),
        ProblemKind::NoContract => Some("or give it with --contract"),
        _ => None,
    }
}

/// What to do about a remark.
pub(super) fn of_notice(notice: &Notice) -> Option<&'static str> {
    match notice {
        Notice::ContractOfName { .. } => Some("give another with --contract"),
        Notice::NewestDay { .. } => Some("choose another with --as-of"),
        Notice::Missed { .. } => Some("leave it out with --exclude, or weigh with --weights open-interest"),
        Notice::HalfTick { .. } => Some("--as-printed takes it as it stands"),
        Notice::TargetAssumed { .. } => Some("give the range with --target"),
        Notice::MovedToday { .. } => Some("count them from the announced range with --target"),
        Notice::OutdatedProfiles { .. } => Some("give --payout-yield, or profiles of the time with --assets"),
        Notice::RealisedAnchor { .. } => Some("give the settlement with --anchor YYYY-MM=PRICE"),
        _ => None,
    }
}
