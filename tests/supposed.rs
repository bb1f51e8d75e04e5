//! Supposed prices and outcomes: the outlook is the one that the rule gives at the fair prices, and every report says what it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use fedpath::report::html::{self, Front, Part};
use fedpath::report::{self, Selection, Source, Subject, Telling};
use fedpath::what_if::{Jacobian, WhatIf, WhatIfError};
use fedpath::{
    Assumptions, BasisPoints, ContractMonth, Fraction, Method, Notice, Outlook, RepriceOptions, Repricing, Strip,
};
use proptest::prelude::*;

use crate::support::{date, month, price, strip};

const QUOTES: &str = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150, 2026-02 96.2850, 2026-03 96.3250, \
    2026-04 96.3850, 2026-05 96.4400, 2026-06 96.4900, 2026-07 96.5600, 2026-08 96.6150";

fn quoted() -> Strip {
    strip("2025-11-21", QUOTES)
}

fn bp(text: &str) -> BasisPoints {
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The slopes of the rates, at the fair prices of the outcomes, know nothing of how the path was shifted.
    #[test]
    fn an_outlook_with_supposed_outcomes_is_the_one_of_their_fair_prices(
        sizes in prop::collection::vec((0_usize..4, -3_i64..=3), 1..3),
        landing in any::<bool>(),
        together in any::<bool>(),
    ) {
        let mut assumptions = Assumptions::default().with_chain(4);
        assumptions.method = if together { Method::LeastSquares } else { Method::FedWatch };
        if landing {
            assumptions.premia.set_landing(bp("2bp")).unwrap();
        }
        let quoted = quoted();
        let what_if = WhatIf::new(&quoted, assumptions).unwrap();
        let now = what_if.jacobian().outlook();
        let outcomes: BTreeMap<NaiveDate, BasisPoints> = sizes
            .iter()
            .map(|(at, moves)| (now.meetings()[*at].announcement(), bp(&format!("{}bp", 25 * moves))))
            .collect();
        let fair = what_if.outcomes(&outcomes).unwrap();
        let points: BTreeMap<ContractMonth, Fraction> =
            fair.iter().map(|fair| (fair.contract.month(), &fair.price() - &fair.quoted.exact())).collect();
        let then = what_if.supposing(&BTreeMap::new(), &outcomes).unwrap();
        for (step, was) in then.path().steps().iter().zip(now.path().steps()) {
            let meeting = step.announcement();
            let jacobian = what_if.jacobian();
            prop_assert_eq!(&jacobian.rate_before(meeting).unwrap().at(&points), step.before.exact());
            prop_assert_eq!(&jacobian.rate_after(meeting).unwrap().at(&points), step.after.exact());
            let moves = outcomes.get(&meeting).map_or_else(|| was.expected_moves(), |size| size.exact() / bp("25bp").exact());
            prop_assert_eq!(step.expected_moves(), moves);
        }
        // A contract misses the supposed path by what its fair price is away from the quoted one, and by what it missed before.
        for (fit, was) in then.path().contracts().iter().zip(now.path().contracts()) {
            let away = fair.iter().find(|fair| fair.contract == fit.contract).unwrap().change();
            prop_assert_eq!(fit.residual.clone(), was.residual.as_ref().map(|residual| residual - &away));
        }
    }
}

#[test]
fn a_certain_outcome_is_certain_and_the_other_meetings_stand() {
    let what_if = WhatIf::new(&quoted(), Assumptions::default().with_chain(4)).unwrap();
    let december = date("2025-12-10");
    let then = what_if.supposing(&[(month("2026-04"), price("96.4000"))].into(), &[(december, bp("-25bp"))].into());
    let then = then.unwrap();
    assert_eq!(then.meetings()[0].cumulative.ease().to_string(), "100%");
    assert_eq!(then.meetings()[0].cumulative.outcomes().count(), 1);
    // What is supposed comes first, and every report carries it.
    let says = "supposed, not quoted: ZQJ26 at 96.4000, the FOMC of 2025-12-10 moves the rate by -25bp";
    assert_eq!(then.path().notices()[0].to_string(), says);
    assert!(matches!(then.path().supposed(), Some(Notice::Supposed { .. })));
    // The slope of the rate after a certain outcome is that of the rate before it.
    let slopes = Jacobian::new(&quoted(), &Assumptions::default().with_chain(4)).unwrap();
    assert_eq!(slopes.rate_before(december).unwrap().slopes.len(), 1);
    let derivation = then.derivation(december, fedpath::View::Cumulative).unwrap();
    let written: Vec<String> =
        derivation.steps.iter().map(|step| format!("{}: {}", step.name, step.equation())).collect();
    assert!(written.contains(&"rate after 2025-12-10, supposed: 3.88 - 0.25 = 3.63 %".to_owned()), "{written:#?}");
}

#[test]
fn nothing_supposed_is_the_outlook_as_quoted_and_what_cannot_be_is_refused() {
    let what_if = WhatIf::new(&quoted(), Assumptions::default()).unwrap();
    let none = what_if.supposing(&BTreeMap::new(), &BTreeMap::new()).unwrap();
    assert_eq!(&none, what_if.jacobian().outlook());
    let supposing = |day: &str, size: &str| what_if.supposing(&BTreeMap::new(), &[(date(day), bp(size))].into());
    assert_eq!(supposing("2025-12-11", "0bp"), Err(WhatIfError::NotPriced(date("2025-12-11"))));
    assert!(matches!(supposing("2025-12-10", "-50000bp"), Err(WhatIfError::Policy(_))));
    let unquoted = what_if.supposing(&[(month("2031-01"), price("96"))].into(), &BTreeMap::new());
    assert!(matches!(unquoted, Err(WhatIfError::NotQuoted(_))));
}

/// The page, the text and the documents of a supposed price name it, and tell no change between days.
#[test]
fn every_report_names_what_is_supposed() {
    let assumptions = Assumptions::default();
    let what_if = WhatIf::new(&quoted(), assumptions.clone()).unwrap();
    let now = what_if.jacobian().outlook().clone();
    let supposing = |prices| what_if.supposing(&prices, &BTreeMap::new()).unwrap();
    let then = supposing([(month("2026-01"), price("96.2500"))].into());
    let told = |outlook: &Outlook| {
        let mut selection = Selection::default();
        selection.source = Source::new("quotes.csv", "plain table");
        html::part(&Subject::Snapshot(outlook, selection), Part::Head, &Front::default())
    };
    assert!(told(&now).contains("futures put the rate"));
    assert!(
        told(&then).contains("If ZQF26 traded at 96.2500, with all else as quoted on 21 Nov 2025"),
        "{}",
        told(&then)
    );

    let story = Repricing::new(now, then, &assumptions, &RepriceOptions::default()).unwrap();
    let mut telling = Telling::default();
    telling.before = Source::new("quotes.csv", "plain table");
    telling.after = telling.before;
    let page = html::page(&Subject::Repricing(&story, telling), &Front::default());
    assert!(page.contains("<h1>December cut odds would be 50.5%</h1>"), "{page}");
    assert!(page.contains("against 3.79% as quoted, when cut odds were 35%"));
    assert!(!page.contains("Between 21 Nov"), "no change between days is told");
    // In the page and in each of its pictures.
    assert!(page.matches("What if ZQF26 traded at 96.2500: not market quotes.").count() > 5);
    assert!(page.contains("what if, 21 Nov 2025 (what if)") && page.contains(">as quoted<"));
    let document = report::reprice(&story, &telling);
    let (mut json, mut text) = (Vec::new(), Vec::new());
    document.json(report::Numbers::default(), &mut json).unwrap();
    document.text(&mut text).unwrap();
    assert!(String::from_utf8(json).unwrap().contains("supposed, not quoted: ZQF26 at 96.2500"));
    assert!(String::from_utf8(text).unwrap().starts_with("If ZQF26 traded at 96.2500, the odds of a cut"));
}

/// What repeats itself packs well: three mebibytes in three kilobytes.
#[test]
fn an_archive_is_unpacked_up_to_the_limit_given() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&b"# nothing here\n\n".repeat((3 << 20) / 16)).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(fedpath::files::unpack_at_most(&packed, 3 << 20).unwrap().len(), 3 << 20);
    let refused = fedpath::files::unpack_at_most(&packed, 2 << 20).unwrap_err();
    assert_eq!(refused.to_string(), "expected at most 2 MiB in the gzip archive, found more");
}
