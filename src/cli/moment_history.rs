//! `fedpath history --by moment`: the odds at every moment at which a quote changed.

use std::io::{self, Write};

use fedpath::history::{DailyTables, Every};
use fedpath::moments::{MomentStrip, MomentStrips};
use fedpath::report::{DailyTablesWriter, Selection, Source};
use fedpath::{Assumptions, Meeting, Product};

use super::args::HistoryArgs;
use super::commands::strip_options;
use super::dates::MeetingName;
use super::failure::Failure;
use super::moments::each_tick;
use super::output::{Messages, Rendered};
use super::pricing::assumptions;
use super::reading::{QuoteSource, names};
use super::values::{Format, LayoutName, PriceName, ShowName};

/// One run over the moments.
struct Run<'a, 'w> {
    args: &'a HistoryArgs,
    tables: DailyTables,
    writer: DailyTablesWriter<'w>,
    priced: usize,
    /// How many moments have no table, and why the first has none.
    without: usize,
    first: Option<String>,
}

pub(super) fn history(
    args: &HistoryArgs,
    form: Format,
    messages: &Messages,
    report: &mut dyn Write,
) -> Result<Rendered, Failure> {
    refuse_misplaced(args, form)?;
    let assumptions = assumptions(&args.pricing)?;
    let wanted = args.pricing.fed_funds_alone("moments are priced")?;
    let name = names(&args.paths);
    let mut selection = Selection::default();
    (selection.source, selection.view) = (Source::new(&name, ""), args.view.into());
    (selection.meeting, selection.count) = (meeting(args.meeting, &assumptions)?, args.pricing.shown());
    let writer = match DailyTablesWriter::of_moments(selection, report) {
        Ok(writer) => writer,
        Err(error) => return Ok(Err(error)),
    };
    let tables = DailyTables::new(assumptions);
    let mut run = Run { args, tables, writer, priced: 0, without: 0, first: None };
    let mut strips = MomentStrips::new(args.stale.unwrap_or_default(), strip_options(&args.pricing)?);
    let mut written = Ok(());
    for source in QuoteSource::of(&args.paths, wanted.reading, None, Product::FedFunds)? {
        let mut unordered = None;
        each_tick(&source, args.timezone, |tick| {
            if written.is_err() || unordered.is_some() {
                return;
            }
            match strips.take(tick) {
                Ok(Some(moment)) => written = run.write(&moment),
                Ok(None) => {}
                Err(error) => unordered = Some(error),
            }
        })?;
        if let Some(error) = unordered {
            return Err(Failure::of_input(&source.name(), &error));
        }
    }
    if let Some(last) = strips.end().filter(|_| written.is_ok()) {
        written = run.write(&last);
    }
    run.end(&name, messages)?;
    Ok(written)
}

/// Options that would do nothing.
fn refuse_misplaced(args: &HistoryArgs, form: Format) -> Result<(), Failure> {
    let refused = [
        (form != Format::Csv, "--format: moments are written as CSV"),
        (args.every != Every::default(), "--every: moments are priced one by one"),
        (args.layout != LayoutName::Tidy, "--layout: moments are written one row a range"),
        (args.show != ShowName::Ranges || args.against.is_some(), "--show, --against: moments have target ranges"),
        (
            !args.delta.is_empty() || args.calibration || args.compare.is_some(),
            "--delta, --calibration, --compare: expected --by day",
        ),
        (
            args.pricing.fed_funds_price() != PriceName::Settle,
            "--price: quotes with a time of day have one price, the last",
        ),
    ];
    match refused.into_iter().find(|(is, _)| *is) {
        Some((_, message)) => Err(Failure::Usage(message.to_owned())),
        None => Ok(()),
    }
}

/// The meeting that is wanted, of those of the calendar.
fn meeting(wanted: Option<MeetingName>, assumptions: &Assumptions) -> Result<Option<chrono::NaiveDate>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    if wanted == MeetingName::Next {
        return Err(Failure::Usage("--meeting next: expected a day or a month, since the next one changes".to_owned()));
    }
    let found = wanted.among(assumptions.calendar.meetings().iter().map(Meeting::announcement));
    found.map(Some).ok_or_else(|| Failure::Usage(format!("--meeting {wanted}: the calendar has no such meeting")))
}

impl Run<'_, '_> {
    /// Prices a moment of the wanted days, and writes its table.
    fn write(&mut self, moment: &MomentStrip) -> io::Result<()> {
        let day = moment.day();
        if self.args.from.is_some_and(|from| day < from) || self.args.to.is_some_and(|to| day > to) {
            return Ok(());
        }
        let told = match &moment.strip {
            Ok(strip) => match self.tables.price(strip) {
                Ok(table) => {
                    self.priced += 1;
                    return self.writer.moment(moment.time, &table);
                }
                Err(error) => error.to_string(),
            },
            Err(error) => error.to_string(),
        };
        self.without += 1;
        self.first.get_or_insert_with(|| format!("{}: {told}", moment.time.to_rfc3339()));
        Ok(())
    }

    /// Tells which moments have no table, or that none has one.
    fn end(self, name: &str, messages: &Messages) -> Result<(), Failure> {
        match self.first {
            None if self.priced == 0 => {
                Err(Failure::of_input(name, &"expected moments of quotes in the span, found none"))
            }
            Some(first) if self.priced == 0 => Err(Failure::of_input(name, &first)),
            None => Ok(()),
            Some(first) => {
                let count = self.without;
                let moments = if count == 1 { "1 moment has".to_owned() } else { format!("{count} moments have") };
                messages.warning(&format!("{moments} no price, the first at {first}"));
                Ok(())
            }
        }
    }
}
