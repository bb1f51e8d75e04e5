//! What reports on two snapshots say of both.

use super::super::{ILLUSTRATIVE, Source, Telling};
use super::basis::{rule, source_of};
use super::{Value, object};
use crate::outlook::Outlook;
use crate::reprice::Repricing;

/// A snapshot as a member.
pub(super) fn side(outlook: &Outlook, source: &Source<'_>) -> Value {
    object([
        ("as_of", outlook.path().as_of().into()),
        ("source", source.name.into()),
        ("target_lower_percent", Value::bound(&outlook.target().lower())),
        ("target_upper_percent", Value::bound(&outlook.target().upper())),
    ])
}

/// What stands above everything else where either snapshot is illustrative.
pub(super) fn illustrative(told: &Telling<'_>) -> Option<String> {
    match (told.before.illustrative, told.after.illustrative) {
        (true, true) => Some(ILLUSTRATIVE.to_owned()),
        (true, false) => Some(format!("{ILLUSTRATIVE} (the first file)")),
        (false, true) => Some(format!("{ILLUSTRATIVE} (the second file)")),
        (false, false) => None,
    }
}

/// The two snapshots, and the rule that solved them.
pub(super) fn snapshots(story: &Repricing, told: &Telling<'_>) -> String {
    let sides = [("Before", story.before(), &told.before), ("After", story.after(), &told.after)];
    let line = |(label, outlook, source): (&str, &Outlook, &Source<'_>)| {
        let path = outlook.path();
        format!("{label:<6}  {}  target range {} %  {}\n", path.as_of(), path.target(), source_of(path, source))
    };
    sides.map(line).concat() + &format!("Rule    {}", rule(story.after().path()))
}
