//! The book of `docs/`: a guide for each job, how the numbers are made, and the reference.
//!
//! - [`price_one_file`]: quotes of one day, and what is priced for the Fed.
//! - [`compare_two_dates`]: what changed, and what that does to the curve and to equities.
//! - [`study_history`]: many days as one table, changes, calibration, surprises.
//! - [`ask_what_if`]: a wanted probability, an outcome, another price.
//! - [`how_much_could_it_move`]: what a single event may bring, and the response of your own assets.
//! - [`price_the_path_from_sofr_futures`]: one path from fed funds and SOFR futures, and the basis between the two rates.
//! - [`what_the_quotes_do_not_say`]: the bounds of each outcome from futures, options and prediction markets.
//! - [`make_a_report`]: one HTML page, one chart, or the live page.
//! - [`embed_in_a_library`]: the engine inside your own pricing code.
//! - [`read_the_explanation`]: what `--explain` prints, line by line.
//! - [`how_the_numbers_are_made`]: contract, rule, bounds, joint path, surprises, curve, equities, likely ranges.
//! - [`reference`](mod@reference): commands, file formats, JSON and CSV, assumptions, limits, accuracy.

// Of two definitions of a link the first counts: `links.md` turns the book's links between files into links between items.
macro_rules! page {
    ($($module:ident: $($file:literal)+;)+) => {
        $(#[doc = include_str!("links.md")] $(#[doc = include_str!(concat!("../../docs/", $file))])+ pub mod $module {})+
    };
}

page! {
    price_one_file: "price_one_file.md";
    compare_two_dates: "compare_two_dates.md";
    study_history: "study_history.md";
    ask_what_if: "ask_what_if.md";
    how_much_could_it_move: "how_much_could_it_move.md";
    price_the_path_from_sofr_futures: "price_the_path_from_sofr_futures.md";
    what_the_quotes_do_not_say: "what_the_quotes_do_not_say.md";
    make_a_report: "make_a_report.md" "live_page.md";
    embed_in_a_library: "embed_in_a_library.md";
    read_the_explanation: "read_the_explanation.md";
    how_the_numbers_are_made: "contract.md" "rule.md" "bounds.md" "joint_path.md" "surprises.md" "curve.md" "equity.md" "likely_ranges.md";
    reference: "commands.md" "formats.md" "json_and_csv.md" "assumptions.md" "limits.md" "accuracy.md" "comparison.md";
}
