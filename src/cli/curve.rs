//! `fedpath curve`: the term structure of a snapshot, or what changed between two.

use fedpath::curve::{CurveChange, StepForwards, Tenor, TermStructure};
use fedpath::report::{self, CurveSource};
use fedpath::{PolicyPath, RepriceError};

use super::args::OutputArgs;
use super::commands::{Named, no_path, warn};
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::pricing::assumptions;
use super::scenario::CurveArgs;
use super::two_files::{both_sides, compares};

pub(super) fn curve(
    args: &CurveArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let tenors = if args.tenor.is_empty() { Tenor::STANDARD.to_vec() } else { args.tenor.clone() };
    args.pricing.no_count("curve")?;
    let assumptions = assumptions(&args.pricing)?;
    let compared = compares(&args.files, &args.as_of);
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
    let solved = |file: &Named, day| -> Result<(PolicyPath, TermStructure), Failure> {
        let path = file.price(day, &args.pricing, &assumptions)?;
        let forwards = StepForwards::new(&path).map_err(|error| no_path(&file.name, &error))?;
        Ok((path, TermStructure::new(forwards)))
    };
    let (path, structure) = solved(&file, day(0))?;
    let source = CurveSource::new(file.source(), &path);
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
    let sources = [source, CurveSource::new(newer.source(), &newer_path)];
    Ok(out.render(&report::curve_change(&change, &tenors, &sources), report))
}
