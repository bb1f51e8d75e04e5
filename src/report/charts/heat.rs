//! The outcome table as a heat map: meetings down, target ranges across, the figure in each cell.

use chrono::NaiveDate;
use maud::html;

use super::super::number::{exact, in_full, percent};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, count, mark, rect, text};
use super::palette::HEAT_STEPS;
use crate::market::calendar::TargetRange;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::units::Probability;

/// The cumulative probability of each range after each meeting.
pub(super) struct HeatMap {
    as_of: NaiveDate,
    target: TargetRange,
    /// Moves from today's range, from the lowest range up.
    columns: Vec<i64>,
    hidden: usize,
    meetings: Vec<MeetingOutlook>,
}

impl HeatMap {
    pub(super) fn new(outlook: &Outlook) -> Self {
        let meetings = outlook.meetings().to_vec();
        let mut possible: Vec<i64> =
            meetings.iter().flat_map(|meeting| meeting.cumulative.outcomes().map(|(moves, _)| moves)).collect();
        possible.sort_unstable();
        possible.dedup();
        let visible =
            |moves: &i64| meetings.iter().any(|meeting| percent(&meeting.cumulative.probability(*moves)) != "0.0");
        let (columns, hidden): (Vec<i64>, Vec<i64>) = possible.into_iter().partition(visible);
        Self { as_of: outlook.path().as_of(), target: outlook.target(), columns, hidden: hidden.len(), meetings }
    }

    fn likeliest(meeting: &MeetingOutlook) -> Option<(i64, Probability)> {
        meeting.cumulative.outcomes().max_by(|(_, one), (_, other)| one.cmp(other))
    }
}

/// The step of the heat map for a probability: the tenth that it lies in.
pub(super) fn step(probability: &Probability) -> u8 {
    let tenths = probability.exact().to_f64() * 10.0;
    (1..HEAT_STEPS).filter(|step| tenths >= f64::from(*step)).max().unwrap_or(0)
}

/// An impossible outcome is empty, so that 0.0 means a small chance.
fn shown(probability: &Probability) -> String {
    if probability.exact().is_zero() { String::new() } else { percent(probability) }
}

impl Chart for HeatMap {
    fn title(&self) -> String {
        format!("Probability of each target range after each meeting, {}", day(self.as_of))
    }

    fn alternative(&self) -> String {
        let ends = [self.meetings.first(), self.meetings.last().filter(|_| self.meetings.len() > 1)];
        let told = ends.into_iter().flatten().filter_map(|meeting| {
            let (moves, probability) = Self::likeliest(meeting)?;
            let announcement = day(meeting.step.meeting.announcement());
            Some(format!("after {announcement} {} % with {} %", self.target.moved(moves), percent(&probability)))
        });
        let hidden = match self.hidden {
            0 => String::new(),
            hidden => format!(" Ranges below 0.05 % at every meeting are not drawn: {hidden}."),
        };
        format!(
            "Percent, all meetings so far together; the stronger the colour, the likelier. Today's range is {} %. The likeliest range is {}.{hidden}",
            self.target,
            told.collect::<Vec<_>>().join(", ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (label, top, row) = (width.choose(92.0, 66.0), 44.0, width.choose(30.0, 28.0));
        let columns = count(self.columns.len().max(1));
        let cell = ((width.px() - label) / columns).clamp(width.choose(44.0, 30.0), 96.0);
        let (full, bottom) = ((label + cell * columns).max(width.px()), top + row * count(self.meetings.len()));
        let content = html! {
            (text(0.0, 30.0, "small", "Meeting"))
            @for (index, moves) in self.columns.iter().enumerate() {
                @let middle = label + cell * (count(index) + 0.5);
                @let range = self.target.moved(*moves);
                @let class = if *moves == 0 { "tiny mid ink strong" } else { "tiny mid" };
                @if range.lower_bp() == range.upper_bp() {
                    (text(middle, 34.0, class, &range.to_string()))
                } @else {
                    (text(middle, 22.0, class, &format!("{:.2}-", range.lower().percent())))
                    (text(middle, 36.0, class, &format!("{:.2}", range.upper().percent())))
                }
                @if *moves == 0 { (text(middle, 9.0, "tiny mid ink strong", "today")) }
            }
            @for (at, meeting) in self.meetings.iter().enumerate() {
                @let y = top + row * count(at);
                @let announcement = day(meeting.step.meeting.announcement());
                (text(0.0, y + row / 2.0 + 4.0, width.choose("ink", "ink tiny"), &announcement))
                @for (index, moves) in self.columns.iter().enumerate() {
                    @let probability = meeting.cumulative.probability(*moves);
                    @let x = label + cell * count(index);
                    @let tenth = step(&probability);
                    @if !probability.exact().is_zero() {
                        (mark(&format!("{announcement}, {} %: {} %", self.target.moved(*moves), in_full(&probability.percent())), &html! {
                            (rect(x + 1.0, y + 1.0, cell - 2.0, row - 2.0, &format!("heat{tenth} ring")))
                            (text(x + cell / 2.0, y + row / 2.0 + 4.0, &format!("{} figure{tenth}", width.choose("mid", if cell < 33.0 { "mid tiny" } else { "mid small" })), &shown(&probability)))
                        }))
                    }
                }
            }
        };
        Drawing { width: full, height: bottom + 6.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Meeting")];
        columns.extend(self.columns.iter().map(|moves| data::number(format!("{} %", self.target.moved(*moves)))));
        columns.extend(["Ease", "Hold", "Hike"].map(|side| data::number(format!("{side}, %"))));
        let cell = |probability: &Probability| {
            if probability.exact().is_zero() {
                return Cell::missing();
            }
            Cell::figure(percent(probability), exact(probability.exact()))
        };
        let row = |meeting: &MeetingOutlook| {
            let mut row = vec![Cell::text(day(meeting.step.meeting.announcement()))];
            row.extend(self.columns.iter().map(|moves| cell(&meeting.cumulative.probability(*moves))));
            let sides = [meeting.cumulative.ease(), meeting.cumulative.hold(), meeting.cumulative.hike()];
            row.extend(sides.map(|side| Cell::figure(percent(&side), exact(side.exact()))));
            row
        };
        Table { columns, rows: self.meetings.iter().map(row).collect() }
    }
}
