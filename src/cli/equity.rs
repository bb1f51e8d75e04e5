//! `fedpath equity`: what a shift, given or observed between two snapshots, does to the curve and to equities.

use chrono::NaiveDate;
use clap::ValueEnum;
use fedpath::curve::PolicyShift;
use fedpath::report;
use fedpath::{BasisPoints, Meeting, RepriceOptions, Sensitivity};

use super::commands::warn;
use super::dates::MeetingName;
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::assumptions;
use super::scenario::{EquityArgs, rows_and_rule};
use super::suggestions;
use super::two_files::TwoFiles;

pub(super) fn equity(
    args: &EquityArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    args.pricing.no_count("equity")?;
    let (rows, rule) = rows_and_rule(&args.methods);
    let mut options = RepriceOptions::default();
    options.pass_through = args.scenario.pass_through(&rows)?;
    options.equity = args.equity()?;
    if let (Some(shift), Some(meeting)) = (&args.shift, args.meeting) {
        if let Some(rule) = rule {
            let rule = rule.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned());
            return Err(Failure::Usage(format!("--method {rule}: a given shift is not solved from contracts")));
        }
        let [as_of] = args.as_of.as_slice() else {
            return Err(Failure::Usage("--as-of: expected one date with --shift".to_owned()));
        };
        let study = given(args, shift, meeting, *as_of, &options)?;
        warn(messages, None, study.notices());
        return Ok(out.render(&report::equity(&study, None, args.explain), report));
    }
    let rule = rule.unwrap_or(args.pricing.method);
    let compared = TwoFiles::new(&args.files, &args.as_of, &args.pricing, rule, (args.meeting, options), messages)?;
    compared.warn(messages);
    let told = compared.telling(args.explain);
    let (story, study) = (&compared.story, compared.story.sensitivity());
    Ok(out.render(&report::equity(study, Some((story, &told)), args.explain), report))
}

/// The effect of a given shift after a meeting that the market expects.
fn given(
    args: &EquityArgs,
    shift: &BasisPoints,
    meeting: MeetingName,
    as_of: NaiveDate,
    options: &RepriceOptions,
) -> Result<Sensitivity, Failure> {
    let assumptions = assumptions(&args.pricing)?;
    let calendar = &assumptions.calendar;
    let ahead = calendar.expected_on(as_of).map(Meeting::announcement).filter(|day| *day >= as_of);
    let announcement = meeting.among(ahead).ok_or_else(|| {
        Failure::because(format!("--meeting {meeting}: expected a scheduled meeting on or after {as_of}, found none"))
    })?;
    let expected = calendar.meeting_on(announcement).filter(|meeting| meeting.is_expected_on(as_of));
    let Some(meeting) = expected else {
        let meetings = calendar.expected_on(as_of).map(Meeting::announcement);
        let hint = suggestions::meeting(announcement, meetings)
            .unwrap_or("see `fedpath meetings`, or give it with --add-meeting".to_owned());
        return Err(Failure::because(format!("expected a scheduled meeting, found none on {announcement} ({hint})")));
    };
    if announcement < as_of {
        let message = format!("expected a meeting on or after {as_of}, found {announcement}");
        return Err(Failure::because(message));
    }
    let shift = PolicyShift::step(as_of, assumptions.decision_day.effective_date(meeting), shift.clone());
    Ok(Sensitivity::new(&assumptions, announcement, shift, None, &options.pass_through, &options.equity))
}
