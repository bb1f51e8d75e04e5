//! The key figures of a report as cards: odds, moves by year ends, the terminal rate, and what they mean for yields and shares.

use maud::{Markup, html};

use super::super::Subject;
use super::super::key_figures::{KeyFigures, Terminal};
use super::super::number::{float_signed, float_to};
use super::super::typeset::typeset;
use super::super::words::day;
use super::finding::{Priced, named, of_side, percent, rate, side_of};
use crate::curve::{CurveResponse, MethodId, Tenor};
use crate::equity::{EquityImpact, ImpactKind, ReturnResponse};
use crate::market::bank::CentralBank;
use crate::reprice::sensitivity::Sensitivity;
use crate::text::escaped_to;
use crate::units::{BasisPoints, Fraction};

/// A card: what it is, the figure, what became of it, and what to know of it.
struct Card {
    label: String,
    figure: String,
    change: Option<String>,
    note: String,
}

/// The cards of a subject; none where it prices nothing.
pub(super) fn cards(subject: &Subject<'_>) -> Markup {
    let mut cards: Vec<Card> = Priced::ends(subject)
        .map(|(before, after)| of_odds(subject, before.as_ref(), &after))
        .into_iter()
        .chain(sums(subject))
        .collect();
    cards.extend(subject.study().into_iter().flat_map(estimates));
    html! {
        @if !cards.is_empty() {
            dl class="cards" aria-label="Key figures" {
                @for card in &cards {
                    div class="card" {
                        dt { (typeset(&card.label)) }
                        dd class="figure" { (typeset(&card.figure)) }
                        @if let Some(change) = &card.change { dd class="change" { (typeset(change)) } }
                        @if !card.note.is_empty() { dd class="note" { (typeset(&card.note)) } }
                    }
                }
            }
        }
    }
}

/// The odds of the meeting: of the side that the report is about.
fn of_odds(subject: &Subject<'_>, before: Option<&Priced>, after: &Priced) -> Card {
    let side = side_of(before, after);
    let label = format!("{} {side} odds", named(subject.meeting(), after.date));
    let now = of_side(after, side);
    let others = format!("hold {}", percent(&after.hold));
    let opposite = if side == "hike" { ("cut", &after.ease) } else { ("hike", &after.hike) };
    let opposite = if format!("{:.1}", opposite.1.percent()) == "0.0" {
        String::new()
    } else {
        format!(", {} {}", opposite.0, percent(opposite.1))
    };
    let Some(before) = before else {
        return Card { label, figure: percent(&now), change: None, note: others + &opposite };
    };
    let then = of_side(before, side);
    let points = &(&now - &then) * &Fraction::integer(100);
    let (change, note) = if before.target == after.target {
        (Some(format!("{points:+.1} points")), format!("now {others}{opposite}"))
    } else {
        (None, format!("counted from {} %, then from {} %", before.target, after.target))
    };
    Card { label, figure: format!("{} -> {}", percent(&then), percent(&now)), change, note }
}

/// Moves by year ends and the terminal rate, before and after.
fn sums(subject: &Subject<'_>) -> Vec<Card> {
    let (before, after) = match subject {
        Subject::Snapshot(outlook, _) => (None, KeyFigures::of(outlook)),
        Subject::Repricing(story, _) => (KeyFigures::of(story.before()), KeyFigures::of(story.after())),
        Subject::History(series, _) => {
            let (first, last) = (series.days().first(), series.days().last());
            (first.filter(|first| Some(*first) != last).and_then(KeyFigures::of_day), last.and_then(KeyFigures::of_day))
        }
    };
    let counts_alike =
        Priced::ends(subject).is_none_or(|(before, after)| before.is_none_or(|before| before.target == after.target));
    let Some(after) = after else { return Vec::new() };
    let years = after.year_ends().into_iter().filter(|year| !after.is_next(*year)).take(2);
    let mut cards: Vec<Card> =
        years.filter_map(|year| by_year_end(year, before.as_ref(), &after, counts_alike)).collect();
    let terminal = after.terminal().map(|now| {
        let then = before.as_ref().and_then(KeyFigures::terminal);
        of_terminal(then.as_ref(), &now)
    });
    cards.extend(terminal);
    cards
}

/// Moves by the end of a year; of two days that count from different ranges, the rate.
fn by_year_end(year: i32, before: Option<&KeyFigures<'_>>, after: &KeyFigures<'_>, counts_alike: bool) -> Option<Card> {
    let (now, level) = (after.priced_by(year)?, after.rate_by(year)?);
    let moves = now.exact().checked_div(CentralBank::FED.step().exact())?;
    let kind = if now.exact().is_negative() { "cuts" } else { "hikes" };
    let in_moves = format!("{:.1} {kind} of 25 bp", moves.abs());
    let label = format!("Priced by end {year}");
    Some(match before.and_then(|before| Some((before.priced_by(year)?, before.rate_by(year)?))) {
        None => Card { label, figure: signed(&now), change: None, note: format!("to {}; {in_moves}", rate(level)) },
        Some((then, level_then)) if counts_alike => Card {
            label,
            figure: format!("{:+.1} -> {}", then.exact(), signed(&now)),
            change: Some(format!("rate {:.2} -> {}", level_then.exact(), rate(level))),
            note: format!("now {in_moves}"),
        },
        Some((_, level_then)) => Card {
            label: format!("Rate at end {year}"),
            figure: format!("{:.2} -> {}", level_then.exact(), rate(level)),
            change: Some(signed(&(level - level_then))),
            note: format!("still to come: {} ({in_moves})", signed(&now)),
        },
    })
}

fn of_terminal(before: Option<&Terminal>, after: &Terminal) -> Card {
    let label = "Terminal rate".to_owned();
    let note = format!("{} after {}", after.side(), day(after.meeting));
    let Some(before) = before else { return Card { label, figure: rate(&after.rate), change: None, note } };
    let figure = format!("{:.2} -> {}", before.rate.exact(), rate(&after.rate));
    if before.is_low == after.is_low {
        return Card { label, figure, change: Some(signed(&(&after.rate - &before.rate))), note };
    }
    // From a peak to a trough is no change of one thing.
    Card { label, figure, change: Some(format!("before: the {}", before.side())), note: format!("now: the {note}") }
}

fn signed(change: &BasisPoints) -> String {
    format!("{:+.1} bp", change.exact())
}

/// What the shift means for the two-year yield and for the price of the first asset.
fn estimates(study: &Sensitivity) -> Vec<Card> {
    yields(study).into_iter().chain(shares(study)).collect()
}

/// A method that is neither extreme: the shift gone at the next meeting, or there for good.
fn is_between(method: &MethodId) -> bool {
    !matches!(method, MethodId::EhPostponed | MethodId::EhPermanent)
}

fn bp(figure: f64) -> String {
    let text = float_to(figure, 1);
    if figure > 0.0 { format!("+{text}") } else { text }
}

fn yields(study: &Sensitivity) -> Option<Card> {
    let two_years = |response: &CurveResponse| {
        response.zero_bp.iter().find(|(tenor, _)| *tenor == Tenor::months(24)).map(|(_, bp)| *bp)
    };
    let of = |id: MethodId| {
        let response = study.curve().iter().find(|response| response.method.id() == id)?;
        Some((two_years(response)?, response.method.to_string()))
    };
    let (figure, method) = of(MethodId::Strip).or_else(|| of(MethodId::EhDecaying))?;
    let all = || study.curve().iter().filter(|response| is_between(&response.method.id())).filter_map(two_years);
    let (low, high) = (all().min_by(f64::total_cmp)?, all().max_by(f64::total_cmp)?);
    Some(Card {
        label: "2-year yield, estimate".to_owned(),
        figure: format!("{} bp", bp(figure)),
        change: Some(format!("methods {} to {}", bp(low), bp(high))),
        note: method,
    })
}

fn shares(study: &Sensitivity) -> Option<Card> {
    let rows = study.equity().chunk_by(|a, b| a.asset.id == b.asset.id).next()?;
    let percent = |fraction: f64| float_signed(100.0 * fraction, 2);
    let model = |method: MethodId| rows.iter().find(|row| row.kind == ImpactKind::Model && row.method == method);
    let row = model(MethodId::EhDecaying).or_else(|| model(MethodId::Strip)).or(rows.first())?;
    let between = || rows.iter().filter(|row| is_between(&row.method)).map(|row: &EquityImpact| row.total);
    let (low, high) = (between().min_by(f64::total_cmp)?, between().max_by(f64::total_cmp)?);
    let range = row.range.map_or(String::new(), |(low, high)| format!(", range {} to {}", percent(low), percent(high)));
    // Models have no events: the scatter is that of measured returns, whether or not their rows are shown.
    let shift = study.shift().total();
    let measured = ReturnResponse::of(&row.asset, &study.options().responses);
    let likely = measured
        .iter()
        .find_map(|response| response.likely_range(shift))
        .map_or(String::new(), |(low, high)| format!("; 95 % of single events {} to {}", percent(low), percent(high)));
    Some(Card {
        label: format!("{}, estimate", escaped_to(&row.asset.name, 24)),
        figure: format!("{} %", percent(row.total)),
        change: Some(format!("methods {} to {}", percent(low), percent(high))),
        note: format!("{}{range}{likely}", row.label),
    })
}

#[cfg(test)]
mod tests {
    use super::{Terminal, of_terminal};

    #[test]
    fn a_peak_and_a_trough_are_not_subtracted() {
        let terminal = |meeting: &str, rate: &str, is_low| Terminal {
            meeting: meeting.parse().unwrap(),
            rate: rate.parse().unwrap(),
            is_low,
        };
        let (peak, trough) = (terminal("2023-09-20", "5.69%", false), terminal("2024-03-20", "3.70%", true));
        let card = of_terminal(Some(&peak), &trough);
        assert_eq!((card.figure.as_str(), card.change.as_deref()), ("5.69 -> 3.70 %", Some("before: the highest")));
        assert_eq!(card.note, "now: the lowest after 20 Mar 2024");
        let lower = terminal("2024-03-20", "3.60%", true);
        assert_eq!(of_terminal(Some(&trough), &lower).change.as_deref(), Some("-10.0 bp"));
    }
}
