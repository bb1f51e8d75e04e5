//! Realised rates: the table of monthly averages, and how near a contract's last daily settlement comes to what it
//! settles to in the end.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use fedpath::calendar::MeetingKind;
use fedpath::{ContractMonth, Fraction, MeetingCalendar, TargetHistory};

use crate::support::{date, fraction, month, real, rows, unpacked};

/// The effective federal funds rate by day, in percent as published.
pub(crate) fn daily() -> Option<BTreeMap<NaiveDate, String>> {
    let text = unpacked(&real("rates/effr_daily.csv.gz")?);
    let since_1993 = rows(&text).into_iter().filter(|row| row[0] >= "1993-12-01");
    Some(since_1993.map(|row| (date(row[0]), row[1].to_owned())).collect())
}

/// The kept table, with its averages as printed.
fn monthly() -> Vec<(ContractMonth, &'static str)> {
    let rows = rows(include_str!("../data/effr_monthly.csv"));
    rows.into_iter().map(|row| (month(row[0]), row[1])).collect()
}

fn days_of(month: ContractMonth) -> impl Iterator<Item = NaiveDate> {
    fedpath::path::Period::month(month).iter()
}

#[test]
fn the_monthly_averages_are_every_month_once_and_near_the_target() {
    let months = monthly();
    assert_eq!((months[0].0, months[months.len() - 1].0), (month("1994-01"), month("2026-08")));
    assert!(months.windows(2).all(|pair| pair[0].0.next() == pair[1].0));
    let history = TargetHistory::embedded();
    for (month, average) in months {
        assert_eq!(average.split_once('.').map(|(_, decimals)| decimals.len()), Some(3), "{month}: {average}");
        let average = fraction(average);
        let ranges: Vec<_> = days_of(month).map(|day| history.range_on(day).unwrap()).collect();
        let lowest = ranges.iter().map(|range| range.lower()).min_by_key(|rate| rate.exact().clone()).unwrap();
        let highest = ranges.iter().map(|range| range.upper()).max_by_key(|rate| rate.exact().clone()).unwrap();
        let slack = fraction("0.65");
        assert!(average > lowest.exact() - &slack && average < highest.exact() + &slack, "{month}: {average:.3}");
    }
}

#[test]
fn the_monthly_averages_are_those_of_the_daily_rates_weekends_carried() {
    let Some(daily) = daily() else { return };
    let (last_day, _) = daily.last_key_value().unwrap();
    let months = monthly();
    for (month, average) in &months {
        // A day without a rate carries the business day's before.
        let rates = days_of(*month).map(|day| fraction(daily.range(..=day).next_back().unwrap().1));
        let sum = rates.fold(Fraction::zero(), |sum, rate| sum + rate);
        let exact = &sum / &Fraction::integer(i64::from(fedpath::path::Period::month(*month).days()));
        assert_eq!(format!("{exact:.3}"), *average, "{month}");
    }
    let next = months[months.len() - 1].0.next().next().first_day();
    assert!(*last_day < next - Days::new(1), "the rates hold a month that the table lacks");
}

/// A contract's last daily settlement against 100 less the realised average of its month.
struct Miss {
    contract: ContractMonth,
    bp: Fraction,
}

/// Count, median, 95th and 99th percentile (nearest rank) and maximum of the absolute misses, in bp.
fn summary(misses: &[&Miss]) -> String {
    let mut sizes: Vec<(Fraction, ContractMonth)> = misses.iter().map(|miss| (miss.bp.abs(), miss.contract)).collect();
    sizes.sort();
    let at = |percent: usize| &sizes[(percent * sizes.len()).div_ceil(100) - 1].0;
    let (largest, when) = sizes.last().unwrap();
    format!(
        "{}: median {:.2}, 95 % {:.2}, 99 % {:.2}, largest {largest:.2} ({when})",
        sizes.len(),
        at(50),
        at(95),
        at(99)
    )
}

/// Whether the target moved off the calendar in the month, or in its last three weekdays.
fn moved_late(contract: ContractMonth) -> bool {
    let (history, calendar) = (TargetHistory::embedded(), MeetingCalendar::embedded());
    let announced = history.changes().iter().filter_map(|change| change.announcement);
    let mut in_month = announced.filter(|day| ContractMonth::of(*day) == contract);
    in_month.any(|announcement| {
        let from = days_of(contract).filter(|day| *day >= announcement && day.weekday().num_days_from_monday() < 5);
        let scheduled =
            calendar.meeting_on(announcement).is_some_and(|meeting| meeting.kind() == MeetingKind::Scheduled);
        !scheduled || from.count() <= 3
    })
}

/// Whether the month had neither a meeting nor a move: the rule reads its last settlement once it has expired.
fn is_anchor(contract: ContractMonth) -> bool {
    let (history, calendar) = (TargetHistory::embedded(), MeetingCalendar::embedded());
    let mut changes = history.changes().iter().filter_map(|change| change.announcement);
    let mut meetings = calendar.meetings().iter().filter(|meeting| meeting.kind() != MeetingKind::Unscheduled);
    !changes.any(|day| ContractMonth::of(day) == contract) && !meetings.any(|meeting| meeting.month() == contract)
}

/// The contract settles for the last time with the rates of its last days unknown: at the turn of a year, and before
/// 2009 at any month's end, these could be far from the rest. A move of the target is not what sets the two apart.
#[test]
fn the_last_daily_settlement_is_this_near_to_the_realised_average() {
    let Some(file) = real("history/pyfedwatch_settle_1989_2023.csv.gz") else { return };
    let text = unpacked(&file);
    let averages: BTreeMap<ContractMonth, &str> = monthly().into_iter().collect();
    // date, contract_month, open, high, low, close: the settlement.
    let mut last: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mut end = "";
    for row in rows(&text) {
        let (day, contract, settlement) = (row[0], row[1], row[5]);
        end = end.max(day);
        if &day[..7] <= contract && last.get(contract).is_none_or(|(known, _)| *known < day) {
            last.insert(contract, (day, settlement));
        }
    }
    // The file ends amid September 2023: that contract and later ones have not expired in it.
    assert_eq!(end, "2023-09-15");
    let expired = last.iter().filter(|(contract, _)| ("1994-01".."2023-09").contains(*contract));
    let misses: Vec<Miss> = expired
        .map(|(contract, (day, settlement))| {
            let contract = month(contract);
            let left = (contract.next().first_day() - date(day)).num_days();
            assert!(left <= 6, "{contract}: the last settlement is of {day}");
            let realised = &fraction("100") - &fraction(averages[&contract]);
            Miss { contract, bp: &(&fraction(settlement) - &realised) * &fraction("100") }
        })
        .collect();
    let of = |keep: &dyn Fn(&Miss) -> bool| summary(&misses.iter().filter(|miss| keep(miss)).collect::<Vec<_>>());
    let since_2009 = |miss: &Miss| miss.contract.year() >= 2009;
    let report = [
        ("1994-2023", of(&|_| true)),
        ("1994-2008", of(&|miss| !since_2009(miss))),
        ("2009-2023", of(&since_2009)),
        ("1994-2023, no move off the calendar or in the last three weekdays", of(&|miss| !moved_late(miss.contract))),
        ("1994-2023, months that are anchors", of(&|miss| is_anchor(miss.contract))),
        ("2009-2023, months that are anchors", of(&|miss| since_2009(miss) && is_anchor(miss.contract))),
    ];
    let lines: Vec<String> = report.iter().map(|(years, figures)| format!("{years}: {figures}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    1994-2023: 356: median 0.20, 95 % 1.50, 99 % 4.50, largest 10.80 (2000-12)
    1994-2008: 180: median 0.40, 95 % 3.20, 99 % 7.80, largest 10.80 (2000-12)
    2009-2023: 176: median 0.10, 95 % 0.30, 99 % 0.35, largest 0.40 (2010-05)
    1994-2023, no move off the calendar or in the last three weekdays: 334: median 0.20, 95 % 1.50, 99 % 4.50, largest 10.80 (2000-12)
    1994-2023, months that are anchors: 115: median 0.15, 95 % 1.10, 99 % 3.20, largest 3.90 (1998-06)
    2009-2023, months that are anchors: 59: median 0.10, 95 % 0.30, 99 % 0.40, largest 0.40 (2010-05)
    ");
}
