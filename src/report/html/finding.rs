//! The finding of a report: what the figures say, as a headline, and the sentence under it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::super::Subject;
use super::super::number::in_words;
use super::super::words::day;
use crate::market::calendar::TargetRange;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::study::history::SeriesDay;
use crate::units::{BasisPoints, Fraction, Probability, Rate};

/// A headline and the sentence under it.
pub(super) struct Finding {
    pub(super) headline: String,
    pub(super) standfirst: String,
}

/// What one day prices for one meeting.
pub(super) struct Priced {
    pub(super) date: NaiveDate,
    pub(super) target: TargetRange,
    pub(super) ease: Probability,
    pub(super) hold: Probability,
    pub(super) hike: Probability,
    pub(super) rate: Rate,
    outcomes: Vec<(TargetRange, Probability)>,
}

impl Priced {
    fn new(outlook: &Outlook, meeting: &MeetingOutlook) -> Self {
        let (odds, target) = (&meeting.cumulative, outlook.target());
        Self {
            date: outlook.path().as_of(),
            target,
            ease: odds.ease(),
            hold: odds.hold(),
            hike: odds.hike(),
            rate: meeting.step.after.clone(),
            outcomes: odds.outcomes().map(|(moves, chance)| (target.moved(moves), chance)).collect(),
        }
    }

    fn of_day(day: &SeriesDay) -> Self {
        Self {
            date: day.date,
            target: day.target,
            ease: day.ease.clone(),
            hold: day.hold.clone(),
            hike: day.hike.clone(),
            rate: day.rate.clone(),
            outcomes: day.outcomes.clone(),
        }
    }

    /// What the subject's meeting was priced at: on the earlier of two days, or the first of many, and on the later or last.
    pub(super) fn ends(subject: &Subject<'_>) -> Option<(Option<Self>, Self)> {
        match subject {
            Subject::Snapshot(outlook, _) => {
                let meeting = outlook.meeting(subject.meeting())?;
                Some((None, Self::new(outlook, meeting)))
            }
            Subject::Repricing(story, _) => {
                let shift = story.headline();
                Some((Some(Self::new(story.before(), &shift.before)), Self::new(story.after(), &shift.after)))
            }
            Subject::History(series, _) => {
                let (first, last) = (series.days().first()?, series.days().last()?);
                Some(((first != last).then(|| Self::of_day(first)), Self::of_day(last)))
            }
        }
    }

    fn chance(&self, range: TargetRange) -> Probability {
        let found = self.outcomes.iter().find(|(other, _)| *other == range);
        found.map_or_else(|| Probability::share(Fraction::zero()), |(_, chance)| chance.clone())
    }

    fn likeliest(&self) -> Option<(TargetRange, &Probability)> {
        self.outcomes.iter().max_by(|(_, one), (_, other)| one.cmp(other)).map(|(range, chance)| (*range, chance))
    }
}

impl Finding {
    /// The finding of a subject.
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let meeting = subject.meeting();
        match Priced::ends(subject) {
            None => Self { headline: format!("The FOMC of {}", day(meeting)), standfirst: String::new() },
            Some((None, priced)) => Self::of_one(meeting, &priced),
            Some((Some(before), after)) => Self::of_two(meeting, &before, &after),
        }
    }

    fn of_one(meeting: NaiveDate, priced: &Priced) -> Self {
        let name = named(meeting, priced.date);
        let (side, odds) = side(&[priced]);
        let headline = match priced.likeliest() {
            _ if shows_nothing(&odds) => format!("No change is priced for {name}"),
            Some((range, chance)) if is_saturated(&odds) && !is_saturated(chance) => {
                format!("{name} {side} fully priced, {range} % likeliest at {}", percent(chance))
            }
            _ if is_saturated(&odds) => format!("{name} {side} is fully priced"),
            _ => format!("{name} {side} odds are {}", percent(&odds)),
        };
        let change = priced.likeliest().map_or(String::new(), |(range, chance)| {
            format!(" The likeliest target range is {range} % ({}).", percent(chance))
        });
        let standfirst = format!(
            "On {}, futures put the rate after the FOMC meeting of {} at {}, with the target range at {} %.{change}",
            day(priced.date),
            day(meeting),
            rate(&priced.rate),
            priced.target,
        );
        Self { headline, standfirst }
    }

    fn of_two(meeting: NaiveDate, before: &Priced, after: &Priced) -> Self {
        let name = named(meeting, after.date);
        let shift = &after.rate - &before.rate;
        let headline = if before.target == after.target {
            of_odds(&name, before, after)
        } else {
            match direction(shift.exact(), "rises", "falls") {
                Some(verb) => {
                    let to = rate(&after.rate);
                    format!("Rate expected after the {name} meeting {verb} {} to {to}", bp(&shift))
                }
                None => format!("Rate expected after the {name} meeting is unchanged at {}", rate(&after.rate)),
            }
        };
        let moved = match direction(shift.exact(), "rose", "fell") {
            Some(verb) => format!("{verb} {}, from {} to {}", bp(&shift), rate(&before.rate), rate(&after.rate)),
            None => format!("stayed at {}", rate(&after.rate)),
        };
        let ranges = if before.target == after.target {
            String::new()
        } else {
            format!(
                " The target range moved from {} % to {} % in between, so odds of a {} count from different ranges: {} before, {} after.",
                before.target,
                after.target,
                side(&[before, after]).0,
                percent(&of_side(before, side(&[before, after]).0)),
                percent(&of_side(after, side(&[before, after]).0)),
            )
        };
        let standfirst = format!(
            "Between {} and {}, the rate expected after the FOMC meeting of {} {moved}.{ranges}",
            day(before.date),
            day(after.date),
            day(meeting),
        );
        Self { headline, standfirst }
    }
}

/// What the odds of a meeting did; of a range, where those of the side are certain on both days.
fn of_odds(name: &str, before: &Priced, after: &Priced) -> String {
    let (side, _) = side(&[before, after]);
    let (from, to) = (of_side(before, side), of_side(after, side));
    if percent(&from) != percent(&to) {
        return format!("{name} {side} odds {}", moved(&from, &to));
    }
    let ranges: BTreeSet<TargetRange> =
        before.outcomes.iter().chain(&after.outcomes).map(|(range, _)| *range).collect();
    let change = |range: &TargetRange| (&after.chance(*range) - &before.chance(*range)).abs();
    let most = ranges.into_iter().max_by(|one, other| change(one).cmp(&change(other)));
    match most.map(|range| (range, before.chance(range), after.chance(range))) {
        Some((range, from, to)) if is_saturated(&from) || percent(&from) != percent(&to) => {
            format!("Odds of {range} % after the {name} meeting {}", moved(&from, &to))
        }
        _ if shows_nothing(&to) => format!("No change is priced for {name}, as before"),
        _ => format!("{name} {side} odds are unchanged at {}", percent(&to)),
    }
}

fn moved(from: &Probability, to: &Probability) -> String {
    let verb = direction(&(to - from), "rise", "fall").unwrap_or("stay");
    format!("{verb} from {} to {}", percent(from), percent(to))
}

/// The side that is priced more on any of the days, and its odds on the last.
fn side(days: &[&Priced]) -> (&'static str, Probability) {
    let most = |of: fn(&Priced) -> &Probability| days.iter().map(|day| of(day)).max().cloned();
    let side = if most(|day| &day.hike) > most(|day| &day.ease) { "hike" } else { "cut" };
    (side, days.last().map_or_else(|| Probability::share(Fraction::zero()), |day| of_side(day, side)))
}

/// The odds of the side called so.
pub(super) fn of_side(priced: &Priced, side: &str) -> Probability {
    if side == "hike" { priced.hike.clone() } else { priced.ease.clone() }
}

/// The side that a report is about: the one that is priced more on any of its days.
pub(super) fn side_of(before: Option<&Priced>, after: &Priced) -> &'static str {
    let days: Vec<&Priced> = before.into_iter().chain([after]).collect();
    side(&days).0
}

/// "December", and the year where it is not that of the quotes.
pub(super) fn named(meeting: NaiveDate, as_of: NaiveDate) -> String {
    let format = if meeting.year() == as_of.year() { "%B" } else { "%B %Y" };
    meeting.format(format).to_string()
}

fn is_saturated(odds: &Probability) -> bool {
    format!("{:.1}", odds.percent()) == "100.0"
}

fn shows_nothing(odds: &Probability) -> bool {
    format!("{:.1}", odds.percent()) == "0.0"
}

fn direction(change: &Fraction, up: &'static str, down: &'static str) -> Option<&'static str> {
    match change.cmp(&Fraction::zero()) {
        std::cmp::Ordering::Less => Some(down),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(up),
    }
}

/// Odds for a reader: to a tenth of a percent.
pub(super) fn percent(odds: &Probability) -> String {
    in_words(&odds.percent(), 1) + " %"
}

/// A rate for a reader: to a hundredth of a percent.
pub(super) fn rate(rate: &Rate) -> String {
    format!("{:.2} %", rate.exact())
}

/// The size of a change for a reader: to a tenth of a basis point.
pub(super) fn bp(change: &BasisPoints) -> String {
    in_words(&change.exact().abs(), 1) + " bp"
}
