//! What all quotes together allow, `fedpath.bounds/1`: the smallest and the largest probability of each outcome.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::quote_bounds::{Given, QuoteBounds};
use super::super::words::{day, paragraph};
use super::super::{ILLUSTRATIVE, Selection};
use super::probs::shows;
use super::{Column, Document, Shown, Table, Value, data, list, number, object, words};
use crate::lattice::{
    Agreement, EventBounds, ExpiryDistribution, Forced, LatticeOutcome, MeetingBounds, PointMethod, QuoteLattice,
    RateInterval, Widening,
};
use crate::market::bank::CentralBank;
use crate::rule::RateSource;
use crate::text::printable;
use crate::units::Probability;

/// So many quotes are named in text; JSON has all.
const NAMED: usize = 8;

/// The smallest and the largest probability of each outcome that agrees with every quote.
#[must_use]
pub fn quote_bounds<'a>(bounds: &'a QuoteBounds<'a>, selection: &Selection<'_>) -> Document<'a> {
    let mut document = Document::new("fedpath.bounds/1")
        .text_block("What every quote allows: the smallest and the largest probability of each outcome");
    if let Some(lattice) = bounds.lattice {
        document = heading(document, lattice, bounds, selection);
        document = decisions(document, lattice, bounds);
    }
    document
        .each(&bounds.expiries, |document, (expiry, rows)| in_words(document, expiry, rows))
        .member("expiries", list(&bounds.expiries, |(expiry, rows)| expiry_member(expiry, rows)))
        .csv_table(tidy(bounds))
        .when(unproved(bounds), Document::text_block)
        .ending(selection.source.illustrative, bounds.warnings.iter().cloned())
}

/// The day, today's rate, the quotes, and whether they agree.
fn heading<'a>(
    document: Document<'a>,
    lattice: &QuoteLattice,
    bounds: &QuoteBounds<'_>,
    selection: &Selection<'_>,
) -> Document<'a> {
    let illustrative = if selection.source.illustrative { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    let from = match lattice.start_from() {
        RateSource::Given => "given",
        RateSource::Fixing(_) => "the last fixing",
        RateSource::Realised(_) => "realised",
        _ => "from the futures",
    };
    let (start, target) = (lattice.start_rate(), lattice.target());
    let rate = format!("effective rate {} % ({from})", start.exact().shortest());
    let sources = std::iter::once(selection.source.name).chain(bounds.sources.iter().map(String::as_str));
    let sources: Vec<String> = sources.map(printable).collect();
    let (_, quotes) = lattice.size();
    let moves = lattice.moves();
    let step = |moves: i64| format!("{:+}", CentralBank::FED.moves_bp(moves));
    let basis = format!(
        "{illustrative}As of {}, target range {target} %, {rate}\nQuotes: {quotes} of {}\nA meeting moves the rate by {} to {} bp in steps of 25 bp; between meetings it stays",
        lattice.as_of(),
        sources.join("; "),
        step(*moves.start()),
        step(*moves.end()),
    );
    let checks = lattice.start_checks().iter().filter(|check| !check.misses.exact().is_zero());
    let checks = checks.map(|check| {
        let (misses, quote) = (check.misses.exact(), &check.quote);
        let side = if misses.is_negative() { "below" } else { "above" };
        format!("Today's rate gives {quote} an average {:.2} bp {side} what its price allows.", misses.abs())
    });
    let agreement = lattice.agreement();
    document
        .text_block(basis)
        .member("as_of", lattice.as_of())
        .member("target_lower_percent", Value::bound(&target.lower()))
        .member("target_upper_percent", Value::bound(&target.upper()))
        .member("source", selection.source.name)
        .exact("start_rate_percent", start)
        .when(lattice.point_method(), |document, method| document.member("point", method.to_string()))
        .member("moves", format!("{}..{}", moves.start(), moves.end()))
        .member("quotes", quotes)
        .text_block(agreement_in_words(agreement))
        .each(checks, Document::more_text)
        .each(left_out_in_words(lattice), Document::more_text)
        .agreement(agreement)
        .member(
            "start_checks",
            list(lattice.start_checks(), |check| {
                object([("quote", check.quote.clone().into()), ("misses_bp", (&check.misses).into())])
            }),
        )
        .member(
            "left_out",
            list(lattice.left_out(), |left| {
                object([("quote", left.quote.clone().into()), ("reason", left.reason.into())])
            }),
        )
}

impl Document<'_> {
    /// The members that say whether quotes agree.
    fn agreement(self, agreement: &Agreement) -> Self {
        agreement_members(agreement).into_iter().fold(self, |document, (key, value)| document.member(key, value))
    }
}

fn agreement_members(agreement: &Agreement) -> [(&'static str, Value); 7] {
    let forced = |forced: &[Forced]| {
        list(forced, |forced| {
            object([("quote", forced.quote.clone().into()), ("widened_bp", (&forced.widened).into())])
        })
    };
    let contradiction = agreement.contradiction.as_ref();
    [
        ("widening", agreement.widening.to_string().into()),
        ("slack_bp", (&agreement.slack).into()),
        ("slack_certified", agreement.certified.into()),
        ("forced_by", forced(&agreement.forced_by)),
        ("against", list(&agreement.against, Clone::clone)),
        ("contradiction", contradiction.is_some().into()),
        ("contradicting", forced(contradiction.map_or(&[], |found| &found.quotes))),
    ]
}

/// Whether the quotes agree, and which ones do not.
fn agreement_in_words(agreement: &Agreement) -> String {
    let named = |forced: &[Forced]| {
        let told = forced.iter().take(NAMED).map(|forced| match forced.widened.exact() {
            none if none.is_zero() => format!("  {}\n", forced.quote),
            by => format!("  {:24} {:.2} bp\n", forced.quote, by),
        });
        let more = forced.len().checked_sub(NAMED).filter(|more| *more > 0);
        let more = more.map_or(String::new(), |more| format!("  and {more} more (--format json has all)\n"));
        told.collect::<String>() + &more
    };
    let doubt = if agreement.certified { "" } else { " (not proved to be the least)" };
    if let Some(found) = &agreement.contradiction {
        let told = format!(
            "The quotes contradict each other: they agree only if one is widened by {:.2} bp beyond its tolerance{doubt}, more \
             than --max-widening allows. There are no bounds. The quotes that cannot all hold, and what each would need:",
            agreement.slack.exact(),
        );
        return paragraph(&told, 0) + &named(&found.quotes);
    }
    if agreement.slack.exact().is_zero() {
        return "Every quote agrees with every other within its tolerance: none is widened.".to_owned();
    }
    let told = match agreement.widening {
        Widening::Uniform => format!(
            "The quotes agree once every one is widened by {:.2} bp beyond its tolerance{doubt}. What leaves no room at less:",
            agreement.slack.exact()
        ),
        _ => format!(
            "The quotes agree once {} of them are widened beyond their tolerance, {:.2} bp in all and at most {:.2} bp \
             each{doubt}:",
            agreement.forced_by.len(),
            agreement.total.exact(),
            agreement.slack.exact()
        ),
    };
    paragraph(&told, 0) + &named(&agreement.forced_by)
}

/// The quotes that say nothing, a line a reason.
fn left_out_in_words(lattice: &QuoteLattice) -> Vec<String> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for left in lattice.left_out() {
        reasons.entry(left.reason).or_default().push(&left.quote);
    }
    let told = |(reason, quotes): (&str, Vec<&str>)| match quotes.as_slice() {
        [first, .., last] if quotes.len() > 3 => {
            format!("Not used: {first} to {last}, {} quotes ({reason})", quotes.len())
        }
        _ => format!("Not used: {} ({reason})", quotes.join(", ")),
    };
    reasons.into_iter().map(told).collect()
}

/// The bounds of meetings and events.
fn decisions<'a>(document: Document<'a>, lattice: &'a QuoteLattice, bounds: &'a QuoteBounds<'a>) -> Document<'a> {
    let method = point_method(bounds);
    let events =
        list(&bounds.events, |(event, found)| bounds_member(event.to_string(), found.as_ref(), (None, method), None));
    let meetings = list(&bounds.meetings, |meeting| meeting_member(bounds, meeting));
    let sensitivity = list(&bounds.otherwise, |at| {
        let (rate, slippage) = match &at.given {
            Given::StartRate(rate) => (Value::from(rate), Value::Absent),
            Given::Slippage(slippage) => (Value::Absent, Value::from(slippage)),
        };
        object([
            ("start_rate_percent", rate),
            ("slippage_bp", slippage),
            ("contradiction", at.bounds.is_none().into()),
            ("meeting", at.bounds.as_ref().map(|found| found.meeting).into()),
            (
                "outcomes",
                list(at.bounds.iter().flat_map(|found| &found.outcomes), |(outcome, found)| {
                    bounds_member(outcome.to_string(), found.as_ref(), (None, None), None)
                }),
            ),
        ])
    });
    let document = document.member("meetings", meetings).member("events", events).member("sensitivity", sensitivity);
    if lattice.agreement().contradiction.is_some() {
        return document;
    }
    let document = document.when(bounds.meetings.first(), |document, next| {
        let title = format!("FOMC of {}, %", day(next.meeting));
        let outside = outside(bounds, next);
        let sharp = bounds.otherwise.iter().any(|other| matches!(other.given, Given::Slippage(_)));
        let sharp = sharp.then_some(
            "Widened no further than they must be, the quotes leave hardly any room: Least and Most are sharper than what is \
             known. The column \"wider\" gives every quote what the worst of them needs (--slippage).",
        );
        document
            .text_block(title)
            .text_table(detail(bounds, next))
            .when(point_method(bounds), |document, method| {
                document.more_text(paragraph(&point_in_words(bounds, method), 0))
            })
            .when(sharp, |document, told| document.more_text(paragraph(told, 0)))
            .when(outside, |document, told| document.more_text(paragraph(&told, 0)))
    });
    let document = document.when((bounds.meetings.len() > 1).then_some(()), |document, ()| {
        document
            .text_block("Each meeting: what it decides, and the range after it against today's, %")
            .text_table(overview(bounds))
    });
    document.when((!bounds.events.is_empty()).then_some(()), |document, ()| {
        let event = |(event, _): &&'a (crate::lattice::LatticeEvent, Option<EventBounds>)| event.to_string();
        let mut columns = vec![
            words("", "Event", event),
            number("", "Least", Shown::Plain, |(_, found): &&'a (_, Option<EventBounds>)| end(found.as_ref(), Least)),
            number("", "Most", Shown::Plain, |(_, found): &&'a (_, Option<EventBounds>)| end(found.as_ref(), Most)),
        ];
        if point_method(bounds).is_some() {
            let estimate = |(_, found): &&'a (_, Option<EventBounds>)| point(found.as_ref());
            columns.push(number("", "Estimate", Shown::Plain, estimate));
        }
        document.text_block("Events, %").text_table(Table::new("", &bounds.events, columns))
    })
}

#[derive(Debug, Clone, Copy)]
enum End {
    Least,
    Most,
}
use End::{Least, Most};

/// An end in percent, marked where it is not proved; a dash where the solver found none.
fn end(found: Option<&EventBounds>, which: End) -> Option<String> {
    let found = found?;
    let value = match which {
        Least => &found.low,
        Most => &found.high,
    };
    let mark = if found.certified { "" } else { "?" };
    Some(format!("{:.1}{mark}", value.percent()))
}

/// "42.3-54.2".
fn both(found: Option<&EventBounds>) -> Option<String> {
    let found = found?;
    let mark = if found.certified { "" } else { "?" };
    let point = found.point.as_ref().map_or(String::new(), |point| format!(" ({:.1})", point.percent()));
    Some(format!("{:.1}-{:.1}{mark}{point}", found.low.percent(), found.high.percent()))
}

/// The estimate in percent; a dash where the method leaves it open.
fn point(found: Option<&EventBounds>) -> Option<String> {
    found?.point.as_ref().map(|point| format!("{:.1}", point.percent()))
}

/// How the estimates were made, where they were asked for.
fn point_method(bounds: &QuoteBounds<'_>) -> Option<PointMethod> {
    bounds.lattice.and_then(QuoteLattice::point_method)
}

/// The heading of a column of estimates.
fn point_heading(method: PointMethod) -> &'static str {
    match method {
        PointMethod::CarlsonCraigMelick => "Carlson-Craig\n-Melick",
        _ => "Maximum\nentropy",
    }
}

/// What an estimate is, and what it is not.
fn point_in_words(bounds: &QuoteBounds<'_>, method: PointMethod) -> String {
    let what = match method {
        PointMethod::CarlsonCraigMelick => {
            "Carlson-Craig-Melick: an estimate in floating point, not exact and not proved. It misses the middle of every quote \
             least, in squares; - what the quotes then leave open."
        }
        _ => {
            "Maximum entropy: an estimate in floating point, not exact and not proved. Of all distributions that agree with the \
             quotes it is the most even one, every sequence of allowed moves counting alike."
        }
    };
    let found = bounds.meetings.iter().flat_map(|meeting| &meeting.outcomes).map(|(_, found)| found);
    let events = bounds.events.iter().map(|(_, found)| found);
    let all: Vec<&EventBounds> = found.chain(events).flatten().collect();
    let astray = |found: &&EventBounds| found.point.as_ref().is_some_and(|point| !found.allows(point));
    let (none, outside) = (all.iter().all(|found| found.point.is_none()), all.iter().any(astray));
    let more = match (none, outside) {
        (true, _) => " It says nothing of any outcome here.",
        (_, true) => " Where it lies outside the bounds, it misses quotes by more than their tolerance.",
        _ => "",
    };
    format!("{what}{more}")
}

/// One row an outcome of the first meeting that is shown, with the rule's answer and the bounds at other rates of today.
fn detail<'a>(bounds: &'a QuoteBounds<'a>, meeting: &'a MeetingBounds) -> Table<'a> {
    // A first meeting's ranges are its moves.
    let is_first = bounds.lattice.and_then(|lattice| lattice.meetings().first());
    let is_first = is_first.is_some_and(|first| first.announcement() == meeting.meeting);
    let shown = |(outcome, found): &&(LatticeOutcome, Option<EventBounds>)| {
        let possible = found.as_ref().is_none_or(|found| shows(&found.high));
        match outcome {
            LatticeOutcome::Move(_) => possible,
            LatticeOutcome::Range(..) => possible && !is_first,
            LatticeOutcome::Decision(side) => side.is_ne(),
            LatticeOutcome::Cumulative(_) => !is_first,
        }
    };
    type Row<'r> = &'r (LatticeOutcome, Option<EventBounds>);
    let mut columns = vec![
        words("", "\nOutcome", |(outcome, _): &Row<'a>| outcome.in_words()),
        number("", "\nLeast", Shown::Plain, |(_, found): &Row<'a>| end(found.as_ref(), Least)),
        number("", "\nMost", Shown::Plain, |(_, found): &Row<'a>| end(found.as_ref(), Most)),
    ];
    if let Some(method) = point_method(bounds) {
        columns.push(number("", point_heading(method), Shown::Plain, |(_, found): &Row<'a>| point(found.as_ref())));
    }
    if let Some(rule) = bounds.rule {
        let by_rule = move |(outcome, _): &Row<'a>| bounds.by_rule(meeting, *outcome);
        let method = rule.path().method().to_string();
        columns.push(number("", format!("\n{method}"), Shown::Percent(1), by_rule));
    }
    for at in &bounds.otherwise {
        let heading = match &at.given {
            Given::StartRate(rate) => format!("Rate today\n{} %", rate.exact().shortest()),
            Given::Slippage(slippage) => format!("Each quote\n{:.2} bp wider", slippage.exact()),
        };
        let cell = |(outcome, _): &Row<'a>| at.bounds.as_ref().and_then(|found| both(found.of(*outcome)));
        columns.push(number("", heading, Shown::Plain, cell));
    }
    Table::new("", meeting.outcomes.iter().filter(shown).collect::<Vec<_>>(), columns)
}

/// The rule's answers that the quotes do not allow: where some were widened, with every quote as loose as the loosest.
fn outside(bounds: &QuoteBounds<'_>, meeting: &MeetingBounds) -> Option<String> {
    let loose = bounds.otherwise.iter().find(|other| matches!(other.given, Given::Slippage(_)));
    let allowed = loose.map_or(Some(meeting), |loose| loose.bounds.as_ref())?;
    let beyond = allowed.outcomes.iter().filter_map(|(outcome, found)| {
        let LatticeOutcome::Move(_) = outcome else { return None };
        let (found, rule) = (found.as_ref()?, bounds.by_rule(meeting, *outcome)?);
        (rule < found.low || rule > found.high).then(|| format!("{} {:.1} %", outcome.in_words(), rule.percent()))
    });
    let beyond: Vec<String> = beyond.collect();
    (!beyond.is_empty()).then(|| {
        format!("The quotes together do not allow the rule's {}: it reads only some of the futures.", beyond.join(", "))
    })
}

/// One row a meeting.
fn overview<'a>(bounds: &'a QuoteBounds<'a>) -> Table<'a> {
    use LatticeOutcome::{Cumulative, Decision};
    let of = |outcome: LatticeOutcome| move |row: &&MeetingBounds| both(row.of(outcome));
    let column = |heading: &'static str, outcome| number("", heading, Shown::Plain, of(outcome));
    Table::new(
        "",
        &bounds.meetings,
        [
            words("", "Meeting", |row: &&MeetingBounds| row.meeting),
            column("Cut", Decision(Ordering::Less)),
            column("Hold", Decision(Ordering::Equal)),
            column("Hike", Decision(Ordering::Greater)),
            column("Below", Cumulative(Ordering::Less)),
            column("Same", Cumulative(Ordering::Equal)),
            column("Above", Cumulative(Ordering::Greater)),
        ],
    )
}

/// An estimate to the places it has; missing where the method leaves it open.
fn point_value(found: Option<&EventBounds>) -> Value {
    let point = found.and_then(|found| found.point.as_ref());
    point.map_or(Value::Missing, |point| Value::Float(point.exact().to_f64()))
}

/// One bound as a member: `event`, its ends and whether they are proved.
fn bounds_member(
    event: String,
    found: Option<&EventBounds>,
    (rule, method): (Option<Probability>, Option<PointMethod>),
    at: Option<&RateInterval>,
) -> Value {
    let low = Value::from(found.map(|found| &found.low));
    let high = Value::from(found.map(|found| &found.high));
    let edge = |rate: Option<&crate::units::Rate>| rate.map_or(Value::Missing, Value::from);
    object([
        ("event", event.into()),
        ("low_percent", at.map_or(Value::Absent, |at| edge(at.low.as_ref()))),
        ("high_percent", at.map_or(Value::Absent, |at| edge(at.high.as_ref()))),
        ("low", low.clone()),
        ("high", high.clone()),
        ("low_exact", low.fraction()),
        ("high_exact", high.fraction()),
        ("certified", found.is_some_and(|found| found.certified).into()),
        ("point", method.map_or(Value::Absent, |_| point_value(found))),
        ("rule", Value::if_any(rule)),
    ])
}

fn meeting_member(bounds: &QuoteBounds<'_>, meeting: &MeetingBounds) -> Value {
    let outcome = |(outcome, found): &(LatticeOutcome, Option<EventBounds>)| {
        let beside = (bounds.by_rule(meeting, *outcome), point_method(bounds));
        bounds_member(outcome.to_string(), found.as_ref(), beside, None)
    };
    object([("meeting", meeting.meeting.into()), ("outcomes", list(&meeting.outcomes, outcome))])
}

/// What is said above the three-month rate of an expiry: what it is, and what it is not.
fn in_words<'a>(
    document: Document<'a>,
    expiry: &ExpiryDistribution,
    rows: &'a [(RateInterval, Option<EventBounds>)],
) -> Document<'a> {
    let future = expiry
        .future()
        .map_or(String::new(), |future| format!("; future {future}, {:.4} %", future.implied_rate().exact()));
    let title = format!(
        "{}: the three-month rate priced on {}, %\n100 less the price of the future on that day, no decision and no realised rate{future}",
        expiry.label(),
        expiry.expiry()
    );
    let document = document.text_block(title).more_text(agreement_in_words(expiry.agreement()));
    if expiry.agreement().contradiction.is_some() {
        return document;
    }
    let shown =
        |(_, found): &&(RateInterval, Option<EventBounds>)| found.as_ref().is_none_or(|found| shows(&found.high));
    type Row<'r> = &'r (RateInterval, Option<EventBounds>);
    document.text_table(Table::new(
        "",
        rows.iter().filter(shown).collect::<Vec<_>>(),
        [
            words("", "Rate", |(interval, _): &Row<'a>| interval.to_string()),
            number("", "Least", Shown::Plain, |(_, found): &Row<'a>| end(found.as_ref(), Least)),
            number("", "Most", Shown::Plain, |(_, found): &Row<'a>| end(found.as_ref(), Most)),
        ],
    ))
}

fn expiry_member(expiry: &ExpiryDistribution, rows: &[(RateInterval, Option<EventBounds>)]) -> Value {
    let mut members = vec![
        ("contract".into(), expiry.label().into()),
        ("expiry".into(), expiry.expiry().into()),
        ("what".into(), format!("three-month rate priced on {}", expiry.expiry()).into()),
        ("future".into(), expiry.future().into()),
    ];
    members.extend(agreement_members(expiry.agreement()).map(|(key, value)| (key.into(), value)));
    let row = |(interval, found): &(RateInterval, Option<EventBounds>)| {
        bounds_member(format!("rate:{interval}"), found.as_ref(), (None, None), Some(interval))
    };
    members.push(("outcomes".into(), list(rows, row)));
    Value::Object(members)
}

/// One bound of a table of all.
struct Tidy<'a> {
    of: String,
    day: NaiveDate,
    event: String,
    found: Option<&'a EventBounds>,
    rule: Option<Probability>,
}

/// One row a meeting, event or expiry and outcome.
fn tidy<'a>(bounds: &'a QuoteBounds<'a>) -> Table<'a> {
    let meetings = bounds.meetings.iter().flat_map(move |meeting| {
        meeting.outcomes.iter().map(move |(outcome, found)| Tidy {
            of: "meeting".to_owned(),
            day: meeting.meeting,
            event: outcome.to_string(),
            found: found.as_ref(),
            rule: bounds.by_rule(meeting, *outcome),
        })
    });
    let events = bounds.events.iter().map(|(event, found)| Tidy {
        of: "event".to_owned(),
        day: event.last_meeting(),
        event: event.to_string(),
        found: found.as_ref(),
        rule: None,
    });
    let expiries = bounds.expiries.iter().flat_map(|(expiry, rows)| {
        rows.iter().map(|(interval, found)| Tidy {
            of: expiry.label().to_owned(),
            day: expiry.expiry(),
            event: format!("rate:{interval}"),
            found: found.as_ref(),
            rule: None,
        })
    });
    let columns: Vec<Column<'a, Tidy<'a>>> = vec![
        data("of", |row: &Tidy<'_>| row.of.clone()),
        data("date", |row: &Tidy<'_>| row.day),
        data("event", |row: &Tidy<'_>| row.event.clone()),
        data("low", |row: &Tidy<'_>| row.found.map(|found| &found.low)),
        data("high", |row: &Tidy<'_>| row.found.map(|found| &found.high)),
        data("certified", |row: &Tidy<'_>| row.found.is_some_and(|found| found.certified)),
        data("rule", |row: &Tidy<'_>| row.rule.clone()),
        data("point", |row: &Tidy<'_>| point_value(row.found)),
    ];
    Table::new("", meetings.chain(events).chain(expiries).collect::<Vec<_>>(), columns)
}

/// What the mark of a bound that is not proved means, where there is one.
fn unproved(bounds: &QuoteBounds<'_>) -> Option<&'static str> {
    let meetings = bounds.meetings.iter().flat_map(|meeting| &meeting.outcomes).map(|(_, found)| found);
    let events = bounds.events.iter().map(|(_, found)| found);
    let expiries = bounds.expiries.iter().flat_map(|(_, rows)| rows).map(|(_, found)| found);
    let doubtful = |found: &Option<EventBounds>| found.as_ref().is_none_or(|found| !found.certified);
    meetings.chain(events).chain(expiries).any(doubtful).then_some(
        "? not proved: the solver's figure in floating point, which exact fractions have not confirmed; - the solver found none",
    )
}
