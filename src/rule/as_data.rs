//! Premia as data: the landing spread is read through its check.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Premia;
use crate::units::BasisPoints;

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PremiaData {
    term: BTreeMap<u32, BasisPoints>,
    month_end: Option<BasisPoints>,
    landing: Option<BasisPoints>,
}

impl Serialize for Premia {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (term, month_end, landing) = (self.term.clone(), self.month_end.clone(), self.landing().cloned());
        PremiaData { term, month_end, landing }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Premia {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let PremiaData { term, month_end, landing } = PremiaData::deserialize(deserializer)?;
        let mut premia = Self::default();
        (premia.term, premia.month_end) = (term, month_end);
        if let Some(landing) = landing {
            premia.set_landing(landing).map_err(D::Error::custom)?;
        }
        Ok(premia)
    }
}
