//! What allocates nothing: a table of a plan, and a tick of a session; and how much memory the reading of a file takes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use std::fmt::Write;

use allocation_counter::measure;
use fedpath::bulk::{TablePlan, TableSession};
use fedpath::files::QuoteStream;
use fedpath::{Assumptions, Outlook, Price, QuoteFile, ReadOptions, Strip, unpack};

fn strip() -> Strip {
    let first = "2025-11".parse().unwrap();
    let months = std::iter::successors(Some(first), |month: &fedpath::ContractMonth| Some(month.next()));
    let prices = (0_i64..19)
        .map(|place| Price::from_points(fedpath::rust_decimal::Decimal::new(9_612_000 + 4_500 * place, 5)).unwrap());
    Strip::from_prices("2025-11-21".parse().unwrap(), months.zip(prices)).unwrap()
}

#[test]
fn tables_and_ticks_allocate_nothing() {
    let mut assumptions = Assumptions::default();
    assumptions.chain = 12;
    let strip = strip();
    let plan = TablePlan::new(&strip, &assumptions).unwrap();
    let (mut table, row) = (plan.table(), plan.row().to_vec());
    let counted = measure(|| plan.price(&row, &mut table).unwrap());
    assert_eq!(counted.count_total, 0);
    let mut session = TableSession::of_plan(&plan);
    let (contract, price): (fedpath::ContractMonth, Price) = ("2026-02".parse().unwrap(), "96.2900".parse().unwrap());
    let counted = measure(|| {
        session.update(contract, price).unwrap();
        for meeting in session.table().meetings() {
            assert!(meeting.outcomes().map(|(_, share)| share.to_f64()).sum::<f64>() > 0.999);
            assert!(meeting.ease() + meeting.hold() + meeting.hike() > 0.999);
            assert!(meeting.rate_before() + meeting.rate_after() > 0.0);
        }
        session.update_many([(contract, price)]).unwrap();
        session.update_row(&row).unwrap();
    });
    assert_eq!(counted.count_total, 0);
    // The counter counts.
    assert!(measure(|| drop(Outlook::price(&strip, &assumptions))).count_total > 100);
}

/// A long table of so many days, 24 contracts each.
fn long_table(days: u32) -> String {
    let first: fedpath::chrono::NaiveDate = "1994-01-03".parse().unwrap();
    let mut text = "date,contract,settle\n".to_owned();
    for day in 0..days {
        let date = first + fedpath::chrono::Duration::days(day.into());
        let mut month = fedpath::ContractMonth::of(date);
        for contract in 0..24 {
            writeln!(text, "{date},{month},96.{:02}5", (day + 3 * contract) % 100).unwrap();
            month = month.next();
        }
    }
    text
}

/// A long table is read day by day in the memory of a chunk, and some bytes for each day, however long it is.
#[test]
fn a_long_table_is_streamed_in_flat_memory() {
    for days in [500, 4000] {
        let text = long_table(days);
        let measured = measure(|| {
            let stream = QuoteStream::new(text.as_bytes(), &ReadOptions::default()).unwrap();
            assert_eq!(stream.map(|day| day.unwrap().quotes().len()).sum::<usize>(), 24 * days as usize);
        });
        let most = (512 << 10) + 32 * u64::from(days);
        assert!(measured.bytes_max < most, "{days} days: {} bytes", measured.bytes_max);
        // A day is a slice of quotes and little else.
        assert!(
            measured.count_total < 12 * u64::from(days) + 2000,
            "{days} days: {} allocations",
            measured.count_total
        );
    }
}

/// Held in full, a row takes some tens of bytes.
#[test]
fn a_table_that_is_held_takes_a_few_times_its_text() {
    let text = long_table(2000);
    let measured = measure(|| drop(QuoteFile::parse(&text, &ReadOptions::default()).unwrap()));
    assert!(measured.bytes_max < 4 * text.len() as u64, "{} of {}", measured.bytes_max, text.len());
}

/// What is no table is refused before memory is spent on it.
#[test]
fn lines_without_end_are_refused_in_no_memory() {
    let blank = "\n".repeat(8 << 20);
    let line = format!("date,contract,settle\n{}", "x".repeat(8 << 20));
    for text in [blank, line] {
        let measured = measure(|| {
            let told = QuoteFile::parse(&text, &ReadOptions::default()).unwrap_err().to_string();
            assert!(told.contains("1 MiB"), "{told}");
            assert!(unpack(text.as_bytes()).is_err());
        });
        assert!(measured.bytes_max < 64 << 10, "{} bytes", measured.bytes_max);
    }
}
