//! Surprises in windows of minutes, from quotes with a time of day.

use chrono::{DateTime, Duration, Utc};
use fedpath::moments::{AnnouncementTimes, MomentSurprise, MomentWindows, NoPrices, Tick, TickStream, Zone};
use fedpath::surprise::SurpriseRule;
use fedpath::{BasisPoints, ContractMonth, MeetingCalendar, Product, ReadOptions};

use crate::support::{date, month, price};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The surprises of a file around moments, 10 minutes before to 20 after, no price older than 30 minutes.
fn surprises(text: &str, zone: &str, announced: &[&str]) -> Vec<MomentSurprise> {
    let moments = announced.iter().map(|text| at(text));
    let mut windows = MomentWindows::new(moments, "-10m..+20m".parse().unwrap(), "30m".parse().unwrap());
    let mut ticks = TickStream::new(text.as_bytes(), &ReadOptions::default(), zone.parse().ok()).unwrap();
    ticks.each(|tick| windows.take(tick)).unwrap();
    windows.surprises(&MeetingCalendar::embedded(), SurpriseRule::SevenDay)
}

/// MP1 in basis points, or why there is none.
fn first(found: &MomentSurprise) -> String {
    match &found.surprise {
        Err(reason) => reason.to_string(),
        Ok(surprise) => match &surprise.current().surprise {
            Ok(bp) => bp.to_string(),
            Err(reason) => reason.to_string(),
        },
    }
}

const OCTOBER: &str = "2025-10-29T18:00:00Z";

#[test]
fn the_last_price_at_or_before_each_edge_counts_in_whatever_order_they_stand() {
    let rows = [
        "2025-10-29T17:40:00Z,ZQX25,96.13",
        "2025-10-29T17:50:00Z,ZQX25,96.12",
        "2025-10-29T17:50:00.000000001Z,ZQX25,96.00",
        "2025-10-29T18:19:59Z,ZQX25,96.10",
        "2025-10-29T18:20:00Z,ZQX25,96.09",
        "2025-10-29T18:20:01Z,ZQX25,96.50",
    ];
    let turned: Vec<&str> = rows.iter().rev().copied().collect();
    for rows in [rows.as_slice(), &turned] {
        let text = format!("time,contract,price\n{}\n", rows.join("\n"));
        assert_eq!(first(&surprises(&text, "", &[OCTOBER])[0]), "3bp");
    }
}

#[test]
fn a_price_that_is_too_old_is_missing_and_so_is_one_of_a_holiday() {
    let quotes =
        |before: &str| format!("time,contract,price\n{before},ZQX25,96.12\n2025-10-29T18:15:00Z,ZQX25,96.09\n");
    assert_eq!(first(&surprises(&quotes("2025-10-29T17:20:00Z"), "", &[OCTOBER])[0]), "3bp");
    let stale = &surprises(&quotes("2025-10-29T17:19:59Z"), "", &[OCTOBER])[0];
    assert_eq!(stale.surprise, Err(NoPrices::Before));
    // Good Friday: nothing trades around it.
    let holiday = &surprises(&quotes("2025-10-29T17:20:00Z"), "", &["2025-04-18T18:00:00Z"])[0];
    assert_eq!(first(holiday), "no price before its window that is not too old");
}

#[test]
fn statement_and_press_conference_of_one_day_have_a_window_each() {
    let text = "time,contract,price\n2025-10-29T17:45:00Z,ZQX25,96.12\n2025-10-29T18:15:00Z,ZQX25,96.10\n\
        2025-10-29T18:45:00Z,ZQX25,96.05\n";
    let found = surprises(text, "", &[OCTOBER, "2025-10-29T18:30:00Z"]);
    assert_eq!([first(&found[0]), first(&found[1])], ["2bp", "5bp"]);
}

#[test]
fn local_times_need_their_zone_and_follow_its_clock() {
    let text = "time,contract,price\n2025-10-29 12:45:00,ZQX25,96.12\n2025-10-29 13:15:00,ZQX25,96.09\n\
        2025-12-10 12:45:00,ZQZ25,96.30\n2025-12-10 13:15:00,ZQZ25,96.29\n";
    let found = surprises(text, "America/Chicago", &[OCTOBER, "2025-12-10T19:00:00Z"]);
    assert_eq!(first(&found[0]), "3bp");
    // 1 bp over the 21 of 31 days left.
    assert_eq!(first(&found[1]), "31/21bp");
    let error = TickStream::new(text.as_bytes(), &ReadOptions::default(), None).unwrap().each(|_| ()).unwrap_err();
    assert!(error.to_string().starts_with("2:1: expected a time with its offset"), "{error}");
    let twice = "time,contract,price\n2025-11-02 01:30:00,ZQX25,96.12\n";
    let zone = "America/Chicago".parse().ok();
    let error = TickStream::new(twice.as_bytes(), &ReadOptions::default(), zone).unwrap().each(|_| ()).unwrap_err();
    assert!(error.to_string().contains("shows it twice"), "{error}");
}

/// The same three prices as the vendors write them: 96.12 at 17:49:30, 96.50 at 17:50:30, 96.09 at 18:10.
#[test]
fn vendors_write_the_same_trades_in_their_own_ways() {
    let trades = "ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,sequence,symbol\n\
        2025-10-29T17:49:30.1Z,2025-10-29T17:49:30Z,0,1,5482,T,A,0,96.120000000,5,129,1,1,ZQX5\n\
        2025-10-29T17:49:40.1Z,2025-10-29T17:49:40Z,0,1,5482,A,A,0,96.300000000,5,129,1,1,ZQX5\n\
        2025-10-29T17:50:30.1Z,2025-10-29T17:50:30Z,0,1,5482,T,A,0,96.500000000,5,129,1,1,ZQX5\n\
        2025-10-29T18:10:00.1Z,1761761400000000000,0,1,5482,T,A,0,96090000000,5,129,1,1,ZQX5\n";
    // The bar of 17:49 ends at 17:50; that of 17:50 is known too late.
    let bars = "ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol\n\
        2025-10-29T17:49:00Z,33,1,42,96.1,96.2,96.1,96.12,10,ZQX5\n\
        2025-10-29T17:50:00Z,33,1,42,96.1,96.5,96.1,96.50,10,ZQX5\n\
        2025-10-29T18:09:00Z,33,1,42,96.1,96.1,96.0,96.09,10,ZQX5\n";
    let best = "ts_recv,ts_event,rtype,publisher_id,instrument_id,side,price,size,flags,sequence,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00,symbol\n\
        2025-10-29T17:50:00Z,2025-10-29T17:12:00Z,196,1,42,N,96.5,1,0,1,96.1175,96.1225,1,1,1,1,ZQX5\n\
        2025-10-29T17:51:00Z,2025-10-29T17:50:30Z,196,1,42,N,96.5,1,0,1,96.4975,96.5025,1,1,1,1,ZQX5\n\
        2025-10-29T18:10:00Z,2025-10-29T18:09:30Z,196,1,42,N,96.5,1,0,1,96.0875,96.0925,1,1,1,1,ZQX5\n\
        2025-10-29T18:11:00Z,2025-10-29T18:10:30Z,196,1,42,N,96.5,1,0,1,,96.0925,1,1,1,1,ZQX5\n";
    // Times of Chicago; a bid, an option and another product beside the trades.
    let sales = "20251029,124930,1,E,FF,F,2511,5,,96.12,,,,,,,,,,,,20251029,XCBT\n\
        20251029,124940,2,E,FF,F,2511,5,,96.30,B,,,,,,,,,,,20251029,XCBT\n\
        20251029,124945,3,E,OZQ,C,2511,5,9600,0.01,,,,,,,,,,,,20251029,XCBT\n\
        20251029,124945,4,E,ES,F,2512,5,,6900.25,,,,,,,,,,,,20251029,XCME\n\
        20251029,125030,5,E,FF,F,2511,5,,96.50,,,,,,,,,,,,20251029,XCBT\n\
        20251029,131000,6,E,FF,F,2511,5,,96.09,,,,,,,,,,,,20251029,XCBT\n";
    for (name, text) in [("trades", trades), ("bars", bars), ("best", best), ("sales", sales)] {
        assert_eq!(first(&surprises(text, "", &[OCTOBER])[0]), "3bp", "{name}");
        let mut ticks = TickStream::new(text.as_bytes(), &ReadOptions::default(), None).unwrap();
        ticks.each(|_| ()).unwrap();
        let header = usize::from(name != "sales");
        assert_eq!(ticks.tally().read(), text.lines().count() - header, "{name}: every row is accounted for");
    }
}

#[test]
fn rows_of_other_products_are_counted_and_a_slip_in_a_price_is_refused() {
    let text = "time,contract,price\n2025-10-29T17:45:00Z,ESZ25,6900.25\n2025-10-29T17:45:00Z,ZQX25,96.12\n\
        2025-10-29T17:45:00Z,ZQX25-ZQZ25,0.06\n2025-10-29T17:45:01Z,ESZ25,6900.50\n2025-10-29T17:46:00Z,ZQX25,\n";
    let mut ticks = TickStream::new(text.as_bytes(), &ReadOptions::default(), None).unwrap();
    ticks.each(|_| ()).unwrap();
    assert_eq!((ticks.tally().read(), ticks.tally().kept()), (5, 1));
    let told = |row: &str| {
        let text = format!("time,contract,price\n{row}\n");
        let mut ticks = TickStream::new(text.as_bytes(), &ReadOptions::default(), None).unwrap();
        ticks.each(|_| ()).unwrap_err().to_string()
    };
    insta::assert_snapshot!(told("2025-10-29T17:45:00Z,ZQX25,3.88"), @"2:28: expected a price such as 96.2300, 100 less the rate, found '3.88'");
    insta::assert_snapshot!(told("2025-10-29,ZQX25,96.12"), @"2:1: expected a time such as 2025-10-29T14:00:00-04:00, or nanoseconds since 1970, found '2025-10-29'");
    insta::assert_snapshot!(told("2025-10-29T17:45:00Z,ZQX25"), @"2:1: expected 3 cells as in the header, found 2");
}

/// Two hundred decisions over winters and summers, with ticks all day long: what was put in comes out.
#[test]
fn known_surprises_come_back_whatever_the_clock_says() {
    let (times, calendar) = (AnnouncementTimes::embedded(), MeetingCalendar::embedded());
    let scheduled = calendar.meetings().iter().map(fedpath::Meeting::announcement);
    let days: Vec<_> = scheduled.filter(|day| (date("1999-01-01")..date("2025-12-01")).contains(day)).collect();
    let moments: Vec<DateTime<Utc>> = days.iter().filter_map(|day| times.announced(*day, &calendar)).collect();
    assert!(moments.len() >= 200, "{}", moments.len());
    let chicago: Zone = "America/Chicago".parse().unwrap();
    let mut text = "datetime,symbol,last\n".to_owned();
    let bp_of = |index: usize| i64::try_from(index % 41).unwrap() - 20;
    for (index, moment) in moments.iter().enumerate() {
        // The next month's contract gives MP1 late in a month; both move by the same.
        let day = Zone::NEW_YORK.local(*moment).date_naive();
        for contract in [ContractMonth::of(day), ContractMonth::of(day).next()] {
            let symbol = Product::FedFunds.contract(contract).symbol();
            for minute in -200..200_i64 {
                let local = chicago.local(*moment + Duration::minutes(minute) + Duration::seconds(17));
                // Jumps at the announcement; wanders after the window is over.
                let bp = if minute < 0 { 0 } else { bp_of(index) } + if minute >= 20 { minute } else { 0 };
                let price = 9_600_000 - bp * 1_000;
                let (whole, part) = (price / 100_000, price % 100_000);
                text += &format!("{},{symbol},{whole}.{part:05}\n", local.format("%Y-%m-%d %H:%M:%S"));
            }
        }
    }
    let mut windows = MomentWindows::new(moments.clone(), "-10m..+20m".parse().unwrap(), "5m".parse().unwrap());
    let mut ticks = TickStream::new(text.as_bytes(), &ReadOptions::default(), Some(chicago)).unwrap();
    ticks.each(|tick| windows.take(tick)).unwrap();
    let found = windows.surprises(&calendar, SurpriseRule::SevenDay);
    assert_eq!(found.len(), moments.len());
    for (index, one) in found.iter().enumerate() {
        let current = one.surprise.as_ref().unwrap().current();
        let change: BasisPoints = format!("{}bp", bp_of(index)).parse().unwrap();
        assert_eq!(current.change.as_ref(), Some(&change), "{}", one.announced);
    }
}

#[test]
fn ticks_at_hand_need_no_file() {
    let mut windows = MomentWindows::new([at(OCTOBER)], "-10m..+20m".parse().unwrap(), "30m".parse().unwrap());
    windows.take(Tick::new(at("2025-10-29T17:45:00Z"), month("2025-11"), price("96.12")));
    windows.take(Tick::new(at("2025-10-29T18:15:00Z"), month("2025-11"), price("96.11")));
    assert_eq!(first(&windows.surprises(&MeetingCalendar::embedded(), SurpriseRule::SevenDay)[0]), "1bp");
}
