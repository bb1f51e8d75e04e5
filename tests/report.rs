//! The report as a page and single charts: well-formed, self-contained, whole, and deaf to what names and labels say.

use std::collections::BTreeSet;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

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
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                let attributes = tag.html_attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    (key, attribute.unescape_value().unwrap().into_owned())
                });
                tags.push((name.clone(), attributes.collect()));
                if !["meta", "br"].contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
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
    assert!(page.contains(
        "The odds of a cut by the FOMC of 10 Dec 2025 fell between 14 Nov 2025 and 21 Nov 2025: 65 % -&gt; 35 %"
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
    assert_eq!(attributes(&tags, "data-chart"), ["bars", "heat", "path", "residuals"]);
    assert!(page.contains("<h1>Priced for the FOMC of 28 Jan 2026</h1>"));
    let page = told(&["report", "--history", EPISODE[0], EPISODE[1]]);
    let tags = assert_sound(&page);
    assert_eq!(attributes(&tags, "data-chart"), ["history", "next", "bars", "heat", "path", "residuals"]);
    assert!(
        page.contains(
            "For the FOMC of 10 Dec 2025 the market priced a cut with 65 %, no change with 35 % on 14 Nov 2025"
        )
    );
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
    for kind in ["bars", "heat", "path", "residuals", "curve", "equity"] {
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
    snap!("report", "bars", told(&["report", "--chart", "bars"]));
    for kind in ["history", "next"] {
        let chart = told(&["report", "--history", EPISODE[0], EPISODE[1], "--chart", kind]);
        assert_eq!(tags(&chart)[0].0, "svg");
    }
}

#[test]
fn what_cannot_be_shown_says_why() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runs: [&[&str]; 10] = [
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
    ];
    let told: Vec<String> =
        runs.iter().map(|args| format!("$ fedpath {}\n{}", args.join(" "), run_in(root, args, ""))).collect();
    snap!("report", "refused", told.join("\n"));
}
