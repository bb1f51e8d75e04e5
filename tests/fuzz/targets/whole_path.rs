//! The whole path from bytes to reports: text, CSV, JSON, a page and its drawings.

use fedpath::bounds::PriceIntervals;
use fedpath::report::{self, Bounds, ChartKind, Selection, Source, Subject, html, svg};
use fedpath::what_if::Jacobian;
use fedpath::{Assumptions, DecisionDay, Method, Outlook, Snapshot, Strip, StripOptions, View};

use super::choice_and_text;
use super::oracles::{document_is_sound, is_well_formed, steers_nothing};

/// Text of quotes, priced as the first byte chooses.
pub(super) fn whole_path(data: &[u8]) {
    let Some((choice, text)) = choice_and_text(data) else { return };
    let Ok(snapshot) = Snapshot::parse(&text) else { return };
    let mut options = StripOptions::default();
    options.as_printed = choice & 1 != 0;
    let Ok(strip) = Strip::new(&snapshot, &options) else { return };
    // What the program refuses unless it is forced to.
    if strip.prices().len() > 120 {
        return;
    }
    let mut assumptions = Assumptions::default();
    if choice & 2 != 0 {
        assumptions.method = Method::LeastSquares;
    }
    if choice & 4 != 0 {
        assumptions.decision_day = DecisionDay::New;
    }
    let Ok(outlook) = Outlook::price(&strip, &assumptions) else { return };
    for meeting in outlook.meetings() {
        for view in [View::Cumulative, View::Meeting, View::Aggregated] {
            let odds = meeting.distribution(view);
            let sum = odds.outcomes().fold(fedpath::Fraction::zero(), |sum, (_, odds)| &sum + odds.exact());
            assert_eq!(sum, fedpath::Fraction::integer(1));
        }
    }
    let mut selection = Selection::default();
    selection.source = Source::new("a\u{1b}<b>&\"'\u{202e}.csv", "a <format>");
    (selection.explain, selection.bars) = (choice & 8 != 0, choice & 16 != 0);
    document_is_sound(&report::probs(&outlook, &selection));
    document_is_sound(&report::path(outlook.path(), &selection));
    if choice & 32 != 0 && outlook.meetings().len() <= 6 {
        bounds(&strip, &assumptions, &selection);
    }
    if choice & 64 != 0 {
        let subject = Subject::Snapshot(&outlook, selection);
        let page = html::page(&subject, &html::Front::default());
        steers_nothing(&page);
        is_well_formed(&page);
        for kind in [ChartKind::Bars, ChartKind::Path, ChartKind::Heat, ChartKind::Residuals] {
            let Some(drawing) = svg::chart(&subject, kind) else { continue };
            steers_nothing(&drawing);
            is_well_formed(&drawing);
        }
    }
}

/// The quoted figures lie between their bounds.
fn bounds(strip: &Strip, assumptions: &Assumptions, selection: &Selection<'_>) {
    let Ok(jacobian) = Jacobian::new(strip, assumptions) else { return };
    let prices = PriceIntervals::half_ticks(strip);
    let Ok(outcomes) = jacobian.bounds(prices.clone()) else { return };
    for (position, meeting) in jacobian.outlook().meetings().iter().enumerate() {
        for (moves, bounds) in outcomes.outcomes(position, View::Cumulative).unwrap_or_default() {
            let quoted = meeting.cumulative.outcomes().find(|(other, _)| *other == moves);
            let quoted = quoted.map_or_else(fedpath::Fraction::zero, |(_, odds)| odds.exact().clone());
            assert!(*bounds.low.probability.exact() <= quoted && quoted <= *bounds.high.probability.exact());
        }
    }
    let told = Bounds::Prices { words: "half its tick", jacobian: &jacobian, prices: &prices, outcomes: &outcomes };
    document_is_sound(&report::bounds(&told, selection));
}
