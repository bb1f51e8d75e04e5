//! Many days: each with what was known on it, what cannot be priced told by reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::NaiveDate;
use fedpath::history::{
    Calibration, CalibrationPlan, DayReason, DeltaPlan, History, HistoryDay, HistoryOptions, HistorySummary, NotJudged,
    Span,
};
use fedpath::notice::UnpricedReason;
use fedpath::path::RateSource;
use fedpath::{
    Assumptions, ContractMonth, Fixings, Fraction, Outlook, PriceKind, QuoteFile, QuoteTable, ReadOptions, Strip,
    StripOptions,
};

use crate::support::{date, fraction, month, price, real, unpacked};

pub(crate) fn table(text: &str) -> QuoteTable {
    let mut table = QuoteTable::default();
    let file = QuoteFile::parse(text, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    table.add("quotes", file).unwrap_or_else(|error| panic!("{error}"));
    table
}

fn moves() -> QuoteTable {
    table(include_str!("data/history_moves.csv"))
}

fn priced(table: &QuoteTable, assumptions: &Assumptions) -> BTreeMap<NaiveDate, Result<Outlook, DayReason>> {
    let history = History::new(table, assumptions, HistoryOptions::default());
    history.days().map(|day| (day.date, day.outlook)).collect()
}

/// What the days around the moves off the calendar price: the range, the first meeting, and what its start comes from.
fn told(days: &BTreeMap<NaiveDate, Result<Outlook, DayReason>>, day: &str) -> String {
    match &days[&date(day)] {
        Ok(outlook) => {
            let step = &outlook.meetings()[0].step;
            format!("{}, {} from {:?}", outlook.target(), step.meeting.announcement(), step.before_from)
        }
        Err(reason) => reason.to_string(),
    }
}

#[test]
fn the_moves_of_2001_are_known_from_their_day_on() {
    let days = priced(&moves(), &Assumptions::default());
    // 3 January, 50 bp: the range changes the day after, the month is mixed from the day on.
    assert_eq!(told(&days, "2001-01-02"), "6.50, 2001-01-31 from OwnContract");
    let mixed = "the meeting of 2001-01-31 cannot be priced: \
        the rate has already moved in Jan 2001, so ZQF01 averages three rates";
    for day in ["2001-01-03", "2001-01-04", "2001-01-31"] {
        assert_eq!(told(&days, day), mixed, "{day}");
    }
    assert_eq!(told(&days, "2001-02-01"), "5.50, 2001-03-20 from Anchor(2001-02)");
    // 18 April, 50 bp: April was an anchor and is none from the day on, in May neither.
    assert_eq!(told(&days, "2001-04-17"), "5.00, 2001-05-15 from Anchor(2001-04)");
    assert_eq!(told(&days, "2001-04-18"), "5.00, 2001-05-15 from OwnContract");
    assert_eq!(told(&days, "2001-04-19"), "4.50, 2001-05-15 from OwnContract");
    assert_eq!(told(&days, "2001-05-01"), "4.50, 2001-05-15 from OwnContract");
    // 17 September, 50 bp.
    assert_eq!(told(&days, "2001-09-10"), "3.50, 2001-10-02 from Anchor(2001-09)");
    assert_eq!(told(&days, "2001-09-17"), "3.50, 2001-10-02 from OwnContract");
    assert_eq!(told(&days, "2001-09-18"), "3.00, 2001-10-02 from OwnContract");
    assert_eq!(told(&days, "2001-10-01"), "3.00, 2001-10-02 from OwnContract");
}

/// With the days behind, the months that moved give their rate.
#[test]
fn realised_rates_price_the_months_that_moved() {
    let mut assumptions = Assumptions::default();
    assumptions.fixings = Some(Fixings::parse(include_str!("data/effr_moves.csv")).unwrap());
    assumptions.chain = 2;
    let days = priced(&moves(), &assumptions);
    assert_eq!(told(&days, "2001-01-04"), "6.00, 2001-01-31 from OwnContract");
    assert_eq!(told(&days, "2001-04-18"), "5.00, 2001-05-15 from RestOfMonth(2001-04)");
    assert_eq!(told(&days, "2001-09-18"), "3.00, 2001-10-02 from RestOfMonth(2001-09)");
    assert_eq!(told(&days, "2020-03-13"), "1.00-1.25, 2020-03-18 from OwnContract");
    // By hand: January 2001 less its first three days, over the 28 left; New Year's Day carries the Friday's rate.
    let step = &days[&date("2001-01-04")].as_ref().unwrap().meetings()[0].step;
    let fixed = ["5.41", "6.67", "6.35"].iter().fold(Fraction::zero(), |sum, rate| &sum + &fraction(rate));
    let average = price(quote("2001-01-04", "2001-01")).implied_rate();
    let left = &(&(average.exact() * &Fraction::integer(31)) - &fixed) / &Fraction::integer(28);
    assert_eq!(step.before.exact(), &left);
}

fn quote(day: &str, contract: &str) -> &'static str {
    let rows = include_str!("data/history_moves.csv").lines();
    let mut found = rows.filter_map(|row| row.strip_prefix(&format!("{day},{contract},")));
    found.next().unwrap_or_else(|| panic!("{day} {contract}"))
}

/// 3 March 2020, 50 bp; 15 March, a Sunday, 100 bp, and the meeting of the 18th cancelled.
#[test]
fn march_2020_is_told_as_it_was_known() {
    let days = priced(&moves(), &Assumptions::default());
    // On Monday the 2nd February's contract has left the quotes: its settlement of Friday is carried.
    assert_eq!(told(&days, "2020-03-02"), "1.50-1.75, 2020-03-18 from Anchor(2020-02)");
    let monday = days[&date("2020-03-02")].as_ref().unwrap();
    let friday = price(quote("2020-02-28", "2020-02")).implied_rate();
    assert_eq!(monday.meetings()[0].step.before, friday);
    let mixed = "the meeting of 2020-03-18 cannot be priced: \
        the rate has already moved in Mar 2020, so ZQH20 averages three rates";
    for day in ["2020-03-03", "2020-03-04", "2020-03-13"] {
        assert_eq!(told(&days, day), mixed, "{day}");
    }
    assert_eq!(told(&days, "2020-03-16"), "0.00-0.25, 2020-04-29 from OwnContract");
    // By hand: April less its one day after the meeting, at May's rate, over 29 days.
    let monday = &days[&date("2020-03-16")].as_ref().unwrap().meetings()[0].step;
    let [april, may] = ["2020-04", "2020-05"].map(|month| price(quote("2020-03-16", month)).implied_rate());
    let before = &(april.exact() * &Fraction::integer(30)) - may.exact();
    assert_eq!(monday.before.exact(), &(&before / &Fraction::integer(29)));
    assert_eq!(monday.after, may);
}

/// A day of a history is what the day alone gives with the carried anchor.
#[test]
fn a_day_is_priced_as_alone() {
    let (table, assumptions) = (moves(), Assumptions::default());
    for (day, outlook) in priced(&table, &assumptions) {
        let mut options = StripOptions::default();
        let before = ContractMonth::of(day).previous();
        let settled = table
            .rows()
            .filter(|(other, contract, _)| *contract == before && ContractMonth::of(*other) == before)
            .last();
        options.anchors = settled.map(|(_, _, quote)| (before, quote.settle.unwrap())).into_iter().collect();
        let strip = Strip::new(&table.snapshot(day).unwrap(), &options).unwrap();
        let alone = Outlook::price(&strip, &assumptions);
        let meetings = |outlook: Outlook| outlook.meetings().to_vec();
        assert_eq!(outlook.ok().map(meetings), alone.ok().map(meetings), "{day}");
    }
}

const NOVEMBER: &str = "date,contract,settle\n2025-11-20,ZQX25,96.12\n2025-11-28,ZQX25,96.1225\n\
    2025-11-28,ZQF26,96.31\n2025-11-28,ZQG26,96.38\n2025-12-01,ZQX25,96.124\n2025-12-01,ZQF26,96.29\n\
    2025-12-01,ZQG26,96.36\n2025-12-06,ZQF26,96.29\n2025-12-08,ZQF26,96.29\n2025-12-08,ZQG26,96.36\n";

fn start(text: &str, day: &str) -> (String, RateSource) {
    let (table, assumptions) = (table(text), Assumptions::default());
    let days = priced(&table, &assumptions);
    let step = days[&date(day)].as_ref().unwrap_or_else(|reason| panic!("{reason}")).meetings()[0].step.clone();
    (step.before.to_string(), step.before_from)
}

#[test]
fn an_expired_month_is_an_anchor_through_its_last_daily_settlement() {
    let november = RateSource::Anchor(month("2025-11"));
    // The final settlement that the file has on 1 December does not take its place.
    assert_eq!(start(NOVEMBER, "2025-12-01"), ("3.8775%".to_owned(), november));
    assert_eq!(start(NOVEMBER, "2025-12-08"), ("3.8775%".to_owned(), november));
    // A settlement a week and more before the month's end is none of its last: the realised average stands.
    let early = NOVEMBER.replace("2025-11-28", "2025-11-21").replace("2025-12-01,ZQX25,96.124\n", "");
    assert_eq!(start(&early, "2025-12-08"), ("3.876%".to_owned(), RateSource::Realised(month("2025-11"))));
    // One of the last days, but not the last: what the day itself says of the contract stands before it.
    let late = NOVEMBER.replace("2025-11-28", "2025-11-26");
    assert_eq!(start(&late, "2025-12-01"), ("3.876%".to_owned(), november));
    assert_eq!(start(&late, "2025-12-08"), ("3.8775%".to_owned(), november));
}

#[test]
fn saturdays_and_sundays_are_counted_and_not_priced() {
    let (table, assumptions) = (table(NOVEMBER), Assumptions::default());
    let days = priced(&table, &assumptions);
    assert_eq!(days[&date("2025-12-06")].as_ref().unwrap_err(), &DayReason::Weekend);
    let mut summary = HistorySummary::default();
    History::new(&table, &assumptions, HistoryOptions::default()).days().for_each(|day| summary.add(&day));
    insta::assert_snapshot!(summary.lines().join("\n"), @"
    3 of 5 days priced
    1 day, 2025-11-20: the quotes end before ZQZ25 (Dec 2025)
    1 day, 2025-12-06: no exchange settles on a Saturday or Sunday
    21 meetings without a price on 3 days, 2025-11-28 to 2025-12-08: meeting of 2026-03-18: the quotes end before ZQH26 (Mar 2026) (and 20 more of the kind)
    1 day, 2025-12-01: ZQX25 at 96.124 in the file is replaced by 96.1225
    ");
}

#[test]
fn days_are_selected_by_span_and_step() {
    let (table, assumptions) = (moves(), Assumptions::default());
    let selected = |change: &dyn Fn(&mut HistoryOptions)| {
        let mut options = HistoryOptions::default();
        change(&mut options);
        let days =
            History::new(&table, &assumptions, options).days().map(|day| day.date.to_string()).collect::<Vec<_>>();
        days.join(" ")
    };
    let year = |options: &mut HistoryOptions| {
        (options.from, options.to) = (Some(date("2020-03-02")), Some(date("2020-12-31")));
    };
    assert_eq!(selected(&year), "2020-03-02 2020-03-03 2020-03-04 2020-03-13 2020-03-16 2020-04-01");
    let monthly = |options: &mut HistoryOptions| {
        year(options);
        options.every = "month".parse().unwrap();
    };
    assert_eq!(selected(&monthly), "2020-03-16 2020-04-01");
    assert_eq!(selected(&|options| options.from = Some(date("2021-01-01"))), "");
}

#[test]
fn changes_count_from_the_range_of_each_day() {
    let (table, assumptions) = (moves(), Assumptions::default());
    let history = History::new(&table, &assumptions, HistoryOptions::default());
    let plan = DeltaPlan::between(date("2001-04-17"), date("2001-04-19"));
    let deltas: Vec<_> = plan.deltas(history.days_on(plan.days())).collect();
    assert_eq!(deltas.len(), 3);
    // A cut of 50 bp lies between: odds are of different events, the rate is not.
    assert!(deltas.iter().all(|delta| !delta.same_range && delta.ease_change().is_none()));
    assert_eq!(format!("{:.2}", deltas[0].rate_change().exact()), "-35.94");
    let plan = DeltaPlan::spans(&[Span::Days(1), Span::Weeks(1)], history.selected(), history.weekdays());
    let pairs: BTreeSet<(String, String)> = plan
        .deltas(history.days_on(plan.days()))
        .filter(|delta| delta.date.to_string().starts_with("2020"))
        .map(|delta| (delta.date.to_string(), format!("{} {}", delta.span.unwrap(), delta.since)))
        .collect();
    // Friday to Monday is a day; from 2 to 16 March the days between have no price, and give no change.
    let expected = [("2020-03-02", "1d 2020-02-28")];
    assert_eq!(pairs, expected.map(|(day, since)| (day.to_owned(), since.to_owned())).into());
}

#[test]
fn decisions_that_cannot_be_judged_say_why() {
    let (table, assumptions) = (moves(), Assumptions::default());
    let mut options = HistoryOptions::default();
    options.from = Some(date("2020-01-01"));
    let history = History::new(&table, &assumptions, options);
    let plan = CalibrationPlan::new(&history, &[Span::Days(1)]);
    let calibration = Calibration::new(&plan, &assumptions, history.days_on(plan.days()));
    let not_judged = &calibration.horizons[0].not_judged;
    let expected = [(date("2020-01-29"), NotJudged::NoQuotes), (date("2020-03-18"), NotJudged::Cancelled)];
    assert_eq!(not_judged[..], expected);
    assert_eq!(calibration.horizons[0].score, None);
}

/// The settlements of 1989 to 2023, read once.
pub(crate) fn settlements() -> Option<&'static QuoteTable> {
    static TABLE: OnceLock<Option<QuoteTable>> = OnceLock::new();
    let read = || real("history/pyfedwatch_settle_1989_2023.csv.gz").map(|file| table(&unpacked(&file)));
    TABLE.get_or_init(read).as_ref()
}

/// Every day that the settlements of 1989 to 2023 do not price, and the reason, held against the file itself: the calendar
/// begins in 1994, the current month or one that the first meeting needs is missing, or the rate had moved off the calendar.
#[test]
fn thirty_years_of_settlements_run_clean() {
    let Some(table) = settlements() else { return };
    let assumptions = Assumptions::default();
    let history = History::new(table, &assumptions, HistoryOptions::default());
    let (mut priced, mut early, mut missing, mut moved) =
        (0, 0, BTreeSet::new(), BTreeMap::<ContractMonth, usize>::new());
    for HistoryDay { date, outlook, .. } in history.days() {
        match outlook {
            Ok(_) => priced += 1,
            Err(DayReason::BeforeCalendar(1994)) => early += 1,
            Err(reason) => match reason.first_meeting() {
                Some(UnpricedReason::MissingContract(contract)) => {
                    assert!(
                        table.snapshot(date).unwrap().quote(contract.month()).is_none(),
                        "{date}: {contract} is there"
                    );
                    missing.insert(date.to_string());
                }
                Some(UnpricedReason::RateAlreadyMoved(contract)) => *moved.entry(contract.month()).or_default() += 1,
                _ => panic!("{date}: {reason}"),
            },
        }
    }
    eprintln!("{priced} days priced, {early} before 1994, {} lack a contract, moved: {moved:?}", missing.len());
    assert_eq!((priced, early, missing.len()), (7403, 1102, 15));
    // 3 to 31 January 2001; 22 to 30 January and 8 to 29 October 2008; 3 to 13 March 2020.
    let months = [("2001-01", 20), ("2008-01", 7), ("2008-10", 16), ("2020-03", 9)];
    assert_eq!(moved, months.map(|(contract, days)| (month(contract), days)).into());
}

/// How often what was priced a day, a week and a month before each decision from 1994 to 2023 happened.
#[test]
fn thirty_years_of_decisions_are_judged() {
    let Some(table) = settlements() else { return };
    let assumptions = Assumptions::default();
    let history = History::new(table, &assumptions, HistoryOptions::default());
    let plan = CalibrationPlan::new(&history, &[Span::Days(1), Span::Weeks(1), Span::Months(1)]);
    let calibration = Calibration::new(&plan, &assumptions, history.days_on(plan.days()));
    let told: Vec<String> = calibration
        .horizons
        .iter()
        .map(|horizon| {
            let score = horizon.score.as_ref().unwrap();
            // Another way to the score: the mean squared miss in floating point.
            let miss = |forecast: &fedpath::history::Forecast| -> f64 {
                let outcomes = forecast.priced.iter().enumerate();
                outcomes.map(|(k, p)| (p.exact().to_f64() - f64::from(u8::from(k == forecast.happened))).powi(2)).sum()
            };
            let mean =
                horizon.forecasts.iter().map(miss).sum::<f64>() / f64::from(u32::try_from(score.forecasts).unwrap());
            assert!((mean - score.score.to_f64()).abs() < 1e-12);
            let parts = &(&score.reliability - &score.resolution) + &(&score.uncertainty + &score.within_bins);
            assert_eq!(parts, score.score);
            let eighty = score.bins.iter().find(|bin| bin.from_percent == 80).unwrap();
            format!(
                "{}: {} decisions, {} not judged, Brier {:.4}, 80 to 90 %: {} of {}",
                horizon.horizon,
                horizon.forecasts.len(),
                horizon.not_judged.len(),
                score.score,
                eighty.happened,
                eighty.forecasts
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    1d: 231 decisions, 6 not judged, Brier 0.0263, 80 to 90 %: 33 of 33
    1w: 233 decisions, 4 not judged, Brier 0.0281, 80 to 90 %: 32 of 33
    1m: 236 decisions, 1 not judged, Brier 0.0406, 80 to 90 %: 25 of 28
    ");
}

/// Last trades of 2010 to 2026 are not settlements: where both files have a contract on a day, nearly half of the prices are
/// the same and the mean distance is under half a tick; the odds of the next meeting lie a point apart, and up to nine.
#[test]
fn last_trades_lie_half_a_tick_from_settlements_and_the_odds_a_point() {
    let Some(settled) = settlements() else { return };
    let Some(file) = real("history/databento_ohlcv1d_2010_2026.csv.gz") else { return };
    let traded = table(&unpacked(&file));
    let (assumptions, mut options) = (Assumptions::default(), HistoryOptions::default());
    options.from = Some(date("2010-06-07"));
    options.to = Some(date("2023-09-15"));
    options.every = "week".parse().unwrap();
    let settlements = History::new(settled, &assumptions, options.clone());
    options.strip.price = PriceKind::Last;
    let trades = History::new(&traded, &assumptions, options);

    let (mut prices, mut same, mut sum, mut largest) = (0, 0, Fraction::zero(), Fraction::zero());
    for (day, settled) in traded.days().filter_map(|day| Some((day, settled.snapshot(day)?))) {
        for (contract, quote) in traded.snapshot(day).unwrap().quotes() {
            let settle = settled.quote(contract).and_then(|settled| settled.settle);
            let Some((settle, last)) = settle.zip(quote.last) else { continue };
            let off = (settle.implied_rate().exact() - last.price.implied_rate().exact()).abs();
            let off = &off * &Fraction::integer(100);
            prices += 1;
            same += usize::from(off.is_zero());
            sum = &sum + &off;
            largest = largest.max(off);
        }
    }
    let by_day: BTreeMap<NaiveDate, Outlook> =
        settlements.days().filter_map(|day| Some((day.date, day.outlook.ok()?))).collect();
    let (mut tables, mut apart, mut farthest) = (0, Fraction::zero(), Fraction::zero());
    for (day, outlook) in trades.days().filter_map(|day| Some((day.date, day.outlook.ok()?))) {
        let Some(settled) = by_day.get(&day).map(|outlook| &outlook.meetings()[0]) else { continue };
        let Some(traded) = outlook.meeting(settled.step.meeting.announcement()) else { continue };
        let off = (&traded.cumulative.hold() - &settled.cumulative.hold()).abs();
        let off = &off * &Fraction::integer(100);
        tables += 1;
        apart = &apart + &off;
        farthest = farthest.max(off);
    }
    let mean = |sum: &Fraction, count: i32| sum / &Fraction::integer(i64::from(count));
    let told = format!(
        "{prices} prices, {same} the same, mean distance {:.3} bp, largest {:.2} bp\n\
        {tables} weeks, odds of no change at the next meeting {:.2} points apart in the mean, {:.1} at most",
        mean(&sum, prices),
        largest,
        mean(&apart, tables),
        farthest
    );
    insta::assert_snapshot!(told, @"
    43480 prices, 20140 the same, mean distance 0.442 bp, largest 24.50 bp
    682 weeks, odds of no change at the next meeting 1.26 points apart in the mean, 9.5 at most
    ");
}
