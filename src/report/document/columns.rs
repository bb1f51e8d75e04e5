//! Columns that several reports have.

use super::super::Selection;
use super::super::words::meeting as meeting_in_words;
use super::{Column, Shown, Table, Value, data, list, number, object, words};
use crate::market::calendar::TargetRange;
use crate::market::contract::Contract;
use crate::market::period::Period;
use crate::outlook::{Distribution, MeetingOutlook, Outlook};
use crate::rule::{ContractFit, MeetingStep, PolicyPath};
use crate::units::Probability;

/// The rates before and after the meeting of a row.
pub(super) fn step<'a, R: 'a>(of: impl Fn(&R) -> Option<&MeetingStep> + Copy + 'a) -> Vec<Column<'a, R>> {
    let solved = move |row: &R| of(row).map(|step| step.solved().to_string());
    let marked = move |row: &R| of(row).map(|step| meeting_in_words(step.announcement(), step.provisional));
    // There for a provisional meeting alone.
    let provisional = move |row: &R| Value::if_any(of(row).and_then(|step| step.provisional.then_some(true)));
    let days = move |row: &R| of(row).map(|step| format!("{}+{}", step.days.before(), step.days.after()));
    vec![
        data("meeting", move |row: &R| of(row).map(MeetingStep::announcement)),
        words("", "Meeting", marked).text_only(),
        words("effective", "Effective", move |row: &R| of(row).map(|step| step.effective)),
        data("contract", move |row: &R| of(row).map(MeetingStep::contract)).no_csv(),
        data("solved", solved),
        number("rate_before_percent", "Before %", Shown::Places(4), move |row: &R| {
            of(row).map(|step| step.before.exact().clone())
        }),
        number("rate_after_percent", "After %", Shown::Places(4), move |row: &R| {
            of(row).map(|step| step.after.exact().clone())
        }),
        number("change_bp", "Change bp", Shown::Signed(2), move |row: &R| of(row).map(MeetingStep::change)),
        number("expected_moves", "Moves", Shown::Signed(3), move |row: &R| of(row).map(MeetingStep::expected_moves))
            .with_exact()
            .no_csv(),
        data("provisional", provisional).no_csv(),
        words("", "Solved", solved).text_only(),
        number("", "Days", Shown::Plain, days).text_only(),
    ]
}

/// The price of a row's contract, and what the path makes of it.
pub(super) fn fit<'a, R: 'a>(of: impl Fn(&R) -> Option<&ContractFit> + Copy + 'a) -> Vec<Column<'a, R>> {
    let residual = move |row: &R| of(row).and_then(|fit| fit.residual.clone());
    let implied = move |row: &R| of(row).map(|fit| fit.price.implied_rate().exact().clone());
    vec![
        words("", "Contract", move |row: &R| of(row).map(|fit| fit.contract.symbol())).text_only(),
        words("", "Month", move |row: &R| of(row).map(|fit| fit.contract.words())).text_only(),
        data("contract", move |row: &R| of(row).map(|fit| fit.contract)),
        number("price", "Price", Shown::Plain, move |row: &R| of(row).map(|fit| fit.price)),
        number("", "Implied %", Shown::Places(4), implied).text_only(),
        words("used", "Read", move |row: &R| of(row).map(|fit| fit.used)),
        number("model_price", "Model price", Shown::Places(4), move |row: &R| {
            of(row).and_then(ContractFit::model_price)
        }),
        number("residual_bp", "Residual bp", Shown::Signed(2), residual),
        number("residual_ticks", "Ticks", Shown::Signed(2), move |row: &R| {
            of(row).and_then(ContractFit::residual_ticks)
        }),
    ]
}

/// The contracts of a path, one row each.
pub(super) fn contracts(path: &PolicyPath) -> Table<'_> {
    Table::new("contracts", path.contracts(), fit_of(path, |fit: &&ContractFit| Some(fit)))
}

/// As [`fit`], with the product and its days where a path has contracts of several.
pub(super) fn fit_of<'a, R: 'a>(
    path: &PolicyPath,
    of: impl Fn(&R) -> Option<&ContractFit> + Copy + 'a,
) -> Vec<Column<'a, R>> {
    let mut columns = fit(of);
    if path.joint().is_some() {
        let period = move |row: &R| of(row).map(|fit| fit.contract.reference_period());
        let after = columns.iter().position(|column| column.is("price")).unwrap_or(columns.len());
        let product = data("product", move |row: &R| of(row).map(|fit| fit.contract.product().code()));
        let start = data("reference_start", move |row: &R| period(row).map(Period::start));
        let end = data("reference_end", move |row: &R| period(row).map(Period::end));
        columns.splice(after..after, [product, start, end]);
    }
    columns
}

/// The chances of a lower range, of the same and of a higher one.
pub(super) fn sides<'a, R: 'a>(of: impl Fn(&R) -> &Distribution + Copy + 'a) -> Vec<Column<'a, R>> {
    vec![
        number("ease", "Ease", Shown::Percent(1), move |row: &R| of(row).ease()),
        number("hold", "Hold", Shown::Percent(1), move |row: &R| of(row).hold()),
        number("hike", "Hike", Shown::Percent(1), move |row: &R| of(row).hike()),
    ]
}

/// The bounds of a target range, in basis points.
pub(super) fn range<'a, R: 'a>(of: impl Fn(&R) -> TargetRange + Copy + 'a) -> [Column<'a, R>; 2] {
    [data("lower_bp", move |row: &R| of(row).lower_bp()), data("upper_bp", move |row: &R| of(row).upper_bp())]
}

/// Every target range that has a chance.
pub(super) fn outcomes(shown: &Distribution, target: TargetRange) -> Value {
    let mut columns = Vec::from(range(move |(moves, _): &(i64, Probability)| target.moved(*moves)));
    columns.push(data("probability", |(_, probability): &(i64, Probability)| probability.exact().clone()).with_exact());
    Table::new("outcomes", shown.outcomes(), columns).into()
}

/// One outcome of one meeting of one day: the row of tidy tables.
pub(super) struct OutcomeRow<'a> {
    pub(super) outlook: &'a Outlook,
    pub(super) meeting: &'a MeetingOutlook,
    pub(super) moves: i64,
    pub(super) probability: Probability,
}

/// The tidy table of outcomes: one row a day, meeting and target range.
pub(super) fn tidy<'a>(outlook: &'a Outlook, selection: &Selection<'_>) -> Table<'a> {
    let view = selection.view;
    let rows: Vec<OutcomeRow<'a>> = selection
        .meetings(outlook)
        .flat_map(|meeting| {
            let outcomes: Vec<(i64, Probability)> = meeting.distribution(view).outcomes().collect();
            outcomes.into_iter().map(move |(moves, probability)| OutcomeRow { outlook, meeting, moves, probability })
        })
        .collect();
    let mut columns = vec![
        data("date", |row: &OutcomeRow<'_>| row.outlook.path().as_of()),
        data("meeting", |row: &OutcomeRow<'_>| row.meeting.announcement()),
    ];
    columns.extend(range(|row: &OutcomeRow<'_>| row.outlook.target().moved(row.moves)));
    columns.push(data("probability", |row: &OutcomeRow<'_>| row.probability.exact().clone()));
    Table::new("", rows, columns)
}

/// A meeting with the distribution that is shown of it.
pub(super) struct ShownMeeting<'a> {
    pub(super) meeting: &'a MeetingOutlook,
    pub(super) shown: Distribution,
}

/// The meetings of an outlook that are shown.
pub(super) fn shown_meetings<'a>(outlook: &'a Outlook, selection: &Selection<'_>) -> Vec<ShownMeeting<'a>> {
    let shown = |meeting: &'a MeetingOutlook| ShownMeeting { meeting, shown: meeting.distribution(selection.view) };
    selection.meetings(outlook).map(shown).collect()
}

/// A meeting of the outcome table: its rates, the odds, every outcome.
pub(super) fn meeting<'a>(target: TargetRange) -> Vec<Column<'a, ShownMeeting<'a>>> {
    let local = |row: &ShownMeeting<'_>| {
        let columns = [
            data("move_bp", |(moves, _): &(i64, Probability)| moves.saturating_mul(25)),
            data("probability", |(_, probability): &(i64, Probability)| probability.exact().clone()).with_exact(),
        ];
        Table::new("local", row.meeting.local.outcomes(), columns).objects()
    };
    let mut columns = step(|row: &ShownMeeting<'_>| Some(&row.meeting.step));
    columns.extend(sides(|row: &ShownMeeting<'_>| &row.shown));
    columns.push(data("outcomes", move |row: &ShownMeeting<'_>| outcomes(&row.shown, target)));
    columns.push(data("local", local));
    columns
}

/// Meetings without a price, and why.
pub(super) fn unpriced<D: std::fmt::Display>(rows: impl IntoIterator<Item = (chrono::NaiveDate, D)>) -> Value {
    list(rows, |(meeting, reason)| object([("meeting", meeting.into()), ("reason", reason.to_string().into())]))
}

/// The contract of a row, in JSON and CSV as its month.
pub(super) fn contract<'a, R: 'a>(of: impl Fn(&R) -> Contract + Copy + 'a) -> [Column<'a, R>; 2] {
    [words("", "Contract", move |row: &R| of(row).symbol()).text_only(), data("contract", of)]
}
