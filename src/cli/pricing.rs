//! The options of prices and calendar, and the assumptions that they settle to.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use fedpath::path::Weights;
use fedpath::product::OvernightRate;
use fedpath::{
    Assumptions, BasisPoints, ContractMonth, Fixings, Meeting, MeetingCalendar, Premia, Price, Product, StartRate,
    TargetRange,
};

use super::dates::date;
use super::failure::Failure;
use super::input;
use super::joint::JointArgs;
use super::reading::{ReadingArgs, Wanted};
use super::suggestions::{self, hinted};
use super::values::{
    BetweenName, DecisionDayName, MethodName, PriceName, WeightsName, anchor, landing, price_of, shift, start_rate,
    term_premium,
};

#[derive(Debug, Args)]
#[command(next_help_heading = "Calendar")]
pub(super) struct CalendarArgs {
    /// Replace the calendar: a table with a column `announcement` [default: embedded, 1994-2027]
    #[arg(long, hide_short_help = true, value_name = "FILE")]
    pub(super) meetings: Option<PathBuf>,
    /// Add a decision announced on this day (repeatable)
    #[arg(long, hide_short_help = true, value_name = "DATE", value_parser = date)]
    pub(super) add_meeting: Vec<NaiveDate>,
    /// Remove the meeting of this day (repeatable)
    #[arg(long, hide_short_help = true, value_name = "DATE", value_parser = date)]
    pub(super) drop_meeting: Vec<NaiveDate>,
    /// Project meetings so many years past the calendar's end
    #[arg(long, hide_short_help = true, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=10))]
    pub(super) project_meetings: Option<u8>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Assumptions")]
pub(super) struct PricingArgs {
    /// Target range in force, such as 3.75-4.00 [default: the embedded table's]
    #[arg(long, value_name = "RANGE")]
    pub(super) target: Option<TargetRange>,
    /// Print only so many of the next meetings; no figure changes [default: the whole chain]
    #[arg(long, help_heading = "What to show", value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) count: Option<u16>,
    /// Price more than 120 months, however long it takes
    #[arg(long, hide = true)]
    pub(super) force_size: bool,
    /// The next so many scheduled meetings are solved; later ones are not used
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) chain: u16,
    /// The rule that solves the contracts
    #[arg(long, value_enum, default_value_t = MethodName::Fedwatch)]
    pub(super) method: MethodName,
    /// Weights of least-squares and joint [default: tick; joint: equal]
    #[arg(long, value_enum, hide_short_help = true)]
    pub(super) weights: Option<WeightsName>,
    /// Rate of a decision's day [default: old; joint: old-holidays]
    #[arg(long, hide_short_help = true, value_enum, value_name = "DAY")]
    pub(super) decision_day: Option<DecisionDayName>,
    /// Rate before the first meeting: anchor, a rate or fixings
    #[arg(long, hide_short_help = true, value_name = "RATE", allow_hyphen_values = true, default_value = "anchor", value_parser = start_rate)]
    pub(super) start_rate: StartRate,
    /// Realised rates, of the New York Fed or of FRED
    #[arg(long, value_name = "FILE")]
    pub(super) fixings: Option<PathBuf>,
    /// Rate between several decisions of one month [default: none]
    #[arg(long, hide_short_help = true, value_enum, value_name = "HOW")]
    pub(super) between: Option<BetweenName>,
    /// Term premium to take out, by months ahead: 1=3,2=6 is 3 bp at one, 6 bp from two on [default: none]
    #[arg(long, hide_short_help = true, value_name = "BP", value_delimiter = ',', allow_hyphen_values = true, value_parser = term_premium)]
    pub(super) term_premium: Vec<(u32, BasisPoints)>,
    /// Effect of a month's last business day [default: 0]
    #[arg(long, hide_short_help = true, value_name = "BP", allow_hyphen_values = true, value_parser = shift)]
    pub(super) month_end: Option<BasisPoints>,
    /// How much less than a move the effective rate moves, in bp [default: 0]
    ///
    /// How far it lies above its former place in the range, such as 2bp.
    #[arg(long, hide_short_help = true, value_name = "BP", allow_hyphen_values = true, value_parser = landing)]
    pub(super) landing_spread: Option<Premia>,
    /// Refuse a report with gaps: every meeting of the chain has a price, or exit code 1
    #[arg(long, hide_short_help = true)]
    pub(super) strict: bool,
    /// Price of a contract that the file lacks, such as 2025-11=96.1225 (repeatable)
    #[arg(long, help_heading = "What to price", hide_short_help = true, value_name = "PRICE", value_parser = anchor)]
    pub(super) anchor: Vec<(ContractMonth, Price)>,
    /// Which price of a quote: settle, last, mid; or ZQ=last,SR3=settle
    #[arg(long, help_heading = "What to price", hide_short_help = true, value_delimiter = ',', default_value = "settle", value_parser = price_of)]
    pub(super) price: Vec<(Option<Product>, PriceName)>,
    /// Keep a rounded half tick as printed: 96.1163
    #[arg(long, help_heading = "What to price", hide_short_help = true)]
    pub(super) as_printed: bool,
    #[command(flatten)]
    pub(super) joint: JointArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) calendar: CalendarArgs,
}

impl PricingArgs {
    /// What is read of the files.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { reading: &self.reading, products: self.joint.products(self.method) }
    }

    /// What is read for a command that knows fed funds futures alone.
    pub(super) fn fed_funds_alone(&self, what: &str) -> Result<Wanted<'_>, Failure> {
        if self.joint.rule(self.method)? == MethodName::Joint {
            let message =
                format!("--products: {what} of fed funds futures alone: leave SOFR futures and --method joint out");
            return Err(Failure::Usage(message));
        }
        Ok(Wanted::fed_funds(&self.reading))
    }

    /// The price of fed funds futures.
    pub(super) fn fed_funds_price(&self) -> PriceName {
        let own = self.price.iter().find(|(product, _)| *product == Some(Product::default()));
        let plain = self.price.iter().find(|(product, _)| product.is_none());
        own.or(plain).map_or(PriceName::Settle, |(_, price)| *price)
    }

    /// How many meetings are printed.
    pub(super) fn shown(&self) -> Option<usize> {
        self.count.map(usize::from)
    }

    /// Refuses `--count` of a command that prints no row a meeting.
    pub(super) fn no_count(&self, command: &str) -> Result<(), Failure> {
        if self.count.is_none() {
            return Ok(());
        }
        let message = format!("--count does not apply to {command}: --chain N sets how many meetings are solved");
        Err(Failure::Usage(message))
    }
}

/// The assumptions that the options settle to.
pub(super) fn assumptions(pricing: &PricingArgs) -> Result<Assumptions, Failure> {
    assumptions_by(pricing, pricing.method)
}

/// The assumptions that the options settle to, where the rule is chosen otherwise.
pub(super) fn assumptions_by(pricing: &PricingArgs, rule: MethodName) -> Result<Assumptions, Failure> {
    let rule = pricing.joint.rule(rule)?;
    if pricing.weights.is_some() && rule == MethodName::Fedwatch {
        let message = "--weights requires --method least-squares or joint";
        return Err(Failure::Usage(message.to_owned()));
    }
    if let Some(count) = pricing.count.filter(|count| *count > pricing.chain) {
        let message =
            format!("--count {count}: the chain has {} meetings; solve more with --chain {count}", pricing.chain);
        return Err(Failure::Usage(message));
    }
    let mut assumptions = Assumptions::default();
    assumptions.calendar = calendar(&pricing.calendar)?;
    assumptions.method = rule.into();
    assumptions.target = pricing.target;
    assumptions.chain = usize::from(pricing.chain);
    // With two holiday calendars side by side the effective rate too is that of the last business day.
    let unsaid = if rule == MethodName::Joint { DecisionDayName::OldHolidays } else { DecisionDayName::Old };
    assumptions.decision_day = pricing.decision_day.unwrap_or(unsaid).into();
    assumptions.start_rate = pricing.start_rate.clone();
    if pricing.start_rate == StartRate::Fixings && pricing.fixings.is_none() {
        return Err(Failure::Usage("--start-rate fixings: expected the realised rates with --fixings FILE".to_owned()));
    }
    assumptions.fixings = pricing.fixings.as_deref().map(|path| fixings(path, OvernightRate::Effr)).transpose()?;
    let unsaid = if rule == MethodName::Joint { Weights::Equal } else { Weights::default() };
    assumptions.weights = pricing.weights.map_or(unsaid, Into::into);
    pricing.joint.settle(&mut assumptions)?;
    assumptions.between = pricing.between.map(Into::into);
    assumptions.strict = pricing.strict;
    assumptions.premia = pricing.landing_spread.clone().unwrap_or_default();
    assumptions.premia.month_end.clone_from(&pricing.month_end);
    assumptions.premia.term = pricing.term_premium.iter().cloned().collect();
    if assumptions.premia.term.len() < pricing.term_premium.len() {
        return Err(Failure::Usage("--term-premium: expected each number of months once".to_owned()));
    }
    Ok(assumptions)
}

/// The realised rates of a file.
pub(super) fn fixings(path: &Path, rate: OvernightRate) -> Result<Fixings, Failure> {
    let text = input::text(path, "realised rates")?;
    Fixings::parse_of(rate, &text).map_err(|error| Failure::of_text(&input::name(path), &error))
}

/// The calendar before meetings are added or taken out; `None` of a file, which can be read once alone.
pub(super) fn without_added(args: &CalendarArgs) -> Option<MeetingCalendar> {
    args.meetings.is_none().then(|| MeetingCalendar::embedded().projected(args.project_meetings.unwrap_or(0)))
}

pub(super) fn calendar(args: &CalendarArgs) -> Result<MeetingCalendar, Failure> {
    let mut calendar = match &args.meetings {
        None => MeetingCalendar::embedded(),
        Some(path) => MeetingCalendar::parse(&input::text(path, "a calendar")?)
            .map_err(|error| Failure::of_text(&input::name(path), &error))?,
    };
    calendar = calendar.projected(args.project_meetings.unwrap_or(0));
    for date in &args.add_meeting {
        calendar = calendar.with_meeting(*date);
    }
    for date in &args.drop_meeting {
        calendar = calendar.clone().without_meeting(*date).ok_or_else(|| {
            let message = format!("--drop-meeting: expected the announcement of a meeting, found {date}");
            let meetings = calendar.meetings().iter().map(Meeting::announcement);
            Failure::because(hinted(&message, suggestions::meeting(*date, meetings)))
        })?;
    }
    Ok(calendar)
}
