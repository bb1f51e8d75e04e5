//! The commands of one day and of two, by the names of the program's options.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use fedpath::curve::{CurveChange, HalfLife, MethodId, PassThroughOptions, PolicyShift, Tenor, of_strip};
use fedpath::equity::{AssetProfile, CashFlows, EarningsPath, EquityOptions};
use fedpath::history::{History, HistoryOptions, Span};
use fedpath::product::OvernightRate;
use fedpath::report::{self, CurveSource, Earlier, EquityDetail, Selection, Source, Subject, Telling};
use fedpath::summary::Summary;
use fedpath::surprise::{Announcement, SurpriseRule, WindowKind};
use fedpath::{
    Assumptions, BasisPoints, Data, Notice, Outlook, PolicyPath, Rate, RepriceError, RepriceOptions, Repricing,
    Sensitivity, TargetHistory, View,
};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::errors;
use crate::given::{self, Given};
use crate::quotes::Quotes;
use crate::report::Report;

type Day = Option<NaiveDate>;

/// The name of a source, kept beside what is told of it.
#[derive(Clone)]
struct Name {
    name: String,
    illustrative: bool,
}

impl Name {
    fn of(quotes: &Quotes) -> Self {
        let source = quotes.source();
        Self { name: source.name.to_owned(), illustrative: source.illustrative }
    }

    fn source(&self) -> Source<'_> {
        let mut source = Source::new(&self.name, "");
        source.illustrative = self.illustrative;
        source
    }

    fn selection(&self) -> Selection<'_> {
        let mut selection = Selection::default();
        selection.source = self.source();
        selection
    }
}

/// What is priced of quotes on a day.
fn priced(py: Python<'_>, quotes: &Quotes, as_of: Day, options: &str) -> PyResult<(Outlook, Assumptions)> {
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, quotes.has_several_products())?;
    let strip = quotes.strip(py, as_of, &given)?;
    let outlook =
        Outlook::price(&strip, &assumptions).map_err(|error| errors::unpriced(py, quotes.source().name, error))?;
    Ok((outlook, assumptions))
}

/// The odds of each target range after each meeting.
#[pyfunction]
pub(crate) fn probs(
    py: Python<'_>,
    quotes: &Quotes,
    as_of: Day,
    options: &str,
    view: &str,
    meeting: Day,
    count: Option<usize>,
) -> PyResult<Report> {
    let view: View = given::read(py, &format!("{view:?}"))?;
    let (outlook, _) = priced(py, quotes, as_of, options)?;
    let (outlook, name) = (Arc::new(outlook), Name::of(quotes));
    let (drawn, drawn_name) = (Arc::clone(&outlook), name.clone());
    let tell = move |explain, with: &mut dyn FnMut(&report::Document<'_>)| {
        let mut selection = name.selection();
        (selection.view, selection.meeting, selection.count, selection.explain) = (view, meeting, count, explain);
        with(&report::probs(&outlook, &selection));
    };
    Ok(Report::new(tell).noticed(drawn.path().notices()).drawn(move |with| {
        let mut selection = drawn_name.selection();
        selection.meeting = meeting;
        with(&Subject::Snapshot(&drawn, selection));
    }))
}

/// The expected rate before and after each meeting, and the fit of every contract.
#[pyfunction]
pub(crate) fn path(py: Python<'_>, quotes: &Quotes, as_of: Day, options: &str) -> PyResult<Report> {
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, quotes.has_several_products())?;
    let strip = quotes.strip(py, as_of, &given)?;
    let name = Name::of(quotes);
    let path = PolicyPath::solve(&strip, &assumptions).map_err(|error| errors::unpriced(py, &name.name, error))?;
    let notices = path.notices().to_vec();
    let report = Report::new(move |explain, with| {
        let mut selection = name.selection();
        selection.explain = explain;
        with(&report::path(&path, &selection));
    });
    Ok(report.noticed(&notices))
}

/// What a strategist quotes of one day; of quotes of many days the newest, beside earlier ones: days, or spans such as `1w`.
#[pyfunction]
pub(crate) fn summary(
    py: Python<'_>,
    quotes: &Quotes,
    as_of: Day,
    options: &str,
    deltas: Vec<String>,
) -> PyResult<Report> {
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, quotes.has_several_products())?;
    let name = Name::of(quotes);
    let of_strip = |strip| Summary::new(&strip, &assumptions).map_err(|error| errors::unpriced(py, &name.name, error));
    if deltas.is_empty() && quotes.days().len() < 2 {
        let now = of_strip(quotes.strip(py, as_of, &given)?)?;
        let notices = now.outlook().path().notices().to_vec();
        let report = Report::new(move |_, with| with(&report::summary(&now, &[], &name.selection())));
        return Ok(report.noticed(&notices));
    }
    let table = quotes.table(py)?;
    let mut of_days = HistoryOptions::default().with_strip(given.strip(py, None)?);
    of_days.to = as_of;
    let history = History::new(&*table, &assumptions, of_days);
    let lacks = |what: &str| errors::refused(py, &format!("{}: expected quotes of {what}, found none", name.name));
    let (today, before) = history.selected().split_last().ok_or_else(|| lacks("a weekday"))?;
    if let Some(wanted) = as_of.filter(|wanted| wanted != today) {
        return Err(lacks(&wanted.to_string()));
    }
    let mut earlier: Vec<(Option<Span>, NaiveDate)> = Vec::new();
    for delta in &deltas {
        if let Ok(day) = delta.parse::<NaiveDate>() {
            earlier.push((None, day));
        } else {
            let span: Span = given::read(py, &format!("{delta:?}"))?;
            earlier.extend(span.before(*today, before).map(|day| (Some(span), day)));
        }
    }
    let wanted = earlier.iter().map(|(_, day)| *day).chain([*today]).collect();
    let mut strips: BTreeMap<NaiveDate, _> = history.strips_on(wanted).collect();
    let mut of_day = |day: NaiveDate| {
        let strip = strips.remove(&day).ok_or_else(|| lacks(&day.to_string()))?;
        of_strip(strip.map_err(|reason| errors::unpriced(py, &name.name, reason))?)
    };
    let now = of_day(*today)?;
    let mut compared = Vec::new();
    for (span, day) in earlier {
        compared.push(Earlier::new(span, of_day(day)?));
    }
    drop(history);
    let notices = now.outlook().path().notices().to_vec();
    let report = Report::new(move |_, with| with(&report::summary(&now, &compared, &name.selection())));
    Ok(report.noticed(&notices))
}

/// The term structure of one day, or what changed to another.
#[pyfunction]
pub(crate) fn curve(
    py: Python<'_>,
    quotes: &Quotes,
    as_of: Day,
    after: Option<(PyRef<'_, Quotes>, Day)>,
    asked: (Vec<String>, String),
    options: &str,
) -> PyResult<Report> {
    let given: Given = given::read(py, options)?;
    let (tenors, rate) = asked;
    let rate: OvernightRate = given::read(py, &format!("{rate:?}"))
        .map_err(|_| errors::refused(py, &format!("rate: expected effr or sofr, found {rate}")))?;
    let tenors: Vec<Tenor> = tenors
        .iter()
        .map(|tenor| tenor.parse::<Tenor>().map_err(|error| errors::refused(py, &format!("tenor: {error}"))))
        .collect::<PyResult<_>>()?;
    let tenors = if tenors.is_empty() { Tenor::STANDARD.to_vec() } else { tenors };
    let solved = |quotes: &Quotes, as_of| {
        let assumptions = given.assumptions(py, quotes.has_several_products())?;
        let refused = |error| errors::unpriced(py, quotes.source().name, fedpath::Error::Policy(error));
        of_strip(&quotes.strip(py, as_of, &given)?, &assumptions, rate).map_err(refused)
    };
    let ((path, structure), name) = (solved(quotes, as_of)?, Name::of(quotes));
    let Some((newer, day)) = after else {
        let notices = path.notices().to_vec();
        let report = Report::new(move |explain, with| {
            with(&report::curve(&structure, &tenors, &CurveSource::new(name.source(), &path).of_rate(rate), explain));
        });
        return Ok(report.noticed(&notices));
    };
    let ((newer_path, newer_structure), newer_name) = (solved(&newer, day)?, Name::of(&newer));
    let (before, after) = (structure.as_of(), newer_structure.as_of());
    let change = CurveChange::new(structure, newer_structure)
        .ok_or_else(|| errors::unpriced(py, &name.name, RepriceError::OutOfOrder { before, after }))?;
    let notices = [path.notices(), newer_path.notices()].concat();
    let report = Report::new(move |_, with| {
        let sources = [(&name, &path), (&newer_name, &newer_path)];
        let sources = sources.map(|(name, path)| CurveSource::new(name.source(), path).of_rate(rate));
        with(&report::curve_change(&change, &tenors, &sources));
    });
    Ok(report.noticed(&notices))
}

/// How a shift passes to the curve and to equities.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Scenario {
    meeting: Option<NaiveDate>,
    half_life: Option<HalfLife>,
    methods: Vec<MethodId>,
    asset: Option<String>,
    payout_yield: Option<Rate>,
    duration: Option<f64>,
    numerator: Option<EarningsPath>,
    /// Returns in percent, by asset.
    realised: BTreeMap<String, f64>,
}

impl Scenario {
    fn options(&self, py: Python<'_>) -> PyResult<RepriceOptions> {
        let refused = |error: &dyn std::fmt::Display| errors::refused(py, &error.to_string());
        let mut pass_through = PassThroughOptions::default().with_only(self.methods.iter().cloned());
        pass_through.half_life = self.half_life.unwrap_or_default();
        let flows = match (&self.payout_yield, self.duration) {
            (Some(rate), None) => Some(CashFlows::gordon(rate.clone()).map_err(|error| refused(&error))?),
            (None, Some(years)) => Some(CashFlows::duration_only(years).map_err(|error| refused(&error))?),
            (None, None) => None,
            _ => return Err(errors::refused(py, "payout_yield: expected it or duration, found both")),
        };
        let wanted = self.asset.as_deref().unwrap_or("sp500");
        let known = &Data::embedded().assets;
        let with_flows = |profile: &AssetProfile| match &flows {
            Some(flows) => profile.clone().with_cash_flows(flows.clone()),
            None => profile.clone(),
        };
        let assets: Vec<AssetProfile> =
            known.iter().filter(|profile| wanted == "all" || profile.id == wanted).map(with_flows).collect();
        if assets.is_empty() {
            let ids: Vec<&str> = known.iter().map(|profile| profile.id.as_str()).collect();
            return Err(errors::refused(
                py,
                &format!("asset: expected all or one of {}, found '{wanted}'", ids.join(", ")),
            ));
        }
        let mut equity = EquityOptions::default().with_assets(assets);
        equity.earnings = self.numerator.unwrap_or_default();
        equity.realised = self.realised.iter().map(|(asset, percent)| (asset.clone(), percent / 100.0)).collect();
        let mut options = RepriceOptions::default().with_pass_through(pass_through).with_equity(equity);
        options.meeting = self.meeting;
        Ok(options)
    }
}

/// What changed between two days, and how it is told.
fn story(
    py: Python<'_>,
    before: (&Quotes, Day),
    after: (&Quotes, Day),
    options: &str,
    scenario: &str,
) -> PyResult<(Repricing, Name, Name)> {
    let scenario: Scenario = given::read(py, scenario)?;
    let scenario = scenario.options(py)?;
    let (earlier, _) = priced(py, before.0, before.1, options)?;
    let (later, assumptions) = priced(py, after.0, after.1, options)?;
    let story = Repricing::new(earlier, later, &assumptions, &scenario)
        .map_err(|error| errors::unpriced(py, after.0.source().name, error))?;
    Ok((story, Name::of(before.0), Name::of(after.0)))
}

fn telling<'a>(before: &'a Name, after: &'a Name, explain: bool) -> Telling<'a> {
    let mut told = Telling::default();
    (told.before, told.after, told.explain) = (before.source(), after.source(), explain);
    (told.equity, told.bars) = (EquityDetail::Brief, false);
    told
}

/// What a reader of both days, and of what is made of them, should know.
fn noticed(story: &Repricing) -> Vec<Notice> {
    [story.before().path().notices(), story.after().path().notices(), story.sensitivity().notices()].concat()
}

/// What changed between two days: odds, path, curve, equities.
#[pyfunction]
pub(crate) fn reprice(
    py: Python<'_>,
    before: &Quotes,
    after: &Quotes,
    as_of: (Day, Day),
    options: &str,
    scenario: &str,
) -> PyResult<Report> {
    let (story, first, second) = story(py, (before, as_of.0), (after, as_of.1), options, scenario)?;
    let (story, names) = (Arc::new(story), (first.clone(), second.clone()));
    let drawn = Arc::clone(&story);
    let report = Report::new(move |explain, with| with(&report::reprice(&story, &telling(&first, &second, explain))));
    let report = report.noticed(&noticed(&drawn));
    Ok(report.drawn(move |with| with(&Subject::Repricing(&drawn, telling(&names.0, &names.1, false)))))
}

/// What the change between two days does to equities.
#[pyfunction]
pub(crate) fn equity_between(
    py: Python<'_>,
    before: &Quotes,
    after: &Quotes,
    as_of: (Day, Day),
    options: &str,
    scenario: &str,
) -> PyResult<Report> {
    let (story, first, second) = story(py, (before, as_of.0), (after, as_of.1), options, scenario)?;
    let notices = noticed(&story);
    let report = Report::new(move |explain, with| {
        let told = telling(&first, &second, explain);
        with(&report::equity(story.sensitivity(), Some((&story, &told)), explain));
    });
    Ok(report.noticed(&notices))
}

/// What a given shift does to equities.
#[pyfunction]
pub(crate) fn equity_of_shift(
    py: Python<'_>,
    as_of: NaiveDate,
    meeting: NaiveDate,
    shift: &str,
    options: &str,
    scenario: &str,
) -> PyResult<Report> {
    let given: Given = given::read(py, options)?;
    let scenario: Scenario = given::read(py, scenario)?;
    let (assumptions, options) = (given.assumptions(py, false)?, scenario.options(py)?);
    let shift: BasisPoints =
        shift.parse().map_err(|_| errors::refused(py, "shift: expected basis points such as 7.5bp"))?;
    let found = assumptions.calendar.meeting_on(meeting).filter(|meeting| meeting.is_expected_on(as_of));
    let announced = found.filter(|_| meeting >= as_of).ok_or_else(|| {
        errors::refused(
            py,
            &format!("meeting: expected a scheduled meeting on or after {as_of}, found none on {meeting}"),
        )
    })?;
    let shift = PolicyShift::step(as_of, assumptions.decision_day.effective_date(announced), shift);
    let study = Sensitivity::new(&assumptions, meeting, shift, None, &options.pass_through, &options.equity);
    let notices = study.notices().to_vec();
    Ok(Report::new(move |explain, with| with(&report::equity(&study, None, explain))).noticed(&notices))
}

/// What announcements changed that was not expected: in quotes of many days.
#[pyfunction]
pub(crate) fn surprises(
    py: Python<'_>,
    quotes: &Quotes,
    announcements: Vec<NaiveDate>,
    rule: &str,
    options: &str,
) -> PyResult<Report> {
    let (rule, given, calendar) = surprise_options(py, rule, options)?;
    let (table, strip, name) = (quotes.table(py)?, given.strip(py, None)?, Name::of(quotes));
    let asked_for = !announcements.is_empty();
    let dates = if asked_for {
        announcements
    } else {
        Announcement::dates_in(&*table, &calendar, &TargetHistory::embedded()).into_iter().collect()
    };
    let of_date = |date| Announcement::in_table(date, &*table, &calendar, rule, WindowKind::default(), &strip);
    let mut found: Vec<Announcement> = dates.into_iter().map(of_date).collect();
    found.retain(|announcement| asked_for || announcement.window.is_some());
    Ok(Report::new(move |_, with| {
        with(&report::surprises(&found, rule, WindowKind::default(), &telling(&name, &name, false)));
    }))
}

/// What one announcement changed that was not expected: between two snapshots.
#[pyfunction]
pub(crate) fn surprise_between(
    py: Python<'_>,
    before: &Quotes,
    after: &Quotes,
    as_of: (Day, Day),
    announcement: NaiveDate,
    rule: &str,
    options: &str,
) -> PyResult<Report> {
    let (rule, given, calendar) = surprise_options(py, rule, options)?;
    let (earlier, later) = (before.strip(py, as_of.0, &given)?, after.strip(py, as_of.1, &given)?);
    if !(earlier.as_of() <= announcement && announcement <= later.as_of()) {
        let (first, last) = (earlier.as_of(), later.as_of());
        let told = format!("expected an announcement between the quotes of {first} and {last}, found {announcement}");
        return Err(errors::refused(py, &told));
    }
    let found = Announcement::between(announcement, &earlier, &later, &calendar, rule);
    let (first, second) = (Name::of(before), Name::of(after));
    Ok(Report::new(move |_, with| with(&report::surprise(&found, rule, &telling(&first, &second, false), &[]))))
}

fn surprise_options(
    py: Python<'_>,
    rule: &str,
    options: &str,
) -> PyResult<(SurpriseRule, Given, fedpath::MeetingCalendar)> {
    let given: Given = given::read(py, options)?;
    let calendar = given.assumptions(py, false)?.calendar;
    Ok((given::read(py, &format!("{rule:?}"))?, given, calendar))
}
