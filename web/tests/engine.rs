//! What the engine answers, natively: files and their days, suppositions, refusals.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, clippy::format_push_string)]

use fedpath_web::Engine;
use serde_json::{Value, json};

const DAY: &str = "# as_of: 2025-11-21\ncontract,price\nZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";

fn ask(engine: &mut Engine, ask: Value, data: &str) -> Result<String, String> {
    engine.answer(ask.to_string().as_bytes(), data.as_bytes().to_vec())
}

fn told(engine: &mut Engine, question: Value, data: &str) -> Value {
    serde_json::from_str(&ask(engine, question, data).unwrap()).unwrap()
}

fn load(engine: &mut Engine, name: &str, text: &str) -> Value {
    told(engine, json!({ "op": "load", "name": name }), text)
}

fn part(engine: &mut Engine, prices: Value, outcomes: Value, id: &str) -> String {
    let question = json!({ "op": "parts", "prices": prices, "outcomes": outcomes, "only": [id] });
    let parts = told(engine, question, "");
    assert_eq!((parts.as_array().unwrap().len(), parts[0][0].as_str().unwrap()), (1, id));
    parts[0][1].as_str().unwrap().to_owned()
}

#[test]
fn without_files_it_tells_the_illustrative_episode() {
    let mut engine = Engine::default();
    let about = told(&mut engine, json!({ "op": "set" }), "");
    assert_eq!((about["before"].as_str(), about["after"].as_str()), (Some("2025-11-14"), Some("2025-11-21")));
    assert_eq!(about["illustrative"], json!(true));
    assert!(
        part(&mut engine, json!({}), json!({}), "head").contains("<h1>December cut odds fall from 65% to 35%</h1>")
    );
}

#[test]
fn a_supposed_price_and_outcome_move_the_story_and_are_named_in_it() {
    let mut engine = Engine::default();
    assert_eq!(load(&mut engine, "day.csv", DAY)["days"], json!(["2025-11-21"]));
    let about = told(&mut engine, json!({ "op": "set", "after": "2025-11-21" }), "");
    let january = &about["contracts"][2];
    assert_eq!((&january["symbol"], &january["price"]), (&json!("ZQF26"), &json!("96.2150")));
    assert_eq!((&january["tick"], &january["read"]), (&json!("0.0050"), &json!(true)));
    assert_eq!(about["contracts"][1]["read"], json!(false), "December's own contract");
    assert!(part(&mut engine, json!({}), json!({}), "head").contains("December cut odds are 35%"));
    let then = part(&mut engine, json!({ "2026-01": "96.2500" }), json!({}), "head");
    assert!(then.contains("December cut odds would be 50.5%") && then.contains("If ZQF26 traded at 96.2500"), "{then}");
    let cut = part(&mut engine, json!({}), json!({ "2025-12-10": "-25bp" }), "head");
    assert!(cut.contains("December cut odds would be 100%"), "{cut}");
    let chart = ask(&mut engine, json!({ "op": "chart", "kind": "bars", "outcomes": { "2025-12-10": "-25bp" } }), "");
    assert!(chart.unwrap().contains("What if the FOMC of 10 Dec 2025 cut by 25 bp: not market quotes."));
}

#[test]
fn files_of_one_day_complete_each_other_and_may_not_contradict() {
    let mut engine = Engine::default();
    let row = |contract: &str, price: &str| format!("date,contract,settle\n2025-11-21,{contract},{price}\n");
    for (contract, price) in [("ZQX25", "96.1200"), ("ZQF26", "96.2150"), ("ZQG26", "96.2850")] {
        load(&mut engine, contract, &row(contract, price));
    }
    let set = json!({ "op": "set", "after": "2025-11-21" });
    assert_eq!(told(&mut engine, set.clone(), "")["contracts"].as_array().unwrap().len(), 3);
    load(&mut engine, "another", &row("ZQF26", "96.3000"));
    assert!(ask(&mut engine, set, "").unwrap_err().contains("ZQF26"));
}

#[test]
fn quotes_without_a_date_are_of_the_day_that_is_given() {
    let mut engine = Engine::default();
    let rows = DAY.split_once('\n').unwrap().1;
    let undated = load(&mut engine, "undated.csv", rows);
    assert_eq!(
        (&undated["days"], &undated["holds"], &undated["needs_day"]),
        (&json!([]), &json!("quotes"), &json!(true))
    );
    // A year of one digit is read by the day alone.
    let short = rows.replace("25,", "5,").replace("26,", "6,");
    let refused = load(&mut engine, "short.csv", &short);
    assert_eq!((&refused["holds"], &refused["needs_day"]), (&json!(null), &json!(true)));
    ask(&mut engine, json!({ "op": "clear" }), "").unwrap();
    let dated = told(&mut engine, json!({ "op": "load", "name": "short.csv", "day": "2025-11-21" }), &short);
    assert_eq!((&dated["days"], &dated["needs_day"]), (&json!(["2025-11-21"]), &json!(false)));
    assert_eq!(told(&mut engine, json!({ "op": "set", "after": "2025-11-21" }), "")["after"], json!("2025-11-21"));
}

#[test]
fn what_cannot_be_read_or_priced_says_why_and_where() {
    let mut engine = Engine::default();
    let refused = load(&mut engine, "a\u{202e}b.csv", "contract,price\nZQZ25,9618.0\n");
    assert_eq!(refused["name"], json!("a\\u{202e}b.csv"), "a name cannot turn the line around");
    assert_eq!(refused["problems"][0]["at"], json!("2:7"));
    assert_eq!(refused["holds"], json!(null));
    assert!(ask(&mut engine, json!({ "op": "parts" }), "").unwrap_err().contains("expected quotes"));
    assert!(ask(&mut engine, json!({ "op": "nonsense" }), "").is_err());
    load(&mut engine, "day.csv", DAY);
    let unpriced = json!({ "op": "set", "after": "2025-11-21", "meeting": "2025-12-11" });
    assert!(ask(&mut engine, unpriced, "").unwrap_err().contains("2025-12-11"));
    told(&mut engine, json!({ "op": "set", "after": "2025-11-21" }), "");
    let chart = ask(&mut engine, json!({ "op": "chart", "kind": "curve" }), "");
    assert_eq!(chart.unwrap_err(), "expected a chart of these quotes, found 'curve'");
}

#[test]
fn quotes_without_odds_have_a_path() {
    let mut engine = Engine::default();
    // The rate had moved between meetings, and October's contract has too few days before its own to show it.
    let moved = "# as_of: 2001-09-25\ncontract,price\n2001-09,97.00\n2001-10,97.30\n2001-11,97.50\n2001-12,97.55\n2002-01,97.56\n2002-02,97.57\n";
    load(&mut engine, "moved.csv", moved);
    let refused = ask(&mut engine, json!({ "op": "set", "after": "2001-09-25" }), "").unwrap_err();
    assert!(refused.contains("moved.csv: ") && refused.contains("2001-10-02"), "{refused}");
    assert!(ask(&mut engine, json!({ "op": "document", "kind": "probs" }), "").is_err());
    assert_eq!(told(&mut engine, json!({ "op": "document", "kind": "path" }), "")["schema"], json!("fedpath.path/1"));
}

#[test]
fn shown_prices_are_a_table_that_tells_the_same_story() {
    let mut engine = Engine::default();
    let episode = told(&mut engine, json!({ "op": "set" }), "");
    let cards = part(&mut engine, json!({}), json!({}), "cards");
    let table = ask(&mut engine, json!({ "op": "quotes" }), "").unwrap();
    assert!(table.starts_with("date,contract,settle\n2025-11-14,2025-11,96.1200\n"), "{table}");
    load(&mut engine, "again", &table);
    let again = told(&mut engine, json!({ "op": "set", "after": "2025-11-21", "before": "2025-11-14" }), "");
    assert_eq!(again["contracts"], episode["contracts"]);
    assert_eq!(part(&mut engine, json!({}), json!({}), "cards"), cards);
}

#[test]
fn a_long_file_is_told_as_one_meeting_through_its_days() {
    let mut engine = Engine::default();
    let mut long = "date,contract,settle\n".to_owned();
    for day in ["2025-11-19", "2025-11-20", "2025-11-21"] {
        for (contract, price) in [("ZQX25", "96.1200"), ("ZQF26", "96.2150"), ("ZQG26", "96.2850")] {
            long += &format!("{day},{contract},{price}\n");
        }
    }
    let answer = told(&mut engine, json!({ "op": "through", "name": "long.csv" }), &long);
    assert!(answer["charts"]["history"].as_str().unwrap().starts_with("<svg"));
    let parts = &answer["parts"];
    let head = parts[0][1].as_str().unwrap();
    assert!(head.contains("19 Nov 2025 to 21 Nov 2025"), "{head}");
    let history = parts.as_array().unwrap().iter().find(|part| part[0] == json!("history")).unwrap();
    assert!(history[1].as_str().unwrap().contains("<svg"));
}

#[test]
fn wanted_odds_are_the_price_of_the_contract_that_tells_them() {
    let mut engine = Engine::default();
    load(&mut engine, "day.csv", DAY);
    told(&mut engine, json!({ "op": "set", "after": "2025-11-21" }), "");
    let wanted = json!({ "op": "wanted", "meeting": "2025-12-10", "moves": -1, "probability": "65%" });
    // As `fedpath solve` has it: 96.2827 for 65 %.
    assert_eq!(told(&mut engine, wanted, ""), json!({ "month": "2026-01", "price": "96.28274" }));
    // Where another price is supposed already, the odds come out all the same.
    let beside = json!({ "op": "wanted", "meeting": "2025-12-10", "moves": -1, "probability": "65%", "prices": { "2025-11": "96.1300" } });
    let price = told(&mut engine, beside, "")["price"].clone();
    let head = part(&mut engine, json!({ "2025-11": "96.1300", "2026-01": price }), json!({}), "head");
    assert!(head.contains("December cut odds would be 65.0%"), "{head}");
}
