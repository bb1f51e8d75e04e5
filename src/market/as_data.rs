//! Calendar, target ranges and realised rates as data, read through their checks.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::calendar::{Meeting, MeetingCalendar, MeetingKind, TargetChange, TargetHistory};
use super::contract::ContractMonth;
use super::fixings::{Fixings, MonthlyRates};
use super::product::Product;
use crate::units::Rate;

impl Serialize for Product {
    /// By the Globex code.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Product {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A meeting by its date alone, or with what else is said of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum MeetingData {
    Date(NaiveDate),
    Full { start: Option<NaiveDate>, announcement: NaiveDate, kind: Option<MeetingKind> },
}

impl<'de> Deserialize<'de> for Meeting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (announcement, start, kind) = match MeetingData::deserialize(deserializer)? {
            MeetingData::Date(announcement) => (announcement, None, None),
            MeetingData::Full { start, announcement, kind } => (announcement, start, kind),
        };
        if start.is_some_and(|start| start > announcement) {
            return Err(D::Error::custom("expected an announcement on or after the start of the meeting"));
        }
        let meeting = Self::scheduled(announcement).with_kind(kind.unwrap_or(MeetingKind::Scheduled));
        Ok(meeting.with_start(start.unwrap_or(announcement)))
    }
}

impl Serialize for MeetingCalendar {
    /// The meetings.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.meetings().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MeetingCalendar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::<Meeting>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryData {
    stated_as_of: NaiveDate,
    changes: Vec<TargetChange>,
}

impl Serialize for TargetHistory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        HistoryData { stated_as_of: self.stated_as_of(), changes: self.changes().to_vec() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TargetHistory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = HistoryData::deserialize(deserializer)?;
        Self::new(data.changes, data.stated_as_of).map_err(D::Error::custom)
    }
}

/// A map whose keys come once: a day with two rates is refused, not overwritten.
struct Once<K, V>(Vec<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Once<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(std::marker::PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> serde::de::Visitor<'de> for Entries<K, V> {
            type Value = Vec<(K, V)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of rates in percent")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData)).map(Self)
    }
}

impl Serialize for Fixings {
    /// The rates by day.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.rates())
    }
}

impl<'de> Deserialize<'de> for Fixings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Once(rates) = Once::<NaiveDate, Rate>::deserialize(deserializer)?;
        Self::from_rates(rates).map_err(D::Error::custom)
    }
}

impl Serialize for MonthlyRates {
    /// The averages by month.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for MonthlyRates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<ContractMonth, Rate>::deserialize(deserializer)?.into_iter().collect())
    }
}
