//! Results and inputs as data: what is written, and that what is read passes the checks of files.

use fedpath::bounds::PriceIntervals;
use fedpath::bulk::{OutcomeTable, TableSession};
use fedpath::curve::{PassThroughOptions, YieldResponse};
use fedpath::equity::{AssetProfile, EquityOptions, ReturnNews, ReturnResponse};
use fedpath::event_study::{AssetResponse, Event, EventTable, StudyOptions};
use fedpath::history::{Calibration, CalibrationPlan, History, HistoryOptions};
use fedpath::options::{MarketQuote, MarketTable, OptionChain};
use fedpath::summary::Summary;
use fedpath::surprise::Announcement;
use fedpath::what_if::WhatIf;
use fedpath::{
    Assumptions, Error, Fixings, Meeting, MeetingCalendar, MonthlyRates, Outlook, Premia, QuoteTable, RepriceOptions,
    Repricing, Snapshot, Strip, StripOptions, TargetHistory, View, price,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{date, month};

fn outlook(day: &str, january: &str, february: &str) -> Outlook {
    let quotes = format!("# as_of: {day}\ncontract,price\n2025-11,96.12\n2026-01,{january}\n2026-02,{february}\n");
    price(&quotes, &Assumptions::default()).unwrap()
}

fn told<T: DeserializeOwned>(data: Value) -> String {
    match serde_json::from_value::<T>(data) {
        Ok(_) => panic!("it was accepted"),
        Err(error) => error.to_string(),
    }
}

/// Reads what was written.
fn again<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap_or_else(|error| panic!("{error}\n{text}")), *value);
}

#[test]
fn two_snapshots_are_written_with_exact_figures() {
    let (before, after) = (outlook("2025-11-14", "96.29", "96.36"), outlook("2025-11-21", "96.215", "96.285"));
    let story = Repricing::new(before, after, &Assumptions::default(), &RepriceOptions::default()).unwrap();
    let data = serde_json::to_value(&story).unwrap();
    let headline = &data["headline"];
    assert_eq!(headline["meeting"], "2025-12-10");
    assert_eq!((&headline["ease_change_points"], &headline["expected_rate_shift"]), (&json!("-30"), &json!("7.5bp")));
    assert_eq!(
        headline["after"]["cumulative"],
        json!([
            { "moves": -1, "probability": "35%" },
            { "moves": 0, "probability": "65%" },
        ])
    );
    assert_eq!(headline["after"]["step"]["after"], "3.7925%");
    assert_eq!(headline["after"]["step"]["before_from"], json!({ "anchor": "2025-11" }));
    assert_eq!(data["sensitivity"]["equity"][0]["method"], "eh-postponed");
    assert!(data["sensitivity"]["curve"][0]["zero_bp"].is_array());
    // A notice is its kind, its fields and its sentence.
    let notice = &data["after"]["path"]["notices"][0];
    assert!(notice["kind"].is_string() && notice["message"].is_string(), "{notice}");
}

#[test]
fn tables_histories_and_questions_are_written() {
    let prices = [("2025-11", "96.12"), ("2025-12", "96.18"), ("2026-01", "96.215"), ("2026-02", "96.285")];
    let prices = prices.map(|(contract, points)| (month(contract), points.parse().unwrap()));
    let strip = Strip::from_prices(date("2025-11-21"), prices).unwrap();
    let session = TableSession::new(&strip, &Assumptions::default()).unwrap();
    let table: &OutcomeTable = session.table();
    let data = serde_json::to_value(table).unwrap();
    assert_eq!((&data["target"], &data["meetings"][0]["after"]), (&json!("3.75-4.00"), &json!("3.7925%")));
    let what_if = WhatIf::new(&strip, Assumptions::default()).unwrap();
    let fair = what_if.outcomes(&[(date("2025-12-10"), "-25".parse().unwrap())].into()).unwrap();
    assert_eq!(serde_json::to_value(&fair).unwrap()[2]["parts"][0]["decided"], "-25bp");
    let wanted = what_if.price_for(date("2025-12-10"), -1, &"65%".parse().unwrap()).unwrap();
    assert_eq!(serde_json::to_value(&wanted).unwrap()["moves"], "-13/20");

    let mut quotes = QuoteTable::default();
    for (contract, price) in strip.prices() {
        quotes.insert(strip.as_of(), contract, fedpath::Quote::settled(price)).unwrap();
        quotes.insert(date("2025-11-23"), contract, fedpath::Quote::settled(price)).unwrap();
    }
    let history = History::new(quotes, Assumptions::default(), HistoryOptions::default());
    let days = serde_json::to_value(history.days().collect::<Vec<_>>()).unwrap();
    assert_eq!(days[0]["outlook"]["Ok"]["meetings"][0]["local"][0]["probability"], "35%");
    assert_eq!(days[1]["outlook"]["Err"]["kind"], "missing");
    let plan = CalibrationPlan::new(&history, &["1d".parse().unwrap()]);
    let calibration = Calibration::new(&plan, history.assumptions(), history.days_on(plan.days()));
    assert_eq!(serde_json::to_value(&calibration).unwrap()["horizons"][0]["horizon"], "1d");
    let _ = |announcement: &Announcement| serde_json::to_value(announcement);
    // A history of its own can be kept and sent.
    let kept: History<'static> = history;
    let days = std::thread::spawn(move || kept.days().count()).join().unwrap();
    assert_eq!(days, 2);
}

#[test]
fn inputs_come_back_as_they_were_written() {
    again(&MeetingCalendar::embedded());
    again(&TargetHistory::embedded());
    again(&*MonthlyRates::embedded());
    again(&PassThroughOptions::default());
    again(&EquityOptions::default());
    for profile in AssetProfile::embedded().iter() {
        again(profile);
    }
    YieldResponse::embedded().iter().for_each(again);
    ReturnResponse::embedded().iter().for_each(again);
    ReturnNews::embedded().iter().for_each(again);
    let strip = Strip::from_prices(date("2025-11-21"), [(month("2025-12"), "96.18".parse().unwrap())]).unwrap();
    again(&strip);
    let mut premia = Premia::default();
    premia.term.insert(3, "9".parse().unwrap());
    premia.set_landing("2".parse().unwrap()).unwrap();
    again(&premia);
    let text = serde_json::to_string(&Assumptions::default()).unwrap();
    let read: Assumptions = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn what_a_plan_is_made_under_is_a_key() {
    let plans =
        std::collections::HashMap::from([(Assumptions::default(), 1), (Assumptions::default().with_chain(3), 2)]);
    assert_eq!(plans[&serde_json::from_value(json!({ "chain": 3 })).unwrap()], 2);
    assert_eq!(plans.len(), 2);
}

#[test]
fn numbers_and_few_words_are_enough() {
    let assumptions: Assumptions =
        serde_json::from_value(json!({ "chain": 3, "decision_day": "old-holidays", "target": "3.75-4.00" })).unwrap();
    assert_eq!((assumptions.chain, assumptions.decision_day.to_string().as_str()), (3, "old-holidays"));
    let calendar: MeetingCalendar = serde_json::from_value(json!(["2025-12-10", "2026-01-28"])).unwrap();
    assert_eq!(
        calendar,
        MeetingCalendar::new([date("2025-12-10"), date("2026-01-28")].map(Meeting::scheduled)).unwrap()
    );
    let fixings: Fixings = serde_json::from_value(json!({ "2025-11-20": 3.88, "2025-11-21": "3.89" })).unwrap();
    assert_eq!(fixings.rates().len(), 2);
    let live =
        json!({ "trade_date": "2025-11-21", "quotes": { "2025-12": { "bid": 96.175, "ask": 96.18, "last": 96.18 } } });
    let snapshot: Snapshot = serde_json::from_value(live).unwrap();
    assert_eq!(snapshot.quote(month("2025-12")).unwrap().last.unwrap().mark, None);
    let strip: Strip =
        serde_json::from_value(json!({ "as_of": "2025-11-21", "prices": { "2025-12": 96.1163 } })).unwrap();
    assert_eq!(strip.price(month("2025-12")).unwrap().to_string(), "96.11625");
    let bank: AssetProfile = serde_json::from_value(json!({
        "id": "bank", "cash_flows": { "payout_yield": "2.5%" }, "inputs": { "market_beta": { "value": 1.1 } }
    }))
    .unwrap();
    assert_eq!(bank.inputs.market_beta.unwrap().kind, fedpath::equity::InputKind::Assumed);
    let options: StripOptions = serde_json::from_value(json!({ "price": "mid" })).unwrap();
    assert_eq!(options.price, fedpath::PriceKind::Mid);
}

#[test]
fn what_a_file_is_refused_for_is_refused_in_data() {
    let day = "2025-11-21";
    let told = [
        told::<Strip>(json!({ "as_of": day, "prices": { "2025-12": 3.88 } })),
        told::<Snapshot>(json!({ "trade_date": day, "quotes": { "2025-12": { "settle": "3.88" } } })),
        told::<Snapshot>(json!({ "trade_date": day, "quotes": { "2025-12": { "setle": 96.18 } } })),
        told::<Fixings>(json!({ "2025-11-20": 0.0388 })),
        told::<MeetingCalendar>(json!(["2025-12-10", "2025-12-10"])),
        told::<Premia>(json!({ "landing": "30bp" })),
        told::<Assumptions>(json!({ "chains": 3 })),
        told::<YieldResponse>(json!({ "id": "desk", "knots": [] })),
        told::<AssetProfile>(json!({ "id": "bank", "cash_flows": { "payout_yield": "0" } })),
    ];
    insta::assert_snapshot!(told.join("\n"), @"
    expected a price of ZQZ25 between 75 and 105, 100 less the rate, found 3.88
    expected a price of ZQZ25 on 2025-11-21 between 75 and 105, 100 less the rate, found 3.88
    unknown field `setle`, expected one of `open`, `high`, `low`, `last`, `settle`, `change`, `bid`, `ask`, `mid`, `volume`, `prior_settle`, `prior_volume`, `open_interest`
    1:1: expected rates in percent, to two places, found 0.0388 (a fraction?) on 2025-11-20, when the target's upper bound was 4.00
    expected each announcement once, found 2025-12-10 twice
    landing spread is not smaller than 25bp either way, found 30bp
    unknown field `chains`, expected one of `method`, `weights`, `decision_day`, `chain`, `start_rate`, `fixings`, `sofr`, `joint`, `between`, `premia`, `strict`, `calendar`, `targets`, `monthly_rates`, `target`
    1:1: expected responses at one maturity or more, each maturity once, found 'desk'
    payout yield is not between 0.0001% and 100%, found 0%
    ");
    let error: Error = price("contract,price\nZQX25,96.x\n", &Assumptions::default()).unwrap_err();
    assert_eq!(
        serde_json::to_value(&error).unwrap(),
        json!({
            "kind": "syntax",
            "message": "2:7: expected a price such as 96.2300, found '96.x'",
            "position": { "line": 2, "column": 7 },
        })
    );
}

#[test]
fn slopes_bounds_and_derivations_are_data() {
    let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2025-12,96.18\n2026-01,96.215\n2026-02,96.285\n";
    let strip = Strip::new(&Snapshot::parse(quotes).unwrap(), &StripOptions::default()).unwrap();
    let what_if = WhatIf::new(&strip, Assumptions::default()).unwrap();
    let jacobian = serde_json::to_value(what_if.jacobian()).unwrap();
    // A basis point on January is 31/28 of one on the rate after December: -31/28 percent a point.
    assert_eq!(jacobian["rates"]["2025-12-10"][1]["slopes"]["2026-01"], "-31/28");

    let half_tick = PriceIntervals::within([(month("2026-01"), "0.0025".parse().unwrap())]);
    let bounds = serde_json::to_value(what_if.jacobian().bounds(half_tick).unwrap()).unwrap();
    // Half a tick is 31/28 x 0.25 bp of 25 bp: 31/2800 of a move about -7/20.
    assert_eq!(bounds["local"][0], json!({ "low": "-1011/2800", "high": "-949/2800" }));

    let derivation = what_if.jacobian().outlook().derivation(date("2025-12-10"), View::Cumulative).unwrap();
    let derivation = serde_json::to_value(derivation).unwrap();
    let steps = derivation["steps"].as_array().unwrap();
    let after = steps.iter().find(|step| step["name"] == "rate after 2025-12-10").unwrap();
    assert_eq!((&after["value"], &after["unit"]), (&json!("1517/400"), &json!("percent")), "{after}");
}

#[test]
fn quotes_of_many_days_are_data_and_keep_their_product() {
    let sofr = json!({
        "product": "SR1",
        "quotes": [{ "date": "2025-11-21", "contract": "2025-12", "settle": "96.255", "open_interest": 5 }],
    });
    let table: QuoteTable = serde_json::from_value(sofr).unwrap();
    assert_eq!(table.product(), fedpath::Product::OneMonthSofr);
    let again: QuoteTable = serde_json::from_value(serde_json::to_value(&table).unwrap()).unwrap();
    assert_eq!(again, table);
    assert_eq!(again.rows().next().unwrap().2.open_interest, Some(5));
    let row = json!({ "date": "2025-11-21", "contract": "2025-12", "settle": 96.18 });
    insta::assert_snapshot!(told::<QuoteTable>(json!({ "quotes": [row, row] })), @"expected ZQZ25 on 2025-11-21 once, found it again");
    let far = json!({ "date": "2025-11-21", "contract": "2025-12", "settle": 3.88 });
    insta::assert_snapshot!(told::<QuoteTable>(json!({ "quotes": [far] })), @"expected a price of ZQZ25 on 2025-11-21 between 75 and 105, 100 less the rate, found 3.88");
}

#[test]
fn chains_and_markets_are_data_and_checked() {
    let chain = json!({
        "product": "OZQ",
        "month": "2025-12",
        "expiry": null,
        "future": "96.18",
        "quotes": [
            { "strike": "96.125", "side": "put", "settle": "CAB", "bid": null, "ask": null, "volume": null, "open_interest": 12 },
            { "strike": "96.25", "side": "call", "settle": "0.0125", "bid": "0.01", "ask": "0.015", "volume": null, "open_interest": null },
        ],
    });
    let read: OptionChain = serde_json::from_value(chain.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), chain);
    let of = |quote: Value| told::<OptionChain>(json!({ "product": "SR3", "month": "2025-12", "quotes": [quote] }));
    let told = [
        of(json!({ "strike": 96.25, "side": "call", "bid": 0.02, "ask": 0.01 })),
        of(json!({ "strike": 96.25, "side": "call" })),
        of(json!({ "strike": 96.25, "side": "call", "bid": "CAB" })),
        told::<MarketQuote>(
            json!({ "date": "2025-11-21", "meeting": "2025-12-10", "outcome": "maybe", "bid": 0.3, "ask": 0.31 }),
        ),
        told::<MarketTable>(json!([])),
    ];
    insta::assert_snapshot!(told.join("\n"), @"
    expected SR3Z25 96.25 call with a bid at or below its ask
    expected SR3Z25 96.25 call with a settlement, a bid or an ask, found none
    expected a number of points, found a cabinet price
    expected an outcome such as hold, cut, cut25, cut50+, hike, 3.50-3.75 or >3.75, found 'maybe'
    expected at least one row of a market, found none
    ");
    let hold = json!({ "date": "2025-11-21", "meeting": "2025-12-10", "outcome": "hold", "bid": "32%", "ask": "33%" });
    let table: MarketTable = serde_json::from_value(json!([hold])).unwrap();
    assert_eq!(serde_json::to_value(&table).unwrap(), json!([hold]));
}

#[test]
fn responses_and_their_validation_are_data() {
    let days = ["2024-01-31", "2024-03-20", "2024-05-01", "2024-06-12"];
    let table = EventTable::of_events(days.map(|day| Event::from(date(day)))).unwrap();
    let table = table.with_values("mp2", [0.03, -0.02, -0.01, 0.01].map(Some)).unwrap();
    let table = table.with_values("nvda", [Some(-0.9), Some(0.4), None, Some(-0.1)]).unwrap();
    let response = AssetResponse::estimate(&table, "nvda", &StudyOptions::default(), None).unwrap();
    let data = serde_json::to_value(&response).unwrap();
    assert_eq!((&data["asset"], &data["errors"], &data["estimate"]["n"]), (&json!("nvda"), &json!("hc1"), &json!(3)));
    assert_eq!(data["left_out"][0][1], json!({ "no-response": "empty" }));
    assert!(table.clone().with_values("msft", [Some(1.0)]).is_err(), "one value of four");
    assert!(table.with_values("msft", [f64::NAN; 4].map(Some)).is_err());
    assert!(EventTable::of_events(["2024-03-20", "2024-01-31"].map(|day| Event::from(date(day)))).is_err());
}

#[test]
fn the_summary_of_a_strategist_is_data() {
    let strip = Strip::new(&fedpath::Episode::embedded().after, &StripOptions::default()).unwrap();
    let data = serde_json::to_value(Summary::new(&strip, &Assumptions::default()).unwrap()).unwrap();
    let by: Vec<&Value> = data["by"].as_array().unwrap().iter().map(|by| &by["until"]).collect();
    assert_eq!(by, ["6M", "12M", "2025-12-31", "2026-12-31"]);
}
