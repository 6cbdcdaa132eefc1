//! What scraped text does, condition by condition: a module each, named by its number in `docs/conditions.md`.

mod languages;
mod scraped;
