//! [`Role`]: what a column is, told from its name.

use std::fmt;
use std::str::FromStr;

/// What the figures of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::quotes) enum Role {
    /// The day of the quotes.
    Date,
    /// A moment that may stand for the day: of a bar, of the last update.
    Moment,
    /// The contract.
    Contract,
    /// A day or month of the contract's own: expiry, last trading day, delivery.
    Expiry,
    /// A day of the contract that lies anywhere: first notice, first trade.
    OwnDay,
    /// The start of the session, the evening before its day.
    SessionStart,
    /// The year beside a month.
    Year,
    Settle,
    /// A price that its name does not tell more of.
    Price,
    Close,
    Last,
    Mid,
    Bid,
    Ask,
    Open,
    High,
    Low,
    Change,
    Volume,
    OpenInterest,
    PriorSettle,
    OpenMark,
    HighMark,
    LowMark,
    LastMark,
    Product,
    /// Not read, by the user's word.
    Ignored,
}

/// The names of columns as [`key`] folds them; of two columns of one role the earlier name counts.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Date,
        &[
            "date",
            "tradedate",
            "tradingdate",
            "tradeday",
            "tradingday",
            "asof",
            "asofdate",
            "bizdt",
            "bizdate",
            "businessdate",
            "businessday",
            "pricingdate",
            "pricedate",
            "pricingday",
            "valuationdate",
            "valuedate",
            "sessiondate",
            "sessionenddate",
            "session",
            "settlementdate",
            "settledate",
            "settlementday",
            "quotedate",
            "quoteday",
            "reportdate",
            "reportingdate",
            "observationdate",
            "marketdate",
            "markdate",
            "cobdate",
            "cob",
            "closedate",
            "closingdate",
            "eoddate",
            "effectivedate",
            "referencedate",
            "refdate",
            "dategmt",
            "dateutc",
            "day",
            "dt",
            "datum",
            "handelstag",
            "jour",
            "dateseance",
            "fecha",
            "data",
            "tradedt",
        ],
    ),
    (
        Role::Moment,
        &[
            "datetime",
            "dateandtime",
            "timestamp",
            "time",
            "ts",
            "tsevent",
            "index",
            "datetimegmt",
            "datetimeutc",
            "updated",
            "updateddate",
            "lastupdated",
            "lastupdate",
            "updatedate",
            "quotetime",
            "tradetime",
            "localtime",
            "asoftime",
            "heure",
            "zeit",
            "uhrzeit",
            "hora",
            "updatedtime",
            "lasttradetime",
            "regularmarkettime",
        ],
    ),
    (
        Role::Contract,
        &[
            "symbol",
            "contractsymbol",
            "rawsymbol",
            "localsymbol",
            "quotecode",
            "shortcode",
            "contractcode",
            "ticker",
            "ric",
            "contract",
            "instrument",
            "instrumentcode",
            "code",
            "security",
            "securityid",
            "secid",
            "future",
            "futures",
            "contractname",
            "contractmonth",
            "deliverymonth",
            "expirymonth",
            "expirationmonth",
            "maturitymonth",
            "month",
            "mmy",
            "name",
            "description",
            "instrumentname",
            "securityname",
            "kontrakt",
            "vertrag",
            "contrat",
            "symbole",
            "kurzel",
            "contrato",
            "bbgticker",
            "bloombergticker",
        ],
    ),
    (
        Role::Expiry,
        &[
            "expiry",
            "expiration",
            "expirydate",
            "expirationdate",
            "expdate",
            "maturity",
            "maturitydate",
            "matdt",
            "matdate",
            "delivery",
            "deliverydate",
            "contractdate",
            "lasttradedate",
            "lasttradingday",
            "lasttradingdate",
            "lasttradeday",
            "lasttrddt",
            "ltd",
            "lasttradedateorcontractmonth",
            "finalsettlementdate",
            "falligkeit",
            "verfall",
            "verfallsdatum",
            "echeance",
            "vencimiento",
            "scadenza",
            "expires",
        ],
    ),
    (
        Role::OwnDay,
        &[
            "firstnotice",
            "firstnoticedate",
            "firstnoticeday",
            "fnd",
            "firsttrade",
            "firsttradedate",
            "firsttradingday",
            "firstdelivery",
            "firstdeliverydate",
            "lastdelivery",
            "lastdeliverydate",
            "listingdate",
            "issuedate",
            "settlementstart",
            "referencestart",
            "referenceend",
            "accrualstart",
            "accrualend",
        ],
    ),
    (Role::SessionStart, &["windowstart", "sessionstart", "sessionstartdate", "barstart", "tsopen"]),
    (Role::Year, &["contractyear", "deliveryyear", "expiryyear", "expirationyear", "maturityyear", "year"]),
    (
        Role::Settle,
        &[
            "settle",
            "settlement",
            "settleprice",
            "settlementprice",
            "pxsettle",
            "sett",
            "settprice",
            "settlpx",
            "settlepx",
            "settlprice",
            "dailysettlement",
            "dailysettlementprice",
            "officialsettlement",
            "officialsettle",
            "settled",
            "finalsettlement",
            "abrechnungspreis",
            "settlementpx",
            "dailysettle",
            "settl",
            "compensation",
            "futsettle",
            "futpxsettle",
        ],
    ),
    (
        Role::Price,
        &[
            "price",
            "value",
            "px",
            "preis",
            "kurs",
            "prix",
            "precio",
            "prezzo",
            "quote",
            "level",
            "fairvalue",
            "eodprice",
        ],
    ),
    (
        Role::Close,
        &[
            "close",
            "closeprice",
            "closingprice",
            "pxclose",
            "cierre",
            "cloture",
            "schluss",
            "schlusskurs",
            "c",
            "final",
            "officialclose",
        ],
    ),
    (
        Role::Last,
        &[
            "last",
            "lastprice",
            "latest",
            "closelast",
            "pxlast",
            "lasttrade",
            "lasttradeprice",
            "lastpx",
            "tradeprice",
            "zuletzt",
            "letzter",
            "dernier",
            "ultimo",
            "lasttraded",
            "regularmarketprice",
        ],
    ),
    (Role::Mid, &["mid", "midprice", "pxmid", "midpx", "midpoint", "mitte"]),
    (Role::Bid, &["bid", "bidprice", "pxbid", "bestbid", "bidpx", "geld"]),
    (Role::Ask, &["ask", "askprice", "offer", "pxask", "bestask", "askpx", "offerprice", "brief"]),
    (
        Role::Open,
        &["open", "openprice", "openingprice", "pxopen", "eroffn", "eroffnung", "ouv", "ouverture", "apertura", "o"],
    ),
    (Role::High, &["high", "highprice", "pxhigh", "hoch", "plushaut", "haut", "max", "maximo", "h", "sessionhigh"]),
    (Role::Low, &["low", "lowprice", "pxlow", "tief", "plusbas", "bas", "min", "minimo", "l", "sessionlow"]),
    (Role::Change, &["change", "netchange", "netchng", "chg", "netchg", "ptchge", "ptchg"]),
    (
        Role::Volume,
        &[
            "volume",
            "vol",
            "totalvolume",
            "pxvolume",
            "estvolume",
            "estvol",
            "estimatedvolume",
            "clearedvolume",
            "volumen",
            "umsatz",
            "v",
            "tradedvolume",
        ],
    ),
    (
        Role::OpenInterest,
        &[
            "openinterest",
            "openint",
            "oi",
            "prevdayopeninterest",
            "previousdayopeninterest",
            "priordayopeninterest",
            "openinterestlots",
        ],
    ),
    (
        Role::PriorSettle,
        &[
            "priorsettle",
            "priorsettlement",
            "prevsettle",
            "previoussettle",
            "previoussettlement",
            "previous",
            "prevclose",
            "previousclose",
        ],
    ),
    (Role::OpenMark, &["openmark"]),
    (Role::HighMark, &["highmark"]),
    (Role::LowMark, &["lowmark"]),
    (Role::LastMark, &["lastmark"]),
    (Role::Product, &["product", "productcode"]),
];

/// The name of a column without its case, its accents and what is neither a letter, a digit nor a percent sign.
pub(in crate::quotes::readers) fn key(name: &str) -> String {
    let folded = name.chars().flat_map(char::to_lowercase).map(|c| match c {
        'ä' | 'à' | 'á' | 'â' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' => 'i',
        'ö' | 'ó' | 'ô' | 'ò' => 'o',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        'ç' => 'c',
        c => c,
    });
    folded.filter(|c| c.is_alphanumeric() || *c == '%').collect()
}

impl Role {
    /// What a column is by its name, and the place of the name among those of the role; what stands in brackets is a unit.
    pub(in crate::quotes::readers) fn named(name: &str) -> Option<(Self, usize)> {
        let unit = |inside: &str| !inside.bytes().any(|b| b.is_ascii_digit());
        let bare = name.split_once(['(', '[']).filter(|(_, inside)| unit(inside)).map_or("", |(bare, _)| bare);
        Self::known(&key(name)).or_else(|| Self::known(&key(bare)))
    }

    fn known(key: &str) -> Option<(Self, usize)> {
        NAMES.iter().find_map(|(role, names)| {
            let place = names.iter().position(|known| *known == key)?;
            Some((*role, place))
        })
    }

    /// What a column is whose name is none of the known ones and holds days: a name that is made of the same words.
    pub(in crate::quotes::readers) fn of_days(name: &str) -> Option<Self> {
        let key = key(name);
        let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
        if has(&["notice", "firsttrad", "firstdeliv", "listing", "issue"]) {
            Some(Self::OwnDay)
        } else if has(&["expir", "matur", "deliver", "lasttrad", "contract", "final", "verfall", "echeance"]) {
            Some(Self::Expiry)
        } else if has(&[
            "load", "download", "retriev", "fetch", "creat", "insert", "modif", "ingest", "received", "tsrecv",
            "prior", "prev", "next", "meeting", "fomc", "auction", "start", "from", "until",
        ]) {
            None
        } else if has(&["date", "day", "datum", "asof", "session", "fecha", "jour", "snapshot"])
            || key.ends_with("dt")
            || key == "eod"
        {
            Some(Self::Date)
        } else if has(&["time", "stamp", "updated"]) || key == "ts" {
            Some(Self::Moment)
        } else {
            None
        }
    }

    /// Whether a price stands in the column.
    pub(in crate::quotes::readers) fn is_price(self) -> bool {
        matches!(self, Self::Settle | Self::Price | Self::Close | Self::Last | Self::Mid | Self::Bid | Self::Ask)
    }
}

/// What a user says of a column: `price=Settle` is "the prices stand in the column Settle".
///
/// The figures are `date`, `contract`, `expiry`, `price` (the settlement), `settle`, `last`, `mid`, `bid`, `ask`, `open`, `high`,
/// `low`, `change`, `volume`, `open_interest` and `product`; `ignore` names a column that is not read.
///
/// ```
/// use fedpath::{QuoteFile, ReadOptions};
/// let mut options = ReadOptions::default();
/// options.columns = vec!["contract=RIC".parse()?, "price=Mark 3pm".parse()?];
/// let file = QuoteFile::parse("# as_of: 2025-11-21\nRIC,Mark 3pm\nFFZ5,96.18\n", &options)?;
/// assert_eq!(file.quotes().next().unwrap().1.to_string(), "2025-12");
/// assert!("colour=RIC".parse::<fedpath::files::ColumnName>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    pub(super) role: Role,
    pub(super) name: String,
}

/// The figures that a user can name.
const FIGURES: [(&str, Role); 17] = [
    ("date", Role::Date),
    ("contract", Role::Contract),
    ("expiry", Role::Expiry),
    ("price", Role::Settle),
    ("settle", Role::Settle),
    ("last", Role::Last),
    ("mid", Role::Mid),
    ("bid", Role::Bid),
    ("ask", Role::Ask),
    ("open", Role::Open),
    ("high", Role::High),
    ("low", Role::Low),
    ("change", Role::Change),
    ("volume", Role::Volume),
    ("open_interest", Role::OpenInterest),
    ("product", Role::Product),
    ("ignore", Role::Ignored),
];

/// A text that names no column: see [`ColumnName`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnNameError(String);

impl fmt::Display for ColumnNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ColumnNameError {}

crate::units::serde_as_text!(ColumnName);

impl fmt::Display for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figure = FIGURES.iter().find(|(_, role)| *role == self.role).map_or("", |(figure, _)| figure);
        write!(f, "{figure}={}", self.name)
    }
}

impl FromStr for ColumnName {
    type Err = ColumnNameError;

    /// Reads `FIGURE=NAME`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (figure, name) = text.split_once('=').unwrap_or((text, ""));
        let (figure, name) = (figure.trim().to_ascii_lowercase(), name.trim());
        let role = FIGURES.iter().find(|(known, _)| *known == figure).map(|(_, role)| *role);
        match role {
            Some(role) if !name.is_empty() => Ok(Self { role, name: name.to_owned() }),
            Some(_) => Err(ColumnNameError(format!("expected the name of a column, such as {figure}=NAME"))),
            None => {
                let known: Vec<&str> = FIGURES.iter().map(|(known, _)| *known).collect();
                let message = format!(
                    "expected one of {} before the =, found '{}'",
                    known.join(", "),
                    crate::text::escaped(&figure)
                );
                Err(ColumnNameError(message))
            }
        }
    }
}
