//! Every figure of `tests/data/equity_goldens.csv`, each by its formula.

use std::collections::BTreeMap;

use fedpath::Rate;
use fedpath::curve::{ForwardShift, HalfLife, Persistence, PolicyShift};
use fedpath::equity::{
    AnnualFlows, CashFlows, DechowSloanSoliman, Financing, HModel, PriceImpact, ReturnNews, ReturnResponse, Stage,
};

use crate::support::{date, real};

fn rate(percent: &str) -> Rate {
    percent.parse().unwrap()
}

/// MP1 (Kuttner 2001): the change of the current month's contract over the share of the month at the new rate, or that of
/// the next month's contract where 7 days or fewer are left.
fn mp1(days: f64, day: f64, current: f64, next: f64) -> f64 {
    if days - day > 7.0 { current * days / (days - day) } else { next }
}

/// MP2 (Gürkaynak, Sack and Swanson 2005): the change of the expected rate after the next meeting.
fn mp2(days: f64, day: f64, contract: f64, after: f64, mp1: f64) -> f64 {
    if days - day > 7.0 { (contract - day / days * mp1) * days / (days - day) } else { after }
}

/// The coefficient of an embedded estimate of the broad market, in percent per 100 bp.
fn coefficient(id: &str) -> f64 {
    let all = ReturnResponse::embedded();
    all.iter().find(|response| response.id == id && response.asset == "market").unwrap().coefficient
}

fn duration(flows: AnnualFlows) -> CashFlows {
    CashFlows::from(flows)
}

/// The impact of 7.5 bp from 11 December 2025, valued 19 November, on a perpetuity that pays 1.15 percent: in percent, to
/// first order and exactly.
fn impact(persistence: Persistence) -> (f64, f64) {
    let shift = PolicyShift::step(date("2025-11-19"), date("2025-12-11"), "7.5bp".parse().unwrap());
    let sp500 = CashFlows::gordon(rate("1.15")).unwrap();
    let impact = PriceImpact::new(&sp500, &ForwardShift::new(&shift, persistence)).unwrap();
    (100.0 * impact.denominator, 100.0 * impact.total())
}

fn computed() -> BTreeMap<&'static str, f64> {
    let mut figures = BTreeMap::new();
    let mp1_1994 = mp1(28.0, 4.0, 0.14, 0.10001);
    figures.insert("kuttner_mp1_19940204", mp1_1994);
    figures.insert("gss_mp2_19940204", mp2(31.0, 22.0, 0.10001, 0.08, mp1_1994));
    figures.insert("gss_mp2_20251029_pc", mp2(31.0, 10.0, 0.050, f64::NAN, 0.005));
    figures.insert("gss_mp2_20251029_me", mp2(31.0, 10.0, 0.065, f64::NAN, 0.030));
    // A premium of 1 bp in the contract of a 30-day month, scaled with 2 days and with 1 day left: what the rule of the
    // last days, which takes the next month's contract, avoids.
    let scaled = |days: f64, day: f64| 1.0 * days / (days - day);
    figures.insert("kuttner_premium_2_days", scaled(30.0, 28.0));
    figures.insert("kuttner_premium_1_day", scaled(30.0, 29.0));
    // 25 bp 45 days early, on a bill of 91 days.
    let early = PolicyShift::step(date("2025-01-01"), date("2025-01-01"), "25bp".parse().unwrap());
    let early = ForwardShift::new(&early, Persistence::Postponed { until: date("2025-02-15") });
    figures.insert("kuttner_timing", 10_000.0 * early.integral(91.0 / 365.0) / (91.0 / 365.0));

    figures.insert("bk_25bp", 0.25 * coefficient("bernanke-kuttner-2005"));
    // The level response less the coefficient of timing, as table VI prints them.
    figures.insert("bk_timing", coefficient("bernanke-kuttner-2005-level") + 4.29);
    figures.insert("bk_timing_noout", coefficient("bernanke-kuttner-2005-level-no-outliers") + 4.27);
    for news in ReturnNews::embedded().iter() {
        let id = if news.id == "long" { "bk_decomp_long" } else { "bk_decomp_short" };
        figures.insert(id, news.dividends + news.real_rate + news.excess_returns);
    }

    let perpetuity = |payments: &[f64], growth: &str, discount: &str| {
        duration(AnnualFlows::new(payments, &rate(growth), &rate(discount)).unwrap())
    };
    figures.insert("soa_level", perpetuity(&[1.0], "0", "10").macaulay_duration());
    figures.insert("soa_growth", perpetuity(&[1.0], "2", "5").macaulay_duration());
    let deferred = perpetuity(&[0.0, 0.0, 0.0, 0.0, 1.0], "0", "10");
    figures.insert("soa_deferred_macaulay", deferred.macaulay_duration());
    figures.insert("soa_deferred_modified", deferred.modified_duration().years());
    figures.insert("gordon_2pp", CashFlows::gordon(rate("2")).unwrap().modified_duration().years());

    let h_model = |payment, first, half_life, discount| {
        HModel::new(payment, &rate(first), &rate("6"), half_life, &rate(discount)).unwrap().price()
    };
    figures.insert("hmodel_108", h_model(4.0, "20", 4.0, "12"));
    figures.insert("hmodel_hrl", h_model(5.0, "15", 3.0, "11.2"));
    let fading = ["13.5", "12", "10.5", "9", "7.5", "6"].map(|growth| Stage { years: 1, growth: rate(growth) });
    figures.insert("hrl_discrete", AnnualFlows::growing(5.0, &fading, &rate("6"), &rate("11.2")).unwrap().price());
    let two_stages = [Stage { years: 3, growth: rate("10") }];
    figures.insert("two_stage_74", AnnualFlows::growing(3.0, &two_stages, &rate("3"), &rate("8")).unwrap().price());

    let firm = |roe, growth, market| DechowSloanSoliman::new(100.0, rate(roe), rate(growth), market);
    // No forecast cash: all is the level perpetuity after ten years.
    let mut empty = firm("0", "0", 100.0);
    (empty.return_persistence, empty.growth_persistence) = (1.0, 1.0);
    figures.insert("dss_terminal", duration(empty.cash_flows().unwrap()).macaulay_duration());
    figures.insert("dss_steady", duration(firm("12", "6", 100.0).cash_flows().unwrap()).macaulay_duration());
    let growing = firm("20", "15", 400.0);
    figures.insert("dss_growth", duration(growing.cash_flows().unwrap()).macaulay_duration());
    let forecast = growing.forecast().unwrap();
    for (id, cash) in ["dss_growth_cf1", "dss_growth_cf2", "dss_growth_cf3"].into_iter().zip(forecast) {
        figures.insert(id, cash);
    }

    let permanent = impact(Persistence::Permanent);
    figures.insert("gordon_permanent_first", permanent.0);
    figures.insert("gordon_permanent_exact", permanent.1);
    let decaying = impact(Persistence::Decaying(HalfLife::default()));
    figures.insert("gordon_hl36_first", decaying.0);
    figures.insert("gordon_hl36_exact", decaying.1);
    figures.insert("gordon_postponed", impact(Persistence::Postponed { until: date("2026-01-29") }).1);

    // 157 billion less interest before tax, taxed at 35 percent, at 14 times earnings.
    let saving = Financing::new(157.0, 1.0, 0.0, 0.35).net_income_change(-1.0);
    figures.insert("avondale", 14.0 * saving / 1_000.0);
    figures
}

#[test]
fn every_golden_figure_is_met_or_fails_for_the_reason_that_is_known() {
    let table = include_str!("data/equity_goldens.csv");
    let mut figures = computed();
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.splitn(7, ',').collect();
        let [id, printed, exact, tolerance, _, reproduces, _] = cells[..] else { panic!("{line}") };
        let ours = figures.remove(id).unwrap_or_else(|| panic!("{id} has no formula"));
        let number = |text: &str| text.parse::<f64>().unwrap();
        // The least tolerance is that of the last binary digits.
        let within = |value: f64, of: f64| (value - of).abs() <= number(tolerance).max(1e-9);
        let meets_print = within(ours, number(printed));
        match reproduces {
            "yes" => assert!(meets_print, "{id}: {ours} against {printed}"),
            "rounding" => {
                assert!(meets_print && (ours - number(exact)).abs() < 1e-9, "{id}: {ours} against {printed}, {exact}");
                assert_ne!(format!("{ours:.2}"), printed, "{id} would reproduce");
            }
            "no" => {
                assert!(!meets_print, "{id} reproduces after all: {ours}");
                assert!(within(ours, number(exact)), "{id}: {ours} against {exact}");
            }
            _ => panic!("{line}"),
        }
    }
    assert_eq!(figures.keys().collect::<Vec<_>>(), Vec::<&&str>::new(), "formulas without a figure");
}

/// The misprint: its terminal value carries a rounding slip, and with it the printed price comes out.
#[test]
fn the_two_stage_price_that_does_not_reproduce_has_a_slip_in_its_terminal_value() {
    let payment = 3.0 * 1.1_f64.powi(3);
    let terminal = payment * 1.03 / 0.05;
    assert_eq!(format!("{terminal:.3}"), "82.256");
    let forecast: f64 = (1..=3).map(|year| 3.0 * (1.1_f64 / 1.08).powi(year)).sum();
    let exact = forecast + terminal / 1.08_f64.powi(3);
    assert_eq!(format!("{exact:.3}"), "74.635");
    // The print adds the third payment to the terminal value: 86.253 where it is 86.249.
    assert_eq!(format!("{:.3}", terminal + payment), "86.249");
    assert_eq!(format!("{:.3}", exact + (86.253 - (terminal + payment)) / 1.08_f64.powi(3)), "74.638");
}

/// The whole database, where it stands beside the checkout: MP1 of every statement, and MP2 of every statement whose next
/// scheduled meeting lies in a later month.
#[test]
fn mp1_and_mp2_reproduce_every_statement_of_the_event_study_database() {
    use chrono::Datelike;
    use fedpath::{ContractMonth, MeetingCalendar};
    let Some(file) = real("../cases/usmpd_statements.csv") else { return };
    let text = std::fs::read_to_string(file).unwrap();
    let mut meetings: Vec<_> = MeetingCalendar::embedded()
        .meetings()
        .iter()
        .filter(|meeting| meeting.kind() == fedpath::calendar::MeetingKind::Scheduled)
        .map(fedpath::Meeting::announcement)
        .collect();
    meetings.sort_unstable();
    let (mut first, mut second) = (0, 0);
    for row in crate::support::rows(&text) {
        let day = date(row[0]);
        let number = |index: usize| row.get(index).and_then(|cell| cell.parse::<f64>().ok());
        let contract = |ahead: usize| number(4 + ahead);
        let of = |day: chrono::NaiveDate| {
            (f64::from(fedpath::path::Period::month(ContractMonth::of(day)).days()), f64::from(day.day()))
        };
        let close = |ours: f64, theirs: f64| (ours - theirs).abs() <= 1e-6;
        let (days, passed) = of(day);
        let surprise = mp1(days, passed, contract(0).unwrap_or(f64::NAN), contract(1).unwrap_or(f64::NAN));
        let Some(theirs) = number(2) else { continue };
        assert!(close(surprise, theirs), "MP1 of {day}: {surprise} against {theirs}");
        first += 1;
        let next = *meetings.iter().find(|meeting| **meeting > day).unwrap();
        let ahead =
            usize::try_from((next.year() - day.year()) * 12 + next.month().cast_signed() - day.month().cast_signed());
        let (Ok(ahead @ 1..), Some(theirs)) = (ahead, number(3)) else { continue };
        let (days, passed) = of(next);
        let ours =
            mp2(days, passed, contract(ahead).unwrap_or(f64::NAN), contract(ahead + 1).unwrap_or(f64::NAN), surprise);
        assert!(close(ours, theirs), "MP2 of {day}: {ours} against {theirs}");
        second += 1;
    }
    assert_eq!((first, second), (273, 268));
}
