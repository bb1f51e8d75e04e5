//! The story in one sentence.

use chrono::NaiveDate;

use super::findings::signed;
use super::number::{in_words, rate};
use super::words::{day, priced_on, supposition};
use crate::outlook::Outlook;
use crate::reprice::Repricing;
use crate::units::{Fraction, Probability};

/// What changed, told of the side that the market prices more. With a decision between the two days the odds count from
/// different ranges, and the story compares the levels of the expected rate.
pub(super) fn repricing(story: &Repricing) -> String {
    let headline = story.headline();
    let meeting = day(headline.announcement());
    let days = format!("between {} and {}", day(as_of(story.before())), day(as_of(story.after())));
    let (ease, hike) = (headline.ease(), headline.hike());
    let larger = |(before, after): &(Probability, Probability)| before.clone().max(after.clone());
    let (side, (before, after)) = if larger(&hike) > larger(&ease) { ("hike", hike) } else { ("cut", ease) };
    let shift = headline.expected_rate_shift();
    let rates = [&headline.before.step.after, &headline.after.step.after].map(|after| format!("{} %", rate(after)));
    let [rate_before, rate_after] = rates;
    if let Some(supposed) = supposition(story.after().path()) {
        return format!(
            "If {supposed}, the odds of a {side} by the FOMC of {meeting} would be {} %, against {} % on {}:\n{} on the expected \
             rate after it ({rate_before} -> {rate_after}).",
            percent(&after),
            percent(&before),
            priced_on(story.before().path()),
            signed(&shift),
        );
    }
    let moved_between = story.decision_between().filter(|_| story.before().target() != story.after().target());
    match moved_between {
        Some(decision) => format!(
            "The expected rate after the FOMC of {meeting} {} {days}: {rate_before} -> {rate_after}, {}.\nThe decision of {} lies \
             between: the odds of a {side} count from {} before ({} %) and from {} after ({} %).",
            moved(shift.exact(), &Fraction::zero()),
            signed(&shift),
            day(decision),
            story.before().target(),
            percent(&before),
            story.after().target(),
            percent(&after),
        ),
        None => format!(
            "The odds of a {side} by the FOMC of {meeting} {} {days}: {} % -> {} %,\n{} on the expected rate after it \
             ({rate_before} -> {rate_after}).",
            moved(after.exact(), before.exact()),
            percent(&before),
            percent(&after),
            signed(&shift),
        ),
    }
}

fn percent(probability: &Probability) -> String {
    in_words(&probability.percent(), 1)
}

fn moved(after: &Fraction, before: &Fraction) -> &'static str {
    match after.cmp(before) {
        std::cmp::Ordering::Less => "fell",
        std::cmp::Ordering::Equal => "stayed the same",
        std::cmp::Ordering::Greater => "rose",
    }
}

fn as_of(outlook: &Outlook) -> NaiveDate {
    outlook.path().as_of()
}
