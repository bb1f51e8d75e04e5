//! The columns of the report's two versions.

use crate::quotes::Format;

/// The columns of one version of the report.
pub(super) struct Geometry {
    pub(super) format: Format,
    /// Where the label SETT stands in the third line: what tells the versions apart.
    pub(super) sett_label: usize,
    pub(super) open: Field,
    pub(super) high: Field,
    pub(super) low: Field,
    pub(super) last: Field,
    pub(super) settle: Field,
    pub(super) change: Field,
    pub(super) volume: Field,
    pub(super) prior_settle: Field,
    pub(super) prior_volume: Field,
    pub(super) open_interest: Field,
}

/// One field of a row: it takes every column after the field before it, so that nothing falls between two.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) first: usize,
    /// The column its number ends in, from 0; a mark may follow in the next.
    pub(super) end: usize,
    pub(super) marked: bool,
}

const fn field(name: &'static str, first: usize, end: usize) -> Field {
    Field { name, first, end, marked: false }
}

const fn marked(name: &'static str, first: usize, end: usize) -> Field {
    Field { name, first, end, marked: true }
}

pub(super) const V1: Geometry = Geometry {
    format: Format::StlV1,
    sett_label: 51,
    open: marked("OPEN", 6, 14),
    high: marked("HIGH", 16, 24),
    low: marked("LOW", 26, 34),
    last: marked("LAST", 36, 44),
    settle: field("SETT", 46, 54),
    change: field("PT CHGE", 55, 62),
    volume: field("EST.VOL", 63, 74),
    prior_settle: field("PRIOR SETT", 75, 85),
    prior_volume: field("PRIOR VOL", 86, 97),
    open_interest: field("PRIOR INT", 98, 109),
};

pub(super) const V2: Geometry = Geometry {
    format: Format::StlV2,
    sett_label: 70,
    open: marked("OPEN", 13, 21),
    high: marked("HIGH", 23, 34),
    low: marked("LOW", 36, 47),
    last: marked("LAST", 49, 60),
    settle: field("SETT", 62, 73),
    change: field("PT CHGE", 74, 86),
    volume: field("EST.VOL", 87, 98),
    prior_settle: field("PRIOR SETT", 99, 113),
    prior_volume: field("PRIOR VOL", 114, 125),
    open_interest: field("PRIOR INT", 126, 137),
};
