//! "Did you mean": the near misses that the parser of the arguments cannot know, such as files and meetings.

use std::path::Path;

use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use fedpath::report::printable;

/// How like two words have to be, from 0 to 1: what clap asks of a near miss.
const ALIKE: f64 = 0.8;
/// How many days a meeting may lie from the day that was asked for.
const NEAR: u64 = 10;

/// Adds to a usage error what clap does not know: that the word for a command names a quote file.
pub(super) fn to_usage(error: &mut clap::Error) {
    if let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) {
        let form = match option.as_str() {
            "--json" => "json",
            "--csv" => "csv",
            "--table" | "--text" | "--txt" => "table",
            _ => return,
        };
        let tip = format!("did you mean '--format {form}'?");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
        return;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return };
    if error.kind() == ErrorKind::InvalidSubcommand && Path::new(word).is_file() {
        let tip = format!("a command comes before the files: fedpath summary {}", printable(word));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
}

/// A sentence, and in brackets what was meant where that is known.
pub(super) fn hinted(sentence: &str, hint: Option<String>) -> String {
    hint.map_or(sentence.to_owned(), |hint| format!("{sentence} ({hint})"))
}

/// The candidate that the word was meant to be, as `did you mean 'sp500'?`.
pub(super) fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    Some(format!("did you mean '{}'?", printable(nearest(word, candidates)?)))
}

/// What the market calls an asset, and the id of its profile.
const TICKERS: [(&str, &str); 12] = [
    ("spx", "sp500"),
    ("spy", "sp500"),
    ("es", "sp500"),
    ("s&p", "sp500"),
    ("s&p500", "sp500"),
    ("ndx", "nasdaq100"),
    ("qqq", "nasdaq100"),
    ("nq", "nasdaq100"),
    ("nasdaq", "nasdaq100"),
    ("rut", "russell2000"),
    ("iwm", "russell2000"),
    ("rty", "russell2000"),
];

fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lowered = word.to_lowercase();
    let candidates: Vec<&'a str> = candidates.collect();
    let ticker = TICKERS.iter().find(|(ticker, _)| *ticker == lowered).map(|(_, id)| *id);
    if let Some(named) = candidates.iter().find(|candidate| Some(**candidate) == ticker) {
        return Some(named);
    }
    let candidates = candidates.into_iter();
    let scored = candidates.map(|candidate| (strsim::jaro_winkler(&lowered, &candidate.to_lowercase()), candidate));
    let alike = scored.filter(|(score, _)| *score > ALIKE);
    alike.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, candidate)| candidate)
}

/// The file beside one that does not exist that was meant, as `did you mean 'data/friday.stl'?`.
pub(super) fn file(missing: &Path) -> Option<String> {
    // A name apart by a letter or two, or cut off: what is merely of the same family, another day's file, was not meant.
    const SLIPS: usize = 2;
    const CUT: usize = 5;
    let wanted = missing.file_name()?.to_str()?;
    let folder = missing.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let slips = |name: &str| strsim::osa_distance(&wanted.to_lowercase(), &name.to_lowercase());
    let near = names.map(|name| (slips(&name), name)).filter(|(slips, name)| {
        let cut = name.starts_with(wanted) || wanted.starts_with(name.as_str());
        *slips <= if cut { CUT } else { SLIPS } && digits(name) == digits(wanted)
    });
    // Ties by name, as folders list their files in no order.
    let (_, name) = near.min()?;
    let whole = folder.map_or(name.clone(), |folder| folder.join(&name).display().to_string());
    Some(format!("did you mean '{}'?", printable(&whole)))
}

/// The meeting close to a day without one, as `did you mean 2025-12-10?`.
pub(super) fn meeting(wanted: NaiveDate, meetings: impl Iterator<Item = NaiveDate>) -> Option<String> {
    let days = |meeting: &NaiveDate| meeting.signed_duration_since(wanted).num_days().unsigned_abs();
    let nearest = meetings.min_by_key(days).filter(|meeting| days(meeting) <= NEAR)?;
    Some(format!("did you mean {nearest}?"))
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, meeting};

    #[test]
    fn only_a_near_miss_is_suggested() {
        let assets = ["sp500", "nasdaq100", "value"];
        let told = |word| did_you_mean(word, assets.into_iter());
        assert_eq!(told("spx500").as_deref(), Some("did you mean 'sp500'?"));
        assert_eq!(told("gold"), None);
    }

    #[test]
    fn a_meeting_days_away_is_suggested_and_one_weeks_away_is_not() {
        let december: chrono::NaiveDate = "2025-12-10".parse().unwrap();
        let told = |day: &str| meeting(day.parse().unwrap(), [december].into_iter());
        assert_eq!(told("2025-12-11").as_deref(), Some("did you mean 2025-12-10?"));
        assert_eq!(told("2025-11-10"), None);
    }
}
