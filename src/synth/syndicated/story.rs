//! A story: who writes it first, who carries it from whom, and what becomes of it.
//!
//! Articles are made in the order in which they appear, so that nobody has a text before it was there.

use super::clock::{BEGIN, DAY, Stated, stated};
use super::credit::Credit;
use super::line::{Line, Stem};
use super::outlets::{AGENCIES, OUTLETS, RELEASES, Trade};
use super::phrases;
use crate::synth::chain::Chain;
use crate::synth::random::{Draws, Purpose};

/// Days over which stories are spread.
const DAYS: usize = 90;

/// What an article is to its story.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// It was written for this outlet.
    First,
    /// It was made of another one.
    Copy,
    /// It is a later version of its own outlet's.
    Update,
    /// It reports what was said to several outlets.
    Conference,
}

/// An article.
#[derive(Clone, Debug)]
pub(super) struct Article {
    pub(super) outlet: usize,
    /// When it appeared, in seconds since 1970.
    pub(super) at: i64,
    pub(super) stated: Stated,
    pub(super) date: String,
    pub(super) role: Role,
    pub(super) lines: Vec<Line>,
    /// The article that it was made of; articles are counted in the order in which they appeared.
    pub(super) parent: Option<usize>,
    /// The first article of its address.
    pub(super) address: usize,
    pub(super) credit: Option<Credit>,
    /// An agency whose picture it shows.
    pub(super) picture: Option<usize>,
    pub(super) title: String,
}

/// What happens next in a story.
#[derive(Clone, Copy, Debug)]
enum Step {
    Follow(usize),
    /// The article of this number has a later version.
    Update(usize),
}

/// A story in the making.
struct Maker<'a> {
    draws: Draws,
    chain: &'a Chain,
    articles: Vec<Article>,
    lines: u32,
    changes: u32,
}

/// The articles of the story of a number, in the order in which they appeared.
pub(super) fn story(seed: u64, number: u64, chain: &Chain) -> Vec<Article> {
    let draws = Draws::new(seed, Purpose::Story, number);
    let mut maker = Maker { draws, chain, articles: Vec::new(), lines: 0, changes: 0 };
    let day = i64::try_from(maker.draws.below(DAYS)).unwrap_or(0);
    let at = BEGIN + DAY * day + maker.between(5 * 3_600, 22 * 3_600);
    match maker.draws.below(100) {
        0..46 => {
            let agency = maker.draws.below(AGENCIES);
            let many = maker.draws.between(2, 9);
            maker.wire(agency, at, many);
        }
        46 => {
            let agency = maker.draws.below(AGENCIES);
            maker.wire(agency, at, OUTLETS.len());
        }
        47..54 => {
            let many = maker.draws.between(1, 4);
            maker.wire(RELEASES, at, many);
        }
        54..66 => {
            let first = maker.draws.between(RELEASES + 1, RELEASES + 25);
            let many = maker.draws.between(1, 5);
            maker.wire(first, at, many);
        }
        66..78 => maker.conference(at),
        _ => maker.alone(at),
    }
    maker.articles
}

impl Maker<'_> {
    fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = usize::try_from(most - least).unwrap_or(0);
        least + i64::try_from(self.draws.between(0, span)).unwrap_or(0)
    }

    fn told(&mut self) -> Line {
        self.lines += 1;
        Line::told(self.lines, self.chain, &mut self.draws)
    }

    /// New lines, of which some are quotations.
    fn new_lines(&mut self, many: usize, quotes: usize) -> Vec<Line> {
        let mut lines: Vec<Line> = (0..many).map(|_| self.told()).collect();
        for _ in 0..quotes {
            self.lines += 1;
            let quote = Line::quoted(Stem::Told(self.lines), self.chain, &mut self.draws);
            let place = self.draws.between(1, lines.len());
            lines.insert(place, quote);
        }
        lines
    }

    fn add(&mut self, outlet: usize, at: i64, role: Role, lines: Vec<Line>) -> &mut Article {
        let (stated, date) = stated(at, &OUTLETS[outlet], &mut self.draws);
        let picture = self.draws.percent(4).then(|| self.draws.below(AGENCIES));
        let picture = picture.filter(|&agency| agency != outlet);
        let title = phrases::title(self.chain, &mut self.draws);
        let (address, parent, credit) = (self.articles.len(), None, None);
        self.articles.push(Article {
            outlet,
            at,
            stated,
            date,
            role,
            lines,
            parent,
            address,
            credit,
            picture,
            title,
        });
        &mut self.articles[address]
    }

    /// Somebody writes it first, others carry it.
    fn wire(&mut self, first: usize, at: i64, many: usize) {
        let (told, quotes) = (self.draws.between(6, 15), self.draws.between(1, 3));
        let lines = self.new_lines(told, quotes);
        self.add(first, at, Role::First, lines);
        let mut steps: Vec<(i64, Step)> = Vec::new();
        for _ in 0..self.draws.below(3) {
            steps.push((at + self.between(900, 6 * 3_600), Step::Update(0)));
        }
        for outlet in self.others(first, many) {
            let later = match self.draws.below(100) {
                // An embargo ends, or everybody hears of it at once.
                0..10 => self.between(1, 200),
                10..60 => self.between(420, 3 * 3_600),
                _ => self.between(2 * 3_600, 30 * 3_600),
            };
            steps.push((at + later, Step::Follow(outlet)));
        }
        steps.sort_by_key(|&(at, _)| at);
        let mut own: Vec<(i64, Step)> = Vec::new();
        for (at, step) in steps {
            match step {
                Step::Update(article) => self.update(article, at),
                Step::Follow(outlet) => {
                    self.follow(outlet, at);
                    if self.draws.percent(10) {
                        let later = self.between(1_800, 8 * 3_600);
                        own.push((at + later, Step::Update(self.articles.len() - 1)));
                    }
                }
            }
        }
        // Nobody takes from these.
        for (at, step) in own {
            if let Step::Update(article) = step {
                self.update(article, at);
            }
        }
    }

    /// Other outlets that take part; no agency takes from an agency.
    fn others(&mut self, first: usize, many: usize) -> Vec<usize> {
        let mut outlets: Vec<usize> = (AGENCIES + 1..OUTLETS.len()).collect();
        outlets.retain(|&outlet| outlet != first);
        for last in (1..outlets.len()).rev() {
            outlets.swap(last, self.draws.below(last + 1));
        }
        outlets.truncate(many);
        outlets
    }

    /// A later version of an article: its text, something new, perhaps another figure.
    fn update(&mut self, of: usize, at: i64) {
        let newest = (0..self.articles.len()).rev().find(|&other| {
            self.articles[other].address == self.articles[of].address || other == of
        });
        let newest = newest.unwrap_or(of);
        let before = self.articles[newest].clone();
        let at = at.max(before.at + 600);
        let mut lines = before.lines.clone();
        for line in &mut lines {
            if self.draws.percent(15) {
                line.alter(&mut self.draws, &mut self.changes);
            }
        }
        for _ in 0..self.draws.between(1, 3) {
            let (line, place) = (self.told(), self.draws.between(0, lines.len()));
            lines.insert(place, line);
        }
        let keeps_address = self.draws.percent(70);
        let article = self.add(before.outlet, at, Role::Update, lines);
        article.parent = Some(newest);
        article.credit = before.credit;
        if keeps_address {
            article.address = before.address;
            article.title = before.title;
        }
    }

    /// An outlet carries what is there at its time, wholly, edited, partly or hardly.
    fn follow(&mut self, outlet: usize, at: i64) {
        let parent = self.parent(outlet, at);
        let source = self.articles[parent].lines.clone();
        let trade = OUTLETS[outlet].trade;
        let way = if trade == Trade::Aggregator { 0 } else { self.draws.below(100) };
        let (mut lines, own) = match way {
            0..30 => {
                let kept = if self.draws.percent(60) { 100 } else { self.draws.between(70, 95) };
                (first_lines(&source, kept), usize::from(self.draws.percent(20)))
            }
            30..55 => (self.edited(&source), self.draws.below(2)),
            55..80 => {
                let kept = self.draws.between(25, 75);
                let lines =
                    if self.draws.percent(50) { self.edited(&source) } else { source.clone() };
                let lines = first_lines(&lines, kept);
                let own = self.draws.between(lines.len() / 2, lines.len() * 3 / 2 + 1);
                (lines, own)
            }
            _ => (first_lines(&source, 10), self.draws.between(9, 15)),
        };
        for line in &mut lines {
            line.alter(&mut self.draws, &mut self.changes);
        }
        for _ in 0..own {
            let (line, place) = (self.told(), self.draws.between(0, lines.len()));
            lines.insert(place, line);
        }
        self.stock(&mut lines, 4);
        let credit = Credit::draw(outlet, &self.articles, parent, &mut self.draws);
        let article = self.add(outlet, at, Role::Copy, lines);
        (article.parent, article.credit) = (Some(parent), credit);
    }

    /// Whom an outlet takes from: a sister's page, the newest of who was first, or anybody.
    fn parent(&mut self, outlet: usize, at: i64) -> usize {
        let there: Vec<usize> = (0..self.articles.len())
            .filter(|&other| self.articles[other].at < at)
            .filter(|&other| self.articles[other].outlet != outlet)
            .collect();
        let is_sister =
            |&other: &usize| OUTLETS[outlet].is_sibling(&OUTLETS[self.articles[other].outlet]);
        let sister = there.iter().copied().rfind(is_sister);
        if let Some(sister) = sister
            && self.draws.percent(50)
        {
            return sister;
        }
        let first = self.articles[0].outlet;
        let newest = there.iter().copied().rfind(|&other| self.articles[other].outlet == first);
        if self.draws.percent(75) {
            return newest.unwrap_or(0);
        }
        there.get(self.draws.below(there.len())).copied().unwrap_or(0)
    }

    /// The lines as a desk edits them; one may go.
    fn edited(&mut self, lines: &[Line]) -> Vec<Line> {
        let mut lines = lines.to_vec();
        if lines.len() > 3 && self.draws.percent(50) {
            lines.remove(self.draws.between(1, lines.len() - 1));
        }
        for line in &mut lines {
            line.edit(&mut self.draws, self.chain);
        }
        lines
    }

    /// Puts a stock phrase in, so many times in a hundred.
    fn stock(&mut self, lines: &mut Vec<Line>, chance: usize) {
        if self.draws.percent(chance) {
            let (line, place) =
                (phrases::stock(&mut self.draws), self.draws.between(1, lines.len()));
            lines.insert(place, Line::stock(line));
        }
    }

    /// Several outlets tell in their own words what was said to all of them.
    fn conference(&mut self, at: i64) {
        let said: Vec<Line> = (0..self.draws.between(3, 5))
            .map(|_| {
                self.lines += 1;
                Line::quoted(Stem::Said(self.lines), self.chain, &mut self.draws)
            })
            .collect();
        let many = self.draws.between(3, 7);
        let mut times: Vec<(i64, usize)> = self
            .others(OUTLETS.len(), many)
            .into_iter()
            .map(|outlet| (at + self.between(0, 20 * 3_600), outlet))
            .collect();
        times.sort_unstable();
        for (at, outlet) in times {
            let told = self.draws.between(5, 9);
            let mut lines = self.new_lines(told, 0);
            for quote in &said {
                if self.draws.percent(85) {
                    let mut quote = quote.clone();
                    quote.alter(&mut self.draws, &mut self.changes);
                    let place = self.draws.between(1, lines.len());
                    lines.insert(place, quote);
                }
            }
            self.add(outlet, at, Role::Conference, lines);
        }
    }

    /// An article that nobody carries; some have a later version, many a stock phrase.
    fn alone(&mut self, at: i64) {
        let outlet = self.draws.below(RELEASES + 31);
        let (told, quotes) = (self.draws.between(5, 16), self.draws.below(3));
        let mut lines = self.new_lines(told, quotes);
        self.stock(&mut lines, 35);
        self.add(outlet, at, Role::First, lines);
        if self.draws.percent(15) {
            let later = self.between(1_800, 20 * 3_600);
            self.update(0, at + later);
        }
    }
}

/// The first so many in a hundred of the lines, at least one.
fn first_lines(lines: &[Line], kept: usize) -> Vec<Line> {
    let many = (lines.len() * kept / 100).max(1);
    lines.iter().take(many).cloned().collect()
}
