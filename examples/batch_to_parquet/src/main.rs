//! A batch: ten thousand scenarios of one strip, priced on all processors and written as Parquet.

use std::error::Error;
use std::fs::File;
use std::sync::Arc;

use fedpath::bulk::TablePlan;
use fedpath::{Assumptions, ContractMonth, Price, Strip};
use parquet::data_type::{DoubleType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rayon::prelude::*;

const SCHEMA: &str = "message odds {
    required int32 scenario; required int32 meeting (date); required double ease; required double rate_after;
}";

/// Days from 1 January 1970 to 1 January of year 1, as chrono counts them.
const EPOCH: i32 = 719_163;

fn main() -> Result<(), Box<dyn Error>> {
    let prices = [("2025-11", 96.12), ("2025-12", 96.18), ("2026-01", 96.215), ("2026-02", 96.285)];
    let read = |(contract, price): (&str, f64)| Ok::<_, fedpath::Error>((contract.parse()?, Price::try_from(price)?));
    let prices = prices.into_iter().map(read).collect::<Result<Vec<(ContractMonth, Price)>, _>>()?;
    let plan = TablePlan::new(&Strip::from_prices("2025-11-21".parse()?, prices)?, &Assumptions::default())?;
    // The whole strip shifted, by half a tick a scenario, in the units of the plan.
    let of_scenario = |scenario: i32| {
        let row: Vec<i64> = plan.row().iter().map(|units| units + 250 * i64::from(scenario % 100 - 50)).collect();
        let mut table = plan.table();
        plan.price(&row, &mut table)?;
        let meetings = table.meetings().map(|meeting| {
            let day = fedpath::chrono::Datelike::num_days_from_ce(&meeting.meeting().announcement()) - EPOCH;
            (scenario, day, meeting.ease(), meeting.rate_after())
        });
        Ok::<_, fedpath::Error>(meetings.collect::<Vec<_>>())
    };
    let rows: Vec<_> = (0..10_000).into_par_iter().map(of_scenario).collect::<Result<Vec<_>, _>>()?.concat();
    let path = std::env::args().nth(1).unwrap_or_else(|| "odds.parquet".to_owned());
    let (schema, options) = (Arc::new(parse_message_type(SCHEMA)?), Arc::new(WriterProperties::new()));
    let mut file = SerializedFileWriter::new(File::create(&path)?, schema, options)?;
    let mut group = file.next_row_group()?;
    let [scenarios, days] = [rows.iter().map(|row| row.0).collect(), rows.iter().map(|row| row.1).collect()];
    let [ease, rates] = [rows.iter().map(|row| row.2).collect(), rows.iter().map(|row| row.3).collect()];
    for integers in [scenarios, days] as [Vec<i32>; 2] {
        let mut column = group.next_column()?.ok_or("a column")?;
        column.typed::<Int32Type>().write_batch(&integers, None, None)?;
        column.close()?;
    }
    for floats in [ease, rates] as [Vec<f64>; 2] {
        let mut column = group.next_column()?.ok_or("a column")?;
        column.typed::<DoubleType>().write_batch(&floats, None, None)?;
        column.close()?;
    }
    group.close()?;
    file.close()?;
    println!("{} rows in {path}", rows.len());
    Ok(())
}
