//! Two quote files, or the embedded episode, compared.

use std::path::PathBuf;

use chrono::NaiveDate;
use fedpath::report::Telling;
use fedpath::{Assumptions, Episode, MeetingOutlook, Outlook, RepriceError, RepriceOptions, Repricing};

use super::commands::{Named, no_path, warn};
use super::dates::MeetingName;
use super::failure::Failure;
use super::input;
use super::output::Messages;
use super::pricing::{PricingArgs, assumptions_by};
use super::reading::{Wanted, read_set};
use super::suggestions;
use super::values::MethodName;

/// Two files, and what changed from the first to the second.
pub(super) struct TwoFiles {
    before: Named,
    after: Named,
    pub(super) story: Repricing,
    pub(super) assumptions: Assumptions,
}

/// Whether files are two sides to compare: BEFORE and AFTER, or a set of files on two dates. Two files of several products on one date
/// are that day's.
pub(super) fn compares(paths: &[PathBuf], dates: &[NaiveDate], wanted: &Wanted<'_>) -> bool {
    dates.len() > 1 || paths.len() == 2 && !(wanted.is_several() && dates.len() == 1)
}

/// The quotes of two dates: of BEFORE and AFTER, each a file, a folder or a pattern; or of one set of files.
pub(super) fn both_sides(
    paths: &[PathBuf],
    dates: &[NaiveDate],
    wanted: &Wanted<'_>,
    messages: &Messages,
) -> Result<[Named; 2], Failure> {
    let days = match dates {
        [] => [None, None],
        [before, after] => [Some(*before), Some(*after)],
        _ => return Err(Failure::Usage("expected two dates, --as-of BEFORE,AFTER".to_owned())),
    };
    if let [before, after] = paths {
        if input::is_stdin(before) && input::is_stdin(after) {
            return Err(Failure::Usage("only one of the two files can be standard input".to_owned()));
        }
        let side = |path: &PathBuf, day| Named::read(std::slice::from_ref(path), day, wanted, messages);
        return Ok([side(before, days[0])?, side(after, days[1])?]);
    }
    if dates.is_empty() {
        let message = format!(
            "expected BEFORE and AFTER, or a set of files with two dates, --as-of BEFORE,AFTER, found {} without dates",
            if paths.len() == 1 { "one path".to_owned() } else { format!("{} paths", paths.len()) }
        );
        return Err(Failure::Usage(message));
    }
    let (set, name) = read_set(paths, wanted, None, messages)?;
    let held = set.days();
    if let Some(day) = days.iter().flatten().find(|day| !held.contains(day)) {
        let listed = match held.as_slice() {
            [] => "quotes of an unknown day".to_owned(),
            [only] => format!("quotes of {only} alone"),
            [first, .., last] => format!("quotes of {} days, {first} to {last}", held.len()),
        };
        return Err(Failure::of_input(&name, &format!("expected quotes of {day}, found {listed}")));
    }
    Ok([Named::of_set(set.clone(), name.clone(), days[0])?, Named::of_set(set, name, days[1])?])
}

impl TwoFiles {
    /// Compares the quotes of two dates, or without files those of the embedded episode.
    pub(super) fn new(
        paths: &[PathBuf],
        dates: &[NaiveDate],
        pricing: &PricingArgs,
        rule: MethodName,
        (meeting, mut options): (Option<MeetingName>, RepriceOptions),
        messages: &Messages,
    ) -> Result<Self, Failure> {
        let assumptions = assumptions_by(pricing, rule)?;
        let [before, after] = if paths.is_empty() {
            let episode = Episode::embedded();
            [Named::of_episode(episode.before), Named::of_episode(episode.after)]
        } else {
            both_sides(paths, dates, &pricing.wanted(), messages)?
        };
        let dates = [dates.first().copied(), dates.get(1).copied()];
        let outlook = |file: &Named, as_of| {
            let path = file.price(as_of, pricing, &assumptions)?;
            Outlook::new(path).map_err(|error| no_path(&file.name, &error))
        };
        let (earlier, later) = (outlook(&before, dates[0])?, outlook(&after, dates[1])?);
        options.meeting =
            meeting.and_then(|meeting| meeting.among(later.meetings().iter().map(MeetingOutlook::announcement)));
        if let (Some(meeting), None) = (meeting, options.meeting) {
            let message = format!("--meeting {meeting}: expected a meeting that both price, found none");
            return Err(Failure::of_input(&after.name, &message));
        }
        let both =
            if before.name == after.name { before.name.clone() } else { format!("{} and {}", before.name, after.name) };
        let story = Repricing::new(earlier, later, &assumptions, &options).map_err(|error| {
            let hint = match &error {
                RepriceError::MeetingNotPriced { meeting, priced } => {
                    suggestions::meeting(*meeting, priced.iter().copied())
                }
                RepriceError::NothingInCommon => Some("a larger --chain takes both paths further".to_owned()),
                _ => None,
            };
            Failure::of_input_with(if paths.is_empty() { &before.name } else { &both }, &error, hint.as_deref())
        })?;
        Ok(Self { before, after, story, assumptions })
    }

    pub(super) fn telling(&self, explain: bool) -> Telling<'_> {
        let mut told = Telling::default();
        told.before = self.before.source();
        told.after = self.after.source();
        told.explain = explain;
        told
    }

    pub(super) fn warn(&self, messages: &Messages) {
        warn(messages, Some(&self.before.name), self.story.before().path().notices());
        warn(messages, Some(&self.after.name), self.story.after().path().notices());
        warn(messages, None, self.story.notices());
    }
}
