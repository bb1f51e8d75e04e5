//! The term structure of the expected overnight rate, and its change: `fedpath.curve/1`.

use chrono::NaiveDate;

use super::super::words::paragraph;
use super::super::{CurveSource, ILLUSTRATIVE, Selection, derivations};
use super::basis::{basis, rule, source_of};
use super::{Document, Shown, Table, Value, data, list, number, object, words};
use crate::curve::{CurveChange, CurvePoint, StepForward, StepForwards, Tenor, TenorChange, TermStructure};
use crate::market::product::OvernightRate;
use crate::notice::Notice;
use crate::units::BasisPoints;

/// The overnight rate step by step, then the term structure at each maturity.
#[must_use]
pub fn curve<'a>(curve: &'a TermStructure, tenors: &[Tenor], source: &CurveSource<'_>, explain: bool) -> Document<'a> {
    let forwards = curve.forwards();
    let last = forwards.last();
    let joint = source.path.joint().is_some();
    let points = curve.points(tenors);
    let selection = Selection { source: source.source, ..Selection::default() };
    let gaps = forwards
        .unpriced()
        .iter()
        .map(|gap| format!("Not priced, the rate is held there: {}, {}", gap.meeting.announcement(), gap.reason));
    let assumed = in_words(&[forwards], source);
    let (end, assumption) = if source.path.joint().is_some_and(|joint| forwards.assumed_from() >= joint.reach) {
        ("contract", "held where the last contract ends")
    } else {
        ("priced meeting", "held at the rate after the last priced meeting")
    };
    let held = format!(
        "* past the last {end}: from {} on the rate is held at {:.4} %,\nan assumption, not a price.",
        forwards.assumed_from(),
        last.rate.exact()
    );
    let held = if points.iter().any(|point| point.past_last_meeting) { held + "\n" } else { String::new() };
    let name = source.rate.market();
    // The path is of the one rate; of another it holds the basis.
    let less = if source.rate == OvernightRate::default() { "" } else { ", the level less the basis of the day" };
    let conventions = format!(
        "Overnight rate: {name}{less}, act/360, compounded every calendar day. Zero and forwards: continuous, \
                       act/365; period: from the row above. OIS par: act/360, paid once a year."
    );
    let equations = |point: &CurvePoint| {
        let lines = derivations::of(curve, point);
        let lines = lines.iter().map(|(name, equation)| paragraph(&format!("  {name}  {equation}"), 4));
        format!("How the figures of {} ({}) are made\n{}", point.tenor, point.maturity, lines.collect::<String>())
    };
    let explained: Vec<String> = points.iter().filter(|_| explain).map(equations).collect();
    Document::new("fedpath.curve/1")
        .text_block(format!("Term structure of {}", source.rate.expected()))
        .text_block(basis(source.path, &selection))
        .member("as_of", curve.as_of())
        .member("source", source.source.name)
        .member("method", source.path.method().id())
        .optional("rate", joint.then(|| source.rate.code().to_lowercase()))
        .side_table(steps(forwards))
        .when(assumed, Document::text_block)
        .each(gaps, Document::text_block)
        .member(
            "beyond",
            object([
                ("from", forwards.assumed_from().into()),
                ("rate_percent", Value::from(&last.rate)),
                ("assumption", assumption.into()),
            ]),
        )
        .text_block("Discount factors and rates, %")
        .table(Table::new("curve", points, points_of(curve, explain)))
        .text_block(held + &paragraph(&conventions, 0))
        .each(explained, Document::text_block)
        .ending_of(source.path, &source.source)
}

/// What levels of a joint path rest on besides prices.
fn in_words(forwards: &[&StepForwards], source: &CurveSource<'_>) -> Option<String> {
    let shared = forwards.iter().flat_map(|forwards| forwards.decided().filter(|step| step.shared));
    let shared: Vec<NaiveDate> = shared.filter_map(|step| step.meeting).collect();
    let shared = shared.iter().min().zip(shared.iter().max()).map(|(first, last)| {
        let meetings = if first == last { format!("at {first}") } else { format!("from {first} to {last}") };
        format!(
            "Shared: contracts cover meetings {meetings} together and do not tell them apart. What they average is priced; how it falls \
             on the meetings is assumed, in the smallest steps that fit the prices."
        )
    });
    let basis = source.path.joint().filter(|_| source.rate == OvernightRate::default()).and_then(|joint| {
        let contracts = source.path.contracts().iter().filter(|fit| fit.used).map(|fit| fit.contract);
        let fed_funds = contracts.filter(|contract| contract.product() == source.path.product());
        let end = fed_funds.map(|contract| contract.reference_period().end()).max()?;
        let days = u32::try_from((end - source.path.as_of()).num_days()).ok()?;
        let basis = joint.basis_at(days);
        let assumed_from = forwards.iter().map(|forwards| forwards.assumed_from()).max()?;
        (end < assumed_from).then(|| {
            format!(
                "From {end} on SOFR futures alone tell the rate: fed funds are SOFR and the basis, {:+.2} bp there, which no price tells \
                 any more.",
                basis.exact()
            )
        })
    });
    let told: String = shared.into_iter().chain(basis).map(|told| paragraph(&told, 0)).collect();
    (!told.is_empty()).then_some(told)
}

fn points_of(curve: &TermStructure, explain: bool) -> Vec<super::Column<'_, CurvePoint>> {
    const RATE: Shown = Shown::Places(4);
    let as_of = curve.as_of();
    let equations = move |point: &CurvePoint| {
        let of_point = || list(derivations::of(curve, point), |(name, equation)| format!("{name}: {equation}"));
        Value::if_any(explain.then(of_point))
    };
    vec![
        data("as_of", move |_: &CurvePoint| as_of).no_json(),
        words("", "\nTenor", |point: &CurvePoint| marked(point.tenor, point.past_last_meeting)).text_only(),
        data("tenor", |point: &CurvePoint| point.tenor.to_string()),
        words("maturity", "\nMaturity", |point: &CurvePoint| point.maturity),
        number("discount_factor", "Discount\nfactor", Shown::Places(6), |point: &CurvePoint| point.discount_factor),
        number("zero_percent", "\nZero", RATE, |point: &CurvePoint| 100.0 * point.zero_rate),
        number("instantaneous_forward_percent", "Instant.\nforward", RATE, |point: &CurvePoint| {
            100.0 * point.instantaneous_forward
        }),
        number("period_forward_percent", "Period\nforward", RATE, |point: &CurvePoint| 100.0 * point.period_forward),
        number("par_percent", "OIS\npar", RATE, |point: &CurvePoint| 100.0 * point.par_rate),
        data("past_last_meeting", |point: &CurvePoint| point.past_last_meeting),
        data("derivation", equations).no_csv(),
    ]
}

/// A tenor, with a star where the rate is held.
fn marked(tenor: Tenor, held: bool) -> String {
    format!("{tenor}{}", if held { "*" } else { "" })
}

/// One level of the overnight rate after another; the last is held for ever.
fn steps(forwards: &StepForwards) -> Table<'_> {
    type Row<'a> = (&'a StepForward, Option<NaiveDate>);
    let ends = forwards.decided().skip(1).map(|next| Some(next.from)).chain([None]);
    let days = |(step, end): &Row<'_>| end.map(|end| end.signed_duration_since(step.from).num_days());
    let what = |(step, end): &Row<'_>| match step.meeting {
        None => "before the first priced meeting".to_owned(),
        Some(meeting) => {
            let (shared, held) = (if step.shared { ", shared" } else { "" }, if end.is_some() { "" } else { ", held" });
            format!("after the meeting of {meeting}{shared}{held}")
        }
    };
    Table::new(
        "steps",
        forwards.decided().zip(ends),
        [
            words("from", "From", |(step, _): &Row<'_>| step.from),
            words("to", "To", |(_, end): &Row<'_>| end.and_then(|end| end.pred_opt())),
            data("meeting", |(step, _): &Row<'_>| step.meeting),
            number("", "Days", Shown::Plain, days).text_only(),
            number("rate_percent", "Overnight %", Shown::Places(4), |(step, _): &Row<'_>| Value::from(&step.rate))
                .with_exact(),
            words("", "Rate", what).text_only(),
            data("shared", |(step, _): &Row<'_>| Value::if_any(step.shared.then_some(true))),
        ],
    )
}

/// What changed at each maturity.
#[must_use]
pub fn curve_change<'a>(change: &'a CurveChange, tenors: &[Tenor], sources: &[CurveSource<'_>; 2]) -> Document<'a> {
    let (before, after) = (change.before(), change.after());
    let illustrative = sources.iter().any(|source| source.source.illustrative);
    let named = |(label, source): (&str, &CurveSource<'_>)| {
        format!("{label:<6}  {}  {}\n", source.path.as_of(), source_of(source.path, &source.source))
    };
    let sides: String = ["Before", "After"].into_iter().zip(sources).map(named).collect();
    let side = |curve: &TermStructure, source: &CurveSource<'_>| {
        object([
            ("as_of", curve.as_of().into()),
            ("source", source.source.name.into()),
            ("steps", steps(curve.forwards()).into()),
        ])
    };
    let warnings = sources.iter().flat_map(|source| {
        source.path.notices().iter().map(move |notice: &Notice| format!("{}: {notice}", source.source.name))
    });
    let rows = change.at(tenors);
    let last = |curve: &TermStructure| {
        let last = curve.forwards().last();
        format!("{:.4} % from {} on", last.rate.exact(), curve.forwards().assumed_from())
    };
    let held = rows.iter().any(|row| row.past_last_meeting).then(|| {
        let held = format!(
            "* past the last {} that both price: the rate is held, before at {}, after at {}: an assumption, not a price.",
            if sources[1].path.joint().is_some() { "contract" } else { "meeting" },
            last(before),
            last(after)
        );
        paragraph(&held, 2)
    });
    Document::new("fedpath.curve/1")
        .when(illustrative.then_some(ILLUSTRATIVE), Document::text_block)
        .text_block(format!(
            "What changed in {} from {} to {}",
            sources[1].rate.expected(),
            before.as_of(),
            after.as_of()
        ))
        .text_block(format!("{sides}Rule    {}", rule(sources[1].path)))
        .member("method", sources[1].path.method().id())
        .optional("rate", sources[1].path.joint().map(|_| sources[1].rate.code().to_lowercase()))
        .member("before", side(before, &sources[0]))
        .member("after", side(after, &sources[1]))
        .side_table(levels(change))
        .when(in_words(&[before.forwards(), after.forwards()], &sources[1]), Document::text_block)
        .text_block("At each maturity, %, each day's curve from its own date; change in bp")
        .table(Table::new("change", rows, changes()))
        .text_block(format!(
            "To the same day: the change between {} and the maturity of the later\ncurve on both, without the days that have passed.",
            after.as_of()
        ))
        .when(held, Document::more_text)
        .ending(illustrative, warnings)
}

/// The change of the overnight rate from each day on.
fn levels(change: &CurveChange) -> Table<'_> {
    type Level = (NaiveDate, BasisPoints);
    // A basis drifts every day: its days say nothing of their own.
    let is_decided = |(day, _): &&Level| {
        let curves = [change.before(), change.after()];
        curves.iter().any(|curve| *day == curve.as_of() || curve.forwards().decided().any(|step| step.from == *day))
    };
    let decided: Vec<Level> = change.path().levels().iter().filter(is_decided).cloned().collect();
    let rate = |curve: &'_ TermStructure, day: NaiveDate| curve.forwards().rate_on(day).exact().clone();
    Table::new(
        "overnight_change",
        decided,
        [
            words("from", "From", |(day, _): &Level| *day),
            number("", "Before %", Shown::Places(4), move |(day, _): &Level| rate(change.before(), *day)).text_only(),
            number("", "After %", Shown::Places(4), move |(day, _): &Level| rate(change.after(), *day)).text_only(),
            number("change_bp", "Change bp", Shown::Signed(2), |(_, bp): &Level| Value::from(bp)).with_exact(),
        ],
    )
}

fn changes<'a>() -> Vec<super::Column<'a, TenorChange>> {
    const RATE: Shown = Shown::Places(4);
    const BP: Shown = Shown::Signed(2);
    let bp = |(before, after): (f64, f64)| 10_000.0 * (after - before);
    vec![
        words("", "\nTenor", |row: &TenorChange| marked(row.tenor, row.past_last_meeting)).text_only(),
        data("tenor", |row: &TenorChange| row.tenor.to_string()),
        number("zero_before_percent", "Zero\nbefore", RATE, |row: &TenorChange| 100.0 * row.zero_rate.0),
        number("zero_after_percent", "\nafter", RATE, |row: &TenorChange| 100.0 * row.zero_rate.1),
        number("zero_change_bp", "\nchange", BP, move |row: &TenorChange| bp(row.zero_rate)),
        number("par_before_percent", "OIS par\nbefore", RATE, |row: &TenorChange| 100.0 * row.par_rate.0),
        number("par_after_percent", "\nafter", RATE, |row: &TenorChange| 100.0 * row.par_rate.1),
        number("par_change_bp", "\nchange", BP, move |row: &TenorChange| bp(row.par_rate)),
        number("same_days_bp", "Zero to the\nsame day", BP, |row: &TenorChange| 10_000.0 * row.same_days),
        data("past_last_meeting", |row: &TenorChange| row.past_last_meeting),
    ]
}
