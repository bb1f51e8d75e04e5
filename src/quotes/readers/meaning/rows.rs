//! [`Rows`]: the rows of a table into quotes, by its [`Layout`].

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::days::DayColumn;
use super::layout::{Layout, Series, Symbol};
use super::maker::Maker;
use super::role::key;
use crate::market::contract::{ContractError, ContractMonth, month_number, read_label};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::quotes::readers::book::{Book, Found};
use crate::quotes::readers::cells::{self, Cells, is_zero};
use crate::quotes::readers::website::{check_total, product_of_title};
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::{Cell, is_missing};
use crate::text::day::{DayOrder, month_of_name, spelled, time_of_day};
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};
use crate::text::table::{Row, Table, is_row};
use crate::text::tally::Skip;
use crate::units::Price;

/// The contract of rows that name none.
#[derive(Clone)]
pub(super) enum Given<'a> {
    /// By the caller.
    Known(ContractMonth),
    /// By a line of the file, its year to be resolved against each day.
    Stated(Cell<'a>),
    /// By the file's name.
    Named(String),
}

/// The contract in the name of a file: the one word of it that is a symbol of the product, as in `ZQZ25.csv`, or the words that are
/// one together, as in `ZQ-2025Z.csv`.
pub(super) fn named_in(file_name: &str, product: Product) -> Option<String> {
    let words: Vec<&str> =
        file_name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (1..=3).find_map(|width| {
        let symbol = |label: &String| {
            let read = read_label(label, None, product);
            let named = read.as_ref().is_ok_and(|read| read.product == Some(product));
            named || matches!(read, Err(ContractError::NeedsTradeDate(_)))
        };
        let mut symbols = words.windows(width).map(|words| words.join(" ")).filter(symbol);
        let first = symbols.next()?;
        symbols.all(|other| other.eq_ignore_ascii_case(&first)).then_some(first)
    })
}

/// How the rows of a table are taken into a book.
#[derive(Clone)]
pub(super) struct Rows<'a> {
    layout: Layout<'a>,
    given: Option<Given<'a>>,
    maker: Option<&'static Maker>,
    /// The time of day that is wanted of several moments.
    at: Option<NaiveTime>,
}

/// What is told once of all rows, and not of each.
#[derive(Default)]
pub(super) struct Account<'a> {
    /// The rows that were read.
    count: usize,
    /// The first row whose contract is unknown.
    nameless: Option<Position>,
    /// The first label whose year needs a date, and how many there are.
    undated: Option<(Cell<'a>, usize)>,
    /// The first row that gives a contract again on a day, at what time of day.
    again: Option<(Problem, usize)>,
    /// The moments of the quotes that were taken, where one is wanted of several.
    moments: BTreeMap<(Option<NaiveDate>, ContractMonth), NaiveTime>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(mut layout: Layout<'a>, given: Option<Given<'a>>, maker: Option<&'static Maker>) -> Self {
        if maker.is_some_and(|maker| maker.american) {
            layout.days.order = Some(DayOrder::MonthFirst);
        }
        Self { layout, given, maker, at: None }
    }

    /// The same rows, of several moments of a day the last up to this one.
    pub(super) fn at(self, at: Option<NaiveTime>) -> Self {
        Self { at, ..self }
    }

    pub(super) fn layout(&self) -> &Layout<'a> {
        &self.layout
    }

    /// Finds the row that decides whether the day or the month comes first, where any can be taken for both.
    pub(super) fn settle_order(&mut self, table: &Table<'a>, options: &ReadOptions) {
        let Some(column) = self.date_column() else { return };
        let mut row = Row::empty(table.columns().len());
        let (mut read, mut all_plain) = (Vec::new(), true);
        for (number, line) in table.body().filter(|(_, line)| is_row(line)) {
            if row.cut(number, line, table.separator()).is_err() {
                continue;
            }
            let text = row.cell(column).text;
            // A file that begins with the year first goes on so: its long column is not walked for this.
            all_plain &= spelled(text).is_none_or(|day| day.order.is_none() && day.both().is_none());
            if all_plain && read.len() >= 50 {
                return;
            }
            read.push(text);
            if spelled(text).is_some_and(|day| day.order.is_some()) {
                break;
            }
        }
        self.layout.days.order = self.layout.days.order.or(order_of(&read.into_iter(), options));
    }

    /// The same of rows that stand in no lines.
    pub(super) fn settle_order_of<'r>(&mut self, rows: impl Iterator<Item = &'r Row<'a>> + Clone, options: &ReadOptions)
    where
        'a: 'r,
    {
        let Some(column) = self.date_column() else { return };
        self.layout.days.order = order_of(&rows.map(|row| row.cell(column).text), options);
    }

    fn date_column(&self) -> Option<usize> {
        let of_series = self.layout.series.iter().find_map(|series| series.date);
        of_series.filter(|_| self.layout.days.order.is_none())
    }

    /// Takes a row into the book. Every bad cell is reported.
    pub(super) fn take(&self, row: &Row<'a>, account: &mut Account<'a>, book: &mut Book) -> Result<(), ReadError> {
        account.count += 1;
        if let Some(code) = row.optional(self.layout.product).map(|cell| cell.text) {
            let product = Product::of_code(&code.to_ascii_uppercase()).or_else(|| product_of_title(code));
            if product != Some(book.product()) {
                book.skip_product(code);
                return Ok(());
            }
        }
        let mut problems = Problems::default();
        for series in &self.layout.series {
            problems.of(self.take_series(row, series, account, book));
        }
        problems.finish()
    }

    fn take_series(
        &self,
        row: &Row<'a>,
        series: &Series<'a>,
        account: &mut Account<'a>,
        book: &mut Book,
    ) -> Result<(), ReadError> {
        let figures = &series.figures;
        let at = |column| row.optional(column);
        if let Symbol::Column(column, _) = series.symbol
            && is_total(row, column)
        {
            return check_total(at(figures.volume), at(figures.open_interest), book);
        }
        let mut cells = Cells::default();
        let day = match series.date {
            // A block of a wide table ends before its neighbours.
            Some(date) if matches!(series.symbol, Symbol::Above(_)) && row.cell(date).text.is_empty() => {
                book.skip(Skip::NoPrice);
                return Ok(());
            }
            Some(date) => cells.of(self.layout.days.read(row.cell(date))),
            None => book.day(),
        };
        self.agree(row, day, &mut cells);
        // Without its day a one-digit year says nothing: the day's own problem is enough.
        let found = if series.date.is_some() && day.is_none() {
            None
        } else {
            self.contract(row, series, day, &mut cells, account, book)
        };
        let month = match found {
            Some(Found::Contract(month)) => Some(month),
            Some(Found::Other) => return Ok(()),
            None => None,
        };
        if month.is_none() && account.nameless.is_some() {
            return Ok(());
        }
        let quote = self.quote(row, series, &mut cells);
        cells.finish_into(book)?;
        let Some(month) = month else { return Ok(()) };
        let position = self.position(row, series);
        // A day of a history without a price is a holiday.
        if !quote.has_price() && !matches!(series.symbol, Symbol::Column(..) | Symbol::Own)
            || self.maker.is_some() && !quote.has_price()
        {
            book.skip(Skip::NoPrice);
            return Ok(());
        }
        if let Some(at) = self.at {
            let moment = self.moment(row, series);
            // A row without its time is of the whole day.
            let moment = moment.unwrap_or(NaiveTime::MIN);
            let taken = account.moments.get(&(day, month)).copied();
            if moment > at || taken.is_some_and(|taken| taken > moment) {
                book.skip(Skip::Replaced);
                return Ok(());
            }
            if taken.is_some_and(|taken| taken < moment) {
                book.withdraw(day, month);
            }
            account.moments.insert((day, month), moment);
        }
        match book.keep(day, month, quote, position) {
            Err(problem) => {
                let (_, count) = account.again.get_or_insert((problem, 0));
                *count += 1;
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// The time of day of a row: behind its day, or in a column of its own.
    fn moment(&self, row: &Row<'_>, series: &Series<'_>) -> Option<NaiveTime> {
        let behind = series.date.and_then(|date| spelled(row.cell(date).text)).map_or("", |day| day.time);
        let own = row.optional(self.layout.clock).map_or("", |cell| cell.text);
        [behind, own].into_iter().find_map(time_of_day)
    }

    /// Whether the table is the plain one, as a person types it.
    fn is_typed(&self) -> bool {
        self.layout.format == Format::Plain && self.layout.evidence.is_empty() && self.layout.unread.is_empty()
    }

    fn position(&self, row: &Row<'_>, series: &Series<'_>) -> Position {
        match series.symbol {
            Symbol::Column(column, _) if self.maker.is_none() => row.cell(column).position,
            Symbol::Own => self.layout.own.map_or(row.start(), |(column, ..)| row.cell(column).position),
            _ => row.start(),
        }
    }

    /// Every further column of days has to name the trade date too.
    fn agree(&self, row: &Row<'_>, day: Option<NaiveDate>, cells: &mut Cells) {
        for column in &self.layout.agreeing {
            let Some(cell) = row.optional(Some(*column)).filter(|cell| !is_missing(cell.text)) else { continue };
            let read = DayColumn { order: self.layout.days.order, serial: true }.read(cell);
            if let Some((other, day)) = read.ok().zip(day).filter(|(other, day)| other != day) {
                let message =
                    format!("expected one day in every column of dates, found {other} beside the trade date {day}");
                cells.refuse(Problem::new(ProblemKind::UnknownDates, message).at(cell.position));
            }
        }
    }

    /// The contract of a row.
    fn contract(
        &self,
        row: &Row<'a>,
        series: &Series<'a>,
        day: Option<NaiveDate>,
        cells: &mut Cells,
        account: &mut Account<'a>,
        book: &mut Book,
    ) -> Option<Found> {
        // A month alone is a contract of the product that the row names, or that rows without a product are of.
        let named = row.optional(self.layout.product).is_some_and(|cell| !cell.text.is_empty());
        let alone = |month: ContractMonth, label: &str, book: &mut Book| {
            if named || book.wants(None) {
                return Found::Contract(month);
            }
            book.skip_product(label);
            Found::Other
        };
        let own = self.layout.own.and_then(|(column, own, days)| {
            let cell = row.optional(Some(column)).filter(|cell| !is_missing(cell.text))?;
            // The order of day and month is the file's.
            let days = DayColumn { order: self.layout.days.order, ..days };
            let day = cells.of(days.read(cell))?;
            Some((own.month(day), day, cell))
        });
        let label = match series.symbol {
            Symbol::Column(column, None) => row.cell(column),
            Symbol::Column(column, Some(year)) => {
                let month = cells.of(month_and_year(row.cell(column), row.cell(year)))?;
                return Some(alone(month, row.cell(column).text, book));
            }
            Symbol::Own => {
                let missing = || {
                    row.cell(self.layout.own.map_or(0, |(column, ..)| column)).refused("a day of the contract's own")
                };
                let (month, _, cell) = cells.of(own.ok_or_else(missing))?;
                return Some(alone(month, cell.text, book));
            }
            Symbol::Above(label) => label,
            Symbol::Nowhere => return self.given(row, day, cells, account, book),
        };
        // A day within the contract's month may stand for its label.
        if spelled(label.text).is_some_and(|_| label.text.len() >= 8)
            && let Ok(day) = self.layout.days.read(label)
        {
            return Some(alone(ContractMonth::of(day), label.text, book));
        }
        // The contract's own day gives the decade of its year better than the trade date does.
        let resolved = own.map(|(month, ..)| month.first_day()).or(day);
        let read = match read_label(label.text, resolved, book.product()) {
            Ok(read) if read.product == Some(book.product()) => Ok(Found::Contract(read.month)),
            Ok(read) if read.product.is_none() => Ok(alone(read.month, label.text, book)),
            // In the table that a person types another product is a slip; of other tables it is another row.
            Err(error @ (ContractError::OtherProduct { .. } | ContractError::Spread(_))) if self.is_typed() => {
                Err(label.refused_as(&error))
            }
            Ok(_) if self.is_typed() && !book.passes_others_over() => {
                let error = ContractError::OtherProduct { found: label.text.to_owned(), wanted: book.product() };
                Err(label.refused_as(&error))
            }
            // No product has digits alone for its root: a slip in a month.
            Err(ContractError::OtherProduct { .. }) if label.text.starts_with(|c: char| c.is_ascii_digit()) => {
                Err(label.refused_as(&ContractError::Unknown(label.text.to_owned())))
            }
            // A slip in a month is told, where the name of another instrument is passed over.
            Err(error @ ContractError::Unknown(_))
                if self.is_typed() || label.text.bytes().any(|b| b.is_ascii_digit()) =>
            {
                Err(label.refused_as(&error))
            }
            _ => book.contract(label, resolved),
        };
        match read {
            Ok(Found::Contract(month)) => {
                let behind = |own: ContractMonth, day: NaiveDate| {
                    own == month || own == month.next() && chrono::Datelike::day(&day) <= 7
                };
                if let Some((_, day, cell)) =
                    own.filter(|(own, day, _)| *own != month && !behind(ContractMonth::of(*day), *day))
                {
                    let message = format!(
                        "expected a day of {}'s own, in its month or just behind it, found {day}",
                        book.product().contract(month).symbol()
                    );
                    cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(cell.position));
                }
                let of_history = self.maker.is_some() || matches!(series.symbol, Symbol::Above(_));
                if let Some(day) = day.filter(|day| of_history && !book.product().lists(month, *day)) {
                    cells.refuse(unlisted(month, day, book.product(), row.start()));
                }
                Some(Found::Contract(month))
            }
            Ok(Found::Other) => Some(Found::Other),
            Err(problem) if problem.kind() == ProblemKind::NoDate => {
                let (_, count) = account.undated.get_or_insert((label, 0));
                *count += 1;
                None
            }
            Err(problem) => {
                cells.refuse(problem);
                None
            }
        }
    }

    /// The contract of a history that names none.
    fn given(
        &self,
        row: &Row<'a>,
        day: Option<NaiveDate>,
        cells: &mut Cells,
        account: &mut Account<'a>,
        book: &Book,
    ) -> Option<Found> {
        let read = match &self.given {
            Some(Given::Known(month)) => Ok(*month),
            Some(Given::Stated(label)) => book.month(label.text, day).map_err(|error| label.refused_as(&error)),
            Some(Given::Named(label)) => {
                let read = book.month(label, day);
                read.map_err(|error| Problem::new(ProblemKind::Syntax, error.to_string()).at(row.start()))
            }
            None => {
                account.nameless = account.nameless.or(Some(row.start()));
                return None;
            }
        };
        let read = read.map_err(|problem| match problem.kind() {
            // Of several products the file has none of this one.
            ProblemKind::Syntax if book.passes_others_over() && self.given.is_some() => {
                Problem::new(ProblemKind::NoFedFunds, problem.message())
            }
            _ => problem,
        });
        let month = cells.of(read)?;
        if let Some(day) = day.filter(|day| !book.product().lists(month, *day)) {
            let date = self.layout.series.first().and_then(|series| series.date);
            let place = date.map_or(row.start(), |date| row.cell(date).position);
            cells.refuse(unlisted(month, day, book.product(), place));
        }
        Some(Found::Contract(month))
    }

    fn quote(&self, row: &Row<'_>, series: &Series<'_>, cells: &mut Cells) -> Quote {
        let figures = &series.figures;
        // Interactive Brokers writes -1 where there is no quote.
        let at = |column| row.optional(column).filter(|cell| !matches!(cell.text, "-1" | "-1.0"));
        // What vendors of histories write for no trade is no price of a table that names its contracts.
        let strict = self.maker.is_none() && matches!(series.symbol, Symbol::Column(..) | Symbol::Own);
        let price = |cells: &mut Cells, column| price(cells, at(column), strict);
        let settle = price(cells, figures.settle);
        // A bid of 0 is none, whoever writes it.
        let [bid, ask] = [figures.bid, figures.ask].map(|column| self::price(cells, at(column), false));
        let mid = price(cells, figures.mid);
        let prior_settle = price(cells, figures.prior_settle);
        let [open, high, low] = figures.session.map(|(price, mark)| {
            let price = session(cells, at(price), strict);
            marked(cells, price, at(mark))
        });
        let last = last(cells, at(figures.last), strict);
        let last = marked(cells, last, at(figures.last_mark));
        let change = cells.change(row.optional(figures.change).filter(|cell| !cell.text.contains(['(', '%'])));
        let [volume, open_interest] = [figures.volume, figures.open_interest].map(|column| count(cells, at(column)));
        if let Some(cell) = at(figures.ask).filter(|_| bid.zip(ask).is_some_and(|(bid, ask)| bid > ask)) {
            cells.refuse(cell.refused("an ask at or above the bid"));
        }
        Quote {
            open,
            high,
            low,
            last,
            settle,
            change,
            bid,
            ask,
            mid,
            volume,
            prior_settle,
            open_interest,
            ..Quote::default()
        }
    }

    /// What is wrong with the rows together, and with each.
    fn problems(&self, account: Account<'_>, taken: Result<(), ReadError>) -> Result<(), ReadError> {
        let mut problems = Problems::default();
        if let Some(position) = account.nameless {
            let of = self.layout.format.to_string();
            let message = format!(
                "expected the contract of this {of}, which names none: a continuous series has no contract month and cannot \
                 be read; to a history of one contract add a line '# contract: ZQZ25'"
            );
            return Err(Problem::new(ProblemKind::NoContract, message).at(position).into());
        }
        if let Some((label, count)) = account.undated {
            let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
            let message = format!(
                "expected a contract with its decade, such as ZQZ25, found '{}'{more} (a one-digit year needs the trade date: \
                 add a line '# as_of: YYYY-MM-DD')",
                crate::text::escaped(label.text)
            );
            problems.add(Problem::new(ProblemKind::NoDate, message).at(label.position));
        }
        if let Some((problem, count)) = account.again {
            let more = if count > 1 { format!("; {} more rows repeat a contract", count - 1) } else { String::new() };
            let dated = self.layout.series.first().is_some_and(|series| series.date.is_some());
            let timed =
                self.layout.clock.is_some() || self.layout.evidence.iter().any(|(_, name)| key(name).contains("time"));
            let what = if dated {
                "of several moments of a day one is wanted"
            } else {
                "if the rows are of several days, keep the column of their dates"
            };
            let message = format!("{}: {what}{more}", problem.message());
            let kind = if dated && timed { ProblemKind::SeveralMoments } else { ProblemKind::Inconsistent };
            let told = Problem::new(kind, message);
            problems.add(problem.position().map_or(told.clone(), |place| told.at(place)));
        }
        if let Err(error) = taken {
            for problem in of_one_cause(error, account.count) {
                problems.add(problem);
            }
        }
        problems.finish()
    }

    /// Takes a row by itself, as it comes.
    pub(super) fn take_alone(&self, row: &Row<'a>, book: &mut Book) -> Result<(), ReadError> {
        let mut account = Account::default();
        self.take(row, &mut account, book)?;
        self.problems(account, Ok(()))
    }

    /// The file that was read, or everything that is wrong with it.
    pub(super) fn finish(
        self,
        account: Account<'_>,
        taken: Result<(), ReadError>,
        mut book: Book,
    ) -> Result<QuoteFile, ReadError> {
        self.problems(account, taken)?;
        if book.counted_nothing() {
            return Err(super::empty().into());
        }
        if let Some(Given::Named(label)) = &self.given
            && self.layout.series.iter().any(|series| matches!(series.symbol, Symbol::Nowhere))
        {
            book.remark(Notice::ContractOfName { label: label.clone() }, None);
        }
        if self.maker.is_none() {
            book.remark_skipped();
        }
        if self.layout.format == Format::Pyfedwatch {
            book.drop_unpublished_interest();
        }
        let dated = self.layout.series.iter().any(|series| series.date.is_some());
        book.finish().map(|file| if dated { file.dated_by_row() } else { file })
    }
}

/// Where every row fails for one cause, the first row is told, and how many there are.
fn of_one_cause(error: ReadError, rows: usize) -> Vec<Problem> {
    let problems: Vec<Problem> = error.into_iter().collect();
    let cause = |problem: &Problem| problem.message().split(", found").next().unwrap_or_default().to_owned();
    let Some(first) = problems.first() else { return problems };
    let (kind, sentence) = (first.kind(), cause(first));
    if rows < 3 || problems.len() < rows || problems.iter().any(|problem| cause(problem) != sentence) {
        return problems;
    }
    let message = format!("{}, and the like in {} more rows", first.message(), problems.len() - 1);
    let place = first.position();
    let told = Problem::new(kind, message);
    vec![place.map_or(told.clone(), |place| told.at(place))]
}

fn unlisted(month: ContractMonth, day: NaiveDate, product: Product, place: Position) -> Problem {
    let symbol = product.contract(month).symbol();
    let message =
        format!("expected a day on which {symbol} is listed, found {day} (a continuous series has no contract month)");
    Problem::new(ProblemKind::Inconsistent, message).at(place)
}

/// The order of day and month that the first of the days shows; where none does, the one by which a day is the wanted one.
fn order_of<'c>(days: &(impl Iterator<Item = &'c str> + Clone), options: &ReadOptions) -> Option<DayOrder> {
    let read = || days.clone().filter_map(spelled);
    read().find_map(|day| day.order).or_else(|| {
        let wanted = options.as_of?;
        let orders: Vec<DayOrder> = read()
            .filter_map(crate::text::day::Spelled::both)
            .filter_map(|[month_first, day_first]| match (month_first == wanted, day_first == wanted) {
                (true, _) => Some(DayOrder::MonthFirst),
                (_, true) => Some(DayOrder::DayFirst),
                _ => None,
            })
            .collect();
        orders.first().copied().filter(|first| orders.iter().all(|order| order == first))
    })
}

/// A month, in digits or by its name, beside its year.
fn month_and_year(month: Cell<'_>, year: Cell<'_>) -> Result<ContractMonth, Problem> {
    let number = month.text.parse().ok().or_else(|| month_of_name(month.text)).or_else(|| month_number(month.text));
    let whole = year.text.split_once('.').map_or(year.text, |(whole, _)| whole);
    let read =
        number.zip(whole.parse::<i32>().ok()).map(|(month, year)| (month, if year < 100 { 2000 + year } else { year }));
    let read = read.and_then(|(month, year)| ContractMonth::new(year, month));
    read.ok_or_else(|| month.refused("a month of 1 to 12, with its year in the column of years"))
}

/// A price with a point or, as other countries write it, with a comma.
fn number(text: &str) -> Result<Price, &'static str> {
    // An exchange's screen has an `s` behind a settled price.
    let read = cells::price(text.strip_suffix(['s', 'S']).unwrap_or(text));
    if read.is_ok() || text.matches(',').count() != 1 || text.contains('.') {
        return read;
    }
    cells::price(&text.replace(',', ".")).or(read)
}

/// A price; of a history 0 stands for none.
fn price(cells: &mut Cells, cell: Option<Cell<'_>>, strict: bool) -> Option<Price> {
    let cell = cell.filter(|cell| strict || !is_zero(cell.text));
    cells.value(cell, number)
}

/// An opening price, a high or a low.
fn session(cells: &mut Cells, cell: Option<Cell<'_>>, strict: bool) -> Option<SessionPrice> {
    let cell = cell.filter(|cell| strict || !is_zero(cell.text))?;
    let comma = cell.text.contains(',') && !cell.text.contains('.');
    let text = if comma { cell.text.replace(',', ".") } else { String::new() };
    cells.session(Some(if comma { Cell { text: &text, ..cell } } else { cell }))
}

/// A last price, perhaps with a mark, or with the `s` of a settled one.
fn last(cells: &mut Cells, cell: Option<Cell<'_>>, strict: bool) -> Option<SessionPrice> {
    let cell = cell.filter(|cell| strict || !is_zero(cell.text))?;
    cells.value(Some(cell), |text| {
        let (digits, mark) = match text.as_bytes().last() {
            Some(b'A' | b'a') => (&text[..text.len() - 1], Some(Mark::Ask)),
            Some(b'B' | b'b') => (&text[..text.len() - 1], Some(Mark::Bid)),
            _ => (text, None),
        };
        number(digits).map(|price| SessionPrice { price, mark })
    })
}

/// A count: with separators of thousands, as a float (`28192.0`), or in thousands and millions (`13.28K`).
fn count(cells: &mut Cells, cell: Option<Cell<'_>>) -> Option<u64> {
    const EXPECTED: &str = "a count such as 33625, 33,625 or 13.28K";
    cells.value(cell, |text| {
        let (number, scale) = match text.as_bytes().last() {
            Some(b'K' | b'k') => (&text[..text.len() - 1], 1_000),
            Some(b'M' | b'm') => (&text[..text.len() - 1], 1_000_000),
            _ => (text, 1),
        };
        if let Some(count) = cells::count(number).and_then(|count| count.checked_mul(scale)) {
            return Ok(count);
        }
        // Where the point separates thousands, the comma is that of the decimals.
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let grouped = scale == 1
            && number.split('.').skip(1).all(|group| group.len() == 3 && digits(group))
            && digits(&number.replace('.', ""));
        let plain = if grouped { number.replace('.', "") } else { number.replace(',', ".") };
        let decimal = Decimal::from_str_exact(&plain).map_err(|_| EXPECTED)?;
        let count = decimal.checked_mul(Decimal::from(scale)).filter(Decimal::is_integer);
        count.and_then(|count| u64::try_from(count).ok()).ok_or(EXPECTED)
    })
}

/// A price of the session with its mark, in its own column or behind the price.
fn marked(cells: &mut Cells, price: Option<SessionPrice>, mark: Option<Cell<'_>>) -> Option<SessionPrice> {
    let read = price?;
    let mark =
        cells.value(mark.filter(|cell| !is_missing(cell.text)), |text| match text.to_ascii_lowercase().as_str() {
            "bid" | "b" => Ok(Mark::Bid),
            "ask" | "a" => Ok(Mark::Ask),
            _ => Err("bid or ask"),
        });
    Some(SessionPrice { mark: mark.or(read.mark), ..read })
}

/// Whether a row is the total of those above: it says so in place of its contract, or in its first cell without one.
pub(super) fn is_total(row: &Row<'_>, contract: usize) -> bool {
    let label = row.cell(contract).text;
    let first = row.cells().iter().map(|cell| cell.text).find(|text| !text.is_empty());
    let said = if label.is_empty() { first.unwrap_or(label) } else { label };
    said.eq_ignore_ascii_case("total")
}
