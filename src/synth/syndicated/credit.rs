//! How an article says whose text it has.

use super::outlets::{OUTLETS, Outlet, Trade};
use super::story::Article;
use crate::synth::random::Draws;

/// Of a hundred articles that were made of another one so many say so.
const CREDITED: usize = 55;

/// Where a credit stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    /// `TOSK (NVD) — `
    Dateline,
    /// `By Anna Berg, Norvik Dispatch`
    Byline,
    /// `(NVD)` or `Source: Norvik Dispatch`, behind the text
    Behind,
    /// `https://www.norvik-dispatch.example/…`, behind the text
    Link,
    /// In a sentence of its own
    Told,
}

/// A credit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Credit {
    /// Whose text it is said to be.
    pub(super) outlet: usize,
    pub(super) form: Form,
}

impl Credit {
    /// What an outlet says of an article that it takes from.
    pub(super) fn draw(
        own: usize,
        articles: &[Article],
        parent: usize,
        draws: &mut Draws,
    ) -> Option<Self> {
        let (parent, is_credited) = (&articles[parent], draws.percent(CREDITED));
        let (passes_on, form) = (draws.percent(60), draws.below(5));
        let named = parent.credit.filter(|credit| passes_on && credit.outlet != own);
        let outlet = named.map_or(parent.outlet, |credit| credit.outlet);
        let form = match form {
            0 if !OUTLETS[outlet].mark.is_empty() => Form::Dateline,
            1 => Form::Byline,
            2 => Form::Link,
            3 if OUTLETS[outlet].trade == Trade::Newspaper => Form::Told,
            _ => Form::Behind,
        };
        is_credited.then_some(Self { outlet, form })
    }

    /// The outlet that is credited.
    pub(super) fn party(self) -> &'static Outlet {
        &OUTLETS[self.outlet]
    }
}
