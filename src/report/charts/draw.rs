//! What a drawing is made of: marks that say their figures, texts, lines.

use maud::{Markup, html};

use super::super::number::float_to;
use super::super::typeset::typeset;
use super::scale::Scale;

/// Where a chart is seen: on a page or a desk's screen, or on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Width {
    Page,
    Phone,
}

impl Width {
    /// The width of the drawing, one unit a pixel.
    pub(super) fn px(self) -> f64 {
        match self {
            Self::Page => 720.0,
            Self::Phone => 340.0,
        }
    }

    /// One of two, by the width.
    pub(super) fn choose<T>(self, page: T, phone: T) -> T {
        match self {
            Self::Page => page,
            Self::Phone => phone,
        }
    }
}

/// A drawing: its size, and what is on it.
pub(in super::super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) content: Markup,
}

impl Drawing {
    /// Whether the drawing needs more than its place has.
    pub(in super::super) fn is_wider_than(&self, width: Width) -> bool {
        self.width > width.px() + 0.5
    }
}

/// A coordinate, to a tenth.
pub(super) fn px(place: f64) -> String {
    let text = float_to(place, 1);
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// A part of the drawing that stands for a figure and says it: to a pointer, to the keyboard and to a screen reader.
pub(super) fn mark(says: &str, content: &Markup) -> Markup {
    html! { g class="mark" { title { (typeset(says)) } (content) } }
}

/// A text with classes, in print's typography.
pub(super) fn text(x: f64, y: f64, class: &str, words: &str) -> Markup {
    text_as_is(x, y, class, &typeset(words))
}

/// A text with classes that is shown as it is given, such as the name of a file.
pub(super) fn text_as_is(x: f64, y: f64, class: &str, words: &str) -> Markup {
    html! { text x=(px(x)) y=(px(y)) class=[(!class.is_empty()).then_some(class)] { (words) } }
}

/// A text in lines of at most so many characters, where it has blanks to break at.
pub(super) fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= most) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

pub(super) fn line(from: (f64, f64), to: (f64, f64), class: &str) -> Markup {
    html! { line x1=(px(from.0)) y1=(px(from.1)) x2=(px(to.0)) y2=(px(to.1)) class=(class) {} }
}

pub(super) fn rect(x: f64, y: f64, width: f64, height: f64, class: &str) -> Markup {
    html! { rect x=(px(x)) y=(px(y)) width=(px(width.max(0.0))) height=(px(height.max(0.0))) class=(class) {} }
}

pub(super) fn circle(x: f64, y: f64, radius: f64, class: &str) -> Markup {
    html! { circle cx=(px(x)) cy=(px(y)) r=(px(radius)) class=(class) {} }
}

/// A marker of one of five shapes: circle, square, diamond, and triangles up and down.
pub(super) fn marker(shape: usize, x: f64, y: f64, radius: f64, class: &str) -> Markup {
    let (r, w) = (radius * 1.25, radius * 0.9);
    let corners: &[(f64, f64)] = match shape % 5 {
        0 => return circle(x, y, radius, class),
        1 => &[(-w, -w), (w, -w), (w, w), (-w, w)],
        2 => &[(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)],
        3 => &[(0.0, -r), (r, w), (-r, w)],
        _ => &[(0.0, r), (r, -w), (-r, -w)],
    };
    let points: Vec<String> = corners.iter().map(|(dx, dy)| format!("{},{}", px(x + dx), px(y + dy))).collect();
    html! { polygon points=(points.join(" ")) class=(class) {} }
}

/// Where a pointer means each of these places in order: half way to the one before and to the one behind, and within the ends.
pub(super) fn areas(places: &[f64], ends: (f64, f64)) -> Vec<(f64, f64)> {
    let half_way = |at: usize| f64::midpoint(places[at - 1], places[at]);
    let of = |at: usize| {
        let from = if at == 0 { ends.0 } else { half_way(at) };
        let to = if at + 1 == places.len() { ends.1 } else { half_way(at + 1) };
        (from, to)
    };
    (0..places.len()).map(of).collect()
}

/// A line through points; of one alone, the point.
pub(super) fn polyline(points: &[(f64, f64)], class: &str) -> Markup {
    if let [(x, y)] = points {
        return circle(*x, *y, 2.0, class);
    }
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
    html! { polyline points=(points.join(" ")) class=(class) {} }
}

/// A filled outline.
#[cfg(feature = "event-study")]
pub(super) fn area(outline: &[(f64, f64)], class: &str) -> Markup {
    let points: Vec<String> = outline.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
    html! { polygon points=(points.join(" ")) class=(class) {} }
}

/// Thin lines across at the ticks of the vertical axis, labelled at its left.
pub(super) fn rows_of_grid(ticks: &[(f64, String)], y: Scale, across: (f64, f64)) -> Markup {
    html! {
        @for (tick, label) in ticks {
            (line((across.0, y.at(*tick)), (across.1, y.at(*tick)), "grid"))
            (text(across.0 - 8.0, y.at(*tick) + 4.0, "small end", label))
        }
    }
}

/// Thin lines down at the ticks of the horizontal axis, labelled below.
pub(super) fn columns_of_grid(ticks: &[(f64, String)], x: Scale, down: (f64, f64)) -> Markup {
    html! {
        @for (tick, label) in ticks {
            (line((x.at(*tick), down.0), (x.at(*tick), down.1), if tick.abs() < 1e-12 { "axis" } else { "grid" }))
            (text(x.at(*tick), down.1 + 16.0, "small mid", label))
        }
    }
}

/// The places of labels that keep so far apart, in the order given, none farther from its own than need be.
pub(super) fn apart(wanted: &[f64], distance: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut places = wanted.to_vec();
    // Groups of labels that touch are centred on their own middle.
    let mut groups: Vec<Vec<usize>> = order.into_iter().map(|index| vec![index]).collect();
    let middle = |group: &[usize]| group.iter().map(|index| wanted[*index]).sum::<f64>() / count(group.len());
    let half = |group: &[usize]| distance * count(group.len()) / 2.0;
    let mut at = 1;
    while at < groups.len() {
        let touch = middle(&groups[at - 1]) + half(&groups[at - 1]) > middle(&groups[at]) - half(&groups[at]);
        if touch {
            let group = groups.remove(at);
            groups[at - 1].extend(group);
            at = at.saturating_sub(1).max(1);
        } else {
            at += 1;
        }
    }
    for group in &groups {
        for (place, index) in group.iter().enumerate() {
            places[*index] = middle(group) - half(group) + distance * (count(place) + 0.5);
        }
    }
    places
}

/// A small number of things, as a figure.
pub(super) fn count(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::{apart, areas, mark, px, text};

    #[test]
    fn coordinates_are_short() {
        assert_eq!([px(3.0), px(-0.04), px(12.349)], ["3", "0", "12.3"]);
    }

    #[test]
    fn what_is_drawn_is_escaped() {
        let drawn = mark("<script>&\"", &text(0.0, 1.0, "ink", "a<b>\"&")).into_string();
        assert_eq!(
            drawn,
            "<g class=\"mark\"><title>&lt;script&gt;&amp;&quot;</title><text x=\"0\" y=\"1\" class=\"ink\">\
             a&lt;b&gt;&quot;&amp;</text></g>"
        );
    }

    #[test]
    fn each_day_has_its_own_place_on_both_sides() {
        assert_eq!(areas(&[10.0, 12.0, 20.0], (8.0, 22.0)), [(8.0, 11.0), (11.0, 16.0), (16.0, 22.0)]);
        assert_eq!(areas(&[5.0], (0.0, 9.0)), [(0.0, 9.0)]);
    }

    #[test]
    fn labels_keep_apart_and_in_order() {
        assert_eq!(apart(&[10.0, 50.0], 14.0), [10.0, 50.0]);
        assert_eq!(apart(&[11.0, 10.0], 14.0), [17.5, 3.5]);
        let places = apart(&[10.0, 12.0, 30.0, 31.0, 90.0], 14.0);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 14.0 - 1e-9), "{places:?}");
        assert!((places[4] - 90.0).abs() < 1e-9);
    }
}
