//! What `--version` says: the program's version, and how far the data reach that it brings.

use fedpath::{Episode, MeetingCalendar, MonthlyRates, TargetHistory};

/// The version, and the dates of the embedded data.
pub(super) fn long() -> String {
    let (calendar, rates, episode) = (MeetingCalendar::embedded(), MonthlyRates::embedded(), Episode::embedded());
    let (first, last) = calendar.span();
    let rates = rates.span().map_or("none".to_owned(), |(first, last)| format!("{first} to {last}, monthly averages"));
    let day = |snapshot: &fedpath::Snapshot| snapshot.trade_date().map_or("no date".to_owned(), |day| day.to_string());
    format!(
        "{}\n\nEmbedded data:\n  FOMC meetings    {first} to {last}\n  target ranges    stated as of {}\n  \
         effective rates  {rates}\n  episode          {} and {}, illustrative: no market quotes",
        env!("CARGO_PKG_VERSION"),
        TargetHistory::embedded().stated_as_of(),
        day(&episode.before),
        day(&episode.after),
    )
}
