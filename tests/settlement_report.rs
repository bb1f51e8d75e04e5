//! The CME settlement report: hand-made files of its geometry, and every way a row can be wrong.

use fedpath::files::{Format, Mark, SessionPrice};
use fedpath::{ContractMonth, Quote, Snapshot};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{date, month, snap};

const V1: &str = include_str!("data/stl/v1.stl");
const V2: &str = include_str!("data/stl/v2.stl");
const PRELIMINARY: &str = include_str!("data/stl/preliminary_without_total.stl");

/// Everything read of a report, a line a contract; a dot stands for missing.
fn listed(text: &str) -> String {
    let snapshot = Snapshot::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let mut lines = vec![format!("{}, {}", snapshot.format(), snapshot.trade_date().unwrap())];
    lines.extend(snapshot.notices().iter().map(|notice| format!("warning: {notice}")));
    lines.push("contract open high low last settle change volume prior_settle prior_volume open_interest".to_owned());
    for (contract, quote) in snapshot.quotes() {
        let session = |price: Option<SessionPrice>| {
            price.map(|p| format!("{}{}", p.price, p.mark.map_or("", |mark| if mark == Mark::Bid { "B" } else { "A" })))
        };
        let count = |count: Option<u64>| count.map(|count| count.to_string());
        let cells = [
            session(quote.open),
            session(quote.high),
            session(quote.low),
            session(quote.last),
            quote.settle.map(|price| price.to_string()),
            quote.change.map(|change| change.to_string()),
            count(quote.volume),
            quote.prior_settle.map(|price| price.to_string()),
            count(quote.prior_volume),
            count(quote.open_interest),
        ];
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.unwrap_or_else(|| ".".to_owned())).collect();
        lines.push(format!("{contract} {}", cells.join(" ")));
    }
    lines.join("\n")
}

#[test]
fn whole_reports_of_both_versions_are_read() {
    snap!("quotes", "stl_v1", listed(V1));
    snap!("quotes", "stl_v2", listed(V2));
    snap!("quotes", "stl_preliminary_without_total", listed(PRELIMINARY));
}

#[test]
fn a_report_says_its_own_format_and_needs_no_name() {
    assert_eq!(Snapshot::parse(V1).unwrap().format(), Format::StlV1);
    assert_eq!(Snapshot::parse(V2).unwrap().format(), Format::StlV2);
    let with_bom_and_crlf = format!("\u{feff}\r\n{}", V1.replace('\n', "\r\n"));
    assert_eq!(Snapshot::parse(&with_bom_and_crlf).unwrap(), Snapshot::parse(V1).unwrap());
}

/// The problems of a report in which one text is replaced.
fn problems(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "nothing to replace: {from}");
    match Snapshot::parse(&text.replacen(from, to, 1)) {
        Err(error) => error.to_string(),
        Ok(_) => "accepted".to_owned(),
    }
}

#[test]
fn every_bad_row_is_told_with_its_place() {
    let cases = [
        ("a letter in a price", "97.6000  +.0050", "97.60O0  +.0050"),
        ("two decimal points", "97.6000  +.0050", "97.6.00  +.0050"),
        ("a price on another scale", "97.6000  +.0050", " 9760.0  +.0050"),
        ("ticks of another product", "97.6000  +.0050", "97'6000  +.0050"),
        ("an unknown month", "APR19", "APX19"),
        ("a month without its year", "APR19", "APR  "),
        ("the same contract again", "APR19", "MAR19"),
        ("a change that is not SETT less PRIOR SETT", "97.6000  +.0050", "97.6000  +.0060"),
        ("UNCH where the price moved", "97.6000  +.0050", "97.6000    UNCH"),
        ("a shifted column", "   97.5950        8100", "  97.5950         8100"),
        ("a blank settlement", "97.6000  +.0050", "         +.0050"),
        ("a letter in a count", "7300    97.5950", "73OO    97.5950"),
        ("a mark where none may stand", "97.6000  +.0050", "97.6000B +.0050"),
        ("more columns than the report has", "210400", "210400  17"),
        ("a total that does not add up", "12300                  13312", "12301                  13313"),
        ("totals that fall short", "12300                  13312", "12299                  13311"),
        ("a label that runs into its cells", "APR19   97.6000", "APR19 97.6000"),
        ("a stray line that looks like a header", "JUN19   97.6050", "PAGE 2\nJUN19   97.6050"),
        ("a stray line of prose", "JUN19   97.6050", "Note: revised\nJUN19   97.6050"),
        ("a letter in a total", "12300                  13312", "1230O                  13312"),
        (
            "a total misspelt",
            "TOTAL                                                                 12300",
            "TOTALX                                                                12300",
        ),
        (
            "a TOTAL line without numbers",
            "                                                                 12300                  13312      407847",
            "",
        ),
        (
            "a row behind the totals",
            "FV 5 YEAR",
            "AUG21      ----      ----      ----      ----   98.1000    UNCH                   ----\nFV 5 YEAR",
        ),
        (
            "no numbers behind the total's labels",
            "TOTAL                                                                 12300                  13312      407847\n",
            "",
        ),
        (
            "another report behind the end",
            "*** END OF REPORT ***",
            "*** END OF REPORT ***\nFF 30 DAY FED FUNDS FUTURES",
        ),
        ("a letter that is not ASCII", "        8100      210400", "        81é0      210400"),
        ("blanks that are not ASCII", "APR19   97.6000", "APR19\u{a0}  97.6000"),
        ("a contract long expired", "DEC20      ----", "DEC16      ----"),
        ("contracts out of order", "DEC20      ----", "FEB19      ----"),
        ("another geometry", "SETT    CHGE ", " SETT   CHGE "),
        ("no date", "03/04/19", "03-04-19"),
        ("an impossible date", "03/04/19", "02/30/19"),
        ("a year of five digits", "03/04/19", "03/04/20195"),
        ("a date that runs on", "03/04/19", "03/04/19abc"),
        ("no time", "06:00 PM (CST)", "at night"),
    ];
    let told = cases.map(|(what, from, to)| format!("{what}\n{}", problems(V1, from, to)));
    snap!("quotes", "stl_bad_rows", told.join("\n\n"));
}

#[test]
fn all_bad_rows_are_told_at_once_and_totals_are_not_blamed() {
    let text = V1.replace("97.5975", "97.5x75").replace("97.5925", "97.5y25").replace("JLY19", "JLX19");
    insta::assert_snapshot!(Snapshot::parse(&text).unwrap_err(), @"
    11:19: expected a price such as 96.2300, found '97.5x75'
    11:29: expected a price such as 96.2300, found '97.5y25'
    14:1: expected a contract month such as DEC25 (JAN FEB MAR APR MAY JUN JLY AUG SEP OCT NOV DEC), found 'JLX19'
    ");
}

#[test]
fn a_cut_report_is_refused_where_fed_funds_are_missing_from_it() {
    let cut_after = |words: &str| {
        let end = V1.find(words).unwrap() + words.len();
        match Snapshot::parse(&V1[..end]) {
            Err(error) => error.to_string(),
            Ok(snapshot) => format!("accepted with a warning: {}", snapshot.notices()[0]),
        }
    };
    let told = [
        "FFC MAR19",
        "JUN19   97.6050",
        "JUN19   97.6050   97.6150B  97.5950A  97.6100A  97.6100  +.0100",
        "VOLUME    OPEN INT",
        "407847",
        "FV 5 YEAR",
    ];
    let told = told.map(|words| format!("cut after {words:?}\n{}", cut_after(words)));
    snap!("quotes", "stl_cut_short", told.join("\n\n"));
}

#[test]
fn two_sections_of_fed_funds_are_one_too_many() {
    let section = "FF 30 DAY FED FUNDS FUTURES\n";
    insta::assert_snapshot!(problems(V1, "*** END OF REPORT ***", &format!("{section}*** END OF REPORT ***")), @"21:1: expected one section of the product, found another");
}

#[test]
fn an_option_section_is_never_taken_for_the_future() {
    let text = V1.replace("FF 30 DAY FED FUNDS FUTURES", "FF MAR19 30 DAY FED FUNDS OPTIONS CALL");
    insta::assert_snapshot!(Snapshot::parse(&text).unwrap_err(), @"the report holds no section of fed funds futures (FF); it holds 3YR, FFC options, FF options, FV");
}

/// The label of a contract as the report spells it.
fn label(contract: ContractMonth, july: &str) -> String {
    contract.first_day().format("%b%y").to_string().to_uppercase().replace("JUL", july)
}

/// Prints quotes in the report's geometry: the columns that numbers end in, from 0.
fn print(quotes: &[(ContractMonth, Quote)], title: &str, labels: &str, edges: [usize; 10], july: &str) -> String {
    let mut text =
        format!("{title}\nMTH/\n{labels}\nXX SOMETHING ELSE\nJAN20      ----\nFF 30 DAY FED FUNDS FUTURES\n");
    let mut put = |cells: [(usize, String, &str); 10], label: &str| {
        let mut line = label.to_owned();
        for (edge, number, mark) in cells.iter().filter(|(_, number, _)| !number.is_empty()) {
            line = format!("{line:<width$}{number}{mark}", width = edge + 1 - number.len());
        }
        text.push_str(&line);
        text.push('\n');
    };
    for (contract, quote) in quotes {
        let mark = |price: &SessionPrice| price.mark.map_or("", |mark| if mark == Mark::Ask { "A" } else { "B" });
        let session =
            |price: Option<SessionPrice>| price.map_or(("----".to_owned(), ""), |p| (p.price.to_string(), mark(&p)));
        let none = || "----".to_owned();
        let count = |count: Option<u64>| (count.map_or(String::new(), |count| count.to_string()), "");
        let change = match quote.change {
            None => none(),
            Some(change) if change.points().is_zero() => "UNCH".to_owned(),
            Some(change) => format!("{:+}", change.points()).replace("0.", "."),
        };
        let cells = [
            session(quote.open),
            session(quote.high),
            session(quote.low),
            session(quote.last),
            (quote.settle.map_or_else(none, |price| price.to_string()), ""),
            (change, ""),
            count(quote.volume),
            (quote.prior_settle.map_or_else(none, |price| price.to_string()), ""),
            count(quote.prior_volume),
            count(quote.open_interest),
        ];
        let mut edges = edges.into_iter();
        put(cells.map(|(number, mark)| (edges.next().unwrap(), number, mark)), &label(*contract, july));
    }
    let sum =
        |count: fn(&Quote) -> Option<u64>| quotes.iter().filter_map(|(_, quote)| count(quote)).sum::<u64>().to_string();
    let mut totals = vec![(0, String::new(), ""); 10];
    totals[6] = (edges[6], sum(|quote| quote.volume), "");
    totals[8] = (edges[8], sum(|quote| quote.prior_volume), "");
    totals[9] = (edges[9], sum(|quote| quote.open_interest), "");
    put(totals.try_into().unwrap(), "TOTAL");
    text + "*** END OF REPORT ***\n"
}

fn prices() -> impl Strategy<Value = fedpath::Price> {
    (800_000_i64..1_040_000).prop_map(|mantissa| fedpath::Price::from_points(Decimal::new(mantissa, 4)).unwrap())
}

fn quotes() -> impl Strategy<Value = Quote> {
    let mark = prop_oneof![Just(None), Just(Some(Mark::Bid)), Just(Some(Mark::Ask))];
    let session = prop::option::of((prices(), mark).prop_map(|(price, mark)| SessionPrice { price, mark }));
    let count = prop::option::of(0_u64..10_000_000);
    let prior = prop::option::of(-400_i64..400);
    (prop::array::uniform4(session), prices(), prior, prop::array::uniform3(count)).prop_map(
        |(session, settle, change, counts)| {
            let mut quote = Quote::default();
            [quote.open, quote.high, quote.low, quote.last] = session;
            quote.settle = Some(settle);
            if let Some(ticks) = change {
                let change = Decimal::new(ticks * 25, 4);
                if let Ok(prior) = fedpath::Price::from_points(settle.points() - change) {
                    quote.prior_settle = Some(prior);
                    quote.change = Some(settle - prior);
                }
            }
            [quote.volume, quote.prior_volume, quote.open_interest] = counts;
            quote
        },
    )
}

const V1_LABELS: &str =
    "STRIKE     OPEN      HIGH      LOW       LAST      SETT    CHGE     EST.VOL       SETT         VOL         INT";
const V2_LABELS: &str = "STRIKE            OPEN         HIGH          LOW         LAST         SETT         CHGE     EST.VOL           SETT         VOL         INT";

proptest! {
    #[test]
    fn a_printed_report_reads_back_in_both_geometries(quotes in prop::collection::vec(quotes(), 1..40)) {
        let months = std::iter::successors(Some(month("2019-03")), |month| Some(month.next()));
        let quotes: Vec<(ContractMonth, Quote)> = months.zip(quotes).collect();
        for (title, labels, edges, july) in [
            ("  FINAL PRE-CLEARING PRICES AS OF 03/04/19 06:00 PM (CST)", V1_LABELS, [14, 24, 34, 44, 54, 62, 74, 85, 97, 109], "JLY"),
            ("  FINAL PRE-CLEARING PRICES AS OF 03/04/2019 06:00 PM (CST)", V2_LABELS, [21, 34, 47, 60, 73, 86, 98, 113, 125, 137], "JUL"),
        ] {
            let text = print(&quotes, title, labels, edges, july);
            let snapshot = Snapshot::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            prop_assert_eq!(snapshot.trade_date(), Some(date("2019-03-04")));
            let read: Vec<(ContractMonth, Quote)> = snapshot.quotes().map(|(month, quote)| (month, quote.clone())).collect();
            prop_assert_eq!(&read, &quotes);
        }
    }
}
