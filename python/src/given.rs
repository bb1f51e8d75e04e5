//! What a caller gives beside quotes: the options of the program, by their names, as JSON.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

use chrono::NaiveDate;
use fedpath::history::Board;
use fedpath::path::Weights;
use fedpath::product::OvernightRate;
use fedpath::{
    Assumptions, BasisPoints, ContractMonth, DecisionDay, Fixings, MeetingCalendar, Method, Price, PriceKind, Product,
    ReadError, StripOptions,
};
use pyo3::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::{cells, errors};

/// Assumptions, how prices are taken, and files; every other name is a field of [`Assumptions`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    price: Value,
    as_printed: bool,
    anchor: BTreeMap<ContractMonth, Price>,
    meetings: Option<String>,
    add_meeting: Vec<NaiveDate>,
    drop_meeting: Vec<NaiveDate>,
    project_meetings: u8,
    fixings: Option<String>,
    sofr: Option<String>,
    term_premium: BTreeMap<u32, BasisPoints>,
    month_end: Option<BasisPoints>,
    landing_spread: Option<BasisPoints>,
    basis: Option<String>,
    exclude: Vec<String>,
    leave_one_out: bool,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// Which price of a quote is taken.
#[derive(Debug, Default)]
struct Wanted {
    all: PriceKind,
    of: BTreeMap<Product, PriceKind>,
}

impl Wanted {
    /// One kind for all products, or one for each.
    fn read(py: Python<'_>, given: &Value) -> PyResult<Self> {
        let kind = |given: &Value| {
            let told = || errors::refused(py, &format!("price: expected settle, last or mid, found {given}"));
            PriceKind::deserialize(given).map_err(|_| told())
        };
        match given {
            Value::Null => Ok(Self::default()),
            Value::Object(each) => {
                let one = |(code, given): (&String, &Value)| Ok((parsed(py, "price", code)?, kind(given)?));
                Ok(Self { all: PriceKind::default(), of: each.iter().map(one).collect::<PyResult<_>>()? })
            }
            one => Ok(Self { all: kind(one)?, of: BTreeMap::new() }),
        }
    }
}

/// Reads options; what is wrong with them is an error of theirs.
pub(crate) fn read<T: DeserializeOwned>(py: Python<'_>, options: &str) -> PyResult<T> {
    serde_json::from_str(options).map_err(|error| errors::refused(py, &without_place(&error)))
}

/// The place in a JSON that nobody wrote says nothing.
fn without_place(error: &serde_json::Error) -> String {
    let told = error.to_string();
    told.rsplit_once(" at line ").map_or(told.clone(), |(told, _)| told.to_owned())
}

/// A word of an option.
fn parsed<T: FromStr<Err: Display>>(py: Python<'_>, name: &str, word: &str) -> PyResult<T> {
    word.parse().map_err(|error: T::Err| errors::refused(py, &format!("{name}: {error}")))
}

/// The text of a file that an option names.
pub(crate) fn text(path: &str) -> PyResult<String> {
    std::fs::read_to_string(Path::new(path)).map_err(|error| {
        let told = std::io::Error::new(error.kind(), format!("{path}: {error}"));
        PyErr::from(told)
    })
}

impl Given {
    /// Whether a rounded half tick is taken as it stands.
    pub(crate) fn as_printed(&self) -> bool {
        self.as_printed
    }

    /// The last settlements that are given, in units.
    pub(crate) fn anchor_units(&self, py: Python<'_>) -> PyResult<BTreeMap<ContractMonth, i32>> {
        let units = |(month, price): (&ContractMonth, &Price)| {
            let units =
                cells::units(price.points()).map(|units| if self.as_printed { units } else { Board::half_tick(units) });
            let told =
                || errors::refused(py, &format!("anchor: expected a price of at most five places, found {price}"));
            Ok((*month, units.ok_or_else(told)?))
        };
        self.anchor.iter().map(units).collect()
    }

    /// Whether the middle of bid and ask is the price of fed funds futures.
    pub(crate) fn takes_the_mid(&self, py: Python<'_>) -> PyResult<bool> {
        let wanted = Wanted::read(py, &self.price)?;
        Ok(*wanted.of.get(&Product::default()).unwrap_or(&wanted.all) == PriceKind::Mid)
    }

    /// How a strip is taken from quotes.
    pub(crate) fn strip(&self, py: Python<'_>, as_of: Option<NaiveDate>) -> PyResult<StripOptions> {
        let wanted = Wanted::read(py, &self.price)?;
        let mut options = StripOptions::default();
        (options.as_of, options.as_printed) = (as_of, self.as_printed);
        (options.price, options.prices) = (wanted.all, wanted.of);
        options.anchors.clone_from(&self.anchor);
        Ok(options)
    }

    /// What the joint fit takes as given; it is refused where another rule solves.
    fn joint(&self, py: Python<'_>, assumptions: &mut Assumptions) -> PyResult<()> {
        let said = [
            ("basis", self.basis.is_some()),
            ("exclude", !self.exclude.is_empty()),
            ("leave_one_out", self.leave_one_out),
        ];
        if let Some((name, _)) = said.iter().find(|(_, is_said)| *is_said && assumptions.method != Method::Joint) {
            return Err(errors::refused(
                py,
                &format!("{name}: expected a path of fed funds and SOFR futures together"),
            ));
        }
        if let Some(basis) = &self.basis {
            assumptions.joint.basis = parsed(py, "basis", basis)?;
        }
        for contract in &self.exclude {
            assumptions.joint.exclude.insert(parsed(py, "exclude", contract)?);
        }
        assumptions.joint.leave_one_out = self.leave_one_out;
        Ok(())
    }

    /// What the engine takes as given; of several products, the joint path and its conventions where nothing is said.
    pub(crate) fn assumptions(&self, py: Python<'_>, several_products: bool) -> PyResult<Assumptions> {
        let mut others = self.others.clone();
        if let Some(rate) = others.get_mut("start_rate")
            && !matches!(rate.as_str(), Some("anchor" | "fixings"))
        {
            *rate = json!({ "given": rate.clone() });
        }
        let is_said = |name: &str| self.others.contains_key(name);
        let mut assumptions: Assumptions = serde_json::from_value(Value::Object(others))
            .map_err(|error| errors::refused(py, &without_place(&error)))?;
        if several_products && !is_said("method") {
            assumptions.method = Method::Joint;
        }
        if assumptions.method == Method::Joint {
            if !is_said("decision_day") {
                assumptions.decision_day = DecisionDay::OldToBusinessDay;
            }
            if !is_said("weights") {
                assumptions.weights = Weights::Equal;
            }
        }
        self.joint(py, &mut assumptions)?;
        let refused = |path: &str| {
            let path = path.to_owned();
            move |error: ReadError| errors::unreadable(py, &path, &error)
        };
        let rates = |path: &Option<String>, rate| {
            let read = |path: &String| Fixings::parse_of(rate, &text(path)?).map_err(refused(path));
            path.as_ref().map(read).transpose()
        };
        assumptions.fixings = rates(&self.fixings, OvernightRate::Effr)?;
        assumptions.sofr = rates(&self.sofr, OvernightRate::Sofr)?;
        assumptions.premia.term.clone_from(&self.term_premium);
        assumptions.premia.month_end.clone_from(&self.month_end);
        if let Some(landing) = self.landing_spread.clone() {
            assumptions.premia.set_landing(landing).map_err(|error| errors::refused(py, &error.to_string()))?;
        }
        assumptions.calendar = self.calendar(py, assumptions.calendar)?;
        Ok(assumptions)
    }

    fn calendar(&self, py: Python<'_>, embedded: MeetingCalendar) -> PyResult<MeetingCalendar> {
        let mut calendar = match &self.meetings {
            Some(path) => MeetingCalendar::parse(&text(path)?).map_err(|error| errors::unreadable(py, path, &error))?,
            None => embedded,
        };
        if self.project_meetings > 0 {
            calendar = calendar.projected(self.project_meetings);
        }
        for day in &self.add_meeting {
            calendar = calendar.with_meeting(*day);
        }
        for day in &self.drop_meeting {
            calendar = calendar.without_meeting(*day).ok_or_else(|| {
                errors::refused(py, &format!("drop_meeting: expected the announcement of a meeting, found {day}"))
            })?;
        }
        Ok(calendar)
    }
}
