//! `fedpath curve`: the term structure of a snapshot, or what changed between two.

use fedpath::curve::{CurveChange, StepForwards, Tenor, TermStructure};
use fedpath::report::{self, CurveSource};
use fedpath::{PolicyPath, RepriceError};

use super::args::OutputArgs;
use super::commands::{Named, no_path, warn};
use super::failure::Failure;
use super::input;
use super::output::{Messages, Rendered};
use super::pricing::assumptions;
use super::scenario::CurveArgs;

pub(super) fn curve(
    args: &CurveArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let tenors = if args.tenor.is_empty() { Tenor::STANDARD.to_vec() } else { args.tenor.clone() };
    args.pricing.no_count("curve")?;
    let assumptions = assumptions(&args.pricing)?;
    let dated = match (&args.after, args.as_of.as_slice()) {
        (_, []) => [None, None],
        (None, [day]) => [Some(*day), None],
        (Some(_), [before, after]) => [Some(*before), Some(*after)],
        (None, _) => return Err(Failure::Usage("--as-of: expected one date for one file".to_owned())),
        (Some(_), _) => return Err(Failure::Usage("expected two dates, --as-of BEFORE,AFTER".to_owned())),
    };
    if args.after.as_deref().is_some_and(input::is_stdin) && input::is_stdin(&args.quotes) {
        return Err(Failure::Usage("only one of the two files can be standard input".to_owned()));
    }
    let solved = |path: &std::path::Path, day| -> Result<(Named, PolicyPath, TermStructure), Failure> {
        let file = Named::read(path, day)?;
        let path = file.price(day, &args.pricing, &assumptions)?;
        let forwards = StepForwards::new(&path).map_err(|error| no_path(&file.name, &error))?;
        Ok((file, path, TermStructure::new(forwards)))
    };
    let (file, path, structure) = solved(&args.quotes, dated[0])?;
    let source = CurveSource::new(file.source(), &path);
    let Some(after) = &args.after else {
        warn(messages, Some(&file.name), path.notices());
        return Ok(out.render(&report::curve(&structure, &tenors, &source, args.explain), report));
    };
    let (newer, newer_path, newer_structure) = solved(after, dated[1])?;
    let (before, after) = (structure.as_of(), newer_structure.as_of());
    let change = CurveChange::new(structure, newer_structure).ok_or_else(|| {
        Failure::of_input(&format!("{} and {}", file.name, newer.name), &RepriceError::OutOfOrder { before, after })
    })?;
    warn(messages, Some(&file.name), path.notices());
    warn(messages, Some(&newer.name), newer_path.notices());
    let sources = [source, CurveSource::new(newer.source(), &newer_path)];
    Ok(out.render(&report::curve_change(&change, &tenors, &sources), report))
}
