//! Policy surprises, `fedpath.surprise/1`.

use chrono::NaiveDate;

use super::super::{ILLUSTRATIVE, Telling};
use super::{Column, Document, Shown, Table, Value, data, number, object, words};
use crate::study::surprise::{Announcement, MeetingSurprise, SurpriseRule, SurpriseSource, WindowKind};
use crate::text::printable;
use crate::units::BasisPoints;

/// The meetings of an announcement, the decision itself first.
fn meetings(announcement: &Announcement) -> Vec<&MeetingSurprise> {
    let surprise = announcement.surprise.as_ref();
    surprise.map(|surprise| std::iter::once(surprise.current()).chain(surprise.next()).collect()).unwrap_or_default()
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
    let missing = meetings(announcement).into_iter().filter_map(|of_meeting| {
        let reason = of_meeting.surprise.as_ref().err()?;
        Some(format!("No surprise about {}: {reason}", of_meeting.meeting))
    });
    let below = "MP1: change of the rate expected after this decision; MP2, MP3: after the next ones.";
    let document = members(announcement, rule, None, told, warnings)
        .text_block(format!("Policy surprise of the announcement of {}, bp", announcement.date))
        .text_block(basis);
    let document = match &announcement.surprise {
        Ok(_) => document
            .text_table(by_meeting(announcement))
            .each(missing.collect::<Vec<_>>(), Document::text_block)
            .text_block(below),
        Err(_) => document,
    };
    document.csv_table(tidy(std::slice::from_ref(announcement), rule, None))
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
    let illustrative = if told.is_illustrative() { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    Document::default()
        .text_block(format!("Policy surprises, bp, {words}"))
        .text_block(format!("{illustrative}Quotes: {}\nRule: {rule}", printable(told.before.name)))
        .table(tidy(announcements, rule, Some(window)))
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
    let mut document = members(announcement, rule, Some(window), told, warnings);
    document.on_a_line = true;
    document
}

fn members<'a>(
    announcement: &'a Announcement,
    rule: SurpriseRule,
    window: Option<WindowKind>,
    told: &Telling<'_>,
    warnings: &[String],
) -> Document<'a> {
    let all = meetings(announcement);
    let side = |day: Option<NaiveDate>, name: &str| object([("as_of", day.into()), ("source", name.into())]);
    let days = announcement.window;
    let surprise = |place: usize| Value::from(all.get(place).and_then(|of_meeting| bp(of_meeting)));
    Document::new("fedpath.surprise/1")
        .member("announcement", announcement.date)
        .member("next_meeting", all.get(1).map(|next| next.meeting))
        .member("rule", rule.id())
        .member("window", window.map_or("files", WindowKind::id))
        .member("before", side(days.map(|(before, _)| before), told.before.name))
        .member("after", side(days.map(|(_, after)| after), told.after.name))
        .exact("mp1_bp", surprise(0))
        .exact("mp2_bp", surprise(1))
        .json_table(by_meeting(announcement))
        .member("reason", announcement.surprise.as_ref().err().map(ToString::to_string))
        .ending(told.is_illustrative(), warnings.iter().cloned())
}

/// The surprise about each meeting.
fn by_meeting(announcement: &Announcement) -> Table<'_> {
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
        meetings(announcement).into_iter().enumerate(),
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
fn tidy<'a>(announcements: &'a [Announcement], rule: SurpriseRule, window: Option<WindowKind>) -> Table<'a> {
    type Row<'a> = (&'a Announcement, Vec<&'a MeetingSurprise>);
    // Kuttner's rule speaks of the decision alone.
    let any_next = rule == SurpriseRule::SevenDay;
    let shown = |column: Column<'a, Row<'a>>| if any_next { column } else { column.no_text() };
    let of = |place: usize| move |(_, all): &Row<'_>| all.get(place).and_then(|of_meeting| bp(of_meeting));
    let rows = announcements.iter().map(|announcement| (announcement, meetings(announcement)));
    Table::new(
        "",
        rows,
        [
            words("announcement", "Announcement", |(announcement, _): &Row<'_>| announcement.date),
            words("before", "Before", |(announcement, _): &Row<'_>| announcement.window.map(|(before, _)| before)),
            words("after", "After", |(announcement, _): &Row<'_>| announcement.window.map(|(_, after)| after)),
            data("rule", move |_: &Row<'_>| rule.id()),
            data("window", move |_: &Row<'_>| window.map_or("files", WindowKind::id)),
            number("", "MP1", Shown::Signed(2), of(0)).text_only(),
            shown(words("next_meeting", "Next meeting", |(_, all): &Row<'_>| all.get(1).map(|next| next.meeting))),
            data("mp1_bp", of(0)),
            shown(number("mp2_bp", "MP2", Shown::Signed(2), of(1))),
            data("mp3_bp", of(2)),
            data("mp4_bp", of(3)),
        ],
    )
}
