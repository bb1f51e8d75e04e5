//! The colours of charts and pages, for light and dark, and the styles made of them.
//!
//! One hue carries the meaning: what is now is strong, what was before is muted. A second, orange, is for a hike alone, and
//! two more tell the families of methods apart; shape, dash or a label says the same beside each.

/// A colour by its name, on a light and on a dark ground.
type Colour = (&'static str, &'static str, &'static str);

/// Every colour there is. The names stand in the style sheets.
const COLOURS: [Colour; 34] = [
    ("ground", "#ffffff", "#12171c"),
    ("raised", "#f5f7f9", "#1a2129"),
    ("ink", "#16202a", "#e8ecf0"),
    ("soft", "#52606d", "#a9b4bf"),
    ("grid", "#e1e6eb", "#2a333c"),
    ("axis", "#8b98a5", "#6b7885"),
    ("after", "#0b5a9d", "#74b6f2"),
    ("before", "#7d92a6", "#6d8296"),
    ("hike", "#b34700", "#f2a263"),
    ("hold", "#5f6b76", "#9aa6b1"),
    ("band", "#eef3f8", "#1c2731"),
    ("link", "#0b5a9d", "#8cc4f7"),
    ("scenario", "#8a3a8f", "#d7a0dc"),
    ("regression", "#1b7268", "#63c7b8"),
    ("heat0", "#f3f6f9", "#18212a"),
    ("heat1", "#e3edf5", "#1c2c3a"),
    ("heat2", "#cfe1ef", "#1f384c"),
    ("heat3", "#b5d2e8", "#234562"),
    ("heat4", "#97c0df", "#285478"),
    ("heat5", "#78aed6", "#2d638f"),
    ("heat6", "#5a9aca", "#5a9fd6"),
    ("heat7", "#2d6ea6", "#7cb6e4"),
    ("heat8", "#1d5b91", "#9dcbef"),
    ("heat9", "#124a7c", "#c3e0f7"),
    ("figure0", "#16202a", "#e8ecf0"),
    ("figure1", "#16202a", "#e8ecf0"),
    ("figure2", "#16202a", "#e8ecf0"),
    ("figure3", "#16202a", "#ffffff"),
    ("figure4", "#16202a", "#ffffff"),
    ("figure5", "#16202a", "#ffffff"),
    ("figure6", "#0d1520", "#0d1520"),
    ("figure7", "#ffffff", "#0d1520"),
    ("figure8", "#ffffff", "#0d1520"),
    ("figure9", "#ffffff", "#0d1520"),
];

/// The number of steps of the heat map.
pub(super) const HEAT_STEPS: u8 = 10;

/// How charts look, in a page and alone: colours are written out, because not every reader of SVG knows variables.
pub(in super::super) fn chart_style() -> String {
    let (shape, colours) = (include_str!("shape.css"), include_str!("colours.css"));
    let of = |pick: fn(&Colour) -> &'static str| {
        let mut text = colours.to_owned();
        for colour in &COLOURS {
            text = text.replace(&format!("${};", colour.0), &format!("{};", pick(colour)));
        }
        text
    };
    format!(
        "{shape}{}@media screen and (prefers-color-scheme:dark){{\n{}}}\n",
        of(|colour| colour.1),
        of(|colour| colour.2)
    )
}

/// The colours as variables of a page.
pub(in super::super) fn page_variables() -> String {
    let of = |pick: fn(&Colour) -> &'static str| -> String {
        COLOURS[..12].iter().flat_map(|colour| ["--", colour.0, ":", pick(colour), ";"]).collect()
    };
    format!(
        ":root{{color-scheme:light dark;{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        of(|colour| colour.1),
        of(|colour| colour.2)
    )
}

#[cfg(test)]
mod tests {
    use super::{COLOURS, Colour, HEAT_STEPS, chart_style};

    /// The relative luminance of WCAG 2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        (one / other).max(other / one)
    }

    fn named(name: &str) -> &'static Colour {
        COLOURS.iter().find(|colour| colour.0 == name).unwrap_or_else(|| panic!("no colour {name}"))
    }

    #[test]
    fn text_has_a_contrast_of_aa_on_light_and_on_dark() {
        let mut pairs: Vec<(String, String, f64)> = Vec::new();
        for ground in ["ground", "raised", "band"] {
            for text in ["ink", "soft", "after", "hike", "hold", "link", "scenario", "regression"] {
                pairs.push((text.to_owned(), ground.to_owned(), 4.5));
            }
        }
        pairs.push(("before".to_owned(), "ground".to_owned(), 3.0));
        pairs.extend((0..HEAT_STEPS).map(|step| (format!("figure{step}"), format!("heat{step}"), 4.5)));
        for (text, ground, least) in pairs {
            let (text, ground) = (named(&text), named(&ground));
            for (one, other) in [(text.1, ground.1), (text.2, ground.2)] {
                let found = contrast(one, other);
                assert!(found >= least, "{} on {}: {found:.2}", text.0, ground.0);
            }
        }
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    }

    #[test]
    fn before_and_after_differ_in_lightness_too() {
        let (before, after) = (named("before"), named("after"));
        assert!(contrast(before.1, after.1) > 2.0 && contrast(before.2, after.2) > 1.8);
    }

    #[test]
    fn every_colour_of_the_style_sheet_is_known() {
        assert!(!chart_style().contains('$'), "{}", chart_style());
    }
}
