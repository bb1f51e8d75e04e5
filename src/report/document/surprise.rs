//! Policy surprises, `fedpath.surprise/1`.

#[cfg(feature = "moments")]
use std::collections::BTreeSet;

#[cfg(feature = "moments")]
use chrono::SecondsFormat;

use super::super::{ILLUSTRATIVE, Telling};
use super::{Column, Document, Shown, Table, Value, data, number, object, words};
#[cfg(feature = "moments")]
use crate::market::contract::ContractMonth;
use crate::study::surprise::{Announcement, MeetingSurprise, PolicySurprise, SurpriseRule, SurpriseSource, WindowKind};
#[cfg(feature = "moments")]
use crate::study::surprise::{EdgePrice, MomentSpan, MomentSurprise};
#[cfg(feature = "moments")]
use crate::text::moment::Zone;
use crate::text::printable;
use crate::units::BasisPoints;

/// An announcement as it is told: by its day or its moment, with its surprise or why there is none.
struct Told<'a> {
    announcement: String,
    edges: [Option<String>; 2],
    surprise: Result<&'a PolicySurprise, String>,
}

impl<'a> From<&'a Announcement> for Told<'a> {
    fn from(announcement: &'a Announcement) -> Self {
        let [before, after] = [0, 1].map(|side| {
            let window = announcement.window.map(|(before, after)| [before, after]);
            window.map(|window| window[side].to_string())
        });
        let surprise = announcement.surprise.as_ref().map_err(ToString::to_string);
        Self { announcement: announcement.date.to_string(), edges: [before, after], surprise }
    }
}

#[cfg(feature = "moments")]
impl<'a> From<&'a MomentSurprise> for Told<'a> {
    fn from(found: &'a MomentSurprise) -> Self {
        let told = |moment| Zone::NEW_YORK.local(moment).to_rfc3339_opts(SecondsFormat::Secs, false);
        Self {
            announcement: told(found.announced),
            edges: found.edges.map(|edge| Some(told(edge))),
            surprise: found.surprise.as_ref().map_err(ToString::to_string),
        }
    }
}

impl<'a> Told<'a> {
    /// The meetings of the announcement, the decision itself first.
    fn meetings(&self) -> Vec<&'a MeetingSurprise> {
        let surprise = self.surprise.as_ref().copied();
        surprise.map(|one| std::iter::once(one.current()).chain(one.next()).collect()).unwrap_or_default()
    }
}

fn bp(of_meeting: &MeetingSurprise) -> Option<BasisPoints> {
    of_meeting.surprise.as_ref().ok().cloned()
}

/// The surprise of one announcement between two snapshots, meeting by meeting.
#[must_use]
pub fn surprise<'a>(
    announcement: &'a Announcement,
    rule: SurpriseRule,
    told: &Telling<'_>,
    warnings: &[String],
) -> Document<'a> {
    let mut basis = if told.is_illustrative() { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    if let Some((before, after)) = announcement.window {
        basis += &format!("Before  {before}  {}\n", printable(told.before.name));
        basis += &format!("After   {after}  {}\n", printable(told.after.name));
    }
    basis += &format!("Rule    {rule}");
    let announced = Told::from(announcement);
    let missing = announced.meetings().into_iter().filter_map(|of_meeting| {
        let reason = of_meeting.surprise.as_ref().err()?;
        Some(format!("No surprise about {}: {reason}", of_meeting.meeting))
    });
    let below = "MP1: change of the rate expected after this decision; MP2, MP3: after the next ones.";
    let document = members(&announced, rule, "files", told, warnings)
        .text_block(format!("Policy surprise of the announcement of {}, bp", announcement.date))
        .text_block(basis);
    let document = match &announcement.surprise {
        Ok(_) => document
            .text_table(by_meeting(&announced))
            .each(missing.collect::<Vec<_>>(), Document::text_block)
            .text_block(below),
        Err(_) => document,
    };
    document.csv_table(tidy([announced], rule, "files".to_owned()))
}

/// The surprises of announcements in quotes of many days, for people and for spreadsheets: a line each.
#[must_use]
pub fn surprises<'a>(
    announcements: &'a [Announcement],
    rule: SurpriseRule,
    window: WindowKind,
    told: &Telling<'_>,
) -> Document<'a> {
    let words = match window {
        WindowKind::Close => "from the close before to the close of the day",
        WindowKind::NextOpen => "from the close of the day to the next open",
    };
    listed(words, tidy(announcements.iter().map(Told::from), rule, window.id().to_owned()), rule, told)
}

/// A table of many surprises below what is told of all of them.
fn listed<'a>(words: &str, table: Table<'a>, rule: SurpriseRule, told: &Telling<'_>) -> Document<'a> {
    let illustrative = if told.is_illustrative() { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    Document::default()
        .text_block(format!("Policy surprises, bp, {words}"))
        .text_block(format!("{illustrative}Quotes: {}\nRule: {rule}", printable(told.before.name)))
        .table(table)
}

/// One of many surprises for programs: a document of one line.
#[must_use]
pub fn surprise_line<'a>(
    announcement: &'a Announcement,
    rule: SurpriseRule,
    window: WindowKind,
    told: &Telling<'_>,
    warnings: &[String],
) -> Document<'a> {
    let mut document = members(&Told::from(announcement), rule, window.id(), told, warnings);
    document.on_a_line = true;
    document
}

/// Surprises in windows of minutes, for people and for spreadsheets: a line each.
#[cfg(feature = "moments")]
#[must_use]
pub fn surprises_at_moments<'a>(
    found: &'a [MomentSurprise],
    rule: SurpriseRule,
    span: MomentSpan,
    told: &Telling<'_>,
) -> Document<'a> {
    let words = format!("in a window of {span} around each announcement; times of New York");
    listed(&words, tidy(found.iter().map(Told::from), rule, span.to_string()), rule, told)
}

/// One of many surprises in windows of minutes for programs: a document of one line.
#[cfg(feature = "moments")]
#[must_use]
pub fn surprise_at_moment_line<'a>(
    found: &'a MomentSurprise,
    rule: SurpriseRule,
    span: MomentSpan,
    told: &Telling<'_>,
    warnings: &[String],
) -> Document<'a> {
    let mut document = members(&Told::from(found), rule, &span.to_string(), told, warnings);
    document.on_a_line = true;
    document.json_table(edge_prices(found))
}

/// The prices at both edges, and when they were known.
#[cfg(feature = "moments")]
fn edge_prices(found: &MomentSurprise) -> Table<'_> {
    type Row<'a> = (ContractMonth, [Option<&'a EdgePrice>; 2]);
    let contracts: BTreeSet<ContractMonth> = found.prices.iter().flat_map(|prices| prices.keys().copied()).collect();
    let rows =
        contracts.into_iter().map(|contract| (contract, [0, 1].map(|side: usize| found.prices[side].get(&contract))));
    let time = |side: usize| {
        move |(_, edges): &Row<'_>| edges[side].map(|edge| edge.time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    };
    let price = |side: usize| move |(_, edges): &Row<'_>| edges[side].map(|edge| edge.price);
    Table::new(
        "prices",
        rows,
        [
            data("contract", |(contract, _): &Row<'_>| *contract),
            data("before_time", time(0)),
            data("before", price(0)),
            data("after_time", time(1)),
            data("after", price(1)),
        ],
    )
}

fn members<'a>(
    announced: &Told<'a>,
    rule: SurpriseRule,
    window: &str,
    told: &Telling<'_>,
    warnings: &[String],
) -> Document<'a> {
    let all = announced.meetings();
    let side =
        |side: usize, name: &str| object([("as_of", announced.edges[side].clone().into()), ("source", name.into())]);
    let surprise = |place: usize| Value::from(all.get(place).and_then(|of_meeting| bp(of_meeting)));
    Document::new("fedpath.surprise/1")
        .member("announcement", announced.announcement.clone())
        .member("next_meeting", all.get(1).map(|next| next.meeting))
        .member("rule", rule.id())
        .member("window", window)
        .member("before", side(0, told.before.name))
        .member("after", side(1, told.after.name))
        .exact("mp1_bp", surprise(0))
        .exact("mp2_bp", surprise(1))
        .json_table(by_meeting(announced))
        .member("reason", announced.surprise.as_ref().err().cloned())
        .ending(told.is_illustrative(), warnings.iter().cloned())
}

/// The surprise about each meeting.
fn by_meeting<'a>(announced: &Told<'a>) -> Table<'a> {
    type Row<'a> = (usize, &'a MeetingSurprise);
    let days = |(_, of_meeting): &Row<'_>| match of_meeting.source {
        SurpriseSource::Scaled { before, after } => Some((before, after)),
        SurpriseSource::Unscaled | SurpriseSource::NextContract => None,
    };
    let taken = |(_, of_meeting): &Row<'_>| match of_meeting.source {
        SurpriseSource::Scaled { before, after } => format!("scaled, {before}+{after} days"),
        SurpriseSource::Unscaled => "unscaled, first day".to_owned(),
        SurpriseSource::NextContract => "next contract".to_owned(),
    };
    let reason = |(_, of_meeting): &Row<'_>| of_meeting.surprise.as_ref().err().map(ToString::to_string);
    Table::new(
        "surprises",
        announced.meetings().into_iter().enumerate(),
        [
            data("number", |(index, _): &Row<'_>| index + 1),
            words("", "", |(index, _): &Row<'_>| format!("MP{}", index + 1)).text_only(),
            words("meeting", "Meeting", |(_, of_meeting): &Row<'_>| of_meeting.meeting),
            words("", "Contract", |(_, of_meeting): &Row<'_>| of_meeting.contract.symbol()).text_only(),
            data("contract", |(_, of_meeting): &Row<'_>| of_meeting.contract),
            data("taken", |(_, of_meeting): &Row<'_>| of_meeting.source.id()),
            data("days_before", move |row: &Row<'_>| days(row).map(|(before, _)| before)),
            data("days_after", move |row: &Row<'_>| days(row).map(|(_, after)| after)),
            number("rate_change_bp", "Change", Shown::Signed(2), |(_, of_meeting): &Row<'_>| of_meeting.change.clone()),
            words("", "Taken", taken).text_only(),
            number("surprise_bp", "Surprise", Shown::Signed(2), |(_, of_meeting): &Row<'_>| bp(of_meeting))
                .with_exact(),
            data("reason", reason),
        ],
    )
}

/// One row an announcement: MP1 to MP4.
fn tidy<'a>(announcements: impl IntoIterator<Item = Told<'a>>, rule: SurpriseRule, window: String) -> Table<'a> {
    type Row<'a> = (Told<'a>, Vec<&'a MeetingSurprise>);
    // Kuttner's rule speaks of the decision alone.
    let any_next = rule == SurpriseRule::SevenDay;
    let shown = |column: Column<'a, Row<'a>>| if any_next { column } else { column.no_text() };
    let of = |place: usize| move |(_, all): &Row<'_>| all.get(place).and_then(|of_meeting| bp(of_meeting));
    let edge = |side: usize| move |(told, _): &Row<'_>| told.edges[side].clone();
    let rows = announcements.into_iter().map(|told| {
        let all = told.meetings();
        (told, all)
    });
    Table::new(
        "",
        rows,
        [
            words("announcement", "Announcement", |(told, _): &Row<'_>| told.announcement.clone()),
            words("before", "Before", edge(0)),
            words("after", "After", edge(1)),
            data("rule", move |_: &Row<'_>| rule.id()),
            data("window", move |_: &Row<'_>| window.clone()),
            number("", "MP1", Shown::Signed(2), of(0)).text_only(),
            shown(words("next_meeting", "Next meeting", |(_, all): &Row<'_>| all.get(1).map(|next| next.meeting))),
            data("mp1_bp", of(0)),
            shown(number("mp2_bp", "MP2", Shown::Signed(2), of(1))),
            data("mp3_bp", of(2)),
            data("mp4_bp", of(3)),
        ],
    )
}
