//! Two quote files, or the embedded episode, compared.

use std::path::Path;

use chrono::NaiveDate;
use fedpath::report::Telling;
use fedpath::{Episode, MeetingOutlook, Outlook, RepriceError, RepriceOptions, Repricing};

use super::commands::{Named, no_path, warn};
use super::failure::Failure;
use super::input;
use super::output::Messages;
use super::pricing::{PricingArgs, assumptions_by};
use super::suggestions;
use super::values::{MeetingName, MethodName};

/// Two files, or one that has both days, or none: the embedded episode.
pub(super) fn pair<'a>(
    before: Option<&'a Path>,
    after: Option<&'a Path>,
    dates: &[NaiveDate],
) -> Result<Option<(&'a Path, &'a Path)>, Failure> {
    match (before, after) {
        (Some(only), None) if dates.len() == 2 && !input::is_stdin(only) => Ok(Some((only, only))),
        (Some(_), None) => {
            let message = "expected two quote files, or one file of several days with --as-of BEFORE,AFTER";
            Err(Failure::Usage(message.to_owned()))
        }
        (before, after) => Ok(before.zip(after)),
    }
}

/// Two files, and what changed from the first to the second.
pub(super) struct TwoFiles {
    before: Named,
    after: Named,
    pub(super) story: Repricing,
}

impl TwoFiles {
    /// Compares two files, or the two of the embedded episode.
    pub(super) fn new(
        files: Option<(&Path, &Path)>,
        dates: &[NaiveDate],
        pricing: &PricingArgs,
        rule: MethodName,
        (meeting, mut options): (Option<MeetingName>, RepriceOptions),
    ) -> Result<Self, Failure> {
        let dates = match dates {
            [] => [None, None],
            [before, after] => [Some(*before), Some(*after)],
            _ => return Err(Failure::Usage("expected two dates, --as-of BEFORE,AFTER".to_owned())),
        };
        let assumptions = assumptions_by(pricing, rule)?;
        let (before, after) = match files {
            Some((before, after)) if input::is_stdin(before) && input::is_stdin(after) => {
                return Err(Failure::Usage("only one of the two files can be standard input".to_owned()));
            }
            Some((before, after)) => (Named::read(before, dates[0])?, Named::read(after, dates[1])?),
            None => {
                let episode = Episode::embedded();
                (Named::of_episode(episode.before), Named::of_episode(episode.after))
            }
        };
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
        let both = format!("{} and {}", before.name, after.name);
        let story = Repricing::new(earlier, later, &assumptions, &options).map_err(|error| {
            let hint = match &error {
                RepriceError::MeetingNotPriced { meeting, priced } => {
                    suggestions::meeting(*meeting, priced.iter().copied())
                }
                RepriceError::NothingInCommon => Some("a larger --chain takes both paths further".to_owned()),
                _ => None,
            };
            Failure::of_input_with(if files.is_some() { &both } else { &before.name }, &error, hint.as_deref())
        })?;
        Ok(Self { before, after, story })
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
