//! The expected rate from meeting to meeting, before and after, and what the contracts imply.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use super::super::number::{exact, in_full, rate, signed_bp};
use super::super::words::day;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, apart, circle, line, mark, polyline, rect, rows_of_grid, text};
use super::scale::{Scale, Ticks};
use super::{Chart, bars};
use crate::curve::StepForwards;
use crate::market::calendar::TargetRange;
use crate::market::contract::ContractMonth;
use crate::outlook::Outlook;
use crate::rule::ContractFit;
use crate::units::Rate;

/// The steps of one path or of two, with the implied rate of every contract of the later.
pub(super) struct PathSteps {
    before: Option<StepForwards>,
    after: StepForwards,
    target: TargetRange,
    contracts: Vec<ContractFit>,
    end: NaiveDate,
}

/// How far the last level is drawn.
const HELD: Days = Days::new(45);

impl PathSteps {
    /// The paths of one outlook or of two; `None` where one does not price its first meeting.
    pub(super) fn new(before: Option<&Outlook>, after: &Outlook) -> Option<Self> {
        let forwards = |outlook: &Outlook| StepForwards::new(outlook.path()).ok();
        let before = before.map(|outlook| forwards(outlook).ok_or(())).transpose().ok()?;
        let after_steps = forwards(after)?;
        let last = before.iter().chain([&after_steps]).map(|path| path.last().from).max()?;
        let end = last.checked_add_days(HELD)?;
        let (contracts, month) = (after.path().contracts().iter(), ContractMonth::of(after.path().as_of()));
        Some(Self {
            before,
            target: after.target(),
            contracts: contracts.filter(|fit| fit.contract >= month && middle(fit) <= end).cloned().collect(),
            after: after_steps,
            end,
        })
    }

    fn start(&self) -> NaiveDate {
        let first = self.before.as_ref().map_or(self.after.as_of(), StepForwards::as_of);
        self.contracts.first().map_or(first, |fit| middle(fit).min(first))
    }

    /// The days from which on either path has another level.
    fn levels(&self) -> Vec<Level> {
        let paths = || self.before.iter().chain([&self.after]);
        let mut days: Vec<(NaiveDate, Option<NaiveDate>)> =
            paths().flat_map(|path| path.steps().iter().map(|step| (step.from, step.meeting))).collect();
        days.retain(|(from, meeting)| meeting.is_some() || *from == self.after.as_of());
        // Of a day that begins one path and is a meeting's in the other, the meeting stands.
        days.sort_unstable_by_key(|(from, meeting)| (*from, meeting.is_none()));
        days.dedup_by_key(|(from, _)| *from);
        let first =
            self.before.as_ref().map(|before| (before.as_of(), None)).filter(|(from, _)| *from < self.after.as_of());
        first.into_iter().chain(days).map(|(from, meeting)| self.level(from, meeting)).collect()
    }

    fn level(&self, from: NaiveDate, meeting: Option<NaiveDate>) -> Level {
        let after = (from >= self.after.as_of()).then(|| self.after.rate_on(from).clone());
        Level { from, meeting, before: self.before.as_ref().map(|path| path.rate_on(from).clone()), after }
    }
}

/// The level of both paths from a day on.
struct Level {
    from: NaiveDate,
    meeting: Option<NaiveDate>,
    before: Option<Rate>,
    after: Option<Rate>,
}

impl Level {
    fn says(&self) -> String {
        let what = self.meeting.map_or_else(
            || "before the first meeting".to_owned(),
            |meeting| format!("after the FOMC of {}", day(meeting)),
        );
        let side = |name: &str, rate: &Rate| format!("{name} {} %", in_full(rate.percent()));
        let two = self.before.is_some();
        let before = self.before.as_ref().map(|rate| side("before", rate));
        let after = self.after.as_ref().map(|rate| side(if two { "after" } else { "expected" }, rate));
        let shift = self
            .before
            .as_ref()
            .zip(self.after.as_ref())
            .map(|(before, after)| format!("shift {} bp", signed_bp(&(after - before))));
        let told: Vec<String> = before.into_iter().chain(after).chain(shift).collect();
        format!("From {}, {what}: {}", day(self.from), told.join("; "))
    }
}

/// The middle of a contract's month, where its average stands.
fn middle(fit: &ContractFit) -> NaiveDate {
    let first = fit.contract.first_day();
    first.checked_add_days(Days::new(u64::from(fit.contract.days() / 2))).unwrap_or(first)
}

fn says(fit: &ContractFit) -> String {
    let model = fit.model_rate.as_ref().map(|rate| format!("; the path's average {} %", in_full(rate.percent())));
    let residual = fit.residual.as_ref().map(|residual| format!("; residual {} bp", signed_bp(residual)));
    format!(
        "{} at {}: implied {} %{}{}; {}",
        fit.contract.symbol(),
        fit.price,
        in_full(fit.price.implied_rate().percent()),
        model.unwrap_or_default(),
        residual.unwrap_or_default(),
        if fit.used { "read by the rule" } else { "not read by the rule" }
    )
}

impl Chart for PathSteps {
    fn title(&self) -> String {
        "Expected federal funds rate, meeting by meeting".to_owned()
    }

    fn alternative(&self) -> String {
        let last = |path: &StepForwards| rate(&path.last().rate);
        let (from, end) = (&self.after.steps()[0], self.after.last());
        let before = self.before.as_ref().map_or(String::new(), |before| {
            format!(
                " On {} it went from {} % to {} %.",
                day(before.as_of()),
                rate(&before.steps()[0].rate),
                last(before)
            )
        });
        format!(
            "On {} the path goes from {} % to {} % after {}.{before} Dots are the rates that the contracts imply for their months: \
             filled where the rule reads the contract, hollow where it does not. The target range is {} %. \
             Past the last meeting the rate is held: an assumption, not a price.",
            day(self.after.as_of()),
            rate(&from.rate),
            last(&self.after),
            end.meeting.map_or_else(|| day(end.from), |meeting| format!("the FOMC of {}", day(meeting))),
            self.target
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top, height) = (46.0, width.choose(96.0, 64.0), 52.0, width.choose(280.0, 240.0));
        let bottom = top + height;
        let levels = self.levels();
        let rates = levels.iter().flat_map(|level| [&level.before, &level.after]).flatten();
        let implied: Vec<f64> = self.contracts.iter().map(|fit| fit.price.implied_rate().percent().to_f64()).collect();
        let figures: Vec<f64> = rates.map(|rate| rate.percent().to_f64()).chain(implied.iter().copied()).collect();
        let (low, high) = figures.iter().fold((f64::MAX, f64::MIN), |(low, high), f| (low.min(*f), high.max(*f)));
        // Quarters of a percent, as ranges are, unless there are too many.
        let ticks = if high - low <= 2.0 { Ticks::every(0.25, low, high) } else { Ticks::over(low, high, 6.0) };
        let y = Scale::new(ticks.span, (bottom, top));
        let x = Scale::of_days((self.start(), self.end), (left, width.px() - right));
        let ends = (left, width.px() - right);
        let band = [self.target.upper(), self.target.lower()]
            .map(|bound| y.at(bound.percent().to_f64().clamp(ticks.span.0, ticks.span.1)));
        let steps = |path: &StepForwards| -> Vec<(f64, f64)> {
            let ends = path.steps().iter().skip(1).map(|next| next.from).chain([self.end]);
            path.steps()
                .iter()
                .zip(ends)
                .flat_map(|(step, end)| {
                    let level = y.at(step.rate.percent().to_f64());
                    [(x.at_day(step.from), level), (x.at_day(end), level)]
                })
                .collect()
        };
        let mut held: Vec<(&str, &StepForwards)> = vec![("after", &self.after)];
        held.extend(self.before.as_ref().map(|before| ("before", before)));
        let wanted: Vec<f64> = held.iter().map(|(_, path)| y.at(path.last().rate.percent().to_f64())).collect();
        let places = apart(&wanted, 28.0);
        let content = html! {
            (key(width, self))
            (rect(left, band[0], ends.1 - left, band[1] - band[0], "band"))
            (rows_of_grid(&ticks.labelled(), y, ends))
            (text(0.0, top - 12.0, "small", "expected rate, %; shaded: target range"))
            (meeting_ticks(&levels, x, (top, bottom), width))
            @if let Some(before) = &self.before { (polyline(&steps(before), "line thin before-line dash")) }
            (polyline(&steps(&self.after), "line thick after-line"))
            @for ((side, path), place) in held.iter().zip(&places) {
                @let class = if *side == "after" { "small strong after" } else { "small" };
                @let two = self.before.is_some();
                @if two { (text(ends.1 + 6.0, place - 2.0, class, side)) }
                (text(ends.1 + 6.0, place + if two { 11.0 } else { 4.0 }, class, &rate(&path.last().rate)))
            }
            @for (index, level) in levels.iter().enumerate() {
                @let to = levels.get(index + 1).map_or(self.end, |next| next.from);
                (mark(&level.says(), &rect(x.at_day(level.from), top, x.at_day(to) - x.at_day(level.from), height, "hit")))
            }
            @for (fit, implied) in self.contracts.iter().zip(&implied) {
                (mark(&says(fit), &circle(x.at_day(middle(fit)), y.at(*implied), 3.5, if fit.used { "ink halo ring" } else { "open ring" })))
            }
        };
        Drawing { width: width.px(), height: bottom + 40.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("From"), data::text("After the FOMC of")];
        columns.extend(self.before.as_ref().map(|before| data::number(format!("{}, %", day(before.as_of())))));
        columns.push(data::number(format!("{}, %", day(self.after.as_of()))));
        columns.extend(self.before.as_ref().map(|_| data::number("Shift, bp")));
        let cell = |found: &Option<Rate>| {
            found.as_ref().map_or_else(Cell::missing, |found| Cell::figure(rate(found), exact(found.percent())))
        };
        let row = |level: Level| {
            let meeting = level.meeting.map_or_else(|| "-".to_owned(), day);
            let mut row = vec![Cell::text(day(level.from)), Cell::text(meeting)];
            row.extend(self.before.as_ref().map(|_| cell(&level.before)));
            row.push(cell(&level.after));
            let shift = level.before.as_ref().zip(level.after.as_ref()).map(|(before, after)| after - before);
            let shift = shift.map_or_else(Cell::missing, |shift| Cell::figure(signed_bp(&shift), exact(shift.exact())));
            row.extend(self.before.as_ref().map(|_| shift));
            row
        };
        Table { columns, rows: self.levels().into_iter().map(row).collect() }
    }
}

fn key(width: Width, path: &PathSteps) -> Markup {
    let dots = width.choose(540.0, 0.0);
    html! {
        (bars::key(width, path.before.as_ref().map(StepForwards::as_of), path.after.as_of()))
        @if width == Width::Page {
            (circle(dots, 12.0, 3.5, "ink")) (text(dots + 9.0, 16.0, "small", "contract read"))
            (circle(dots + 96.0, 12.0, 3.5, "open")) (text(dots + 105.0, 16.0, "small", "not read"))
        }
    }
}

/// The meetings along the axis, as many as have room, each with its day; the year where it is a new one.
fn meeting_ticks(levels: &[Level], x: Scale, down: (f64, f64), width: Width) -> Markup {
    let room = width.choose(52.0, 46.0);
    let (mut last, mut year) = (f64::MIN, String::new());
    let mut ticks = Vec::new();
    for meeting in levels.iter().filter_map(|level| level.meeting) {
        let place = x.at_day(meeting);
        let labelled = place - last >= room;
        let own = meeting.format("%Y").to_string();
        let new_year = labelled && own != year;
        if labelled {
            last = place;
            year.clone_from(&own);
        }
        ticks.push((place, labelled.then(|| meeting.format("%-d %b").to_string()), new_year.then_some(own)));
    }
    html! {
        @for (place, label, year) in &ticks {
            (line((*place, down.0), (*place, down.1), "grid"))
            @if let Some(label) = label { (text(*place, down.1 + 16.0, "small mid", label)) }
            @if let Some(year) = year { (text(*place, down.1 + 30.0, "small mid", year)) }
        }
    }
}
