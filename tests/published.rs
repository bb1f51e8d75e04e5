//! Downloads of FedWatch against our numbers, in both layouts and four orders of dates.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDate;
use fedpath::history::{History, HistoryOptions};
use fedpath::published::{PublishedComparison, PublishedTable};
use fedpath::{Assumptions, DecisionDay};

use crate::history::table;
use crate::parity::kept_days;
use crate::support::{date, real, rows};

const PRICES: &str = include_str!("data/fedwatch_days_prices.csv");

/// The cells of the kept days, as the download of all meetings has them, with dates of a form.
fn download(of_date: impl Fn(NaiveDate) -> String) -> String {
    let days = kept_days();
    let mut meetings: BTreeMap<NaiveDate, (i64, i64)> = BTreeMap::new();
    for (meeting, cells) in days.iter().flat_map(|day| &day.published) {
        let span = meetings.entry(*meeting).or_insert((i64::MAX, 0));
        *span = (span.0.min(*cells.keys().next().unwrap()), span.1.max(*cells.keys().last().unwrap()));
    }
    let ranges = |span: &(i64, i64)| (span.0..=span.1).step_by(25).collect::<Vec<_>>();
    let (mut labels, mut header) = (String::new(), "Date".to_owned());
    for (meeting, span) in &meetings {
        write!(labels, ",History for {} Fed meeting", meeting.format("%-d %b %Y")).unwrap();
        labels += &",".repeat(ranges(span).len() - 1);
        for lower in ranges(span) {
            write!(header, ",({lower}-{})", lower + 25).unwrap();
        }
    }
    // As CME ends that line: meetings without a column, one after the other.
    labels += ",History for 8 Dec 2027 Fed meetingHistory for 26 Jan 2028 Fed meeting";
    let row = |day: &crate::parity::Day| {
        let cell = |meeting: &NaiveDate, lower: i64| {
            let cell = day.published.get(meeting).and_then(|cells| cells.get(&lower));
            cell.map_or(",".to_owned(), |cell| format!(",{cell:.6}"))
        };
        let cells: String = meetings
            .iter()
            .flat_map(|(meeting, span)| ranges(span).into_iter().map(|lower| cell(meeting, lower)))
            .collect();
        format!("{}{cells}", of_date(day.strip.as_of()))
    };
    let days: Vec<String> = days.iter().map(row).collect();
    format!("{labels}\r\n{header}\r\n{}\r\n", days.join("\r\n"))
}

fn compare(prices: &str, published: &PublishedTable, change: impl Fn(&mut Assumptions)) -> PublishedComparison {
    let (table, mut assumptions) = (table(prices), Assumptions::default());
    change(&mut assumptions);
    PublishedComparison::new(&History::new(&table, &assumptions, HistoryOptions::default()), published)
}

#[test]
fn a_download_in_any_order_of_dates_is_met_cell_by_cell() {
    for form in ["%-m/%-d/%Y", "%d.%m.%Y", "%Y/%-m/%-d", "%Y-%m-%d"] {
        let text = download(|day| day.format(form).to_string());
        let published = PublishedTable::parse(&text, None).unwrap_or_else(|error| panic!("{form}: {error}"));
        let comparison = compare(PRICES, &published, |_| {});
        let agreement = comparison.as_assumed();
        assert_eq!((comparison.days(), comparison.without_quotes(), comparison.unpriced()), (7, 0, 0), "{form}");
        // The cells with a probability, of the 339 that were published.
        assert_eq!(agreement.met, agreement.cells, "{form}: {:?}", agreement.worst);
        assert!(agreement.cells > 200, "{}", agreement.cells);
        assert_eq!((comparison.others().len(), comparison.explanation()), (0, None));
    }
}

/// The other way round: who takes the decision day at the new rate is told that CME does not.
#[test]
fn the_convention_that_explains_a_difference_is_named() {
    let published = PublishedTable::parse(&download(|day| day.to_string()), None).unwrap();
    let comparison = compare(PRICES, &published, |assumptions| assumptions.decision_day = DecisionDay::New);
    assert!(comparison.as_assumed().met < comparison.as_assumed().cells);
    let explanation = comparison.explanation().unwrap();
    assert_eq!(explanation.name, "decision day: old rate");
    assert_eq!(explanation.met, explanation.cells);
    let comparison = compare(PRICES, &published, |assumptions| assumptions.chain = 6);
    assert_eq!(comparison.explanation().map(|other| other.name.as_str()), Some("a chain of 9 meetings"));
}

/// A slipped figure is found, and no convention is blamed for it.
#[test]
fn the_worst_cell_is_named_with_its_place() {
    let text = "Date,(350-375),(375-400)\n2025-11-21,0.350000,0.640000\n";
    let prices = "date,contract,settle\n2025-11-21,ZQX25,96.12\n2025-11-21,ZQF26,96.215\n2025-11-21,ZQG26,96.285\n";
    let published = PublishedTable::parse(text, Some(date("2025-12-10"))).unwrap();
    let comparison = compare(prices, &published, |_| {});
    let worst = comparison.as_assumed().worst.as_ref().unwrap();
    assert_eq!((worst.day, worst.meeting), (date("2025-11-21"), date("2025-12-10")));
    assert_eq!((worst.lower_bp, worst.difference().to_string().as_str()), (375, "1/100"));
    assert_eq!((comparison.as_assumed().met, comparison.as_assumed().cells), (1, 2));
    assert_eq!(comparison.explanation(), None);
    assert_eq!(comparison.others().len(), 12);
}

/// CME's own files on the prices of the days that are known, and on last trades.
#[test]
fn real_downloads_are_met_on_the_prices_of_their_days() {
    let Some(prices) = real("parity/prices.csv") else { return };
    let prices = std::fs::read_to_string(prices).unwrap();
    let mut long = "date,contract,settle\n".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    // The tiers A and D hold some days twice, on the same prices.
    for row in rows(&prices) {
        if seen.insert((row[1], row[2])) {
            writeln!(long, "{},{},{}", row[1], row[2], row[3]).unwrap();
        }
    }
    let mut told = Vec::new();
    for (name, meeting) in
        [("FedMeeting_20250507_head_tail.csv", Some("2025-05-07")), ("FedMeetingHistory_20240916_head_tail.csv", None)]
    {
        let text = std::fs::read_to_string(real(&format!("quotes/{name}")).unwrap()).unwrap();
        let published = PublishedTable::parse(&text, meeting.map(date)).unwrap_or_else(|error| panic!("{error}"));
        let comparison = compare(&long, &published, |_| {});
        let agreement = comparison.as_assumed();
        told.push(format!(
            "{name}: {} of {} days, {} of {} cells met",
            comparison.days(),
            published.days().len(),
            agreement.met,
            agreement.cells
        ));
    }
    insta::assert_snapshot!(told.join("\n"), @"
    FedMeeting_20250507_head_tail.csv: 4 of 6 days, 18 of 18 cells met
    FedMeetingHistory_20240916_head_tail.csv: 3 of 8 days, 162 of 162 cells met
    ");
}
