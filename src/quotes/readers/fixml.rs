//! The exchange's daily settlements in FIXML: an element an instrument, every product of an exchange, options too.
//!
//! ```text
//! <MktDataFull BizDt="2012-11-05">
//!  <Instrmt Exch="CBT" ID="41" Sym="ZQ" SecTyp="FUT" CFI="FFDCSO" MMY="201509" Src="H" MatDt="2015-10-01"/>
//!  <Full Typ="6" Px="99.495" Mkt="CBT"/>
//!  <Full Typ="C" Sz="11" Mkt="CBT" OpenClsSettlFlag="4"/>
//! </MktDataFull>
//! ```
//!
//! `Typ` is FIX tag 269 (`MDEntryType`): 4 open, 5 close, 6 settlement, 7 high, 8 low, N highest bid, O lowest offer,
//! B volume, C open interest, M prior settlement. `HighPx` and `LowPx` of a settlement are limits. Volume and open
//! interest marked `OpenClsSettlFlag="4"` are the previous day's.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::book::Book;
use super::cells::{Cells, year_and_month};
use super::opening::Opening;
use crate::market::contract::ContractMonth;
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::Cell;
use crate::text::places::Places;
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};
use crate::text::tally::Skip;

/// Whether the file is XML that soon says FIXML.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    let start: String = opening.text.chars().take(2000).collect();
    opening.first_char() == Some('<') && (start.contains("<FIXML") || start.contains(":FIXML"))
}

/// Reads the settlements of the wanted product's futures.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let mut xml = Reader::from_str(text);
    let (mut place, mut problems) = (Places::new(text), Problems::default());
    let mut settlements = Settlements { book: Book::new(Format::Fixml, options), instrument: None };
    let mut open_elements = 0_usize;
    loop {
        let start = usize::try_from(xml.buffer_position()).unwrap_or(text.len());
        match xml.read_event() {
            Ok(Event::Start(element)) => {
                open_elements += 1;
                problems.of(settlements.open(&Element::new(&element, place.at(start))));
            }
            Ok(Event::Empty(element)) => {
                let element = Element::new(&element, place.at(start));
                problems.of(settlements.open(&element));
                problems.of(settlements.close(&element.name));
            }
            Ok(Event::End(element)) => {
                open_elements = open_elements.saturating_sub(1);
                let name = element.local_name().as_ref().to_owned();
                problems.of(settlements.close(&name));
            }
            Ok(Event::Eof) if open_elements > 0 => {
                let message = "the XML ends too early (is the file cut short?)";
                problems.add(Problem::new(ProblemKind::Truncated, message).at(place.at(text.trim_end().len())));
                break;
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(xml.error_position()).unwrap_or(text.len());
                problems.add(fault(&error).at(place.at(at)));
                break;
            }
        }
    }
    problems.finish()?;
    settlements.book.finish()
}

fn fault(error: &quick_xml::Error) -> Problem {
    match error {
        // Each of these is a part that is opened and not closed before the end.
        quick_xml::Error::Syntax(_) => {
            Problem::new(ProblemKind::Truncated, "the XML ends too early (is the file cut short?)")
        }
        error => Problem::new(ProblemKind::Syntax, format!("expected XML, found a fault: {error}")),
    }
}

/// An opening tag.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    position: Position,
    fault: Option<String>,
}

impl Element {
    fn new(tag: &BytesStart<'_>, position: Position) -> Self {
        let name = tag.local_name().as_ref().to_owned();
        let (mut attributes, mut fault) = (Vec::new(), None);
        // The parser compares each attribute with all before it.
        let mut seen = BTreeSet::new();
        for attribute in tag.attributes().with_checks(false) {
            match attribute {
                Ok(attribute) => {
                    let name = attribute.key.local_name().as_ref().to_owned();
                    if !seen.insert(name.clone()) {
                        fault = Some(format!("{} twice", crate::text::escaped(&name)));
                    }
                    attributes.push((name, attribute.value.trim().to_owned()));
                }
                Err(error) => fault = Some(error.to_string()),
            }
        }
        Self { name, attributes, position, fault }
    }

    /// The value of an attribute as a cell, placed at its element.
    fn get(&self, name: &str) -> Option<Cell<'_>> {
        let (_, value) = self.attributes.iter().find(|(found, _)| found == name)?;
        Some(Cell { text: value, position: self.position })
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).map_or("", |cell| cell.text)
    }

    fn required(&self, name: &str) -> Result<Cell<'_>, Problem> {
        let missing = || Problem::expected(&format!("an attribute {name}"), "").at(self.position);
        self.get(name).ok_or_else(missing)
    }
}

/// The settlements of one day while they are read.
struct Settlements {
    book: Book,
    /// The element `MktDataFull` that is being read.
    instrument: Option<Instrument>,
}

struct Instrument {
    position: Position,
    quote: Quote,
    wanted: Option<(ContractMonth, Position)>,
    /// Whether the element that names it was read.
    named: bool,
}

impl Settlements {
    fn open(&mut self, element: &Element) -> Result<(), ReadError> {
        if let Some(fault) = &element.fault {
            let message = format!("expected attributes, found a fault: {fault}");
            return Err(Problem::new(ProblemKind::Syntax, message).at(element.position).into());
        }
        match (element.name.as_str(), &mut self.instrument) {
            ("MktDataFull", _) => {
                let (quote, position) = (Quote::default(), element.position);
                self.instrument = Some(Instrument { position, quote, wanted: None, named: false });
                self.state_day(element)
            }
            ("Instrmt", Some(_)) => self.name(element),
            ("Full", Some(instrument)) if instrument.wanted.is_some() => instrument.take(element, &mut self.book),
            _ => Ok(()),
        }
    }

    fn state_day(&mut self, element: &Element) -> Result<(), ReadError> {
        let mut cells = Cells::default();
        let stated = element.required("BizDt")?;
        let day = cells.day(stated);
        cells.finish()?;
        match self.book.first_day() {
            Some(first) if day != Some(first) => {
                let message = format!("expected one trade date, {first} as in the first record, found {}", stated.text);
                Err(Problem::new(ProblemKind::Inconsistent, message).at(element.position).into())
            }
            _ => {
                self.book.state_day(day);
                Ok(())
            }
        }
    }

    /// What the record is of.
    fn name(&mut self, element: &Element) -> Result<(), ReadError> {
        let Some(instrument) = &mut self.instrument else { return Ok(()) };
        instrument.named = true;
        let symbol = element.text("Sym");
        match element.text("SecTyp") {
            "FUT" if self.book.product().exchange_codes().contains(&symbol) => {
                let month = element.required("MMY")?;
                let read = year_and_month(month.text).map_err(|expected| month.refused(expected))?;
                instrument.wanted = Some((read, element.position));
            }
            "FUT" => self.book.skip_product(symbol),
            "MLEG" => self.book.skip(Skip::Spread),
            _ => self.book.skip_option(symbol),
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if name != "MktDataFull" {
            return Ok(());
        }
        match self.instrument.take() {
            Some(Instrument { quote, wanted: Some((month, position)), .. }) => {
                Ok(self.book.keep(self.book.day(), month, quote, position)?)
            }
            Some(Instrument { named: false, position, .. }) => {
                Err(Problem::expected("an element Instrmt in this MktDataFull", "").at(position).into())
            }
            _ => Ok(()),
        }
    }
}

impl Instrument {
    /// Takes one figure.
    fn take(&mut self, element: &Element, book: &mut Book) -> Result<(), ReadError> {
        let mut cells = Cells::default();
        let price = || element.get("Px");
        let quoted = |price, mark| SessionPrice { price, mark: Some(mark) };
        let previous_day = element.text("OpenClsSettlFlag") == "4";
        let quote = &mut self.quote;
        match element.text("Typ") {
            "4" => quote.open = cells.session(price()),
            "5" => quote.last = cells.traded(price()),
            "6" => {
                let settle = cells.price(price());
                if let Some((first, second)) = quote.settle.zip(settle).filter(|(first, second)| first != second) {
                    let message = format!("expected one settlement, found {second} beside {first}");
                    cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(element.position));
                }
                quote.settle = quote.settle.or(settle);
            }
            "7" => quote.high = cells.session(price()),
            "8" => quote.low = cells.session(price()),
            "N" => quote.high = quote.high.or(cells.session(price()).map(|quote| quoted(quote.price, Mark::Bid))),
            "O" => quote.low = quote.low.or(cells.session(price()).map(|quote| quoted(quote.price, Mark::Ask))),
            "B" if previous_day => quote.prior_volume = cells.count(element.get("Sz")),
            "B" => quote.volume = cells.count(element.get("Sz")),
            "C" => quote.open_interest = cells.count(element.get("Sz")),
            "M" => quote.prior_settle = cells.price(price()),
            // Fixings and figures of other kinds are none of a quote's.
            _ => {}
        }
        cells.finish_into(book)
    }
}
