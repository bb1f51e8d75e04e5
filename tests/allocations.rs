//! Memory and work as promises, counted in bytes and allocations, never in seconds: `docs/limits.md` states them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use allocation_counter::measure;
use fedpath::bulk::{TablePlan, TableSession};
use fedpath::files::QuoteStream;
use fedpath::what_if::Jacobian;
use fedpath::{Assumptions, Outlook, Price, QuoteFile, ReadOptions, Strip};

/// The prices of so many months from November 2025 on.
fn strip(months: i64) -> Strip {
    let first = "2025-11".parse().unwrap();
    let listed = std::iter::successors(Some(first), |month: &fedpath::ContractMonth| Some(month.next()));
    let prices = (0..months).map(|place| {
        Price::from_points(fedpath::rust_decimal::Decimal::new(9_612_000 + 4_500 * (place % 19), 5)).unwrap()
    });
    Strip::from_prices("2025-11-21".parse().unwrap(), listed.zip(prices)).unwrap()
}

#[test]
fn tables_and_ticks_allocate_nothing() {
    let mut assumptions = Assumptions::default();
    assumptions.chain = 12;
    let strip = strip(19);
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

/// A long table of so many days, 12 contracts a day.
fn long_table(days: u64) -> String {
    let first: fedpath::chrono::NaiveDate = "1994-01-03".parse().unwrap();
    let mut text = "date,contract,settle\n".to_owned();
    for day in first.iter_days().take(usize::try_from(days).unwrap()) {
        let months = std::iter::successors(Some(fedpath::ContractMonth::of(day)), |month| Some(month.next()));
        for month in months.take(12) {
            text += &format!("{day},{month},96.1250\n");
        }
    }
    text
}

fn per_mille(part: u64, whole: u64) -> u64 {
    1_000 * part / whole
}

#[test]
fn a_stream_holds_a_day_and_a_chunk_of_text() {
    let read = |days| {
        let text = long_table(days);
        let counted = measure(|| {
            let stream = QuoteStream::new(text.as_bytes(), &ReadOptions::default()).unwrap();
            assert_eq!(stream.map(Result::unwrap).count() as u64, days);
        });
        (counted.bytes_max, text.len())
    };
    let ((few, _), (many, length)) = (read(200), read(4_000));
    // The days that were seen are kept, to refuse one that comes again.
    assert!(many < few + 4_000 * 16, "{few} bytes for 200 days, {many} for 4,000");
    assert!(many < 1 << 20 && length > 1 << 20, "{many} bytes");
}

#[test]
fn what_a_whole_file_takes_grows_as_the_file() {
    let read = |days| {
        let text = long_table(days);
        let counted = measure(|| drop(QuoteFile::parse(&text, &ReadOptions::default()).unwrap()));
        per_mille(counted.bytes_max, text.len() as u64)
    };
    let (few, many) = (read(200), read(2_000));
    // Vectors double as they grow: the same length may stand in a buffer of twice its size, beside the one it came from.
    assert!(many < 3 * few, "{few} and {many} bytes for 1,000 bytes of a file");
    assert!(many < 30_000, "{many} bytes for 1,000 bytes of a file");
}

#[test]
fn what_is_refused_takes_no_more_than_what_is_read() {
    let text = "date,contract,settle\n".to_owned() + &"2025-11-21,ZQX25,96.x\n".repeat(20_000);
    let counted = measure(|| assert!(QuoteFile::parse(&text, &ReadOptions::default()).is_err()));
    let taken = per_mille(counted.bytes_max, text.len() as u64);
    assert!(taken < 30_000, "{taken} bytes for 1,000 bytes of a file");
}

#[test]
fn the_work_of_a_strip_grows_with_its_square_at_most() {
    let work = |months: i64, of: &dyn Fn(&Strip)| {
        let strip = strip(months);
        measure(|| of(&strip)).count_total
    };
    let price = |strip: &Strip| drop(Outlook::price(strip, &Assumptions::default()).unwrap());
    let slopes = |strip: &Strip| drop(Jacobian::new(strip, &Assumptions::default()).unwrap());
    for of in [&price as &dyn Fn(&Strip), &slopes] {
        let (half, whole) = (work(60, of), work(120, of));
        assert!(half > 1_000, "the counter counts");
        assert!(whole < 5 * half, "{half} allocations for 60 months, {whole} for 120");
    }
}
