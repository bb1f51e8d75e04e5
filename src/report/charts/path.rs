//! The expected rate from meeting to meeting, before and after, and what the contracts imply.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use super::super::number::{in_full, rate, signed_bp};
use super::super::words::{day, priced_on};
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, apart, circle, line, mark, marker, polyline, rect, rows_of_grid, text};
use super::scale::{Scale, Ticks};
use super::{Chart, PROVISIONAL, bars};
use crate::curve::{StepForward, StepForwards};
use crate::market::calendar::TargetRange;
use crate::market::product::Product;
use crate::outlook::Outlook;
use crate::rule::ContractFit;
use crate::units::Rate;

/// The steps of one path or of two, with the implied rate of every contract of the later.
pub(super) struct PathSteps {
    before: Option<Line>,
    after: Line,
    /// The meeting it is about.
    headline: NaiveDate,
    target: TargetRange,
    contracts: Vec<ContractFit>,
    end: NaiveDate,
}

/// One path: its levels, the meetings whose rate is provisional, and those that share a change with others.
struct Line {
    /// The day, in words.
    date: String,
    steps: StepForwards,
    provisional: BTreeSet<NaiveDate>,
    shared: BTreeSet<NaiveDate>,
}

impl Line {
    fn new(outlook: &Outlook) -> Option<Self> {
        let provisional = outlook.path().steps().iter().filter(|step| step.provisional);
        let provisional = provisional.map(|step| step.meeting.announcement()).collect();
        let (date, steps) = (priced_on(outlook.path()), StepForwards::new(outlook.path()).ok()?);
        let shared = steps.steps().iter().filter(|step| step.shared).filter_map(|step| step.meeting).collect();
        Some(Self { date, steps, provisional, shared })
    }

    /// Whether a level is dotted: provisional or shared.
    fn is_dotted(&self, step: &StepForward) -> bool {
        step.meeting.is_some_and(|meeting| self.provisional.contains(&meeting) || self.shared.contains(&meeting))
    }

    /// The staircase in its firm and dotted parts, each from where the one before ends.
    fn parts(&self, x: Scale, y: Scale, end: NaiveDate) -> Vec<(Vec<(f64, f64)>, bool)> {
        let mut parts: Vec<(Vec<(f64, f64)>, bool)> = Vec::new();
        let steps = self.steps.steps();
        let ends = steps.iter().skip(1).map(|next| next.from).chain([end]);
        for (step, end) in steps.iter().zip(ends) {
            let level = y.at(step.rate.exact().to_f64());
            let drawn = [(x.at_day(step.from), level), (x.at_day(end), level)];
            let is_dotted = self.is_dotted(step);
            let corner = parts.last().and_then(|(points, _)| points.last().copied());
            match parts.last_mut().filter(|(_, other)| *other == is_dotted) {
                Some((points, _)) => points.extend(drawn),
                None => parts.push((corner.into_iter().chain(drawn).collect(), is_dotted)),
            }
        }
        parts
    }
}

/// How far the last level is drawn.
const HELD: Days = Days::new(45);

impl PathSteps {
    /// The paths of one outlook or of two; `None` where one does not price its first meeting.
    pub(super) fn new(before: Option<&Outlook>, after: &Outlook, headline: NaiveDate) -> Option<Self> {
        let before = before.map(|outlook| Line::new(outlook).ok_or(())).transpose().ok()?;
        let line = Line::new(after)?;
        let last = before.iter().chain([&line]).map(|line| line.steps.last().from).max()?;
        let end = last.checked_add_days(HELD)?;
        let (contracts, as_of) = (after.path().contracts().iter(), after.path().as_of());
        Some(Self {
            before,
            headline,
            target: after.target(),
            contracts: contracts.filter(|fit| ends_after(fit, as_of) && middle(fit) <= end).cloned().collect(),
            after: line,
            end,
        })
    }

    /// The paths, the earlier first.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.before.iter().chain([&self.after])
    }

    fn is_provisional(&self) -> bool {
        self.lines().any(|line| !line.provisional.is_empty())
    }

    fn is_shared(&self) -> bool {
        self.lines().any(|line| !line.shared.is_empty())
    }

    fn has_sofr(&self) -> bool {
        self.contracts.iter().any(|fit| shape(fit) > 0)
    }

    fn subtitle(&self, width: Width) -> String {
        let provisional = match (self.is_provisional(), self.is_shared()) {
            (true, true) => "; dotted: provisional, shared",
            (true, false) => "; dotted: provisional",
            (false, true) => "; dotted: shared",
            (false, false) => "",
        };
        let sofr = if self.has_sofr() { "; squares SR1, diamonds SR3" } else { "" };
        format!("{}; shaded: target range{sofr}{provisional}", width.choose("expected rate, %", "rate, %"))
    }

    fn start(&self) -> NaiveDate {
        let first = self.before.as_ref().unwrap_or(&self.after).steps.as_of();
        self.contracts.first().map_or(first, |fit| middle(fit).min(first))
    }

    /// The days from which on either path has another level.
    fn levels(&self) -> Vec<Level> {
        let paths = || self.lines().map(|line| &line.steps);
        let mut days: Vec<(NaiveDate, Option<NaiveDate>)> =
            paths().flat_map(|path| path.steps().iter().map(|step| (step.from, step.meeting))).collect();
        days.retain(|(from, meeting)| meeting.is_some() || *from == self.after.steps.as_of());
        // Of a day that begins one path and is a meeting's in the other, the meeting stands.
        days.sort_unstable_by_key(|(from, meeting)| (*from, meeting.is_none()));
        days.dedup_by_key(|(from, _)| *from);
        let first = self
            .before
            .as_ref()
            .map(|before| (before.steps.as_of(), None))
            .filter(|(from, _)| *from < self.after.steps.as_of());
        first.into_iter().chain(days).map(|(from, meeting)| self.level(from, meeting)).collect()
    }

    fn level(&self, from: NaiveDate, meeting: Option<NaiveDate>) -> Level {
        let after = (from >= self.after.steps.as_of()).then(|| self.after.steps.rate_on(from).clone());
        let any = |holds: fn(&Line) -> &BTreeSet<NaiveDate>| {
            meeting.is_some_and(|meeting| self.lines().any(|line| holds(line).contains(&meeting)))
        };
        Level {
            from,
            meeting,
            before: self.before.as_ref().map(|line| line.steps.rate_on(from).clone()),
            after,
            is_provisional: any(|line| &line.provisional),
            is_shared: any(|line| &line.shared),
        }
    }
}

/// The level of both paths from a day on.
struct Level {
    from: NaiveDate,
    meeting: Option<NaiveDate>,
    before: Option<Rate>,
    after: Option<Rate>,
    is_provisional: bool,
    is_shared: bool,
}

impl Level {
    fn says(&self) -> String {
        let what = self.meeting.map_or_else(
            || "before the first meeting".to_owned(),
            |meeting| format!("after the FOMC of {}", day(meeting)),
        );
        let side = |name: &str, rate: &Rate| format!("{name} {} %", in_full(rate.exact()));
        let two = self.before.is_some();
        let before = self.before.as_ref().map(|rate| side("before", rate));
        let after = self.after.as_ref().map(|rate| side(if two { "after" } else { "expected" }, rate));
        let shift = self
            .before
            .as_ref()
            .zip(self.after.as_ref())
            .map(|(before, after)| format!("shift {} bp", signed_bp(&(after - before))));
        let told: Vec<String> = before.into_iter().chain(after).chain(shift).collect();
        let provisional = if self.is_provisional { "; provisional" } else { "" };
        let shared = if self.is_shared { "; shared" } else { "" };
        format!("From {}, {what}: {}{provisional}{shared}", day(self.from), told.join("; "))
    }
}

/// Whether the days of a contract reach past a day.
fn ends_after(fit: &ContractFit, day: NaiveDate) -> bool {
    fit.contract.reference_period().end() > day
}

/// The mark of a product: a dot, a square, a diamond.
fn shape(fit: &ContractFit) -> usize {
    Product::ALL.iter().position(|product| *product == fit.contract.product()).unwrap_or(0)
}

/// The middle of a contract's days, where its average stands.
fn middle(fit: &ContractFit) -> NaiveDate {
    let period = fit.contract.reference_period();
    period.start().checked_add_days(Days::new(u64::from(period.days() / 2))).unwrap_or(period.start())
}

fn says(fit: &ContractFit) -> String {
    let model = fit.model_rate.as_ref().map(|rate| format!("; the path's average {} %", in_full(rate.exact())));
    let residual = fit.residual.as_ref().map(|residual| format!("; residual {} bp", signed_bp(residual)));
    format!(
        "{} at {}: implied {} %{}{}; {}",
        fit.contract.symbol(),
        fit.price,
        in_full(fit.price.implied_rate().exact()),
        model.unwrap_or_default(),
        residual.unwrap_or_default(),
        if fit.used { "used by the rule" } else { "not used by the rule" }
    )
}

impl Chart for PathSteps {
    fn title(&self) -> String {
        "Expected federal funds rate, meeting by meeting".to_owned()
    }

    fn alternative(&self) -> String {
        let after = &self.after.steps;
        let (from, end) = (&after.steps()[0], after.last());
        let before = self.before.as_ref().map_or(String::new(), |before| {
            let (path, last) = (&before.steps, before.steps.last());
            format!(" On {} it ran from {} % to {} %.", before.date, rate(&path.steps()[0].rate), rate(&last.rate))
        });
        let shared = if self.is_shared() {
            " Shared: contracts cover these meetings together; how the change falls on them is assumed."
        } else {
            ""
        };
        let sofr = if self.has_sofr() {
            " Squares and diamonds are 1-Month and 3-Month SOFR futures, at the rate of SOFR that they imply."
        } else {
            ""
        };
        format!(
            "On {} the expected rate runs from {} % to {} % after {}.{before} Each dot is the average rate that a contract implies \
             for its month: filled where the rule uses the contract, hollow where it does not.{sofr} The target range is {} %. \
             After the last meeting the rate is assumed unchanged.{shared}{}",
            self.after.date,
            rate(&from.rate),
            rate(&end.rate),
            end.meeting.map_or_else(|| day(end.from), |meeting| format!("the FOMC of {}", day(meeting))),
            self.target,
            if self.is_provisional() { PROVISIONAL } else { "" }
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top, height) = (46.0, width.choose(96.0, 64.0), 52.0, width.choose(280.0, 240.0));
        let bottom = top + height;
        let levels = self.levels();
        let rates = levels.iter().flat_map(|level| [&level.before, &level.after]).flatten();
        let implied: Vec<f64> = self.contracts.iter().map(|fit| fit.price.implied_rate().exact().to_f64()).collect();
        let figures: Vec<f64> = rates.map(|rate| rate.exact().to_f64()).chain(implied.iter().copied()).collect();
        let (low, high) = figures.iter().fold((f64::MAX, f64::MIN), |(low, high), f| (low.min(*f), high.max(*f)));
        // Quarters of a percent, as ranges are, unless there are too many.
        let ticks = if high - low <= 2.0 { Ticks::every(0.25, low, high) } else { Ticks::over(low, high, 6.0) };
        let y = Scale::new(ticks.span, (bottom, top));
        let x = Scale::of_days((self.start(), self.end), (left, width.px() - right));
        let ends = (left, width.px() - right);
        let band = [self.target.upper(), self.target.lower()]
            .map(|bound| y.at(bound.exact().to_f64().clamp(ticks.span.0, ticks.span.1)));
        let mut held: Vec<(&str, &Line)> = vec![("after", &self.after)];
        held.extend(self.before.as_ref().map(|before| ("before", before)));
        let wanted: Vec<f64> = held.iter().map(|(_, line)| y.at(line.steps.last().rate.exact().to_f64())).collect();
        let places = apart(&wanted, 28.0);
        let content = html! {
            (key(width, self))
            (rect(left, band[0], ends.1 - left, band[1] - band[0], "band"))
            (rows_of_grid(&ticks.labelled(), y, ends))
            (text(0.0, top - 12.0, "small", &self.subtitle(width)))
            (meeting_ticks(&levels, self.headline, x, (top, bottom), width))
            @if let Some(before) = &self.before { (staircase(before, (x, y), self.end, "before-line", "thin")) }
            (staircase(&self.after, (x, y), self.end, "after-line", "thick"))
            @for ((side, line), place) in held.iter().zip(&places) {
                @let last = line.steps.last();
                @let class = match (*side, line.is_dotted(last)) {
                    ("after", false) => "small strong after",
                    ("after", true) => "small after",
                    _ => "small",
                };
                @let two = self.before.is_some();
                @if two { (text(ends.1 + 6.0, place - 2.0, class, side)) }
                (text(ends.1 + 6.0, place + if two { 11.0 } else { 4.0 }, class, &rate(&last.rate)))
            }
            @for (index, level) in levels.iter().enumerate() {
                @let to = levels.get(index + 1).map_or(self.end, |next| next.from);
                (mark(&level.says(), &rect(x.at_day(level.from), top, x.at_day(to) - x.at_day(level.from), height, "hit")))
            }
            @for (fit, implied) in self.contracts.iter().zip(&implied) {
                (mark(&says(fit), &marker(shape(fit), x.at_day(middle(fit)), y.at(*implied), 3.5, if fit.used { "ink halo ring" } else { "open ring" })))
            }
        };
        Drawing { width: width.px(), height: bottom + 40.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("From"), data::text("After the FOMC of")];
        columns.extend(self.before.as_ref().map(|before| data::number(format!("{}, %", before.date))));
        columns.push(data::number(format!("{}, %", self.after.date)));
        columns.extend(self.before.as_ref().map(|_| data::number("Shift, bp")));
        let cell = |found: &Option<Rate>| {
            found.as_ref().map_or_else(Cell::missing, |found| Cell::exact(rate(found), found.exact()))
        };
        let row = |level: Level| {
            let meeting = level.meeting.map_or_else(|| "-".to_owned(), day);
            let meeting = if level.is_provisional { format!("{meeting} (provisional)") } else { meeting };
            let meeting = if level.is_shared { format!("{meeting} (shared)") } else { meeting };
            let mut row = vec![Cell::text(day(level.from)), Cell::text(meeting)];
            row.extend(self.before.as_ref().map(|_| cell(&level.before)));
            row.push(cell(&level.after));
            let shift = level.before.as_ref().zip(level.after.as_ref()).map(|(before, after)| after - before);
            let shift = shift.map_or_else(Cell::missing, |shift| Cell::exact(signed_bp(&shift), shift.exact()));
            row.extend(self.before.as_ref().map(|_| shift));
            row
        };
        Table { columns, rows: self.levels().into_iter().map(row).collect() }
    }
}

fn key(width: Width, path: &PathSteps) -> Markup {
    let dots = width.choose(540.0, 0.0);
    html! {
        (bars::key(width, path.before.as_ref().map(|line| line.date.as_str()), &path.after.date))
        @if width == Width::Page {
            (circle(dots, 12.0, 3.5, "ink")) (text(dots + 9.0, 16.0, "small", "contract used"))
            (circle(dots + 96.0, 12.0, 3.5, "open")) (text(dots + 105.0, 16.0, "small", "not used"))
        }
    }
}

/// A path as a line of a width; what is provisional or shared is thin and dotted.
fn staircase(line: &Line, (x, y): (Scale, Scale), end: NaiveDate, colour: &str, firm: &str) -> Markup {
    html! {
        @for (points, is_dotted) in line.parts(x, y, end) {
            (polyline(&points, &format!("line {colour} {}", if is_dotted { "thin dot" } else { firm })))
        }
    }
}

/// The meetings along the axis, as many as have room, each with its day; the year where it is a new one. The headline's is
/// always there.
fn meeting_ticks(levels: &[Level], headline: NaiveDate, x: Scale, down: (f64, f64), width: Width) -> Markup {
    let room = width.choose(52.0, 46.0);
    let (mut last, mut year) = (f64::MIN, String::new());
    let mut ticks = Vec::new();
    for meeting in levels.iter().filter_map(|level| level.meeting) {
        let place = x.at_day(meeting);
        let has_room = meeting == headline || (place - x.at_day(headline)).abs() >= room;
        let labelled = place - last >= room && has_room;
        let own = meeting.format("%Y").to_string();
        let new_year = labelled && own != year;
        if labelled {
            last = place;
            year.clone_from(&own);
        }
        let class = if meeting == headline { "small mid ink strong" } else { "small mid" };
        ticks.push((place, labelled.then(|| meeting.format("%-d %b").to_string()), new_year.then_some(own), class));
    }
    html! {
        @for (place, label, year, class) in &ticks {
            (line((*place, down.0), (*place, down.1), "grid"))
            @if let Some(label) = label { (text(*place, down.1 + 16.0, class, label)) }
            @if let Some(year) = year { (text(*place, down.1 + 30.0, "small mid", year)) }
        }
    }
}
