//! [`Format`]: the name of what a quote file is written in.

use std::fmt;

/// The formats of quote files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// CME STL settlement report, 110 columns (2009 to about 2017).
    StlV1,
    /// CME STL settlement report, 138 columns.
    StlV2,
    /// The table a person types: `contract,price`.
    Plain,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::StlV1 => "CME STL settlement report, v1",
            Self::StlV2 => "CME STL settlement report, v2",
            Self::Plain => "plain contract,price table",
        })
    }
}
