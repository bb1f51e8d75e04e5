//! The report as a page and single charts: well-formed, self-contained, whole, and deaf to what names and labels say.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use crate::cli::run_in;
use crate::support::snap;

/// What the program writes to standard output.
fn told(args: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let told = run_in(root, args, "");
    assert!(told.contains("exit code: 0"), "{told}");
    let (_, rest) = told.split_once("----- stdout -----\n").unwrap();
    rest.split("----- stderr -----\n").next().unwrap().to_owned()
}

const EPISODE: [&str; 2] = ["data/episode-2025-11-14.stl", "data/episode-2025-11-21.stl"];

/// A tag's name and attributes.
type Tag = (String, Vec<(String, String)>);

/// Every tag of a page or drawing; the text has to be well-formed, but for the elements of HTML that have no end.
fn tags(text: &str) -> Vec<Tag> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends) = (false, false);
    let (mut tags, mut open) = (Vec::new(), Vec::<String>::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.buffer_position())) {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag.html_attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    (key, attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned())
                });
                tags.push((name.clone(), attributes.collect()));
                if !["meta", "br"].contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_owned();
                assert_eq!(open.pop(), Some(name));
            }
            Event::Empty(tag) => panic!("an element closed in itself: {tag:?}"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    tags
}

fn attributes<'t>(tags: &'t [Tag], wanted: &str) -> Vec<&'t str> {
    let all = tags.iter().flat_map(|(_, attributes)| attributes);
    all.filter(|(key, _)| key == wanted).map(|(_, value)| value.as_str()).collect()
}

/// A page that is whole by itself, and every label of which has what it names.
fn assert_sound(page: &str) -> Vec<Tag> {
    // The styles and the script are no markup.
    let mut markup = page.to_owned();
    for name in ["style", "script"] {
        let (start, end) = (format!("<{name}>"), format!("</{name}>"));
        let (before, rest) = markup.split_once(&start).unwrap();
        let (inside, after) = rest.split_once(&end).unwrap();
        assert!(!inside.contains("http") && !inside.contains("url(") && !inside.contains("@import"), "{name}");
        markup = format!("{before}{start}{end}{after}");
    }
    let tags = tags(&markup);
    let names: BTreeSet<&str> = tags.iter().map(|(name, _)| name.as_str()).collect();
    for foreign in ["link", "img", "iframe", "object", "embed", "base", "form", "image", "use"] {
        assert!(!names.contains(foreign), "{foreign}");
    }
    assert_eq!(attributes(&tags, "src"), Vec::<&str>::new());
    for target in attributes(&tags, "href") {
        assert!(target.starts_with('#'), "{target}");
    }
    assert!(tags.iter().all(|(_, attributes)| attributes.iter().all(|(key, _)| !key.starts_with("on"))));
    let ids = attributes(&tags, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "each id once");
    for label in ["aria-labelledby", "aria-describedby"].iter().flat_map(|label| attributes(&tags, label)) {
        assert!(unique.contains(label), "{label}");
    }
    tags
}

#[test]
fn the_report_of_two_days_is_whole_by_itself_and_has_every_chart_and_its_figures() {
    let page = told(&["report", EPISODE[0], EPISODE[1]]);
    let tags = assert_sound(&page);
    assert_eq!(attributes(&tags, "data-chart"), ["bars", "heat", "path", "curve", "equity", "residuals"]);
    assert!(page.contains("<h1>December cut odds fall from 65% to 35%</h1>"));
    assert!(page.contains(
        "Between 14 Nov 2025 and 21 Nov 2025, the rate expected after the FOMC meeting of 10 Dec 2025 rose 7.5 bp, from 3.72% to 3.79%."
    ));
    // Twice for each chart but those of tables, and above all.
    assert!(page.matches("Illustrative data").count() >= 7, "in the page and in each picture");
    // The figures behind the charts are those of the JSON documents.
    let figures: BTreeSet<&str> = attributes(&tags, "data-figure").into_iter().collect();
    let json: serde_json::Value =
        serde_json::from_str(&told(&["reprice", EPISODE[0], EPISODE[1], "--format", "json", "-q"])).unwrap();
    assert!(figures.contains(json["ease_before"].as_str().unwrap()) && figures.contains("0.350000000000"));
    for row in json["curve"].as_array().unwrap() {
        assert!(figures.contains(row["shift_bp"].as_str().unwrap()), "{row}");
    }
    for row in json["equity"].as_array().unwrap() {
        assert!(figures.contains(row["total_percent"].as_str().unwrap()), "{row}");
    }
    let probs: serde_json::Value =
        serde_json::from_str(&told(&["probs", EPISODE[1], "--format", "json", "-q"])).unwrap();
    for outcome in
        probs["meetings"].as_array().unwrap().iter().flat_map(|meeting| meeting["outcomes"].as_array().unwrap())
    {
        let probability = outcome["probability"].as_str().unwrap();
        // Ranges that would print as 0.0 at every meeting are left out, and said.
        assert!(figures.contains(probability) || probability.starts_with("0.000"), "{outcome}");
    }
}

#[test]
fn the_episode_is_the_report_without_files() {
    let page = told(&["report"]);
    assert_sound(&page);
    assert_eq!(page, told(&["report"]), "the same bytes each time");
    assert!(page.contains("embedded episode, CME STL settlement report"));
}

#[test]
fn a_snapshot_and_a_history_have_the_charts_they_have_figures_for() {
    let page = told(&["report", EPISODE[1], "--meeting", "2026-01-28"]);
    let tags = assert_sound(&page);
    assert_eq!(attributes(&tags, "data-chart"), ["bars", "heat", "path", "term", "residuals"]);
    assert!(page.contains("<h1>January 2026 cut odds are 55.2%</h1>"));
    let page = told(&["report", "--history", EPISODE[0], EPISODE[1]]);
    let tags = assert_sound(&page);
    assert_eq!(
        attributes(&tags, "data-chart"),
        ["history", "priced", "next", "bars", "heat", "path", "term", "residuals"]
    );
    assert!(page.contains("<h1>December cut odds fall from 65% to 35%</h1>"));
}

#[test]
fn what_files_are_called_and_hold_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let name = "<script>alert(1)</script>\"'&.csv";
    let quotes = "# as_of: 2025-11-21\ncontract,price\nZQX25,96.12\nZQZ25,96.18\nZQF26,96.215\nZQG26,96.285\n";
    std::fs::write(folder.path().join(name.replace('/', "_")), quotes).unwrap();
    let file = folder.path().join(name.replace('/', "_"));
    let file = file.to_str().unwrap();
    for args in [vec!["report", file], vec!["report", file, file], vec!["report", "--history", file]] {
        let page = told(&args);
        assert_sound(&page);
        assert_eq!(page.matches("<script").count(), 1, "its own");
        assert!(page.contains("&lt;script&gt;alert(1)"));
    }
    let chart = told(&["report", file, "--chart", "bars"]);
    tags(&chart);
    assert!(!chart.contains("<script") && chart.contains("&lt;script&gt;"));
}

#[test]
fn each_chart_is_a_drawing_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for kind in ["bars", "heat", "path", "term", "residuals", "curve", "curve-panels", "equity"] {
        let chart = told(&["report", "--chart", kind]);
        let tags = tags(&chart);
        assert_eq!(tags[0].0, "svg");
        assert_eq!(attributes(&tags, "xmlns"), ["http://www.w3.org/2000/svg"]);
        assert!(attributes(&tags, "href").is_empty() && attributes(&tags, "src").is_empty());
        assert!(chart.contains("Illustrative data"), "{kind}");
        // The gallery is what the program prints.
        let shown = std::fs::read_to_string(root.join(format!("docs/gallery/{kind}.svg"))).unwrap();
        assert_eq!(shown, chart, "{kind}: fedpath report --chart {kind} -o docs/gallery/{kind}.svg --force");
    }
    let given = ["--options", "tests/data/options_2025-11-21.csv", "--markets", "tests/data/markets_2025-11-21.csv"];
    let bounds = told(&[&["report", EPISODE[1], "--chart", "bounds", "--chain", "2"], &given[..]].concat());
    assert_eq!(std::fs::read_to_string(root.join("docs/gallery/bounds.svg")).unwrap(), bounds);
    let page = told(&[&["report", EPISODE[1], "--chain", "2"], &given[..]].concat());
    assert_sound(&page);
    assert!(
        page.contains("What the quotes allow of the FOMC") && !told(&["report", EPISODE[1]]).contains("quotes allow")
    );
    snap!("report", "bars", told(&["report", "--chart", "bars"]));
    for kind in ["history", "priced", "next"] {
        let chart = told(&["report", "--history", EPISODE[0], EPISODE[1], "--chart", kind]);
        assert_eq!(tags(&chart)[0].0, "svg");
    }
}

#[test]
fn what_cannot_be_shown_says_why() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runs: [&[&str]; 17] = [
        &["report", "--chart", "history"],
        &["report", EPISODE[1], "--chart", "equity"],
        &["report", "--history", EPISODE[0], "--chart", "curve"],
        &["report", "--format", "json"],
        &["report", EPISODE[1], "--meeting", "2025-12-11"],
        &["report", "--history", EPISODE[0], "--meeting", "2030-01-30"],
        &["report", EPISODE[1], "--as-of", "2025-11-20,2025-11-21"],
        &["report", "--from", "2025-11-20"],
        &["report", EPISODE[1], "--realised", "-0.8"],
        &["report", "--history", EPISODE[0], "--asset", "all"],
        &["report", "--bars", "always"],
        &["report", "--chart", "residuals", "--meeting", "2025-12-10"],
        &["report", "--chart", "term", "--meeting", "2025-12-10"],
        &["report", "--chart", "heat", "-o", "heat.html"],
        &["report", "-o", "report.svg"],
        &["report", "-o", "report.json"],
        &["report", "--chart", "heat", "--author", "the desk"],
    ];
    let told: Vec<String> =
        runs.iter().map(|args| format!("$ fedpath {}\n{}", args.join(" "), run_in(root, args, ""))).collect();
    snap!("report", "refused", told.join("\n"));
}

/// A report's parts as a reader sees them: text without markup.
fn words(page: &str) -> String {
    let (_, body) = page.split_once("<body>").unwrap();
    let body = body.split("<script>").next().unwrap();
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        text += part.split_once('>').map_or("", |(_, text)| text);
        text.push(' ');
    }
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_key_figures_are_those_of_the_other_reports() {
    let page = words(&told(&["report"]));
    let cards = page.split("Illustrative data").nth(1).unwrap();
    for card in [
        "December cut odds 65% → 35% −30.0 points now hold 65%",
        // 3.88 less 3.2222..., the rate that a tenth meeting in the chain leaves after December 2026.
        "Priced by end 2026 −70.3 → −65.8 bp rate 3.18 → 3.22% now 2.6 cuts of 25 bp",
        "Terminal rate 3.16 → 3.21% +4.5 bp lowest after 27 Jan 2027",
        "2-year yield, estimate +5.3 bp methods +4.0 to +8.3 strip, the whole path",
        "S&P 500, estimate −0.37% methods −1.00 to −0.24 decaying, half-life 3.6y, range −0.76 to −0.05; 95% of single events −1.34 to +0.47",
    ] {
        assert!(cards.contains(card), "{card}: {}", &cards[..800]);
    }
}

#[test]
fn a_page_is_set_as_print_sets_it() {
    let page = words(&told(&["report", EPISODE[0], EPISODE[1]]));
    let at =
        |place: usize| page[..place].chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    for ascii in ["->", " - ", "(-", " -0", " -1"] {
        assert_eq!(page.find(ascii).map(at), None, "{ascii}");
    }
    let spaced = page.match_indices(" %").map(|(place, _)| place);
    let spaced = spaced.filter(|place| page[..*place].ends_with(|c: char| c.is_ascii_digit()));
    assert_eq!(spaced.map(at).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(page.contains("3.75–4.00%") && page.contains('−') && page.contains('→'));
    assert!(page.contains("half-life") && page.contains("SF Fed MP2"), "hyphens of words stay");
}

#[test]
fn a_page_across_a_decision_compares_levels_and_ranges_by_their_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // The range went from 4.00-4.25 to 3.75-4.00 on 29 October 2025.
    let before = "# as_of: 2025-10-24\ncontract,price\n2025-10,95.90\n2025-11,96.12\n2025-12,96.20\n2026-01,96.29\n2026-02,96.36\n";
    let after = "# as_of: 2025-11-07\ncontract,price\n2025-11,96.12\n2025-12,96.18\n2026-01,96.26\n2026-02,96.33\n";
    let (before, after) = (write("before.csv", before), write("after.csv", after));
    let page = words(&told(&["report", &before, &after, "--meeting", "2025-12-10"]));
    assert!(page.contains("Rate expected after the December meeting rises 3 bp to 3.75%"), "{}", &page[..600]);
    assert!(page.contains("The target range moved from 4.00–4.25% to 3.75–4.00% in between"));
    assert!(page.contains("10 Dec 2025, 3.50–3.75%"), "a range has its bounds in percent, whatever moves lead to it");
    assert!(!page.contains(folder.path().to_str().unwrap()), "files have no folders");
    assert!(page.contains("contracts from before.csv"));
}

#[test]
fn what_the_author_adds_stands_on_the_page() {
    let page =
        told(&["report", "--title", "Week <ahead>", "--author", "Rates & co", "--note", "First.\n\nSecond\u{202e}."]);
    assert_sound(&page);
    let read = words(&page);
    assert!(page.contains("<h1>Week &lt;ahead&gt;</h1>") && page.contains("content=\"Rates &amp; co\""));
    assert!(
        read.contains("Week &lt;ahead&gt; December cut odds fall from 65% to 35%"),
        "the finding stays under a title"
    );
    assert!(read.contains("By Rates & co") && read.contains("First. Second\\u{202e}."));
}

#[test]
fn charts_through_time_cover_the_window_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.csv");
    let mut text = "date,contract,settle\n".to_owned();
    // Eighteen months of a falling path, priced on the first of each month for two years ahead.
    for day in 0..18 {
        let date = format!("{}-{:02}-03", 2024 + day / 12, day % 12 + 1);
        for ahead in 0..24 {
            let month = day + ahead;
            let price = 94.7 + 0.04 * f64::from(month);
            writeln!(text, "{date},{}-{:02},{price:.3}", 2024 + month / 12, month % 12 + 1).unwrap();
        }
    }
    std::fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    let long = ["report", "--history", file, "--from", "2024-01-01", "--meeting", "2025-06-18", "-q"];
    let page = told(&long);
    let read = words(&page);
    assert!(read.contains("FOMC of 18 Jun 2025 · 1 Jan 2024 to 3 Jun 2025"), "{}", &read[..300]);
    // Nine meetings reach thirteen months; the page takes as many as the window needs.
    assert!(read.contains("From 3 Jan 2024 to 3 Jun 2025: cut from"), "{read}");
    assert!(read.contains("by the end of 2025"));
    let short = words(&told(&["report", "--history", file, "--meeting", "2025-06-18", "-q"]));
    assert!(!short.contains("3 Jan 2024: "), "days before the meeting is priced are of other meetings");
}

#[test]
fn the_term_structure_of_a_page_is_that_of_the_curve() {
    let page = told(&["report", EPISODE[1]]);
    let tags = assert_sound(&page);
    let figures: BTreeSet<&str> = attributes(&tags, "data-figure").into_iter().collect();
    let curve = told(&["curve", EPISODE[1], "--tenor", "1M,3M,6M,9M,1Y,18M,2Y", "--format", "json", "-q"]);
    let curve: serde_json::Value = serde_json::from_str(&curve).unwrap();
    let rows = curve["curve"].as_array().unwrap();
    assert_eq!(rows.len(), 7);
    for row in rows {
        for key in ["par_percent", "zero_percent", "period_forward_percent", "discount_factor"] {
            assert!(figures.contains(row[key].as_str().unwrap()), "{key}: {row}");
        }
    }
}

#[test]
fn the_meeting_asked_for_is_marked() {
    let heat = |meeting| told(&["report", "--chart", "heat", "--meeting", meeting]);
    assert_ne!(heat("2025-12-10"), heat("2026-01-28"));
}
