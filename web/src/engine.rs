//! [`Engine`]: the files that were read, and the story that is told of them.

use fedpath::Episode;
use fedpath::report::html;

use crate::ask::{Ask, Settings};
use crate::history;
use crate::loaded::{self, Held, QuotesOfFile, Side};
use crate::shown::Shown;

/// Is told of a long task how many of how many steps are done.
pub(crate) type Progress = fn(usize, usize);

/// What stands behind a page.
#[derive(Debug)]
pub struct Engine {
    progress: Progress,
    files: Vec<Held>,
    shown: Option<Shown>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(|_, _| ())
    }
}

impl Engine {
    /// Without files; `progress` is told of long tasks.
    #[must_use]
    pub fn new(progress: fn(usize, usize)) -> Self {
        Self { progress, files: Vec::new(), shown: None }
    }

    /// Answers a question in JSON, with the bytes that belong to it: in JSON, or in HTML or SVG where that is asked for.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn answer(&mut self, ask: &[u8], data: Vec<u8>) -> Result<String, String> {
        match serde_json::from_slice(ask).map_err(|error| error.to_string())? {
            Ask::Load { name, day } => {
                let (held, said) = loaded::read(name, day, &data);
                self.files.extend(held);
                Ok(said.to_string())
            }
            Ask::Clear => {
                *self = Self::new(self.progress);
                Ok(String::new())
            }
            Ask::Set(settings) => self.set(*settings),
            Ask::Parts { supposed, only } => self.shown()?.parts(&supposed, &only),
            Ask::Report(supposed) => self.shown()?.report(&supposed),
            Ask::Chart { supposed, kind } => self.shown()?.chart(&supposed, &kind),
            Ask::Document { supposed, kind } => self.shown()?.document(&supposed, kind),
            Ask::Wanted { supposed, meeting, moves, probability } => {
                self.shown()?.wanted(&supposed, meeting, moves, &probability)
            }
            Ask::Quotes => self.shown()?.quotes(),
            Ask::Through { name, meeting, from } => history::through(&name, meeting, from, data, self.progress),
            Ask::Style => Ok(html::style()),
        }
    }

    fn shown(&self) -> Result<&Shown, String> {
        self.shown.as_ref().ok_or_else(|| "expected quotes, found none".to_owned())
    }

    fn quotes(&self) -> impl Iterator<Item = &QuotesOfFile> {
        self.files.iter().filter_map(|held| match held {
            Held::Quotes(file) => Some(file),
            Held::Fixings(_) => None,
        })
    }

    fn set(&mut self, mut settings: Settings) -> Result<String, String> {
        self.shown = None;
        // Realised rates stand for the days of the current month that are over; the last file of them counts.
        settings.assumptions.fixings = self.files.iter().rev().find_map(|held| match held {
            Held::Fixings(fixings) => Some(fixings.clone()),
            Held::Quotes(_) => None,
        });
        let side = |day| Side::of_day(self.quotes(), day);
        let (before, after) = match settings.after {
            None => {
                let episode = Episode::embedded();
                (Some(Side::of_episode(&episode.before)?), Side::of_episode(&episode.after)?)
            }
            Some(day) => (settings.before.map(side).transpose()?, side(day)?),
        };
        // Without odds there is nothing to show, but a path to ask for.
        let shown = self.shown.insert(Shown::new(before, after, settings.assumptions, settings.meeting)?);
        Ok(shown.about()?.to_string())
    }
}
