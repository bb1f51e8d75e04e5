//! Reports as JSON documents: numbers as strings holding exact decimals, ISO dates, units in the key names.

mod bounds;
mod compare;
mod curve;
mod equity;
mod history;
mod meetings;
mod published;
mod quotes;
mod reprice;
mod snapshot;
mod solve;
mod surprise;

pub use bounds::bounds;
pub use compare::compare;
pub use curve::{curve, curve_change};
pub use equity::equity;
pub use history::{calibration, deltas, history};
pub use meetings::meetings;
pub use published::published;
pub use quotes::{check, quotes};
pub use reprice::reprice;
pub use snapshot::{path, probs};
pub use solve::{fair_prices, jacobian, other_prices, wanted_prices};
pub use surprise::{surprise, surprises};

use std::io::{self, Write};

use serde::Serialize;

fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)
}
