//! Policy surprises against published ones: the San Francisco Fed's event-study database, and Kuttner's Table 2.
//!
//! Rows of both are kept here for everyone; all of them run where the folder of real files stands beside the checkout.

use std::path::PathBuf;

use chrono::NaiveDate;
use fedpath::surprise::{Announcement, NoSurprise, NoWindow, PolicySurprise, RateChanges, SurpriseRule, WindowKind};
use fedpath::{BasisPoints, ContractMonth, Fraction, MeetingCalendar, QuoteTable, StripOptions};

use crate::history::{settlements, table};
use crate::support::{date, fraction, month, real, rows, strip};

/// A percentage point is 100 basis points.
fn bp(points: &str) -> BasisPoints {
    BasisPoints::from_exact(&fraction(points) * &Fraction::integer(100))
}

/// One row of the database: the changes of six contracts, and the published surprises.
struct Published<'a> {
    date: NaiveDate,
    mp1: &'a str,
    mp2: &'a str,
    changes: RateChanges,
}

impl<'a> Published<'a> {
    /// A row from its date, MP1, MP2 and the changes from the current month's contract on.
    fn new(day: &'a str, mp1: &'a str, mp2: &'a str, changes: &[&'a str]) -> Self {
        let date = date(day);
        let contracts = std::iter::successors(Some(ContractMonth::of(date)), |month| Some(month.next()));
        let given = contracts.zip(changes).filter(|(_, change)| !change.is_empty());
        Self { date, mp1, mp2, changes: given.map(|(contract, change)| (contract, bp(change))).collect() }
    }

    /// What the rule makes of the changes. The database drops the cancelled meeting of March 2020 throughout.
    fn surprise(&self) -> PolicySurprise {
        let calendar = MeetingCalendar::embedded().without_meeting(date("2020-03-18")).unwrap();
        PolicySurprise::new(self.date, &self.changes, &calendar, SurpriseRule::SevenDay)
    }
}

fn within_a_millionth(surprise: &Result<BasisPoints, NoSurprise>, published: &str, what: &str) {
    let surprise = surprise.as_ref().unwrap_or_else(|reason| panic!("{what}: {reason}"));
    let off = (surprise.exact() - bp(published).exact()).abs();
    assert!(off <= fraction("0.0001"), "{what}: {surprise} for {published}");
}

/// Holds rows against the rule: how many MP1 and MP2 are met. MP2 is held where the next meeting is in a later month.
fn met(published: &[Published<'_>]) -> (usize, usize) {
    let (mut first, mut second) = (0, 0);
    for row in published {
        let surprise = row.surprise();
        within_a_millionth(&surprise.current().surprise, row.mp1, &format!("MP1 of {}", row.date));
        first += 1;
        let next = &surprise.next()[0];
        if ContractMonth::of(next.meeting) > ContractMonth::of(row.date) {
            within_a_millionth(&next.surprise, row.mp2, &format!("MP2 of {}", row.date));
            second += 1;
        }
    }
    (first, second)
}

#[test]
fn kept_rows_of_the_event_study_database_are_met() {
    let kept = rows(include_str!("data/usmpd_statements.csv"));
    let kept: Vec<Published<'_>> = kept.iter().map(|row| Published::new(row[0], row[1], row[2], &row[3..])).collect();
    // Of five the next meeting is in the same month.
    assert_eq!(met(&kept), (20, 15));
}

/// A folder of published cases, beside that of real data.
fn cases(name: &str) -> Option<String> {
    let folder: PathBuf = real("history")?.parent()?.parent()?.join("cases");
    Some(std::fs::read_to_string(folder.join(name)).unwrap())
}

#[test]
fn every_statement_of_the_event_study_database_is_met() {
    let Some(text) = cases("usmpd_statements.csv") else { return };
    let all = rows(&text);
    // date,unscheduled,mp1,mp2,ff1..ff6
    let all: Vec<Published<'_>> = all.iter().map(|row| Published::new(row[0], row[2], row[3], &row[4..10])).collect();
    let (first, second) = met(&all);
    eprintln!("event-study database: MP1 of {first} statements, MP2 of {second}");
    assert_eq!((first, second), (273, 268));
}

/// One contract cannot tell two decisions of its month apart; where seven days or fewer are left the next contract can.
#[test]
fn of_two_decisions_in_a_month_the_second_is_told_by_the_next_contract_or_not_at_all() {
    let kept = rows(include_str!("data/usmpd_statements.csv"));
    let row = |day: &str| {
        let row = kept.iter().find(|row| row[0] == day).unwrap();
        Published::new(row[0], row[1], row[2], &row[3..])
    };
    for day in ["2001-01-03", "2008-01-22", "2008-10-08", "2019-10-04"] {
        let row = row(day);
        within_a_millionth(&row.surprise().next()[0].surprise, row.mp2, day);
    }
    let surprise = row("2008-03-11").surprise();
    let next = &surprise.next()[0];
    assert_eq!(next.meeting, date("2008-03-18"));
    assert_eq!(next.surprise, Err(NoSurprise::SameMonth(date("2008-03-11"))));
    // What follows needs it, until a month has few days left: 30 April 2008.
    assert_eq!(surprise.next()[1].surprise.as_ref().unwrap(), &bp("0.095"));
}

/// On 3 March 2020 the meeting of the 18th was on; on Sunday the 15th it was not.
#[test]
fn the_next_meeting_is_the_one_known_on_the_day() {
    let kept = rows(include_str!("data/usmpd_statements.csv"));
    let next = |day: &str| {
        let row = kept.iter().find(|row| row[0] == day).unwrap();
        let row = Published::new(row[0], row[1], row[2], &row[3..]);
        let surprise =
            PolicySurprise::new(row.date, &row.changes, &MeetingCalendar::embedded(), SurpriseRule::SevenDay);
        surprise.next()[0].clone()
    };
    assert_eq!(next("2020-03-03").meeting, date("2020-03-18"));
    assert_eq!(next("2020-03-03").surprise, Err(NoSurprise::SameMonth(date("2020-03-03"))));
    assert_eq!(next("2020-03-15").meeting, date("2020-04-29"));
    within_a_millionth(&next("2020-03-15").surprise, "-0.045", "15 March 2020");
}

/// A cut of 25 bp repriced from 65 % to 35 % at the next meeting is a surprise of 7.5 bp about it.
#[test]
fn odds_that_fall_by_thirty_points_are_a_surprise_of_seven_and_a_half_basis_points() {
    let before = strip("2025-11-14", "2025-11 96.12, 2025-12 96.23, 2026-01 96.29, 2026-02 96.36");
    let after = strip("2025-11-21", "2025-11 96.12, 2025-12 96.1792, 2026-01 96.215, 2026-02 96.285");
    let calendar = MeetingCalendar::embedded();
    let day = date("2025-11-20");
    let told = Announcement::between(day, &before, &after, &calendar, SurpriseRule::SevenDay);
    let surprise = told.surprise.unwrap();
    // December's contract carries 10 of 31 days at the old rate: 7.5 bp of 21/31 are 5.08 bp of price.
    assert_eq!(format!("{:.1}", surprise.next()[0].surprise.as_ref().unwrap().exact()), "7.5");
    assert_eq!(surprise.current().surprise, Ok(bp("0")));
}

fn kuttner(table: &QuoteTable, day: &str, kind: WindowKind) -> Announcement {
    let (calendar, rule) = (MeetingCalendar::embedded(), SurpriseRule::Kuttner);
    Announcement::in_table(date(day), table, &calendar, rule, kind, &StripOptions::default())
}

/// Whether a surprise prints as the whole basis points of the table: no farther off than half of one.
fn prints_as(announcement: &Announcement, printed: &str) -> bool {
    let Ok(Ok(surprise)) = announcement.surprise.as_ref().map(|surprise| &surprise.current().surprise) else {
        return false;
    };
    (surprise.exact() - &fraction(printed)).abs() <= fraction("1/2")
}

#[test]
fn kept_rows_of_kuttners_table_are_met() {
    let table = table(include_str!("data/kuttner_2001_quotes.csv"));
    let kept = rows(include_str!("data/kuttner_2001.csv"));
    assert_eq!(kept.len(), 11);
    for row in kept {
        let [close, next_open] = [WindowKind::Close, WindowKind::NextOpen].map(|kind| kuttner(&table, row[0], kind));
        let is_exception = row[2] == "next-open";
        assert_eq!(prints_as(&close, row[1]), !is_exception, "{close:?}");
        assert!(!is_exception || prints_as(&next_open, row[1]), "{next_open:?}");
    }
}

/// The first days of the file lie in 1989, and some of its days lack the current month.
#[test]
fn the_dates_of_kuttners_table_that_the_history_prices_are_met() {
    let Some(text) = cases("kuttner_2001_table2.csv") else { return };
    let Some(table) = settlements() else { return };
    let (mut priced, mut met, mut exceptions, mut without) = (0, 0, Vec::new(), Vec::new());
    for row in rows(&text) {
        let close = kuttner(table, row[0], WindowKind::Close);
        if close.surprise.as_ref().is_ok_and(|surprise| surprise.current().surprise.is_ok()) {
            priced += 1;
            met += usize::from(prints_as(&close, row[1]));
            if !prints_as(&close, row[1]) {
                assert!(prints_as(&kuttner(table, row[0], WindowKind::NextOpen), row[1]), "{}", row[0]);
                exceptions.push(row[0]);
            }
        } else {
            without.push(row[0]);
        }
    }
    eprintln!(
        "Kuttner's Table 2: {met} of {priced} dates; {exceptions:?} at the next open; without quotes {without:?}"
    );
    assert_eq!((priced, met), (35, 33));
    assert_eq!(exceptions, ["1990-12-18", "1998-10-15"]);
    assert_eq!(without.len(), 7);
}

#[test]
fn an_announcement_without_quotes_around_it_says_so() {
    let table = table(include_str!("data/kuttner_2001_quotes.csv"));
    let reason = |day: &str, kind| kuttner(&table, day, kind).surprise.unwrap_err();
    assert_eq!(reason("1989-06-06", WindowKind::Close), NoWindow::NothingBefore);
    assert_eq!(reason("1990-12-20", WindowKind::Close), NoWindow::NothingAfter);
    // The next open is that after the announcement's own day, and it has to have quotes.
    assert_eq!(reason("1990-12-16", WindowKind::NextOpen), NoWindow::NothingAfter);
    let missing = kuttner(&table, "1990-12-18", WindowKind::NextOpen);
    assert!(missing.surprise.is_ok(), "{missing:?}");
    assert_eq!(month("1990-12"), missing.surprise.unwrap().current().contract.month());
}
