//! Tables of responses as data, read through their checks.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::{Knot, Tenor, YieldResponse};
use crate::method::MethodId;
use crate::study::event_study::StudyWindow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnotData {
    tenor: Tenor,
    response: f64,
    standard_error: Option<f64>,
    r_squared: Option<f64>,
    residual_sd: Option<f64>,
}

impl<'de> Deserialize<'de> for Knot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = KnotData::deserialize(deserializer)?;
        let checked = Self::from_bp(data.tenor, 100.0 * data.response).map_err(D::Error::custom)?;
        if let Some(error) = data.standard_error {
            checked.with_standard_error_bp(100.0 * error).map_err(D::Error::custom)?;
        }
        if data.r_squared.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(D::Error::custom("expected an R2 from 0 to 1"));
        }
        if data.residual_sd.is_some_and(|fraction| !(0.0..=1e4).contains(&fraction)) {
            return Err(D::Error::custom("expected a standard deviation at or above zero"));
        }
        let KnotData { tenor, response, standard_error, r_squared, residual_sd } = data;
        Ok(Self { tenor, response, standard_error, r_squared, residual_sd })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseData {
    id: MethodId,
    label: Option<String>,
    shown: Option<bool>,
    surprise: Option<String>,
    sample: Option<String>,
    citation: Option<String>,
    window: Option<StudyWindow>,
    knots: Vec<Knot>,
}

impl<'de> Deserialize<'de> for YieldResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = ResponseData::deserialize(deserializer)?;
        let own = Self::new(data.id, data.knots).map_err(D::Error::custom)?;
        Ok(Self {
            label: data.label.unwrap_or(own.label),
            shown: data.shown.unwrap_or(own.shown),
            surprise: data.surprise.unwrap_or(own.surprise),
            sample: data.sample.unwrap_or(own.sample),
            citation: data.citation.unwrap_or(own.citation),
            window: data.window,
            ..own
        })
    }
}
