//! [`MethodId`]: the methods that take a shift of the policy path to the curve and to equities, by name.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use crate::units::{NotAccepted, serde_as_text};

/// A method that takes a shift of the expected policy path to the curve or to an equity price.
///
/// It prints, reads and compares as the id that reports carry.
///
/// ```
/// use fedpath::curve::MethodId;
/// let method: MethodId = "eh-decaying".parse()?;
/// assert_eq!(method, MethodId::EhDecaying);
/// assert_eq!(method, "eh-decaying");
/// assert_eq!("desk".parse::<MethodId>()?, MethodId::Table("desk".into()));
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum MethodId {
    /// The expectations hypothesis, the shift for good: `eh-permanent`.
    EhPermanent,
    /// The expectations hypothesis, the move one meeting later: `eh-postponed`.
    EhPostponed,
    /// The expectations hypothesis, the shift fading: `eh-decaying`.
    EhDecaying,
    /// The observed change of the whole path: `strip`.
    Strip,
    /// Kuttner (2001), all events: `kuttner-2001`.
    Kuttner2001,
    /// Kuttner (2001), FOMC meetings: `kuttner-2001-fomc`.
    Kuttner2001Fomc,
    /// Kuttner (2001), months: `kuttner-2001-monthly`.
    Kuttner2001Monthly,
    /// The SF Fed's event-study database on the change of the rate after the next meeting: `usmpd-mp2`.
    UsmpdMp2,
    /// Nakamura and Steinsson (2018): `nakamura-steinsson-2018`.
    NakamuraSteinsson2018,
    /// Bernanke and Kuttner (2005), days: `bernanke-kuttner-2005`.
    BernankeKuttner2005,
    /// Bernanke and Kuttner (2005), months: `bernanke-kuttner-2005-monthly`.
    BernankeKuttner2005Monthly,
    /// Gürkaynak, Sack and Swanson (2005): `gurkaynak-sack-swanson-2005`.
    GurkaynakSackSwanson2005,
    /// Bauer and Swanson (2023): `bauer-swanson-2023`.
    BauerSwanson2023,
    /// Another table of responses, embedded or the user's own, by its id.
    Table(Arc<str>),
}

serde_as_text!(MethodId);

impl MethodId {
    const NAMED: [Self; 13] = [
        Self::EhPermanent,
        Self::EhPostponed,
        Self::EhDecaying,
        Self::Strip,
        Self::Kuttner2001,
        Self::Kuttner2001Fomc,
        Self::Kuttner2001Monthly,
        Self::UsmpdMp2,
        Self::NakamuraSteinsson2018,
        Self::BernankeKuttner2005,
        Self::BernankeKuttner2005Monthly,
        Self::GurkaynakSackSwanson2005,
        Self::BauerSwanson2023,
    ];

    /// The method of an id: one of the named, or a table's.
    pub(crate) fn of(id: &str) -> Self {
        Self::NAMED.into_iter().find(|method| method.as_str() == id).unwrap_or_else(|| Self::Table(id.into()))
    }

    /// The id that reports carry.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::EhPermanent => "eh-permanent",
            Self::EhPostponed => "eh-postponed",
            Self::EhDecaying => "eh-decaying",
            Self::Strip => "strip",
            Self::Kuttner2001 => "kuttner-2001",
            Self::Kuttner2001Fomc => "kuttner-2001-fomc",
            Self::Kuttner2001Monthly => "kuttner-2001-monthly",
            Self::UsmpdMp2 => "usmpd-mp2",
            Self::NakamuraSteinsson2018 => "nakamura-steinsson-2018",
            Self::BernankeKuttner2005 => "bernanke-kuttner-2005",
            Self::BernankeKuttner2005Monthly => "bernanke-kuttner-2005-monthly",
            Self::GurkaynakSackSwanson2005 => "gurkaynak-sack-swanson-2005",
            Self::BauerSwanson2023 => "bauer-swanson-2023",
            Self::Table(id) => id,
        }
    }
}

impl fmt::Display for MethodId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for MethodId {
    type Err = NotAccepted;

    /// Reads any id; one without a variant is that of a table.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(NotAccepted::expected("the id of a method such as eh-decaying"));
        }
        Ok(Self::of(text))
    }
}

impl PartialEq for MethodId {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for MethodId {}

impl Hash for MethodId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for MethodId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for MethodId {
    /// By the id.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialEq<str> for MethodId {
    fn eq(&self, id: &str) -> bool {
        self.as_str() == id
    }
}

impl PartialEq<&str> for MethodId {
    fn eq(&self, id: &&str) -> bool {
        self.as_str() == *id
    }
}

#[cfg(test)]
mod tests {
    use super::MethodId;

    #[test]
    fn every_method_reads_as_it_prints() {
        for method in MethodId::NAMED {
            let read: MethodId = method.to_string().parse().unwrap();
            assert!(read == method && !matches!(read, MethodId::Table(_)), "{method}");
        }
        // However it was made, an id is one method.
        assert_eq!(MethodId::Table("strip".into()), MethodId::Strip);
        assert!("".parse::<MethodId>().is_err());
    }
}
