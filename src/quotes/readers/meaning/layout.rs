//! [`Layout`]: what each column of a table is, told from its name and from what stands in it, with the evidence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::content::{Content, content};
use super::days::{DayColumn, Own};
use super::head::{heading, is_axis};
use super::maker::Maker;
use super::role::{Role, key};
use crate::market::contract::{ContractMonth, read_label};
use crate::quotes::{Format, ReadOptions};
use crate::text::cell::Cell;
use crate::text::problem::{Problem, ProblemKind, Problems, ReadError};

/// What each column of a table is.
#[derive(Clone)]
pub(super) struct Layout<'a> {
    pub(super) format: Format,
    /// One a contract in a wide table, else one.
    pub(super) series: Vec<Series<'a>>,
    pub(super) days: DayColumn,
    pub(super) product: Option<usize>,
    /// Further columns of days, which have to agree with the trade date.
    pub(super) agreeing: Vec<usize>,
    /// A column of times of day.
    pub(super) clock: Option<usize>,
    /// A day or month of the contract's own, by column.
    pub(super) own: Option<(usize, Own, DayColumn)>,
    /// The columns that nothing is read from.
    pub(super) unread: Vec<String>,
    /// A column of the settlement whose name says less.
    pub(super) assumed_settle: Option<String>,
    /// What columns were taken for, where their names are not those of the plain table.
    pub(super) evidence: Vec<(&'static str, String)>,
}

/// How the rows of a series name their contract.
#[derive(Clone, Copy)]
pub(super) enum Symbol<'a> {
    /// In a column, with the year in another where it stands apart.
    Column(usize, Option<usize>),
    /// By a day of the contract's own, in [`Layout::own`].
    Own,
    /// Above their columns.
    Above(Cell<'a>),
    /// Not at all.
    Nowhere,
}

/// Where the figures of one contract stand.
#[derive(Clone)]
pub(super) struct Series<'a> {
    pub(super) symbol: Symbol<'a>,
    pub(super) date: Option<usize>,
    pub(super) figures: Figures,
}

/// The columns of a contract's figures.
#[derive(Clone, Copy, Default)]
pub(super) struct Figures {
    pub(super) settle: Option<usize>,
    pub(super) last: Option<usize>,
    pub(super) mid: Option<usize>,
    pub(super) bid: Option<usize>,
    pub(super) ask: Option<usize>,
    pub(super) change: Option<usize>,
    pub(super) volume: Option<usize>,
    pub(super) open_interest: Option<usize>,
    pub(super) prior_settle: Option<usize>,
    /// Open, high, low, each with its mark.
    pub(super) session: [(Option<usize>, Option<usize>); 3],
    pub(super) last_mark: Option<usize>,
}

/// A column while it is not yet decided what it is.
struct Column<'a> {
    name: Cell<'a>,
    /// The contract above it, of a wide table.
    label: Option<(Cell<'a>, bool)>,
    role: Option<Role>,
    /// The place of its name among those of the role; the user's word counts most.
    rank: Option<usize>,
    content: Content,
}

/// A user's word counts before any name.
const CHOSEN: Option<usize> = None;

impl<'a> Layout<'a> {
    /// What the columns of a table are, by the rows of its header and some of the rows below.
    pub(super) fn of(
        head: &[Vec<Cell<'a>>],
        sample: &[Vec<Cell<'_>>],
        maker: Option<&'static Maker>,
        options: &ReadOptions,
    ) -> Result<Self, ReadError> {
        let columns = columns(head, sample, maker, options)?;
        let recognition = Recognition { columns, sample, options, maker };
        if recognition.is_wide() { recognition.wide() } else { recognition.long() }
    }
}

/// The columns of a header, each with what its name and its content say.
fn columns<'a>(
    head: &[Vec<Cell<'a>>],
    sample: &[Vec<Cell<'_>>],
    maker: Option<&Maker>,
    options: &ReadOptions,
) -> Result<Vec<Column<'a>>, ReadError> {
    let width = head.iter().map(Vec::len).max().unwrap_or(0);
    let Some(start) = head.iter().flatten().map(|cell| cell.position).min() else { return Ok(Vec::new()) };
    let empty = Cell { text: "", position: start };
    let mut columns: Vec<Column<'a>> = Vec::with_capacity(width);
    let mut labels: Vec<Option<(Cell<'a>, bool)>> = vec![None; head.len()];
    for index in 0..width {
        let (mut label, mut role, mut name) = (None, None, empty);
        for (row, carried) in head.iter().zip(&mut labels).rev() {
            let cell = row.get(index).copied().unwrap_or(empty);
            let filled = !cell.text.is_empty();
            let own = maker.and_then(|maker| maker.known).filter(|(known, _)| *known == key(cell.text));
            let named = own.map(|(_, role)| (role, 0)).or_else(|| Role::named(cell.text));
            if let Some(found) = heading(cell.text, options.product).filter(|_| named.is_none()) {
                let of = (Cell { text: found.label, ..cell }, found.wanted);
                *carried = Some(of);
                label = label.or(Some(of));
                role = role.or(found.role.map(|role| (role, 0)));
            } else if index > 0
                && filled
                && named.is_none()
                && head.len() > 1
                && row.first().is_some_and(|cell| is_axis(cell.text))
            {
                *carried = Some((cell, false));
                label = label.or(*carried);
            } else if filled {
                // A heading of a contract holds for the blank ones to its right, until the next one.
                *carried = None;
            } else if head.len() > 1 {
                label = label.or(*carried);
            }
            role = role.or(named);
            if name.text.is_empty() {
                name = cell;
            }
        }
        let content = content(sample.iter().filter_map(|row| row.get(index).copied()), options);
        let (role, rank) = role.map_or((None, Some(usize::MAX)), |(role, rank)| (Some(role), Some(rank)));
        columns.push(Column { name, label, role, rank, content });
    }
    choose(&mut columns, options)?;
    Ok(columns)
}

/// Takes the user's word for columns.
fn choose(columns: &mut [Column<'_>], options: &ReadOptions) -> Result<(), ReadError> {
    for choice in &options.columns {
        let found = columns.iter().position(|column| column.name.text.eq_ignore_ascii_case(&choice.name));
        let found = found.or_else(|| columns.iter().position(|column| key(column.name.text) == key(&choice.name)));
        let Some(found) = found else {
            let names: Vec<&str> = columns.iter().map(|column| column.name.text).collect();
            let message = format!(
                "expected a column '{}', found {}",
                crate::text::escaped(&choice.name),
                crate::text::escaped_to(&names.join(", "), 120)
            );
            let problem = Problem::new(ProblemKind::Syntax, message);
            return Err(columns.first().map_or(problem.clone(), |column| problem.at(column.name.position)).into());
        };
        // What else was taken for the same stays unread.
        for column in columns.iter_mut().filter(|column| column.role == Some(choice.role) && column.rank != CHOSEN) {
            if choice.role != Role::Ignored {
                (column.role, column.rank) = (Some(Role::Ignored), CHOSEN);
            }
        }
        (columns[found].role, columns[found].rank, columns[found].label) = (Some(choice.role), CHOSEN, None);
    }
    Ok(())
}

/// A table whose columns are being told apart.
struct Recognition<'a, 's> {
    columns: Vec<Column<'a>>,
    sample: &'s [Vec<Cell<'s>>],
    options: &'s ReadOptions,
    maker: Option<&'static Maker>,
}

impl<'a> Recognition<'a, '_> {
    /// The first of the columns of a role by the rank of their names.
    fn first(&self, role: Role) -> Option<usize> {
        let of_role = self.columns.iter().enumerate().filter(|(_, column)| column.role == Some(role));
        of_role.min_by_key(|(index, column)| (column.rank, *index)).map(|(index, _)| index)
    }

    /// The one column of a role; a second one is refused.
    fn only(&self, role: Role, problems: &mut Problems) -> Option<usize> {
        let mut of_role = self.columns.iter().enumerate().filter(|(_, column)| column.role == Some(role));
        let (first, column) = of_role.next()?;
        if let Some((_, second)) = of_role.next() {
            let message = format!("one of the columns '{}' and '{}'", column.name.text, second.name.text);
            problems.add(second.name.refused(&message));
        }
        Some(first)
    }

    fn is_wide(&self) -> bool {
        let labelled = self.columns.iter().any(|column| column.label.is_some() && column.role != Some(Role::Ignored));
        labelled && !self.columns.iter().any(|column| column.role == Some(Role::Contract) && column.content.labels > 0)
    }

    /// Whether a column is one of days, or of counts of days that its name makes days.
    fn holds_days(&self, index: usize) -> bool {
        let column = &self.columns[index];
        let of_days =
            matches!(column.role, Some(Role::Date | Role::Moment | Role::Expiry | Role::OwnDay | Role::SessionStart));
        let numeric = column.role.is_some_and(|role| !of_days && role != Role::Contract && role != Role::Ignored);
        let all = column.content.all_days() && !numeric && column.label.is_none();
        all || of_days && self.is_serial(index)
    }

    fn is_serial(&self, index: usize) -> bool {
        let content = &self.columns[index].content;
        content.serials > 0 && content.serials == content.filled
    }

    /// How a column writes its days; the order of day and month is settled with the whole table at hand.
    fn day_column(&self, index: usize) -> DayColumn {
        DayColumn { order: None, serial: self.is_serial(index) }
    }

    fn refused(&self, message: String) -> ReadError {
        let problem = Problem::new(ProblemKind::UnknownColumns, message);
        self.columns.first().map_or(problem.clone(), |column| problem.at(column.name.position)).into()
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.text).collect();
        crate::text::escaped_to(&names.join(","), 120)
    }

    /// The days in a column, each with the contract of its row where that is told without it.
    fn days_by_contract(&self, index: usize, contract: usize) -> Vec<(NaiveDate, ContractMonth)> {
        let day_column = self.day_column(index);
        let read = |row: &Vec<Cell<'_>>| {
            let day = day_column.read(*row.get(index)?).ok()?;
            let label = read_label(row.get(contract)?.text, Some(day), self.options.product).ok()?;
            Some((day, label.month))
        };
        self.sample.iter().filter_map(read).collect()
    }

    /// Whether the days of a column are the contracts' own: each contract has one, in its month or just behind it. One contract
    /// alone, or one day of several, shows it only where the name does.
    fn is_own(&self, index: usize, contract: usize, alone_is_enough: bool) -> bool {
        let days = self.days_by_contract(index, contract);
        let mut of_contract: BTreeMap<ContractMonth, BTreeSet<NaiveDate>> = BTreeMap::new();
        for (day, month) in &days {
            of_contract.entry(*month).or_default().insert(*day);
        }
        let near = |(day, month): &(NaiveDate, ContractMonth)| {
            let own = ContractMonth::of(*day);
            own == *month || own == month.next() && day.day() <= 7
        };
        !days.is_empty()
            && days.iter().all(near)
            && of_contract.values().all(|days| days.len() == 1)
            && (alone_is_enough
                || of_contract.len() > 1 && of_contract.values().collect::<BTreeSet<_>>().len() == of_contract.len())
    }

    /// Which column is the trade date, which are the contracts' own days, and which have to agree with the date.
    fn dates(&self, contract: Option<usize>) -> Result<Dates, ReadError> {
        let mut dates = Dates::default();
        let (mut moments, mut unknown) = (Vec::new(), Vec::new());
        for index in 0..self.columns.len() {
            let column = &self.columns[index];
            if column.role == Some(Role::Ignored) || Some(index) == contract {
                continue;
            }
            let chosen = column.rank == CHOSEN;
            let role = match column.role {
                Some(Role::Date)
                    if !chosen && column.content.clocks > 0 && column.content.clocks == column.content.filled =>
                {
                    None
                }
                // Cells that are no days are told one by one.
                Some(Role::Date) => Some(Role::Date),
                _ if !self.holds_days(index) => None,
                Some(Role::Contract | Role::Year) if contract.is_none() => Some(Role::Expiry),
                Some(role @ (Role::Moment | Role::Expiry | Role::OwnDay | Role::SessionStart)) => Some(role),
                // The first column of a frame that was written with its index has no name.
                _ if column.name.text.is_empty() && index == 0 => Some(Role::Moment),
                _ => {
                    unknown.extend(Role::of_days(column.name.text).is_none().then_some(index));
                    Role::of_days(column.name.text)
                }
            };
            // Some names serve for both: what stands below them decides.
            let settles = key(column.name.text).starts_with("settle");
            let traded = key(column.name.text).contains("lasttrad");
            let role = match (role, contract) {
                (Some(Role::Date), Some(contract)) if settles && !chosen && self.is_own(index, contract, false) => {
                    Some(Role::Expiry)
                }
                (Some(Role::Expiry), Some(contract)) if traded && !chosen && !self.is_own(index, contract, true) => {
                    Some(Role::Date)
                }
                (role, _) => role,
            };
            match role {
                Some(Role::Date) => dates.traded.push(index),
                Some(Role::Moment) => moments.push(index),
                Some(Role::Expiry) => dates.own.push(index),
                Some(Role::OwnDay | Role::SessionStart) => dates.known.push(index),
                _ if column.content.clocks > 0 && dates.clock.is_none() => dates.clock = Some(index),
                _ => {}
            }
        }
        dates.traded.sort_by_key(|index| (self.columns[*index].rank, *index));
        dates.traded.extend(moments);
        // A session begins on the evening before its day, or on the day.
        let starts = dates.known.iter().filter(|index| self.columns[**index].role == Some(Role::SessionStart));
        if dates.traded.is_empty() {
            unknown.extend(starts);
        }
        dates.agreeing = dates.traded.iter().skip(1).copied().chain(unknown.iter().copied()).collect();
        if let (true, Some(index)) = (dates.traded.is_empty(), unknown.first()) {
            let name = self.columns[*index].name;
            let day = self.columns[*index].content.days.first().map_or(String::new(), ToString::to_string);
            let message = format!(
                "expected to know what the days in the column '{}' are ({day} and others): the trade date, the contract's expiry, \
                 or not to be read",
                crate::text::escaped(name.text)
            );
            return Err(Problem::new(ProblemKind::UnknownDates, message).at(name.position).into());
        }
        Ok(dates)
    }

    /// A table with a row a contract, or of one contract with a row a day.
    fn long(self) -> Result<Layout<'a>, ReadError> {
        let contract = self.contract();
        let dates = self.dates(contract)?;
        let mut problems = Problems::default();
        let named = |role| self.first(role);
        let settle = self.only(Role::Settle, &mut problems);
        let price = self.only(Role::Price, &mut problems);
        let last = self.only(Role::Last, &mut problems);
        let close = named(Role::Close);
        problems.finish()?;
        let own = match dates.own.first() {
            Some(index) => self.own(*index, contract.is_none())?.map(|own| (*index, own, self.day_column(*index))),
            None => None,
        };
        let symbol = match contract {
            Some(index) => Symbol::Column(index, self.year_beside(index)),
            None if own.is_some() => Symbol::Own,
            None => Symbol::Nowhere,
        };
        let by_row = !matches!(symbol, Symbol::Nowhere);
        // A bar of one contract closes with its last trade; in a table of contracts nothing else is the settlement, but beside the
        // last trade a close may be that of the day before.
        let closes_settle = by_row
            && settle.or(price).or(last).is_none()
            && self.maker.is_none_or(|maker| maker.format == Format::Pyfedwatch);
        let assumed = if closes_settle { close } else { None };
        let figures = Figures {
            settle: settle.or(price).or(assumed),
            last: last.or(close.filter(|_| !closes_settle)),
            mid: named(Role::Mid),
            bid: named(Role::Bid),
            ask: named(Role::Ask),
            change: named(Role::Change).filter(|_| self.maker.is_none_or(|maker| maker.change_in_points)),
            volume: named(Role::Volume),
            open_interest: named(Role::OpenInterest),
            prior_settle: named(Role::PriorSettle).filter(|_| self.maker.is_none()),
            session: [(Role::Open, Role::OpenMark), (Role::High, Role::HighMark), (Role::Low, Role::LowMark)]
                .map(|(price, mark)| (named(price), named(mark))),
            last_mark: named(Role::LastMark),
        };
        if let (None, Some(prior)) = (figures.prices().next(), figures.prior_settle) {
            let name = crate::text::escaped(self.columns[prior].name.text);
            let message = format!(
                "expected prices of the day, found prior settlements alone: give the day before as the date of the quotes, and name \
                 the column '{name}' as their price"
            );
            return Err(self.refused(message));
        }
        if figures.prices().next().is_none() {
            return Err(self.refused(format!("expected a column of prices, such as 'price', found {}", self.names())));
        }
        // `price` alone is the plain table's own name of the settlement.
        let generic = price.filter(|index| settle.is_none() && key(self.columns[*index].name.text) != "price");
        let assumed_settle = assumed.or(generic).map(|index| self.columns[index].name.text.to_owned());
        let date = dates.traded.first().copied();
        let paired = self.paired(date);
        let format = self.format(date.is_some(), by_row || !paired.is_empty());
        let series = if paired.is_empty() { vec![Series { symbol, date, figures }] } else { paired };
        let product = named(Role::Product);
        let mut read: Vec<usize> = figures.columns().collect();
        read.extend(
            contract.into_iter().chain(date).chain(product).chain(dates.clock).chain(dates.known.iter().copied()),
        );
        read.extend(dates.agreeing.iter().chain(&dates.own).copied());
        read.extend(series.iter().flat_map(|series| series.figures.columns().chain(series.symbol.column())));
        read.extend(matches!(symbol, Symbol::Column(_, Some(_))).then(|| named(Role::Year)).flatten());
        let evidence = self.evidence(&[
            (contract, "contract"),
            (settle.or(price), "settlement"),
            (figures.last, "last"),
            (figures.mid, "mid"),
            (date, "trade date"),
            (own.map(|(index, ..)| index), "contract's own date"),
        ]);
        Ok(Layout {
            format,
            series,
            days: date.map_or(DayColumn::default(), |index| self.day_column(index)),
            product,
            agreeing: dates.agreeing,
            clock: dates.clock,
            own,
            unread: if by_row && self.maker.is_none() { self.unread(&read) } else { Vec::new() },
            assumed_settle,
            evidence,
        })
    }

    /// The column of contracts: by its name where contracts stand in it, else by what stands in it.
    fn contract(&self) -> Option<usize> {
        let named = |has: fn(&Content) -> bool| {
            let columns = self.columns.iter().enumerate();
            let candidates = columns.filter(|(_, column)| {
                column.rank == CHOSEN && column.role == Some(Role::Contract)
                    || column.role == Some(Role::Contract) && has(&column.content)
            });
            candidates.min_by_key(|(index, column)| (column.rank, *index)).map(|(index, _)| index)
        };
        let by_content = || {
            let symbols = |column: &Column<'_>| {
                let content = &column.content;
                let told = matches!(column.role, None | Some(Role::Expiry));
                let enough = if column.role.is_none() { content.symbols } else { content.labels };
                told && content.filled > 0 && enough == content.filled
            };
            self.columns.iter().position(symbols)
        };
        // Of names of contracts in which no contract stands, the cells are told one by one, unless days tell the contract.
        let expires = || {
            self.columns.iter().enumerate().any(|(index, column)| {
                matches!(column.role, Some(Role::Expiry | Role::Contract)) && self.holds_days(index)
            })
        };
        named(|content| content.labels > 0)
            .or_else(by_content)
            .or_else(|| if expires() { None } else { named(|content| !content.all_days()) })
    }

    /// The column of years beside one of months that lacks them.
    fn year_beside(&self, contract: usize) -> Option<usize> {
        self.first(Role::Year).filter(|_| self.columns[contract].content.labels == 0)
    }

    /// What the days of the contracts' own are.
    fn own(&self, index: usize, alone: bool) -> Result<Option<Own>, ReadError> {
        let column = &self.columns[index];
        match Own::of(column.name.text, &column.content.days) {
            Some(own) => Ok(Some(own)),
            None if !alone => Ok(None),
            None => {
                let message = format!(
                    "expected the days in the column '{}' to lie in their contracts' months or behind them, found days that can be \
                     both: name the months, such as 2025-12",
                    crate::text::escaped(column.name.text)
                );
                Err(Problem::new(ProblemKind::Syntax, message).at(column.name.position).into())
            }
        }
    }

    /// Pairs of columns such as `CARRY` and `CARRY_CONTRACT`, each a price and its contract.
    fn paired(&self, date: Option<usize>) -> Vec<Series<'a>> {
        let keys: Vec<String> = self.columns.iter().map(|column| key(column.name.text)).collect();
        let pairs = keys.iter().enumerate().filter_map(|(contract, name)| {
            let price = keys.iter().position(|other| {
                Some(other.as_str()) == name.strip_suffix("contract").filter(|name| !name.is_empty())
            })?;
            let figures = Figures { settle: Some(price), ..Figures::default() };
            Some(Series { symbol: Symbol::Column(contract, None), date, figures })
        });
        pairs.collect()
    }

    /// A table with a column, or several, for each contract.
    fn wide(self) -> Result<Layout<'a>, ReadError> {
        let dates = self.dates(None)?;
        let mut blocks: Vec<(Cell<'a>, Vec<usize>)> = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            if let Some((label, true)) = column.label
                && column.role != Some(Role::Ignored)
            {
                match blocks.iter_mut().find(|(known, _)| known.text.eq_ignore_ascii_case(label.text)) {
                    Some((_, columns)) => columns.push(index),
                    None => blocks.push((label, vec![index])),
                }
            }
        }
        let others: BTreeSet<&str> = self
            .columns
            .iter()
            .filter_map(|column| column.label.filter(|(_, wanted)| !wanted))
            .map(|(label, _)| label.text)
            .collect();
        let others: Vec<String> = others.into_iter().map(str::to_owned).collect();
        let format = self.maker.map_or(Format::Wide, |maker| maker.format);
        if blocks.is_empty() {
            let listed = crate::text::escaped_to(&others.join(", "), 120);
            let message = format!("expected {} in this {format}: it holds {listed}", self.options.product);
            return Err(Problem::new(ProblemKind::NoFedFunds, message).into());
        }
        let mut assumed = None;
        let mut series = Vec::new();
        for (label, block) in &blocks {
            let of = |role: Role| block.iter().copied().find(|index| self.columns[*index].role == Some(role));
            let bare = block
                .iter()
                .copied()
                .find(|index| self.columns[*index].role.is_none() && !self.columns[*index].content.all_days());
            let generic = of(Role::Price).or(bare);
            if of(Role::Settle).is_none() && assumed.is_none() {
                assumed = generic.map(|index| self.columns[index].name.text.to_owned());
            }
            let figures = Figures {
                settle: of(Role::Settle).or(generic),
                last: of(Role::Last).or(of(Role::Close)),
                mid: of(Role::Mid),
                bid: of(Role::Bid),
                ask: of(Role::Ask),
                change: None,
                volume: of(Role::Volume),
                open_interest: of(Role::OpenInterest),
                prior_settle: None,
                session: [Role::Open, Role::High, Role::Low].map(|role| (of(role), None)),
                last_mark: None,
            };
            // A block may have a column of days of its own, to its left.
            let own_date = |index: usize| matches!(self.columns[index].role, Some(Role::Date | Role::Moment));
            let date = block.iter().copied().find(|index| own_date(*index));
            let first = block.first().copied().unwrap_or_default();
            let before = (0..first).rev().find(|index| own_date(*index) || self.holds_days(*index));
            series.push(Series {
                symbol: Symbol::Above(*label),
                date: date.or(before).or(dates.traded.first().copied()),
                figures,
            });
        }
        if series.iter().all(|series| series.figures.columns().next().is_none()) {
            return Err(self.refused(format!("expected a column of prices below a contract, found {}", self.names())));
        }
        let shared: BTreeSet<Option<usize>> = series.iter().map(|series| series.date).collect();
        let agreeing = if shared.len() > 1 { Vec::new() } else { dates.agreeing };
        let first = series.first().and_then(|series| series.date);
        let evidence = self.evidence(&[(first, "trade date")]);
        Ok(Layout {
            format,
            series,
            days: first.map_or(DayColumn::default(), |index| self.day_column(index)),
            product: None,
            agreeing,
            clock: dates.clock,
            own: None,
            unread: others,
            assumed_settle: assumed,
            evidence,
        })
    }

    fn format(&self, dated: bool, by_row: bool) -> Format {
        match self.maker {
            Some(maker) => maker.format,
            None if dated && !by_row => Format::History,
            None if dated => Format::Long,
            None => Format::Plain,
        }
    }

    fn unread(&self, read: &[usize]) -> Vec<String> {
        let unread = self.columns.iter().enumerate().filter(|(index, column)| {
            !read.contains(index) && !column.name.text.is_empty() && column.role != Some(Role::Ignored)
        });
        unread.map(|(_, column)| column.name.text.to_owned()).collect()
    }

    /// The columns whose names are none of the plain table's, with what they are taken for.
    fn evidence(&self, told: &[(Option<usize>, &'static str)]) -> Vec<(&'static str, String)> {
        const PLAIN: [&str; 16] = [
            "date",
            "trade_date",
            "as_of",
            "as_of_date",
            "contract",
            "symbol",
            "contract_symbol",
            "contract_month",
            "month",
            "settle",
            "settlement",
            "price",
            "settle_price",
            "last",
            "last_price",
            "latest",
        ];
        let plain = |name: &str| PLAIN.iter().any(|known| key(known) == key(name));
        let named = told.iter().filter_map(|(index, what)| Some((*what, self.columns[(*index)?].name.text.to_owned())));
        if self.maker.is_some() { Vec::new() } else { named.filter(|(_, name)| !plain(name)).collect() }
    }
}

/// The columns of days by what they are.
#[derive(Default)]
struct Dates {
    /// The trade date first.
    traded: Vec<usize>,
    own: Vec<usize>,
    /// Days that are known to be neither.
    known: Vec<usize>,
    agreeing: Vec<usize>,
    clock: Option<usize>,
}

impl Layout<'_> {
    /// The same without the text of its header, where no contract stands in it.
    pub(super) fn owned(self) -> Option<Layout<'static>> {
        let series = self.series.into_iter().map(|series| {
            let symbol = match series.symbol {
                Symbol::Column(column, year) => Symbol::Column(column, year),
                Symbol::Own => Symbol::Own,
                Symbol::Nowhere => Symbol::Nowhere,
                Symbol::Above(_) => return None,
            };
            Some(Series { symbol, date: series.date, figures: series.figures })
        });
        Some(Layout { series: series.collect::<Option<_>>()?, ..self })
    }
}

impl Figures {
    /// The prices that a quote can be priced at.
    fn prices(&self) -> impl Iterator<Item = usize> + use<> {
        [self.settle, self.last, self.mid, self.bid].into_iter().flatten()
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = usize> + use<> {
        let session = self.session.into_iter().flat_map(|(price, mark)| [price, mark]);
        let others = [
            self.settle,
            self.last,
            self.mid,
            self.bid,
            self.ask,
            self.change,
            self.volume,
            self.open_interest,
            self.prior_settle,
            self.last_mark,
        ];
        others.into_iter().chain(session).flatten()
    }
}

impl Symbol<'_> {
    fn column(self) -> Option<usize> {
        if let Self::Column(index, _) = self { Some(index) } else { None }
    }
}
