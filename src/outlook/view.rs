//! [`View`]: which probabilities of a meeting are meant.

/// Which probabilities of a meeting are meant.
///
/// ```
/// use fedpath::View;
/// assert_eq!(View::default().name(), "cumulative");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum View {
    /// The range after each meeting, all meetings so far together: CME's FedWatch table.
    #[default]
    Cumulative,
    /// The move at each meeting alone, from today's range.
    Meeting,
    /// The two-point split of the expected change from today: CME's aggregated view.
    Aggregated,
}

impl View {
    /// The word that names the view in options and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Meeting => "meeting",
            Self::Aggregated => "aggregated",
        }
    }
}
