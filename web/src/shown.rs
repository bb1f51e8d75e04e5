//! What is on the page: one day or two, under conventions, as quoted or as supposed.

use fedpath::chrono::NaiveDate;
use fedpath::report::html::{self, Front, Part};
use fedpath::report::{self, ChartKind, Numbers, Selection, Subject, Telling, svg};
use fedpath::what_if::{WantedPrice, WhatIf};
use fedpath::{Assumptions, MeetingOutlook, Outlook, PolicyPath, Probability, Product, RepriceOptions, Repricing};
use serde_json::{Value, json};

use crate::ask::{Document, Supposed};
use crate::loaded::Side;

/// Why there is no supposition.
const NOTHING: &str = "nothing can be supposed of quotes that are no prices";

/// The story of one day or two.
#[derive(Debug)]
pub(crate) struct Shown {
    assumptions: Assumptions,
    options: RepriceOptions,
    before: Option<(Side, Outlook)>,
    after: Side,
    path: PolicyPath,
    /// A path that lacks its first meeting has no odds: why.
    quoted: Result<Outlook, String>,
    /// Nothing can be supposed of rates dated by meeting.
    what_if: Option<WhatIf>,
}

impl Shown {
    /// Prices the days.
    pub(crate) fn new(
        before: Option<Side>,
        after: Side,
        assumptions: Assumptions,
        meeting: Option<NaiveDate>,
    ) -> Result<Self, String> {
        let of_file = |side: &Side, error| format!("{}: {error}", report::printable(side.source().name));
        let price = |side: Side| match Outlook::price(&side.strip, &assumptions) {
            Ok(outlook) => Ok((side, outlook)),
            Err(error) => Err(of_file(&side, error)),
        };
        let before = before.map(price).transpose()?;
        let path = PolicyPath::solve(&after.strip, &assumptions).map_err(|error| of_file(&after, error))?;
        let quoted = Outlook::new(path.clone()).map_err(|error| of_file(&after, error));
        let what_if = WhatIf::new(&after.strip, &assumptions).ok();
        let mut options = RepriceOptions::default();
        options.meeting = meeting;
        Ok(Self { assumptions, options, before, after, path, quoted, what_if })
    }

    /// What the page can ask about: contracts, meetings, days.
    pub(crate) fn about(&self) -> Result<Value, String> {
        let quoted = self.quoted.as_ref().map_err(String::clone)?;
        // What cannot be compared is refused before it is shown.
        self.tell(&Supposed::default(), |_, _| ())?;
        let read = self.what_if.as_ref().map(|what_if| what_if.jacobian().contracts_read()).unwrap_or_default();
        let (as_of, product) = (self.after.strip.as_of(), Product::default());
        let meeting = |meeting: &MeetingOutlook| json!({ "date": meeting.announcement(), "change_bp": format!("{:+.1}", meeting.step.change().exact()) });
        Ok(json!({
            "before": self.before.as_ref().map(|(side, _)| side.strip.as_of()),
            "after": as_of,
            "target": quoted.target().to_string(),
            "illustrative": self.after.illustrative,
            "supposable": self.what_if.is_some(),
            "contracts": self.after.strip.prices().map(|(month, price)| json!({
                "month": month,
                "symbol": product.contract(month).symbol(),
                "price": price,
                "tick": product.tick(month, as_of).to_string(),
                "read": read.contains(&month),
            })).collect::<Vec<_>>(),
            "meetings": quoted.meetings().iter().map(meeting).collect::<Vec<_>>(),
        }))
    }

    /// The prices of the days as a table that can be read again.
    pub(crate) fn quotes(&self) -> Result<String, String> {
        if self.what_if.is_none() {
            return Err("rates dated by meeting are no prices of contracts".to_owned());
        }
        let sides = self.before.iter().map(|(side, _)| side).chain([&self.after]);
        let rows = sides.flat_map(|side| {
            side.strip.prices().map(|(month, price)| format!("{},{month},{price}\n", side.strip.as_of()))
        });
        Ok("date,contract,settle\n".to_owned() + &rows.collect::<String>())
    }

    /// The price of the contract that has to move least: the one that tells of the meeting.
    pub(crate) fn wanted(
        &self,
        supposed: &Supposed,
        meeting: NaiveDate,
        moves: i64,
        odds: &Probability,
    ) -> Result<String, String> {
        if self.what_if.is_none() {
            return Err(NOTHING.to_owned());
        }
        let mut strip = self.after.strip.clone();
        for (month, price) in &supposed.prices {
            strip = strip.with_price(*month, *price).map_err(|error| error.to_string())?;
        }
        let what_if = WhatIf::new(&strip, &self.assumptions).map_err(|error| error.to_string())?;
        let wanted = what_if.price_for(meeting, moves, odds).map_err(|error| error.to_string())?;
        let distance = |price: &WantedPrice| price.change().exact().abs();
        let nearest = wanted.prices.iter().min_by(|one, other| distance(one).cmp(&distance(other)));
        let nearest = nearest.ok_or_else(|| format!("no contract moves the meeting of {meeting}"))?;
        Ok(json!({ "month": nearest.contract.month(), "price": format!("{:.5}", nearest.price) }).to_string())
    }

    /// The chosen parts of the page, each with its name.
    pub(crate) fn parts(&self, supposed: &Supposed, only: &[String]) -> Result<String, String> {
        self.tell(supposed, |subject, _| parts(subject, &Front::default().on(&self.assumptions), only).to_string())
    }

    /// The report that the program writes.
    pub(crate) fn report(&self, supposed: &Supposed) -> Result<String, String> {
        self.tell(supposed, |subject, _| html::page(subject, &Front::default().on(&self.assumptions)))
    }

    /// A chart as a drawing of its own.
    pub(crate) fn chart(&self, supposed: &Supposed, kind: &str) -> Result<String, String> {
        let found = charts().find(|chart| chart.id() == kind);
        let drawn = self.tell(supposed, |subject, _| svg::chart(subject, found?))?;
        drawn.ok_or_else(|| format!("expected a chart of these quotes, found '{}'", report::printable(kind)))
    }

    /// A document of the program.
    pub(crate) fn document(&self, supposed: &Supposed, kind: Document) -> Result<String, String> {
        let mut selection = Selection::default();
        selection.source = self.after.source();
        let text = |document: report::Document<'_>| {
            let mut json = Vec::new();
            document.json(Numbers::default(), &mut json).map_err(|error| error.to_string())?;
            String::from_utf8(json).map_err(|error| error.to_string())
        };
        // A path is one also where it gives no odds.
        if kind == Document::Path && supposed.is_nothing() {
            return text(report::path(&self.path, &selection));
        }
        self.tell(supposed, |subject, story| match (kind, subject, story) {
            (Document::Reprice, Subject::Repricing(_, telling), Some(story)) => text(report::reprice(story, telling)),
            (Document::Reprice, ..) => Err("expected two days to compare, found one".to_owned()),
            (Document::Probs, ..) => text(report::probs(subject.outlook(), &selection)),
            (Document::Path, ..) => text(report::path(subject.outlook().path(), &selection)),
        })?
    }

    /// Tells the story: of one day a snapshot, of two what changed. A supposition is compared with the earlier day, or with the
    /// day as quoted.
    fn tell<T>(
        &self,
        supposed: &Supposed,
        tell: impl FnOnce(&Subject<'_>, Option<&Repricing>) -> T,
    ) -> Result<T, String> {
        let quoted = self.quoted.as_ref().map_err(String::clone)?;
        let after = match &self.what_if {
            _ if supposed.is_nothing() => quoted.clone(),
            Some(what_if) => {
                what_if.supposing(&supposed.prices, &supposed.outcomes).map_err(|error| error.to_string())?
            }
            None => return Err(NOTHING.to_owned()),
        };
        let (side, before) = match &self.before {
            Some((side, before)) => (side, before),
            None if supposed.is_nothing() => {
                let mut selection = Selection::default();
                (selection.source, selection.meeting) = (self.after.source(), self.options.meeting);
                if let Some(meeting) = self.options.meeting.filter(|meeting| after.meeting(*meeting).is_none()) {
                    return Err(format!("expected one of the priced meetings, found {meeting}"));
                }
                return Ok(tell(&Subject::Snapshot(&after, selection), None));
            }
            None => (&self.after, quoted),
        };
        let story = Repricing::new(before.clone(), after, &self.assumptions, &self.options)
            .map_err(|error| error.to_string())?;
        let mut telling = Telling::default();
        (telling.before, telling.after) = (side.source(), self.after.source());
        Ok(tell(&Subject::Repricing(&story, telling), Some(&story)))
    }
}

impl Supposed {
    fn is_nothing(&self) -> bool {
        self.prices.is_empty() && self.outcomes.is_empty()
    }
}

/// The chosen parts of a page, all where none is chosen, each with its name, as a list in JSON.
pub(crate) fn parts(subject: &Subject<'_>, front: &Front<'_>, only: &[String]) -> Value {
    let chosen =
        Part::ORDER.iter().copied().filter(|part| only.is_empty() || only.iter().any(|only| only == part.id()));
    let drawn: Vec<[String; 2]> = chosen.map(|part| [part.id().to_owned(), html::part(subject, part, front)]).collect();
    json!(drawn)
}

/// The charts of a page.
pub(crate) fn charts() -> impl Iterator<Item = ChartKind> {
    Part::ORDER.iter().copied().filter_map(|part| match part {
        Part::Chart(kind) => Some(kind),
        _ => None,
    })
}
