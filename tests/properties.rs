//! Laws that hold for every strip and every text.

use fedpath::path::RateSource;
use fedpath::{
    BasisPoints, ContractMonth, Distribution, Fraction, Price, Probability, Rate, Snapshot, Strip, TargetRange,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{date, month, outlook};

/// Prices on the tick grid of 20 contracts from October 2025 on, around 96.
fn strips() -> impl Strategy<Value = Strip> {
    prop::collection::vec(-200_i64..200, 20).prop_map(|ticks| {
        let months = std::iter::successors(Some(month("2025-10")), |month| Some(month.next()));
        let price = |tick: i64| Price::from_points(Decimal::new(96_000 + 5 * tick, 3)).unwrap();
        crate::support::strip_of(date("2025-11-21"), months.zip(ticks.into_iter().map(price)))
    })
}

fn fractions() -> impl Strategy<Value = Fraction> {
    (-1_000_000_i64..1_000_000, 1_i64..10_000).prop_map(|(p, q)| Fraction::ratio(p, q).unwrap())
}

fn sum(probabilities: impl Iterator<Item = Probability>) -> Fraction {
    probabilities.fold(Fraction::zero(), |sum, probability| &sum + probability.exact())
}

proptest! {
    #[test]
    fn outcomes_have_mass_one_and_the_mean_of_the_path(strip in strips(), count in 1_usize..10) {
        let outlook = outlook(&strip, |assumptions| assumptions.chain = count);
        let mut moves = Fraction::zero();
        for meeting in outlook.meetings() {
            moves = &moves + &meeting.step.expected_moves();
            for shown in [&meeting.cumulative, &meeting.local, &meeting.aggregated()] {
                prop_assert_eq!(sum(shown.outcomes().map(|(_, p)| p)), Fraction::integer(1));
                prop_assert_eq!(sum([shown.ease(), shown.hold(), shown.hike()].into_iter()), Fraction::integer(1));
            }
            prop_assert_eq!(meeting.cumulative.mean(), moves.clone());
            prop_assert_eq!(meeting.aggregated().mean(), moves.clone());
            prop_assert_eq!(&meeting.cumulative_moves, &moves);
        }
    }

    #[test]
    fn a_contract_that_the_rule_reads_is_met_exactly(strip in strips(), count in 1_usize..10) {
        let outlook = outlook(&strip, |assumptions| assumptions.chain = count);
        let mut own = 0;
        for fit in outlook.path().contracts().iter().filter(|fit| fit.used) {
            prop_assert_eq!(fit.model_price(), Some(fit.price.exact()));
        }
        for step in outlook.path().steps() {
            if [step.before_from, step.after_from].contains(&RateSource::OwnContract) {
                own += 1;
                let days = |days: u32| Fraction::integer(i64::from(days));
                let sum = &(&days(step.days.before()) * step.before.exact()) + &(&days(step.days.after()) * step.after.exact());
                let implied = strip.price(step.contract()).unwrap().implied_rate();
                prop_assert_eq!(sum, &days(fedpath::path::Period::month(step.contract()).days()) * implied.exact());
            }
        }
        prop_assert!(own > 0 || count == 1);
    }

    #[test]
    fn a_convolution_adds_means_and_keeps_mass(a in fractions(), b in fractions()) {
        let both = Distribution::split(&a).then(&Distribution::split(&b));
        prop_assert_eq!(both.mean(), &a + &b);
        prop_assert_eq!(sum(both.outcomes().map(|(_, p)| p)), Fraction::integer(1));
    }

    #[test]
    fn units_print_and_read_back(value in fractions(), mantissa in 1_i64..2_000_000, scale in 4_u32..7, months in 0_u32..600) {
        prop_assert_eq!(value.to_string().parse::<Fraction>(), Ok(value.clone()));
        let rate = Rate::from_exact(value.clone());
        prop_assert_eq!(rate.to_string().parse::<Rate>(), Ok(rate));
        let bp = BasisPoints::from_exact(value.clone());
        prop_assert_eq!(bp.to_string().parse::<BasisPoints>(), Ok(bp));
        let share = Fraction::integer(1).checked_div(&(&Fraction::integer(1) + &value.abs())).unwrap();
        let probability = Probability::new(share).unwrap();
        prop_assert_eq!(probability.to_string().parse::<Probability>(), Ok(probability));
        let price = Price::from_points(Decimal::new(mantissa, scale)).unwrap();
        prop_assert_eq!(price.to_string().parse::<Price>().unwrap().to_string(), price.to_string());
        let contract = (0..months).fold(month("1988-10"), |month, _| month.next());
        prop_assert_eq!(contract.to_string().parse::<ContractMonth>(), Ok(contract));
        let listed = contract.first_day();
        prop_assert_eq!(ContractMonth::parse(&fedpath::Product::FedFunds.contract(contract).symbol(), Some(listed)), Ok(contract));
    }

    #[test]
    fn target_ranges_print_and_read_back(quarters in -8_i64..40) {
        let zero: TargetRange = "0.00-0.25".parse().unwrap();
        let range = zero.moved(quarters);
        prop_assert_eq!(range.to_string().parse::<TargetRange>(), Ok(range));
    }

    #[test]
    fn rounding_to_places_is_within_half_a_unit(value in fractions(), places in 0_usize..13) {
        let rounded: Fraction = format!("{value:.places$}").parse().unwrap();
        let half = Fraction::ratio(1, 2 * 10_i64.pow(u32::try_from(places).unwrap())).unwrap();
        prop_assert!((&rounded - &value).abs() <= half);
    }

    #[test]
    fn no_spoilt_report_makes_the_reader_panic(
        cut in 0_usize..2500, length in 0_usize..40, splice in "[ -~\\n\u{e9}\u{a0}\u{1F4B5}]{0,12}", second in any::<bool>(),
    ) {
        let report = if second { include_str!("data/stl/v2.stl") } else { include_str!("data/stl/v1.stl") };
        let (cut, end) = (cut.min(report.len()), (cut + length).min(report.len()));
        let spoilt = format!("{}{splice}{}", &report[..cut], &report[end..]);
        if let Ok(snapshot) = Snapshot::parse(&spoilt) {
            // What is accepted still holds its own promises.
            for (_, quote) in snapshot.quotes() {
                if let (Some(settle), Some(prior), Some(change)) = (quote.settle, quote.prior_settle, quote.change) {
                    prop_assert_eq!(settle - prior, change);
                }
            }
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "(\\PC{0,40}\n){0,8}", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Snapshot::parse(&text);
        let _ = Snapshot::parse(&format!("contract,price\n{text}"));
        let _ = Snapshot::from_bytes(&bytes, None);
        let _ = fedpath::MeetingCalendar::parse(&text);
        let _ = fedpath::TargetHistory::parse(&text);
        let _ = text.parse::<TargetRange>();
        let _ = ContractMonth::parse(&text, Some(date("2025-11-21")));
    }
}
