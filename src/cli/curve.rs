//! `fedpath curve`: the term structure of a snapshot, or what changed between two.

use fedpath::curve::{self, CurveChange, Tenor, TermStructure};
use fedpath::report::{self, CurveSource};
use fedpath::{Method, PolicyPath, RepriceError};

use super::commands::{Named, no_path, warn};
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::assumptions;
use super::scenario::CurveArgs;
use super::two_files::{both_sides, compares};
use super::values::RateName;

pub(super) fn curve(
    args: &CurveArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let tenors = if args.tenor.is_empty() { Tenor::STANDARD.to_vec() } else { args.tenor.clone() };
    args.pricing.no_count("curve")?;
    let assumptions = assumptions(&args.pricing)?;
    if args.explain && args.rate == RateName::Sofr {
        let message = "--explain: expected --rate effr, found sofr, whose basis drifts every day";
        return Err(Failure::Usage(message.to_owned()));
    }
    let compared = compares(&args.files, &args.as_of, &args.pricing.wanted());
    if compared && args.explain {
        return Err(Failure::Usage("--explain: expected quotes of one day, found two to compare".to_owned()));
    }
    let wanted = &args.pricing.wanted();
    let day = |index: usize| args.as_of.get(index).copied();
    let (file, newer) = if compared {
        let [before, after] = both_sides(&args.files, &args.as_of, wanted, messages)?;
        (before, Some(after))
    } else {
        (Named::read(&args.files, day(0), wanted, messages)?, None)
    };
    if args.rate == RateName::Sofr && assumptions.method != Method::Joint {
        return Err(Failure::Usage("--rate sofr requires SOFR futures: --products ZQ,SR1,SR3".to_owned()));
    }
    let solved = |file: &Named, day| -> Result<(PolicyPath, TermStructure), Failure> {
        let strip = file.strip(day, &args.pricing)?;
        curve::of_strip(&strip, &assumptions, args.rate.into()).map_err(|error| no_path(&file.name, &error))
    };
    let (path, structure) = solved(&file, day(0))?;
    let source = CurveSource::new(file.source(), &path).of_rate(args.rate.into());
    let Some(newer) = newer else {
        warn(messages, Some(&file.name), path.notices());
        return Ok(out.render(&report::curve(&structure, &tenors, &source, args.explain), report));
    };
    let (newer_path, newer_structure) = solved(&newer, day(1))?;
    let (before, after) = (structure.as_of(), newer_structure.as_of());
    let change = CurveChange::new(structure, newer_structure).ok_or_else(|| {
        Failure::of_input(&format!("{} and {}", file.name, newer.name), &RepriceError::OutOfOrder { before, after })
    })?;
    warn(messages, Some(&file.name), path.notices());
    warn(messages, Some(&newer.name), newer_path.notices());
    let sources = [source, CurveSource::new(newer.source(), &newer_path).of_rate(args.rate.into())];
    Ok(out.render(&report::curve_change(&change, &tenors, &sources), report))
}
