//! The basis: the effective rate less SOFR, as fitted and as prices of one month show it.

use chrono::{Days, NaiveDate};
use maud::html;

use super::super::number::signed_bp;
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, circle, mark, marker, polyline, rows_of_grid, text};
use super::scale::{Scale, Ticks};
use crate::market::period::Period;
use crate::rule::{JointFit, PolicyPath};
use crate::units::BasisPoints;

/// The basis of a path that was fitted to SOFR futures.
pub(super) struct BasisThroughTime<'a> {
    as_of: NaiveDate,
    joint: &'a JointFit,
}

impl<'a> BasisThroughTime<'a> {
    /// The basis of a path; `None` where it has none.
    pub(super) fn new(path: &'a PolicyPath) -> Option<Self> {
        let joint = path.joint().filter(|joint| !joint.basis.is_empty())?;
        Some(Self { as_of: path.as_of(), joint })
    }

    fn on(&self, days: u32) -> NaiveDate {
        self.as_of.checked_add_days(Days::new(u64::from(days))).unwrap_or(self.as_of)
    }

    /// The knots by their days.
    fn fitted(&self) -> Vec<(NaiveDate, &BasisPoints)> {
        self.joint.basis.iter().map(|knot| (self.on(knot.days), &knot.basis)).collect()
    }

    /// What prices show, in the middle of each month.
    fn observed(&self) -> Vec<(NaiveDate, &BasisPoints)> {
        let middle = |month| {
            let period = Period::month(month);
            period.start().checked_add_days(Days::new(u64::from(period.days() / 2))).unwrap_or(period.start())
        };
        self.joint.observed.iter().map(|month| (middle(month.month), &month.basis)).collect()
    }
}

impl Chart for BasisThroughTime<'_> {
    fn title(&self) -> String {
        format!("Basis, effective rate less SOFR, {}", day(self.as_of))
    }

    fn alternative(&self) -> String {
        let told = |(when, basis): &(NaiveDate, &BasisPoints)| format!("{} bp on {}", signed_bp(basis), day(*when));
        let fitted: Vec<String> = self.fitted().iter().map(told).collect();
        format!(
            "The fitted basis is {}; linear between, flat outside. Squares: the price of a 1-Month SOFR future less that of the fed \
             funds future of the same month, which needs no model.",
            fitted.join(", ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top, height) = (46.0, width.choose(96.0, 40.0), 40.0, width.choose(180.0, 160.0));
        let bottom = top + height;
        let (fitted, observed) = (self.fitted(), self.observed());
        let days = || fitted.iter().chain(&observed).map(|(when, _)| *when);
        let (first, last) = (days().min().unwrap_or(self.as_of), days().max().unwrap_or(self.as_of));
        let last = last.max(self.joint.reach).max(first.succ_opt().unwrap_or(first));
        let figures = fitted.iter().chain(&observed).map(|(_, basis)| basis.exact().to_f64()).chain([0.0]);
        let (low, high) = figures.fold((f64::MAX, f64::MIN), |(low, high), bp| (low.min(bp), high.max(bp)));
        let ticks = Ticks::over(low, high, 5.0);
        let y = Scale::new(ticks.span, (bottom, top));
        let x = Scale::of_days((first, last), (left, width.px() - right));
        let place = |(when, basis): &(NaiveDate, &BasisPoints)| (x.at_day(*when), y.at(basis.exact().to_f64()));
        let mut points: Vec<(f64, f64)> = fitted.iter().map(place).collect();
        points.extend(points.last().map(|(_, level)| (x.at_day(last), *level)));
        let says = |what: &str, (when, basis): &(NaiveDate, &BasisPoints)| {
            format!("{what} {}: {} bp", day(*when), signed_bp(basis))
        };
        let content = html! {
            (text(0.0, top - 12.0, "small", "basis, bp; squares: SR1 less ZQ of a month"))
            (rows_of_grid(&ticks.labelled(), y, (left, width.px() - right)))
            (polyline(&points, "line thick after-line"))
            @for one in &fitted {
                @let (cx, cy) = place(one);
                (mark(&says("Fitted on", one), &circle(cx, cy, 4.0, "after halo ring")))
            }
            @for one in &observed {
                @let (cx, cy) = place(one);
                (mark(&says("Prices of the month around", one), &marker(1, cx, cy, 3.5, "ink halo ring")))
            }
            (text(left, bottom + 17.0, "small", &day(first)))
            (text(width.px() - right, bottom + 17.0, "small end", &day(last)))
        };
        Drawing { width: width.px(), height: bottom + 24.0, content }
    }

    fn table(&self) -> Table {
        let columns = vec![data::text("Day"), data::text("What"), data::number("Basis, bp")];
        let row = |what: &str, (when, basis): (NaiveDate, &BasisPoints)| {
            vec![Cell::text(day(when)), Cell::text(what), Cell::exact(signed_bp(basis), basis.exact())]
        };
        let fitted = self.fitted().into_iter().map(|one| row("fitted", one));
        let observed = self.observed().into_iter().map(|one| row("SR1 less ZQ", one));
        Table { columns, rows: fitted.chain(observed).collect() }
    }
}
