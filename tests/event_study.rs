//! Event studies against another library's regressions (statsmodels 0.15), and the traps of windows.
//!
//! An invented table is kept here for everyone; the San Francisco Fed's statements and the surprises of 1988 to 2024 run where the
//! folder of real files stands beside the checkout.

use fedpath::curve::YieldResponse;
use fedpath::equity::{AssetProfile, EquityOptions, Horizon, ReturnResponse};
use fedpath::event_study::{
    AssetResponse, Candidate, Closes, Errors, EventTable, LeastSquares, NoFit, NoValue, QuotedSurprises, ResponseLine,
    Returns, StudyOptions, StudyWindow, Validation,
};
use fedpath::{Assumptions, Error};

use crate::history::{settlements, table};
use crate::support::{date, real};

fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-10 * theirs.abs().max(1.0), "{ours} against {theirs}");
}

fn invented() -> EventTable {
    EventTable::parse(include_str!("data/event_study.csv")).unwrap()
}

fn estimate(events: &EventTable, asset: &str, options: &StudyOptions) -> AssetResponse {
    AssetResponse::estimate(events, asset, options, None).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_response_is_that_of_another_library() {
    let options = StudyOptions::default();
    for (errors, theirs) in [
        (Errors::Classical, 1.391_416_150_048_354_8),
        (Errors::Hc1, 1.930_934_979_304_04),
        (Errors::Hc3, 2.388_039_929_741_449),
    ] {
        let stock = estimate(&invented(), "stock", &options.clone().with_errors(errors));
        close(stock.slope().standard_error, theirs);
        close(stock.line().slope, -3.553_868_167_368_293);
        close(stock.line().intercept.unwrap().0, 0.001_850_712_710_485_149);
        close(stock.r_squared().unwrap(), 0.188_961_026_635_745_43);
        close(stock.residual_sd(), 0.441_855_976_727_531_8);
        assert_eq!((stock.n(), stock.is_small(), stock.window()), (30, false, Some(StudyWindow::Minutes(30))));
    }
}

#[test]
fn the_event_whose_removal_moves_the_slope_most_comes_first() {
    let stock = estimate(&invented(), "stock", &StudyOptions::default());
    let most = &stock.influence()[0];
    assert_eq!(most.point.when.to_string(), "2019-07-17");
    close(most.slope_without.unwrap(), -2.032_653_610_341_103_3);
    assert_eq!(stock.influence().len(), 30);
    let halves = stock.halves().map(|half| half.unwrap().slope);
    close(halves[0], -3.833_248_269_165_121_5);
    close(halves[1], -3.100_910_578_902_373);
}

#[test]
fn both_ranges_are_counted_out_of_sample() {
    let options = StudyOptions::default().with_errors(Errors::Hc3);
    let own = [Candidate::new("own", ResponseLine::new(-3.5))];
    let validation = Validation::new(&invented(), "stock", &options, &own, Some(10)).unwrap();
    let again = validation.methods.iter().find(|method| method.id == "re-estimated").unwrap();
    assert_eq!(
        (again.likely_range.inside, again.slope_band.inside, again.likely_range.of, validation.n),
        (20, 8, 20, 20)
    );
    close(again.bias, -0.029_271_922_020_025_216);
    close(again.rmse, 0.326_932_676_839_998_05);
    let rmse: Vec<f64> = validation.methods.iter().map(|method| method.rmse).collect();
    assert!(rmse.is_sorted(), "the closest first: {rmse:?}");
    let own = validation.methods.iter().find(|method| method.id == "own").unwrap();
    assert_eq!((own.likely_range.of, own.likely_range.share()), (0, None), "a line without a scatter has no range");
}

/// What is printed beside the database: percent or percentage points per percentage point, scheduled statements.
#[test]
fn the_statements_of_the_event_study_database_give_the_published_table() {
    let Some(file) = real("../cases/usmpd_statements.csv") else { return };
    let events = EventTable::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    let printed = "\
sp500 mp2 -5.4006 0.8622 0.9461 0.9791 0.1420 239 0.4544
sp500 mp1 -4.0157 0.8184 1.0701 1.1796 0.0922 239 0.4674
ust2y mp2 0.7925 0.0691 0.0746 0.0767 0.3419 255 0.0393
ust2y mp1 0.4093 0.0648 0.0792 0.0837 0.1362 255 0.0450
ust10y mp2 0.4016 0.0742 0.0656 0.0683 0.1038 255 0.0421
ust10y mp1 0.1241 0.0636 0.0598 0.0624 0.0148 255 0.0442";
    for line in printed.lines() {
        let cells: Vec<&str> = line.split(' ').collect();
        let of = |errors| estimate(&events, cells[0], &StudyOptions::default().on(cells[1]).with_errors(errors));
        let [classical, hc1, hc3] = [Errors::Classical, Errors::Hc1, Errors::Hc3].map(of);
        let error = |response: &AssetResponse| format!("{:.4}", response.slope().standard_error);
        let ours = [
            format!("{:.4}", hc1.line().slope),
            error(&classical),
            error(&hc1),
            error(&hc3),
            format!("{:.4}", hc1.r_squared().unwrap()),
            hc1.n().to_string(),
            format!("{:.4}", hc1.residual_sd()),
        ];
        assert_eq!(ours.join(" "), cells[2..].join(" "), "{line}");
    }
    let sp500 = estimate(&events, "sp500", &StudyOptions::default());
    assert_eq!(
        sp500.left_out().iter().filter(|(_, reason)| reason.to_string() == "not a scheduled announcement").count(),
        18
    );
    let all = sp500.with_unscheduled().unwrap().as_ref().unwrap();
    assert_eq!(all.n, 256);
}

/// The slope's band is no range of what may happen: it contains a tenth of it.
#[test]
fn the_likely_range_covers_170_of_179_statements_out_of_sample_and_the_slope_band_14() {
    let Some(file) = real("../cases/usmpd_statements.csv") else { return };
    let events = EventTable::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    let options = StudyOptions::default().with_errors(Errors::Hc3);
    let validation = Validation::new(&events, "sp500", &options, &[], Some(60)).unwrap();
    let again = validation.methods.iter().find(|method| method.id == "re-estimated").unwrap();
    assert_eq!((again.likely_range.inside, again.slope_band.inside, validation.n), (170, 14, 179));
    let usmpd = [Candidate::new("usmpd-mp2", ResponseLine::new(-6.99).with_standard_error(1.13))];
    let options = StudyOptions::default().with_unscheduled(true);
    let validation = Validation::new(&events, "sp500", &options, &usmpd, None).unwrap();
    let band = validation.methods.iter().find(|method| method.id == "usmpd-mp2").unwrap().slope_band;
    assert_eq!((band.inside, band.of), (24, 256));
}

/// Slope, three errors, R2 and scatter of every row with both cells.
#[test]
fn the_surprises_of_1988_to_2024_give_the_estimates_of_another_library() {
    let Some(file) = real("markets/jk_fomc_surprises_1988_2024.csv") else { return };
    let events = EventTable::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    let theirs = [
        (
            "SP500",
            "MP1",
            323,
            "-3.921848697002 0.406455822375 0.937519518130 1.027795977456 0.224827044521 0.486137105207",
        ),
        (
            "SP500",
            "FF4",
            308,
            "-4.984052593510 0.505244947239 0.882293279707 0.920457777907 0.241280023878 0.490472665345",
        ),
        (
            "TFUT02",
            "MP1",
            299,
            "0.260585481901 0.038431084359 0.072862742497 0.080580105835 0.134051257284 0.047108991796",
        ),
        (
            "TFUT02",
            "FF4",
            299,
            "0.514274487493 0.043226426203 0.083269933422 0.091175416470 0.322758863844 0.041660970394",
        ),
        (
            "TFUT10",
            "MP1",
            325,
            "0.095201634751 0.028774164349 0.044130221722 0.047912462440 0.032779793313 0.036935953922",
        ),
        (
            "TFUT10",
            "FF4",
            310,
            "0.250775374070 0.036477977677 0.056647278733 0.062808767380 0.133033194629 0.035644212555",
        ),
    ];
    for (asset, on, n, figures) in theirs {
        let of = |errors| {
            let options = StudyOptions::default().on(on).with_unscheduled(true).with_errors(errors);
            estimate(&events, asset, &options)
        };
        let [classical, hc1, hc3] = [Errors::Classical, Errors::Hc1, Errors::Hc3].map(of);
        let error = |response: &AssetResponse| response.slope().standard_error;
        let (r_squared, scatter) = (hc1.r_squared().unwrap(), hc1.residual_sd());
        let ours = [hc1.line().slope, error(&classical), error(&hc1), error(&hc3), r_squared, scatter];
        assert_eq!(hc1.n(), n, "{asset} on {on}");
        for (ours, theirs) in ours.into_iter().zip(figures.split(' ').map(|figure| figure.parse::<f64>().unwrap())) {
            assert!((ours - theirs).abs() <= 1e-10, "{asset} on {on}: {ours} against {theirs}");
        }
    }
}

#[test]
fn events_that_give_no_line_say_why() {
    let line = |points: &[(f64, f64)]| LeastSquares::new(points);
    assert_eq!(line(&[(0.0, 1.0), (1.0, 2.0)]), Err(NoFit::TooFew(2)));
    assert_eq!(line(&[(0.1, 1.0), (0.1, 2.0), (0.1, 3.0)]), Err(NoFit::NoVariation));
    assert_eq!(line(&[(0.0, 1.0), (0.0, 2.0), (0.0, 3.0)]), Err(NoFit::NoVariation));
    let one = line(&[(0.0, 1.0), (0.0, 2.0), (0.5, 3.0)]).unwrap();
    assert_eq!(one.standard_error(Errors::Hc3), Err(NoFit::OneDecides));
    assert!(one.standard_error(Errors::Hc1).is_ok());
    assert_eq!((one.slope_without(2), one.slope_without(9)), (None, None));
    let flat = line(&[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0)]).unwrap();
    assert_eq!(flat.r_squared(), None, "what does not vary is not explained");
    let events = EventTable::parse("date,unscheduled,mp2,x\n2024-01-31,1,0.1,1\n2024-03-20,0,0.2,\n").unwrap();
    let error = AssetResponse::estimate(&events, "x", &StudyOptions::default(), None).unwrap_err();
    insta::assert_snapshot!(error, @"x on mp2: a response takes at least 3 events, found 0 (2 left out, the first: not a scheduled announcement)");
}

#[test]
fn a_table_of_events_that_cannot_be_read_says_where() {
    let read = |text: &str| EventTable::parse(text).unwrap_err().to_string();
    insta::assert_snapshot!(read("day,mp2\n2024-01-31,0.1\n"), @"1:1: expected a column 'date', found 'day,mp2'");
    insta::assert_snapshot!(read("date,mp2\n31.01.2024,0.1\n"), @"2:1: expected a date such as 2025-11-21, 11/21/2025 or 20251121, found '31.01.2024'");
    insta::assert_snapshot!(read("date,mp2\n2024-01-31,0.1\n2024-01-31,0.2\n"), @"3:1: expected each event once (two events of one day need times, as in 2008-03-11 14:15), found '2024-01-31'");
    insta::assert_snapshot!(read("date,unscheduled,mp2\n2024-01-31,maybe,0.1\n"), @"2:12: expected 0 for a scheduled event or 1 for an unscheduled one, found 'maybe'");
    insta::assert_snapshot!(read("# window: long\ndate,mp2\n2024-01-31,0.1\n"), @"1:11: expected a window such as 30min or 1d, found 'long'");
    insta::assert_snapshot!(read("date,mp2\n"), @"expected at least one event, found nothing");
    // A column of words is passed over until it is asked for.
    let events = EventTable::parse("date,what,mp2\n2024-01-31,statement,NaN\n2024-03-20,statement,1e-2\n").unwrap();
    assert_eq!(events.columns().collect::<Vec<_>>(), ["mp2"]);
    assert_eq!(events.values("MP2").unwrap(), [Err(NoValue::Empty), Ok(0.01)]);
    insta::assert_snapshot!(events.values("what").unwrap_err(), @"2:12: expected a number such as -0.0102, found 'statement'");
    insta::assert_snapshot!(events.values("mp1").unwrap_err(), @"expected one of the columns mp2, found 'mp1'");
}

/// A statement at 14:00 and a press conference at 14:30 are two events; one daily return cannot tell them apart.
#[test]
fn two_announcements_on_one_day_are_told_apart_by_their_time_and_not_by_a_daily_close() {
    let text =
        "date,mp2,sp500\n2025-10-29 14:30,0.0714,-0.33\n2025-10-29 14:00,0.0102,-0.07\n2025-12-10 14:00,-0.01,0.5\n";
    let events = EventTable::parse(text).unwrap();
    let times: Vec<String> = events.events().iter().map(|event| event.when.to_string()).collect();
    assert_eq!(times, ["2025-10-29 14:00", "2025-10-29 14:30", "2025-12-10 14:00"]);
    assert_eq!(events.values("sp500").unwrap()[0], Ok(-0.07));
    let closes = "date,x\n2025-10-28,100\n2025-10-29,99\n2025-12-09,100\n2025-12-10,101\n";
    let events = events.with_closes(&Closes::parse(closes).unwrap(), 1);
    let shared = Err(NoValue::SharesWindow(date("2025-10-29")));
    let responses = events.values("x").unwrap();
    assert_eq!((&responses[0], &responses[1]), (&shared, &shared));
    assert!((responses[2].clone().unwrap() - 1.0).abs() < 1e-12);
}

/// A Sunday, a holiday, and days on which this or every asset has no close.
#[test]
fn the_window_of_closes_goes_from_the_last_close_before_to_the_first_on_or_after_the_event() {
    let closes = "date,asset,close\n2020-03-12,a,100\n2020-03-13,a,110\n2020-03-13,b,50\n2020-03-16,a,99\n\
        2020-04-09,a,100\n2020-04-13,a,101\n2020-04-13,b,55\n";
    let closes = Closes::parse(closes).unwrap();
    let events = "date,mp2\n2020-03-15,-0.1\n2020-04-10,0.1\n2020-06-10,0.1\n2020-03-02,0.1\n";
    let events = EventTable::parse(events).unwrap();
    let days: Vec<String> = events.events().iter().map(|event| event.when.to_string()).collect();
    assert_eq!(days, ["2020-03-02", "2020-03-15", "2020-04-10", "2020-06-10"]);
    let events = events.with_closes(&closes, 1);
    let print = |asset: &str| -> Vec<String> {
        let values = events.values(asset).unwrap().iter();
        values.map(|value| value.as_ref().map_or_else(ToString::to_string, |value| format!("{value:.2}"))).collect()
    };
    let (before, after) = ("no close in the week before it", "not enough closes from its day on");
    assert_eq!(print("a"), [before, "-10.00", "1.00", before]);
    assert_eq!(print("b"), [before, "no close on 2020-03-16", "no close on 2020-04-09", before]);
    // Two trading days from the event's own on.
    let two = EventTable::parse("date,mp2\n2020-03-13,0.1\n2020-04-13,0.1\n").unwrap().with_closes(&closes, 2);
    assert_eq!(two.window(), Some(StudyWindow::Days(2)));
    let values = two.values("a").unwrap();
    assert!((values[0].clone().unwrap() + 1.0).abs() < 1e-12, "from 100 to 99");
    assert_eq!(values[1].as_ref().unwrap_err().to_string(), after);
}

#[test]
fn closes_that_cannot_be_read_say_where() {
    let read = |text: &str| Closes::parse(text).unwrap_err().to_string();
    insta::assert_snapshot!(read("date,asset,close\n2020-03-12,a,-1\n"), @"2:14: expected a close above zero, found '-1'");
    insta::assert_snapshot!(read("date,a\n2020-03-12,1\n2020-03-12,2\n"), @"3:12: expected each asset once a day (a on 2020-03-12 again), found '2'");
    insta::assert_snapshot!(read("date,a\n2020-03-12,1\n2020-03-13,1.x\n"), @"3:12: expected a number such as -0.0102, found '1.x'");
    insta::assert_snapshot!(read("date,a\n2020-03-12,words\n"), @"expected columns date, asset and close, or date and a column for each asset, found 'no numbers'");
    // A column of words beside numbers is passed over.
    let wide = Closes::parse("date,a,source\n2020-03-12,1,exchange\n2020-03-13,2,\n").unwrap();
    assert_eq!(wide.assets().collect::<Vec<_>>(), ["a"]);
    let returns = Returns::parse("date,symbol,return_percent\n2020-03-12,a,-1\n").unwrap();
    assert_eq!(returns.assets().collect::<Vec<_>>(), ["a"]);
}

/// Surprises in basis points make slopes that are a hundredth of what they seem.
#[test]
fn surprises_of_the_size_of_basis_points_are_noticed_and_turned() {
    let events = "date,mp2\n2024-01-31,7.5\n2024-03-20,-2\n2024-05-01,0\n2024-06-12,0\n";
    let events = EventTable::parse(events).unwrap();
    assert!(events.looks_like_basis_points("mp2").unwrap());
    let events = events.scaled("mp2", 0.01).unwrap();
    assert!(!events.looks_like_basis_points("mp2").unwrap());
    assert!((events.values("mp2").unwrap()[0].clone().unwrap() - 0.075).abs() < 1e-15);
    assert!(!invented().looks_like_basis_points("mp2").unwrap());
}

/// An asset that does nothing but respond to MP2, and moves of its own on other days, is found again in daily settlements.
#[test]
fn a_known_response_is_found_again_in_quotes_and_closes_and_the_placebo_finds_none() -> Result<(), Error> {
    let Some(table) = settlements() else { return Ok(()) };
    let mut assumptions = Assumptions::default();
    assumptions.calendar = fedpath::MeetingCalendar::embedded();
    let surprises = QuotedSurprises::new(table, &assumptions);
    let events = surprises.events();
    let placebo = surprises.placebo();
    // The asset: -6 percent per percentage point of MP2 on announcements, a wiggle on every other day.
    let mp2 = events.values("mp2")?;
    let moves: std::collections::BTreeMap<_, _> = events
        .events()
        .iter()
        .zip(mp2)
        .filter_map(|(event, mp2)| Some((event.quoted?.1, -6.0 * mp2.clone().ok()?)))
        .collect();
    let mut price = 100.0_f64;
    let days: Vec<_> =
        fedpath::files::DailyQuotes::days(table).into_iter().filter(|day| *day >= date("1994-01-01")).collect();
    let lines = days.iter().enumerate().map(|(index, day)| {
        let wiggle = if index % 2 == 0 { 0.3 } else { -0.3 };
        price *= 1.0 + moves.get(day).copied().unwrap_or(wiggle) / 100.0;
        format!("{day},{price:.12}\n")
    });
    let text: String = std::iter::once("date,known\n".to_owned()).chain(lines).collect();
    let closes = Closes::parse(&text)?;
    let (events, placebo) = (events.with_closes(&closes, 1), placebo.with_closes(&closes, 1));
    let known = AssetResponse::estimate(&events, "known", &StudyOptions::default(), Some(&placebo))?;
    assert!((known.line().slope + 6.0).abs() < 1e-6, "{:?}", known.line());
    assert!(known.r_squared().unwrap() > 0.999_999 && known.n() > 200, "{} events", known.n());
    let placebo = known.placebo().unwrap().as_ref().unwrap();
    assert!(placebo.slope.abs() < 2.5 * placebo.standard_error && placebo.n > 1000 && placebo.n < 1400, "{placebo:?}");
    // The shift by the FedWatch rule and MP2 by the seven-day rule measure one thing.
    let shift = AssetResponse::estimate(&events, "known", &StudyOptions::default().on("shift"), None)?;
    assert!((shift.line().slope + 6.0).abs() < 2.0 && shift.r_squared().unwrap() > 0.5, "{:?}", shift.line());
    eprintln!(
        "known response: n {} R2 {:?}, placebo {placebo:?}, shift {:?}",
        known.n(),
        known.r_squared(),
        shift.line()
    );
    Ok(())
}

#[test]
fn events_come_from_the_days_of_quotes_with_the_days_of_their_windows() -> Result<(), Error> {
    let quotes = "date,contract,settle\n2025-10-28,ZQV25,95.9\n2025-10-28,ZQX25,96.12\n2025-10-28,ZQZ25,96.33\n\
        2025-10-29,ZQV25,95.9\n2025-10-29,ZQX25,96.115\n2025-10-29,ZQZ25,96.28\n2025-11-03,ZQX25,96.115\n";
    let table = table(quotes);
    let assumptions = Assumptions::default();
    let surprises = QuotedSurprises::new(&table, &assumptions);
    let events = surprises.events();
    assert_eq!(events.events().len(), 1);
    let event = events.events()[0];
    assert_eq!((event.unscheduled, event.quoted), (Some(false), Some((date("2025-10-28"), date("2025-10-29")))));
    // The database has 0.0714286 for the press conference of this day.
    assert_eq!(format!("{:.7}", events.values("mp2")?[0].clone().unwrap()), "0.0714286");
    insta::assert_snapshot!(events.values("mp8")?[0].clone().unwrap_err(), @"the quotes do not price the meeting on both days");
    // Closes of the same two days are taken.
    let closes = Closes::parse("date,x\n2025-10-27,90\n2025-10-28,100\n2025-10-29,99\n")?;
    let events = events.with_closes(&closes, 1);
    assert!((events.values("x")?[0].clone().unwrap() + 1.0).abs() < 1e-12);
    let gap = Closes::parse("date,x\n2025-10-27,90\n2025-10-29,99\n")?;
    let events = surprises.events().with_closes(&gap, 1);
    assert_eq!(events.values("x")?[0], Err(NoValue::NoClose(date("2025-10-28"))));
    Ok(())
}

#[test]
fn a_window_reads_as_it_prints() {
    for text in ["30min", "1d", "5d", "1mo"] {
        assert_eq!(text.parse::<StudyWindow>().unwrap().to_string(), text);
    }
    for text in ["", "d", "0d", "5", "5w", "-1d", "30m", "99999999d"] {
        assert!(text.parse::<StudyWindow>().is_err(), "{text}");
    }
}

/// The scatter of a study is that of its own regression, or follows from a classical error; of the others it is not known.
#[test]
fn the_scatter_of_every_embedded_study_is_derived_or_empty() {
    let known: Vec<_> = ReturnResponse::embedded()
        .iter()
        .filter(|response| response.residual_sd.is_some())
        .map(|response| response.id.to_string())
        .collect();
    assert_eq!(known, ["usmpd-mp2-statements"]);
    let yields = YieldResponse::embedded();
    let known = yields.iter().filter(|table| table.knots.iter().all(|knot| knot.residual_sd.is_some()));
    assert_eq!(known.map(|table| table.id.as_str()).collect::<Vec<_>>(), ["kuttner-2001", "usmpd-mp2-statements"]);
    // In basis points, to the digits of the table.
    let printed = |id: &str, tenor: &str| {
        let table = yields.iter().find(|table| table.id == id).unwrap();
        let knot = table.knots.iter().find(|knot| knot.tenor.to_string() == tenor).unwrap();
        (10_000.0 * knot.residual_sd.unwrap(), *knot)
    };
    if let Some(file) = real("../cases/kuttner_2001_table2.csv") {
        let text = std::fs::read_to_string(file).unwrap();
        let surprises: Vec<f64> = crate::support::rows(&text).iter().map(|row| row[1].parse().unwrap()).collect();
        let n = 42.0_f64;
        let mean = surprises.iter().sum::<f64>() / n;
        let deviation = (surprises.iter().map(|surprise| (surprise - mean).powi(2)).sum::<f64>() / n).sqrt();
        assert_eq!((surprises.len(), format!("{deviation:.2}")), (42, "13.11".to_owned()));
        for tenor in ["3M", "6M", "1Y", "2Y", "5Y", "10Y", "30Y"] {
            let (scatter, knot) = printed("kuttner-2001", tenor);
            let derived = knot.standard_error.unwrap() * deviation * n.sqrt();
            assert_eq!(format!("{derived:.1}"), format!("{scatter:.1}"), "{tenor}");
            let explained = (knot.response * deviation).powi(2);
            let r_squared = explained / (explained + derived.powi(2) * (n - 3.0) / n);
            assert!((r_squared - knot.r_squared.unwrap()).abs() < 0.06, "{tenor}: {r_squared}");
        }
    }
    if let Some(file) = real("../cases/usmpd_statements.csv") {
        let events = EventTable::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
        for tenor in ["3M", "6M", "2Y", "5Y", "10Y", "30Y"] {
            let ours = estimate(&events, &format!("ust{}", tenor.to_lowercase()), &StudyOptions::default());
            let (scatter, knot) = printed("usmpd-mp2-statements", tenor);
            assert_eq!(format!("{:.2}", 100.0 * ours.residual_sd()), format!("{scatter:.2}"), "{tenor}");
            assert_eq!(format!("{:.3}", ours.line().slope), format!("{:.3}", knot.response), "{tenor}");
        }
        let ours = estimate(&events, "sp500", &StudyOptions::default());
        let all = ReturnResponse::embedded();
        let theirs = all.iter().find(|response| response.id == "usmpd-mp2-statements").unwrap();
        let (intercept, n) = theirs.intercept.unwrap();
        assert_eq!(format!("{:.4}", ours.residual_sd()), format!("{:.4}", 100.0 * theirs.residual_sd.unwrap()));
        assert_eq!(format!("{:.4}", ours.line().intercept.unwrap().0), format!("{:.4}", 100.0 * intercept));
        assert_eq!((ours.n(), theirs.window), (n, Some(StudyWindow::Minutes(30))));
    }
}

/// 7.5 bp, and -2.9 percent over a week at 16 percent a year.
#[test]
fn the_episode_has_a_likely_range_and_its_rest_is_an_ordinary_week() {
    let row = |options: &EquityOptions, id: &str| {
        let shift = fedpath::curve::PolicyShift::step(date("2025-11-19"), date("2025-12-11"), "7.5bp".parse().unwrap());
        let only = fedpath::curve::PassThroughOptions::default().with_only([id.parse().unwrap()]);
        let (rows, _) = fedpath::equity::impacts(&shift, &[], &only, options);
        rows.into_iter().find(|row| row.method == id).unwrap()
    };
    let week = Horizon::new("5d".parse().unwrap(), 0.16).unwrap();
    let options = EquityOptions::default().with_realised("sp500", -0.029).with_horizon(week);
    let statements = row(&options, "usmpd-mp2-statements");
    let print = |(low, high): (f64, f64)| format!("{:.2} to {:.2}", 100.0 * low, 100.0 * high);
    assert_eq!(format!("{:.2}", 100.0 * statements.total), "-0.41");
    assert_eq!(print(statements.range.unwrap()), "-0.54 to -0.27", "the band of the slope");
    assert_eq!(print(statements.likely.unwrap()), "-1.34 to 0.47", "the range of single events");
    assert_eq!(format!("{:.2}", 100.0 * statements.residual().unwrap()), "-2.51");
    assert_eq!(format!("{:.2}", 100.0 * statements.residual_sd_over_horizon().unwrap()), "2.28");
    assert_eq!(format!("{:.1}", statements.residual_in_deviations().unwrap()), "-1.1");
    // The study prints no scatter: the market's noise alone is the scale.
    let events = row(&options, "usmpd-mp2");
    assert_eq!((events.likely, events.residual_sd, events.window), (None, None, None));
    assert_eq!(format!("{:.2}", 100.0 * events.residual_sd_over_horizon().unwrap()), "2.25");
    // Without a span there is no scale, and a volatility of nothing is none.
    let bare = row(&EquityOptions::default().with_realised("sp500", -0.029), "usmpd-mp2-statements");
    assert_eq!((bare.residual_in_deviations(), bare.residual_sd_over_horizon()), (None, None));
    for volatility in [0.0, -0.1, f64::NAN, 11.0] {
        assert_eq!(Horizon::new("5d".parse().unwrap(), volatility), None);
    }
}

/// An asset moves by news of its own: the market's scatter times its beta is not its scatter.
#[test]
fn the_scatter_of_the_market_is_not_that_of_an_asset_with_a_beta() {
    let (profiles, responses) = (AssetProfile::embedded(), ReturnResponse::embedded());
    let of = |id: &str| {
        let profile = profiles.iter().find(|profile| profile.id == id).unwrap();
        let all = ReturnResponse::of(profile, &responses);
        all.into_iter().find(|response| response.id == "usmpd-mp2-statements").unwrap()
    };
    assert!(of("sp500").likely_range(0.00075).is_some());
    let growth = of("nasdaq100");
    assert_eq!((growth.residual_sd, growth.intercept, growth.likely_range(0.00075)), (None, None, None));
    assert!(growth.range(0.00075).is_some());
}

#[test]
fn a_table_of_own_responses_is_read_back() {
    let text = "# id: desk\nasset,on,slope,standard_error,residual_sd,n,r_squared,window\n\
        sp500,mp2,-5.4,0.95,0.4544,239,0.142,30min\nmarket,mp1,-4,,,,,\n";
    let own = ReturnResponse::parse_own(text).unwrap();
    assert_eq!(own.iter().map(|response| response.id.to_string()).collect::<Vec<_>>(), ["desk-mp2", "desk-mp1"]);
    assert_eq!((own[0].window, own[0].sample.as_str()), (Some(StudyWindow::Minutes(30)), "239 events"));
    assert_eq!((own[1].likely_range(0.001), own[1].range(0.001), own[1].window), (None, None, None));
    let sp500 = &AssetProfile::embedded()[0];
    let all: Vec<ReturnResponse> = ReturnResponse::embedded().iter().cloned().chain(own).collect();
    let of_asset = ReturnResponse::of(sp500, &all);
    let ids: Vec<&str> = of_asset.iter().map(|response| response.id.as_str()).collect();
    assert!(ids.ends_with(&["desk-mp1", "desk-mp2"]), "{ids:?}");
    let read = |text: &str| ReturnResponse::parse_own(text).unwrap_err().to_string();
    insta::assert_snapshot!(read("asset,slope\nx,1\n"), @"1:1: expected a column 'on', found 'asset,slope'");
    insta::assert_snapshot!(read("asset,on,slope\nx,mp2,1\nx,mp2,2\n"), @"3:1: expected an asset, each once for every surprise, found 'x'");
    insta::assert_snapshot!(read("asset,on,slope,n\nx,mp2,1,many\n"), @"2:9: expected a number of events such as 239, found 'many'");
    insta::assert_snapshot!(read("asset,on,slope,window\nx,mp2,1,long\n"), @"2:9: expected a window such as 30min, 1d or 1mo, found 'long'");
    insta::assert_snapshot!(read("asset,on,slope,residual_sd\nx,mp2,1,0\n"), @"2:9: expected a standard deviation in percent such as 0.45, found '0'");
}
