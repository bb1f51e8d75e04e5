//! `fedpath settlement`: what fixings make of contracts.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use fedpath::product::{OvernightRate, Settlement};
use fedpath::{Contract, Fixings, report};

use super::dates::date;
use super::failure::Failure;
use super::output::Rendered;
use super::output_args::OutputArgs;
use super::pricing::fixings;

#[derive(Debug, Args)]
pub(super) struct SettlementArgs {
    /// Contracts: SR3M4, ZQX25, SR1-2024-05; a one-digit year is the last that had begun
    #[arg(required = true, value_name = "CONTRACT")]
    contracts: Vec<String>,
    /// Realised EFFR, for ZQ: of the New York Fed or of FRED
    #[arg(long, help_heading = "What to read", value_name = "FILE")]
    fixings: Option<PathBuf>,
    /// Realised SOFR, for SR1 and SR3: of the New York Fed or of FRED
    #[arg(long, help_heading = "What to read", value_name = "FILE")]
    sofr: Option<PathBuf>,
    /// Only fixings published by the close of this day: those of days before it
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
}

pub(super) fn settlement(args: &SettlementArgs, out: &OutputArgs, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let read = |path: &Option<PathBuf>, rate| {
        let known = |(day, _): &(NaiveDate, _)| args.as_of.is_none_or(|as_of| *day < as_of);
        let all = path.as_deref().map(|path| fixings(path, rate)).transpose()?;
        let published = |all: Fixings| {
            let rates = all.rates().map(|(day, rate)| (day, rate.clone()));
            rates.filter(known).collect::<Fixings>().of_rate(rate)
        };
        Ok::<_, Failure>(all.map(published))
    };
    let (effr, sofr) = (read(&args.fixings, OvernightRate::Effr)?, read(&args.sofr, OvernightRate::Sofr)?);
    if effr.is_none() && sofr.is_none() {
        let message = "expected the realised rates that the contracts settle on, with --fixings FILE or --sofr FILE";
        return Err(Failure::Usage(message.to_owned()));
    }
    let of = |label: &String| {
        let last = [&effr, &sofr].into_iter().flatten().filter_map(|all| all.rates().next_back()).map(|(day, _)| day);
        let contract = match last.max() {
            Some(last) => Contract::parse_begun(label, last),
            None => label.parse(),
        };
        let contract = contract.map_err(|error| Failure::Usage(error.to_string()))?;
        let (all, option) = match contract.product().rate() {
            OvernightRate::Sofr => (&sofr, "--sofr"),
            _ => (&effr, "--fixings"),
        };
        let symbol = contract.symbol();
        let Some(all) = all else {
            return Err(Failure::Usage(format!(
                "{symbol}: expected the realised rates it settles on with {option} FILE"
            )));
        };
        Settlement::of(contract, all).map_err(|missing| Failure::because(format!("{symbol}: {missing}")))
    };
    let settlements: Vec<Settlement> = args.contracts.iter().map(of).collect::<Result<_, _>>()?;
    Ok(out.render(&report::settlement(&settlements), report))
}
