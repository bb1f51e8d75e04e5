//! The tables that a user gives: calendars, target ranges, assets, responses, events, closes, prediction markets, downloads of
//! published odds.

use fedpath::curve::YieldResponse;
use fedpath::equity::{AssetProfile, ReturnResponse};
use fedpath::event_study::{Closes, EventTable, Returns};
use fedpath::moments::AnnouncementTimes;
use fedpath::options::MarketTable;
use fedpath::published::PublishedTable;
use fedpath::{MeetingCalendar, ReadError, TargetHistory};

use super::oracles::problems_are_placed;

/// Text, read as each of them.
pub(super) fn tables(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lines = text.lines().count();
    let placed = |read: Result<(), ReadError>| {
        if let Err(error) = read {
            problems_are_placed(&text, &error);
        }
    };
    placed(MeetingCalendar::parse(&text).map(|_| ()));
    placed(TargetHistory::parse(&text).map(|_| ()));
    placed(YieldResponse::parse(&text).map(|_| ()));
    placed(MarketTable::parse(&text).map(|_| ()));
    placed(PublishedTable::parse(&text, None).map(|_| ()));
    placed(AnnouncementTimes::parse(&text).map(|_| ()));
    placed(Returns::parse(&text).map(|_| ()));
    placed(AssetProfile::parse(&text).map(|assets| assert!(assets.len() < lines)));
    placed(ReturnResponse::parse_own(&text).map(|own| assert!(own.len() < lines)));
    placed(EventTable::parse(&text).map(|events| assert!(events.events().len() < lines)));
    placed(Closes::parse(&text).map(|closes| {
        for asset in closes.assets() {
            assert!(closes.volatility(asset).is_none_or(|volatility| volatility >= 0.0));
        }
    }));
}
