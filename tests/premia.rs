//! Spreads and premia: off by default, and what each does to one strip when it is stated.

use fedpath::{Fraction, Premia};

use crate::support::{fraction, month, outlook, strip};

const QUOTES: &str = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150, 2026-02 96.2850";

fn with(change: impl Fn(&mut Premia)) -> fedpath::Outlook {
    let outlook = outlook(&strip("2025-11-21", QUOTES), |assumptions| {
        assumptions.chain = 2;
        change(&mut assumptions.premia);
    });
    // Whatever is taken out of the rates is in the prices: a contract that is read is met.
    for fit in outlook.path().contracts().iter().filter(|fit| fit.used) {
        assert_eq!(fit.model_price(), Some(fit.price.exact()), "{}", fit.contract);
    }
    outlook
}

#[test]
fn what_is_taken_out_is_said() {
    assert_eq!(with(|_| {}).path().premia().to_string(), "");
    let premia = with(|premia| {
        premia.term = [(1, "3".parse().unwrap()), (2, "6".parse().unwrap())].into();
        premia.month_end = Some("-1bp".parse().unwrap());
        premia.set_landing("2bp".parse().unwrap()).unwrap();
    });
    let told = premia.path().premia().to_string();
    insta::assert_snapshot!(told, @"term premium 3bp at 1 month, 6bp at 2; month's end -1bp; landing spread 2bp");
}

#[test]
fn a_term_premium_lowers_the_expected_rate_by_its_horizon() {
    let plain = with(|_| {});
    let premium = with(|premia| premia.term = [(1, "3".parse().unwrap()), (2, "6".parse().unwrap())].into());
    // February, three months ahead, anchors the rate after January at 6 bp less.
    let after = |outlook: &fedpath::Outlook, meeting: usize| outlook.meetings()[meeting].step.after.exact().clone();
    assert_eq!(&after(&plain, 1) - &after(&premium, 1), fraction("0.06"));
    // January's own contract: both its average and the rate after it are lower by 6 bp, and so is the rate before.
    assert_eq!(&after(&plain, 0) - &after(&premium, 0), fraction("0.06"));
    assert_eq!(premium.meetings()[0].step.before, plain.meetings()[0].step.before);
}

#[test]
fn a_dip_at_the_end_of_a_month_is_one_day_of_it_and_a_weekend_makes_it_three() {
    let mut premia = Premia::default();
    premia.month_end = Some("-1bp".parse().unwrap());
    // 31 December 2025 is a Wednesday, whose rate New Year's Day carries; January 2026 ends on a Saturday, after Friday the 30th.
    assert_eq!(*premia.month_end_of(month("2025-12")).exact(), Fraction::ratio(-1, 31).unwrap());
    assert_eq!(*premia.month_end_of(month("2026-01")).exact(), Fraction::ratio(-3, 31).unwrap());
    // May 2021 begins with a weekend that carries 30 April; Memorial Day, the 31st: the rate of Friday the 28th lasts four days.
    assert_eq!(*premia.month_end_of(month("2021-05")).exact(), Fraction::ratio(-6, 31).unwrap());
    let plain = with(|_| {});
    let dipped = with(|premia| premia.month_end = Some("-1bp".parse().unwrap()));
    // November begins with a weekend and ends with one: five of its thirty days at 1 bp less, so that its other days are
    // a sixth of a basis point higher than they would be.
    let before = |outlook: &fedpath::Outlook| outlook.meetings()[0].step.before.exact().clone();
    assert_eq!(&before(&dipped) - &before(&plain), fraction("1/600"));
}

#[test]
fn a_landing_spread_splits_the_change_between_what_outcomes_do_to_the_rate() {
    let plain = with(|_| {});
    assert_eq!(plain.meetings()[0].step.expected_moves(), fraction("-0.35"));
    // A cut lowers the rate by 23 bp only: the 8.75 bp priced are more of a cut.
    let landed = with(|premia| premia.set_landing("2bp".parse().unwrap()).unwrap());
    assert_eq!(landed.meetings()[0].step.expected_moves(), -&(&fraction("8.75") / &fraction("23")));
    assert_eq!(landed.meetings()[0].step.after, plain.meetings()[0].step.after);
    // Past one move the steps are 25 bp again: -23 is one cut, -48 two, +27 one hike.
    let moves = |change: &str| {
        let mut premia = Premia::default();
        premia.set_landing("2bp".parse().unwrap()).unwrap();
        let start = &fraction("3.88") + &(&fraction(change) / &fraction("100"));
        let quotes = format!("2025-11 96.12, 2025-12 96.1, 2026-01 {:.6}", &fraction("100") - &start);
        let calendar = fedpath::MeetingCalendar::embedded().without_meeting("2026-01-28".parse().unwrap()).unwrap();
        let outlook = outlook(&strip("2025-11-21", &quotes), |assumptions| {
            (assumptions.chain, assumptions.premia) = (1, premia.clone());
            assumptions.calendar = calendar.clone();
        });
        outlook.meetings()[0].step.expected_moves().to_string()
    };
    assert_eq!(["-23", "-48", "0", "27", "52", "-35.5"].map(moves), ["-1", "-2", "0", "1", "2", "-3/2"]);
    insta::assert_snapshot!(Premia::default().set_landing("-25bp".parse().unwrap()).unwrap_err(), @"landing spread is not smaller than 25bp either way, found -25bp");
}
