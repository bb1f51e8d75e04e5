//! How far the path misses every contract, in ticks.

use maud::html;

use super::super::number::{in_full, signed_bp};
use super::super::words::priced_on;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, circle, columns_of_grid, count, line, mark, rect, text};
use super::scale::{Scale, Ticks};
use crate::rule::{ContractFit, PolicyPath};
use crate::units::{BasisPoints, Fraction};

/// Model price less quoted price of every contract that has a model price.
pub(super) struct Residuals<'a> {
    path: &'a PolicyPath,
    /// The contracts with a residual, and it in basis points and in ticks.
    fits: Vec<(&'a ContractFit, BasisPoints, Fraction)>,
}

impl<'a> Residuals<'a> {
    /// The residuals of a path; `None` where no contract has one.
    pub(super) fn new(path: &'a PolicyPath) -> Option<Self> {
        let fits = path.contracts().iter().filter_map(|fit| Some((fit, fit.residual.clone()?, fit.residual_ticks()?)));
        let fits: Vec<_> = fits.collect();
        (!fits.is_empty()).then_some(Self { path, fits })
    }
}

impl Chart for Residuals<'_> {
    fn title(&self) -> String {
        format!("Fit of every contract, {}", priced_on(self.path))
    }

    fn alternative(&self) -> String {
        let worst = self.fits.iter().max_by(|a, b| a.2.abs().cmp(&b.2.abs()));
        let worst = worst.filter(|(_, _, ticks)| !ticks.is_zero()).map_or_else(
            || "Every contract is met exactly.".to_owned(),
            |(fit, bp, ticks)| {
                format!("The farthest is {}, {ticks:+.2} ticks ({} bp).", fit.contract.symbol(), signed_bp(bp))
            },
        );
        let left_out = self.path.contracts().len() - self.fits.len();
        let left_out = match left_out {
            0 => String::new(),
            1 => " One contract has no residual: its month has realised days, or lies past the last priced meeting."
                .to_owned(),
            many => format!(
                " {many} contracts have no residual: their months have realised days, or lie past the last priced meeting."
            ),
        };
        format!(
            "Model price less quoted price, in ticks of the contract. {worst} Filled: used by the rule; hollow: not used.{left_out}"
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, row, top) = (60.0, width.choose(150.0, 62.0), 22.0, 8.0);
        let bottom = top + row * count(self.fits.len());
        let figures: Vec<f64> = self.fits.iter().map(|(_, _, ticks)| ticks.to_f64()).collect();
        let (low, high) = figures.iter().fold((-1.0_f64, 1.0_f64), |(low, high), f| (low.min(*f), high.max(*f)));
        let ticks = Ticks::over(low, high, width.choose(8.0, 5.0));
        let x = Scale::new(ticks.span, (left, width.px() - right));
        let content = html! {
            (columns_of_grid(&ticks.labelled(), x, (top, bottom)))
            (text(width.px() - right, bottom + 32.0, "small end", "model less quoted price, ticks"))
            @for (index, ((fit, bp, exact_ticks), figure)) in self.fits.iter().zip(&figures).enumerate() {
                @let y = top + row * (count(index) + 0.5);
                @let says = format!("{} ({}), {}: {} ticks, {} bp", fit.contract.symbol(), fit.contract.words(), if fit.used { "used" } else { "not used" }, in_full(exact_ticks), in_full(bp.exact()));
                (mark(&says, &html! {
                    (rect(0.0, y - row / 2.0, width.px(), row, "hit"))
                    (text(0.0, y + 4.0, "ink", &fit.contract.symbol()))
                    (line((x.at(0.0), y), (x.at(*figure), y), "after-line thick"))
                    (circle(x.at(*figure), y, 4.0, if fit.used { "after halo ring" } else { "hollow ring" }))
                    @if width == Width::Page {
                        (text(width.px() - 72.0, y + 4.0, "end ink", &format!("{exact_ticks:+.2}")))
                        (text(width.px(), y + 4.0, "end small", &format!("{} bp", signed_bp(bp))))
                    } @else {
                        (text(width.px(), y + 4.0, "end ink", &format!("{exact_ticks:+.2}")))
                    }
                }))
            }
        };
        Drawing { width: width.px(), height: bottom + 38.0, content }
    }

    fn table(&self) -> Table {
        let columns = vec![
            data::text("Contract"),
            data::text("Month"),
            data::number("Price"),
            data::number("Implied, %"),
            data::text("Used"),
            data::number("Model price"),
            data::number("Residual, bp"),
            data::number("Ticks"),
        ];
        let row = |fit: &ContractFit| {
            let model = fit.model_price();
            let (bp, ticks) = (fit.residual.as_ref(), fit.residual_ticks());
            let implied = fit.price.implied_rate();
            vec![
                Cell::text(fit.contract.symbol()),
                Cell::text(fit.contract.words()),
                Cell::figure(fit.price.to_string(), fit.price.to_string()),
                Cell::exact(format!("{:.4}", implied.exact()), implied.exact()),
                Cell::text(if fit.used { "yes" } else { "no" }),
                model.map_or_else(Cell::missing, |model| Cell::exact(format!("{model:.4}"), &model)),
                bp.map_or_else(Cell::missing, |bp| Cell::exact(signed_bp(bp), bp.exact())),
                ticks.map_or_else(Cell::missing, |ticks| Cell::exact(format!("{ticks:+.2}"), &ticks)),
            ]
        };
        Table { columns, rows: self.path.contracts().iter().map(row).collect() }
    }
}
