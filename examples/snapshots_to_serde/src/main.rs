//! Two snapshots as JSON in, everything that changed between them as JSON out, exact.

use fedpath::{Assumptions, Outlook, RepriceOptions, Repricing, Snapshot, Strip, StripOptions};

const BEFORE: &str = r#"{"trade_date": "2025-11-14", "quotes": {
    "2025-11": {"settle": 96.12}, "2026-01": {"settle": 96.29}, "2026-02": {"settle": "96.3600"}}}"#;
const AFTER: &str = r#"{"trade_date": "2025-11-21", "quotes": {
    "2025-11": {"settle": 96.12}, "2026-01": {"settle": 96.215}, "2026-02": {"settle": "96.2850"}}}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let assumptions = Assumptions::default();
    let outlook = |quotes: &str| -> Result<Outlook, Box<dyn std::error::Error>> {
        let snapshot: Snapshot = serde_json::from_str(quotes)?;
        Ok(Outlook::price(&Strip::new(&snapshot, &StripOptions::default())?, &assumptions)?)
    };
    let story = Repricing::new(outlook(BEFORE)?, outlook(AFTER)?, &assumptions, &RepriceOptions::default())?;
    println!("{}", serde_json::to_string_pretty(story.headline())?);
    println!("{}", serde_json::to_string_pretty(story.equity())?);
    Ok(())
}
