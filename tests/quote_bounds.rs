//! What every quote allows: against figures of two real days found elsewhere, against every corner of small lattices, and
//! on chains made from a known distribution.

use fedpath::lattice::{
    EventBounds, ExpiryDistribution, LatticeEvent, LatticeOptions, QuoteLattice, Strikes, Widening,
};
use fedpath::options::{MarketTable, OptionChain, OptionFile, OptionProduct, OptionQuote, OptionSide, Premium};
use fedpath::rust_decimal::Decimal;
use fedpath::{Assumptions, ContractMonth, Fraction, Price, Rate, Snapshot, StartRate, Strip, StripOptions};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{date, fraction, month, real, strip, unpacked};

/// The quotes of a settlement report, of some of its months, and today's rate.
struct Day {
    strip: Strip,
    chains: Vec<OptionChain>,
    assumptions: Assumptions,
}

fn day(name: &str, start_rate: &str, months: &[&str]) -> Option<Day> {
    let text = unpacked(&real(&format!("quotes/{name}"))?);
    let all = Strip::new(&Snapshot::parse(&text).unwrap(), &StripOptions::default()).unwrap();
    let kept = |month: ContractMonth| months.contains(&month.to_string().as_str());
    let strip = Strip::from_prices(all.as_of(), all.prices().filter(|(month, _)| kept(*month))).unwrap();
    let mut chains = OptionFile::parse(&text, None).unwrap().chains().to_vec();
    chains.retain(|chain| kept(chain.month));
    Some(Day { strip, chains, assumptions: assumptions(start_rate, 7) })
}

fn assumptions(start_rate: &str, chain: usize) -> Assumptions {
    let mut assumptions = Assumptions::default();
    assumptions.chain = chain;
    assumptions.start_rate = StartRate::Given(start_rate.parse().unwrap());
    assumptions
}

const OCTOBER_2015: &str = "stlint_v1_20151029_FULL.txt.gz";
const ALL_MONTHS: [&str; 11] = [
    "2015-11", "2015-12", "2016-01", "2016-02", "2016-03", "2016-04", "2016-05", "2016-06", "2016-07", "2016-08",
    "2016-09",
];

/// The conditions of the published rows: every option, no discounting, one widening for all.
fn published_conditions() -> LatticeOptions {
    let mut options = LatticeOptions::default();
    (options.moves, options.levels) = (-1..=2, Some(-1..=8));
    (options.strikes, options.discounted) = (Strikes::All, false);
    (options.widening, options.max_widening) = (Widening::Uniform, "5bp".parse().unwrap());
    options
}

fn percent(bounds: &EventBounds) -> String {
    format!("{:.1}-{:.1}", bounds.low.percent(), bounds.high.percent())
}

/// The bounds of an event and the widening, certified.
fn certified(lattice: &QuoteLattice, event: &LatticeEvent) -> (String, String) {
    let bounds = lattice.bounds(event).unwrap().expect("quotes that agree");
    assert!(bounds.certified && lattice.agreement().certified, "{event}: {bounds:?}");
    (percent(&bounds), format!("{:.3}", lattice.agreement().slack.exact()))
}

#[test]
fn the_published_rows_of_29_october_2015_are_the_solvers() {
    let hike = LatticeEvent::moves(date("2015-12-16"), 1);
    let row = |months: &[&str], options: LatticeOptions, with_options: bool| {
        let day = day(OCTOBER_2015, "0.135", months)?;
        let chains: &[OptionChain] = if with_options { &day.chains } else { &[] };
        let lattice = QuoteLattice::new(&day.strip, &day.assumptions, chains, &[], &options).unwrap();
        Some(certified(&lattice, &hike))
    };
    let Some(futures) = row(&ALL_MONTHS, published_conditions(), false) else { return };
    let told = |bounds: &str, slack: &str| (bounds.to_owned(), slack.to_owned());
    assert_eq!(futures, told("0.0-73.1", "0.172"));
    let all_options = |months: &[&str]| row(months, published_conditions(), true).unwrap();
    assert_eq!(all_options(&["2015-12"]), told("41.7-54.1", "0.125"));
    assert_eq!(all_options(&["2015-12", "2016-01"]), told("49.3-52.7", "0.125"));
    assert_eq!(all_options(&ALL_MONTHS), told("35.8-52.0", "0.843"));
}

#[test]
fn by_the_rules_the_december_chain_of_2015_agrees_as_it_stands() {
    let Some(december) = day(OCTOBER_2015, "0.135", &["2015-12"]) else { return };
    let mut options = LatticeOptions::default();
    options.moves = -1..=2;
    let at = |rate: &str| {
        let assumptions = assumptions(rate, 7);
        let lattice = QuoteLattice::new(&december.strip, &assumptions, &december.chains, &[], &options).unwrap();
        certified(&lattice, &LatticeEvent::moves(date("2015-12-16"), 1))
    };
    assert_eq!(at("0.135"), ("42.3-54.2".to_owned(), "0.000".to_owned()));
}

#[test]
fn half_a_basis_point_of_todays_rate_moves_an_end_by_up_to_four_points() {
    let Some(december) = day(OCTOBER_2015, "0.135", &["2015-12"]) else { return };
    let at = |rate: &str| {
        let (assumptions, options) = (assumptions(rate, 7), published_conditions());
        let lattice = QuoteLattice::new(&december.strip, &assumptions, &december.chains, &[], &options).unwrap();
        certified(&lattice, &LatticeEvent::moves(date("2015-12-16"), 1)).0
    };
    assert_eq!(["0.130", "0.135", "0.140"].map(at), ["42.1-54.4", "41.7-54.1", "40.9-50.2"]);
}

#[test]
fn contradictions_are_widened_quote_by_quote_and_named() {
    let Some(day) = day(OCTOBER_2015, "0.135", &ALL_MONTHS) else { return };
    let mut options = LatticeOptions::default();
    (options.moves, options.levels) = (-1..=2, Some(-1..=8));
    options.widening = Widening::Uniform;
    let uniform = QuoteLattice::new(&day.strip, &day.assumptions, &day.chains, &[], &options).unwrap();
    let hike = LatticeEvent::moves(date("2015-12-16"), 1);
    assert_eq!(certified(&uniform, &hike), ("28.8-56.8".to_owned(), "0.762".to_owned()));
    options.widening = Widening::Each;
    let each = QuoteLattice::new(&day.strip, &day.assumptions, &day.chains, &[], &options).unwrap();
    let agreement = each.agreement();
    assert!(agreement.certified && agreement.contradiction.is_none());
    assert!(agreement.total.exact() < &fraction("20") && agreement.slack.exact() <= &fraction("1"));
    assert!(agreement.forced_by.iter().any(|forced| forced.quote == "OZQG16 99.6875 put"), "{agreement:?}");
    // Where no quote may move by as much as a tenth of a basis point, nothing is said but that they contradict each other.
    options.max_widening = "0.1bp".parse().unwrap();
    let narrow = QuoteLattice::new(&day.strip, &day.assumptions, &day.chains, &[], &options).unwrap();
    assert!(narrow.agreement().contradiction.as_ref().is_some_and(|found| found.quotes.len() > 1));
    assert_eq!(narrow.bounds(&hike).unwrap(), None);
}

#[test]
fn options_say_more_than_futures_of_march_2017() {
    let months = [
        "2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06", "2017-07", "2017-08", "2017-09", "2017-10",
        "2017-11", "2017-12",
    ];
    let Some(mut day) = day("stlint_v1_20170106_FULL.txt.gz", "0.6475", &months) else { return };
    day.assumptions.chain = 8;
    let mut options = published_conditions();
    options.levels = Some(-1..=8);
    let event = LatticeEvent::level(date("2017-03-15"), 1, "0.75-1.00".parse().unwrap());
    let bounds = |chains: &[OptionChain]| {
        let lattice = QuoteLattice::new(&day.strip, &day.assumptions, chains, &[], &options).unwrap();
        certified(&lattice, &event)
    };
    assert_eq!(bounds(&[]).0, "0.0-65.1");
    assert_eq!(bounds(&day.chains), ("18.6-37.8".to_owned(), "0.875".to_owned()));
}

#[test]
fn every_published_probability_of_5_august_2025_is_allowed() {
    let Some(chain) = real("options/sr3_options_bidask_2025-08-05_165514.csv") else { return };
    let published = std::fs::read_to_string(real("options/mpt_2025-08-05_published.csv").unwrap()).unwrap();
    let file = OptionFile::parse(&std::fs::read_to_string(chain).unwrap(), None).unwrap();
    let rate = |bp: i64| Rate::from_percent(Decimal::new(bp, 2));
    let mut inside = 0;
    for chain in file.chains() {
        let expiry = ExpiryDistribution::new(chain, file.as_of().unwrap(), &LatticeOptions::default()).unwrap();
        assert_eq!(expiry.agreement().slack.exact(), &Fraction::zero(), "{}", expiry.label());
        let rows = published.lines().map(|line| line.split(',').collect::<Vec<_>>());
        for row in rows.filter(|row| row[1].starts_with(&chain.month.to_string())) {
            let Some(field) = row[3].strip_prefix("Prob: ") else { continue };
            let [low, high] = match field.split_once('-') {
                Some((low, high)) => [low, high].map(|bp| Some(rate(bp.parse().unwrap()))),
                None if field == "cut" => [None, Some(rate(425))],
                None => [Some(rate(450)), None],
            };
            let bounds = expiry.bounds(low.as_ref(), high.as_ref()).unwrap();
            assert!(bounds.certified, "{} {field}", expiry.label());
            let value = fraction(row[4]);
            assert!(
                (bounds.low.percent()..=bounds.high.percent()).contains(&value),
                "{} {field}: {bounds:?}",
                chain.label()
            );
            inside += 1;
            match (chain.month.to_string().as_str(), field) {
                ("2025-09", "400-425") => assert_eq!(percent(&bounds), "25.3-76.8"),
                ("2025-09", "cut") => assert_eq!(percent(&bounds), "69.8-88.0"),
                _ => {}
            }
        }
    }
    // Fifteen ranges and three cuts, and the two hikes.
    assert_eq!(inside, 20);
}

#[test]
fn events_of_two_meetings_in_a_row_are_bounded_and_others_refused() {
    let strip = strip("2026-02-20", "2026-02 96.35, 2026-03 96.37, 2026-04 96.42, 2026-05 96.50, 2026-06 96.55");
    let lattice = QuoteLattice::new(&strip, &assumptions("3.64", 3), &[], &[], &LatticeOptions::default()).unwrap();
    let bounds = |event: &str| lattice.bounds(&event.parse().unwrap());
    let both = bounds("2026-03-18 <= 3.50 and 2026-04-29 <= 3.50").unwrap().unwrap();
    let either = bounds("2026-04-29 <= 3.50").unwrap().unwrap();
    assert!(both.certified && both.high <= either.high && both.low <= either.low);
    insta::assert_snapshot!(bounds("2026-03-18 <= 3.50 and 2026-06-17 <= 3.50").unwrap_err(), @"the event compares the meetings of 2026-03-18, 2026-06-17: the bounds are sharp only for one meeting, or for the ranges after two that follow each other, because the quotes see no more than that at a time");
    insta::assert_snapshot!(bounds("2026-03-19 <= 3.50").unwrap_err(), @"no meeting of the lattice is announced on 2026-03-19: it has 2026-03-18, 2026-04-29, 2026-06-17");
    insta::assert_snapshot!("2026-03-18 about 3.50".parse::<LatticeEvent>().unwrap_err(), @"expected an event such as '2026-03-18 <= 3.75 and 2026-04-29 <= 3.50', found '2026-03-18 about 3.50'");
}

#[test]
fn a_market_is_one_condition_more() {
    let strip = strip("2025-11-21", "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150, 2026-02 96.2850");
    let hold = LatticeEvent::hold(date("2025-12-10"));
    let bounds = |table: &str| {
        let table = MarketTable::parse(&format!("date,meeting,outcome,bid,ask\n{table}")).unwrap();
        let options = LatticeOptions::default();
        let lattice = QuoteLattice::new(&strip, &assumptions("3.88", 2), &[], table.quotes(), &options).unwrap();
        (
            percent(&lattice.bounds(&hold).unwrap().unwrap()),
            lattice.left_out().len(),
            lattice.agreement().slack.exact().is_zero(),
        )
    };
    // Futures alone, the day before, and a meeting that the lattice does not have.
    let alone = bounds("2025-11-20,2025-12-10,hold,0.64,0.65\n2025-11-21,2026-12-09,hold,0.1,0.2\n");
    assert_eq!(alone, ("0.0-83.0".to_owned(), 2, true));
    assert_eq!(bounds("2025-11-21,2025-12-10,hold,0.6,0.65\n"), ("60.0-65.0".to_owned(), 0, true));
    assert_eq!(bounds("2025-11-21,2025-12-10,>3.75,0.6,0.65\n").1, 0);
    assert_eq!(bounds("2025-11-21,2025-12-10,3.75-4.00,0.6,0.65\n").0, "60.0-65.0");
    // Nine dollars of ten on a hold contradict the future: the market is widened, in basis points of the rate.
    assert!(!bounds("2025-11-21,2025-12-10,hold,0.84,0.85\n").2);
}

/// Numbers that are the same for the same seed.
struct Seeded(u64);

impl Seeded {
    /// From 0 up to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Shares of one, some of them nothing.
    fn shares(&mut self, count: usize) -> Vec<f64> {
        let parts: Vec<f64> = (0..count).map(|_| (self.next() - 0.4).max(0.0)).collect();
        let sum: f64 = parts.iter().sum();
        if sum > 0.0 { parts.iter().map(|part| part / sum).collect() } else { self.shares(count) }
    }
}

/// A distribution over two meetings, 10 December 2025 and 28 January 2026, with moves from -2 to 2.
struct Truth {
    /// The probability of each first move and each second one after it, by moves + 2.
    paths: Vec<Vec<f64>>,
}

impl Truth {
    fn new(random: &mut Seeded) -> Self {
        let first = random.shares(5);
        Self { paths: first.iter().map(|share| random.shares(5).iter().map(|next| share * next).collect()).collect() }
    }

    fn expected(&self, value: impl Fn(f64, f64) -> f64) -> f64 {
        let moves = |index: usize| f64::from(u8::try_from(index).unwrap()) - 2.0;
        let mut sum = 0.0;
        for (first, row) in self.paths.iter().enumerate() {
            sum += row.iter().enumerate().map(|(second, p)| p * value(moves(first), moves(second))).sum::<f64>();
        }
        sum
    }
}

const START: f64 = 3.88;

/// The average of a month: days at the rate before December's meeting, between the two, after January's, of so many.
const MONTHS: [(&str, [f64; 3]); 3] =
    [("2025-12", [10.0, 21.0, 0.0]), ("2026-01", [0.0, 28.0, 3.0]), ("2026-02", [0.0, 0.0, 28.0])];

fn average([before, between, after]: [f64; 3], first: f64, second: f64) -> f64 {
    let days = before + between + after;
    START + 0.25 * (between * first + after * (first + second)) / days
}

#[expect(clippy::cast_possible_truncation, reason = "prices are small")]
fn on_grid(value: f64, ticks_in_a_point: f64) -> Decimal {
    let ticks = (value * ticks_in_a_point).round() as i64;
    Decimal::from(ticks) / Decimal::from((ticks_in_a_point) as i64)
}

fn synthetic(truth: &Truth) -> (Strip, Vec<OptionChain>) {
    let futures = MONTHS.map(|(label, days)| {
        let price = on_grid(100.0 - truth.expected(|a, b| average(days, a, b)), 200.0);
        (month(label), Price::from_points(price).unwrap())
    });
    let chains = MONTHS.map(|(label, days)| {
        let strikes =
            (0..9).map(|index| Decimal::from(95) + Decimal::new(625, 3) + Decimal::new(125, 3) * Decimal::from(index));
        let quotes = strikes.flat_map(|strike| [(strike, OptionSide::Call), (strike, OptionSide::Put)]);
        OptionChain::new(
            OptionProduct::FedFunds,
            month(label),
            quotes.map(|(strike, side)| {
                let at = Fraction::from_decimal(strike).to_f64();
                let sign = if side == OptionSide::Call { 1.0 } else { -1.0 };
                let value = truth.expected(|a, b| (sign * (100.0 - average(days, a, b) - at)).max(0.0));
                let premium = on_grid(value, 400.0);
                let settle = if premium.is_zero() { Premium::Cabinet } else { Premium::Points(premium) };
                let mut quote = OptionQuote::default();
                quote.settle = Some(settle);
                (strike, side, quote)
            }),
        )
    });
    (Strip::from_prices(date("2025-11-21"), futures).unwrap(), chains.to_vec())
}

fn lattice(strip: &Strip, chains: &[OptionChain], meetings: usize, strikes: Strikes) -> QuoteLattice {
    let mut options = LatticeOptions::default();
    options.strikes = strikes;
    QuoteLattice::new(strip, &assumptions("3.88", meetings), chains, &[], &options).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(20_251_121), ..ProptestConfig::default() })]

    /// Prices of a known distribution, rounded to ticks: they agree without any widening, the truth is allowed, every bound is
    /// proved, and a quote more never widens one.
    #[test]
    fn the_truth_is_inside_and_a_quote_more_never_widens(seed in any::<u64>()) {

        let mut random = Seeded(seed);
        let truth = Truth::new(&mut random);
        let (strip, chains) = synthetic(&truth);
        let full = lattice(&strip, &chains, 2, if seed % 2 == 0 { Strikes::All } else { Strikes::OutOfTheMoney });
        prop_assert!(full.agreement().slack.exact().is_zero(), "{:?}", full.agreement());
        let fewer = lattice(&strip, &chains[..usize::try_from(seed % 3).unwrap()], 2, Strikes::OutOfTheMoney);
        let (december, january) = (date("2025-12-10"), date("2026-01-28"));
        let first = [-2, -1, 0, 1, 2][usize::try_from(seed % 5).unwrap()];
        let share = |holds: &dyn Fn(f64, f64) -> bool| truth.expected(|a, b| if holds(a, b) { 1.0 } else { 0.0 });
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let is = |moves: f64| (moves - first as f64).abs() < 0.5;
        let today: fedpath::TargetRange = "3.75-4.00".parse().unwrap();
        let events = [
            (LatticeEvent::moves(december, first), share(&|a, _| is(a))),
            (LatticeEvent::moves(january, first), share(&|_, b| is(b))),
            (LatticeEvent::level(january, first, today.moved(first)), share(&|a, b| is(a + b))),
            (LatticeEvent::ease(january), share(&|_, b| b < 0.0)),
            ("2025-12-10 < 4.00 and 2026-01-28 < 4.00".parse().unwrap(), share(&|a, b| a < 0.0 && a + b < 0.0)),
        ];
        for (event, share) in events {
            let bounds = full.bounds(&event).unwrap().unwrap();
            prop_assert!(bounds.certified, "{} not certified", event);
            let (low, high) = (bounds.low.exact().to_f64(), bounds.high.exact().to_f64());
            prop_assert!(low - 1e-9 <= share && share <= high + 1e-9, "{}: {} outside {}-{}", event, share, low, high);
            let wider = fewer.bounds(&event).unwrap().unwrap();
            prop_assert!(wider.certified && wider.low <= bounds.low && bounds.high <= wider.high, "{}", event);
        }
    }

    /// On one meeting the bounds are the least and the most over every corner of the feasible set, all of which can be tried.
    #[test]
    fn small_lattices_have_the_bounds_of_all_their_corners(seed in any::<u64>()) {
        let truth = Truth::new(&mut Seeded(seed));
        let (strip, chains) = synthetic(&truth);
        let december = Strip::from_prices(strip.as_of(), strip.prices().filter(|(m, _)| *m == month("2025-12"))).unwrap();
        let chain = &chains[0];
        let some: Vec<_> = chain.quotes().filter(|(option, _)| option.side == OptionSide::Put)
            .skip(usize::try_from(seed % 4).unwrap()).take(3).map(|(option, quote)| (option.strike, option.side, *quote)).collect();
        let chain = OptionChain::new(OptionProduct::FedFunds, month("2025-12"), some);
        let mut options = LatticeOptions::default();
        options.discounted = false;
        let lattice = QuoteLattice::new(&december, &assumptions("3.88", 1), std::slice::from_ref(&chain), &[], &options).unwrap();
        // Every condition as `a x <= b` on the probabilities of -2 to 2 moves.
        let at = |row: &dyn Fn(f64) -> f64| -> Vec<f64> { (-2..=2).map(|k| row(100.0 - average(MONTHS[0].1, f64::from(k), 0.0))).collect() };
        let mut conditions: Vec<(Vec<f64>, f64)> = Vec::new();
        let mut between = |row: Vec<f64>, low: f64, high: f64| {
            conditions.push((row.iter().map(|a| -a).collect(), -low));
            conditions.push((row, high));
        };
        let price = strip.price(month("2025-12")).unwrap().exact().to_f64();
        between(at(&|future| future), price - 0.0025, price + 0.0025);
        for (option, quote) in chain.quotes() {
            let strike = Fraction::from_decimal(option.strike).to_f64();
            let (low, high) = quote.interval(Decimal::new(25, 4)).unwrap();
            between(at(&|future| (strike - future).max(0.0)), Fraction::from_decimal(low).to_f64(), Fraction::from_decimal(high).to_f64());
        }
        for k in 0..5 {
            conditions.push(((0..5).map(|i| if i == k { -1.0 } else { 0.0 }).collect(), 0.0));
        }
        let corners = corners(&conditions);
        prop_assert!(!corners.is_empty());
        for (index, moves) in (-2..=2).enumerate() {
            let bounds = lattice.bounds(&LatticeEvent::moves(date("2025-12-10"), moves)).unwrap().unwrap();
            prop_assert!(bounds.certified);
            let least = corners.iter().map(|corner| corner[index]).fold(f64::INFINITY, f64::min);
            let most = corners.iter().map(|corner| corner[index]).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((bounds.low.exact().to_f64() - least).abs() < 1e-6, "{} {}", bounds.low, least);
            prop_assert!((bounds.high.exact().to_f64() - most).abs() < 1e-6, "{} {}", bounds.high, most);
        }
    }
}

/// Every point that meets all conditions and four of them exactly, of five shares that add up to one.
fn corners(conditions: &[(Vec<f64>, f64)]) -> Vec<Vec<f64>> {
    let count = conditions.len();
    let mut corners = Vec::new();
    for a in 0..count {
        for b in a + 1..count {
            for c in b + 1..count {
                for d in c + 1..count {
                    let mut rows = vec![(vec![1.0; 5], 1.0)];
                    rows.extend([a, b, c, d].map(|index| conditions[index].clone()));
                    let Some(point) = solved(rows) else { continue };
                    let inside = |(row, most): &(Vec<f64>, f64)| {
                        row.iter().zip(&point).map(|(a, x)| a * x).sum::<f64>() <= most + 1e-9
                    };
                    if conditions.iter().all(inside) {
                        corners.push(point);
                    }
                }
            }
        }
    }
    corners
}

/// Five equations by elimination; `None` where they determine no point.
fn solved(mut rows: Vec<(Vec<f64>, f64)>) -> Option<Vec<f64>> {
    let size = rows.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|a, b| rows[*a].0[column].abs().total_cmp(&rows[*b].0[column].abs()))?;
        rows.swap(column, pivot);
        if rows[column].0[column].abs() < 1e-9 {
            return None;
        }
        let (pivot_row, pivot_rest) = rows[column].clone();
        for row in (0..size).filter(|row| *row != column) {
            let times = rows[row].0[column] / pivot_row[column];
            for (value, by) in rows[row].0.iter_mut().zip(&pivot_row) {
                *value -= times * by;
            }
            rows[row].1 -= times * pivot_rest;
        }
    }
    Some(rows.iter().enumerate().map(|(index, (row, rest))| rest / row[index]).collect())
}
