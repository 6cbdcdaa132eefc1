//! The steps before the scanner, over two buffers that each thread keeps.

use std::cell::RefCell;

use super::buffer::Buffer;
use super::{captions, clean, compose, entities, mojibake, tags, turkish};
use crate::config::{Rule, RuleSet};

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Two buffers that take turns.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    now: Buffer,
    next: Buffer,
}

impl Scratch {
    /// Lends this thread's scratch.
    pub(super) fn with<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
            Ok(mut scratch) => work(&mut scratch),
            Err(_) => work(&mut Self::default()),
        })
    }

    /// The text that the scanner reads.
    pub(super) fn prepare(&mut self, rules: RuleSet, raw: &str, traced: bool) -> &Buffer {
        self.decode(rules, raw, traced);
        if rules.has(Rule::Captions) && captions::has_remark(&self.now.text) {
            self.step(captions::strip);
        }
        self.step(|source, out| clean::clean(rules, source, out));
        if rules.has(Rule::TurkishI) && rules.has(Rule::Case) {
            self.step(turkish::lower);
        }
        if !self.now.text.is_ascii() {
            self.step(|source, out| compose::compose(rules, source, out));
        }
        &self.now
    }

    /// The letters and digits of a text, otherwise as they are: its key where the rules leave nothing of it, as of a lone `ʼ` or tatweel.
    pub(super) fn bare_letters(&mut self, rules: RuleSet, raw: &str, traced: bool) -> &Buffer {
        self.decode(rules, raw, traced);
        self.step(|source, out| {
            for (at, c) in source.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                out.push(c, &source.raw(at..at + c.len_utf8()));
            }
        });
        &self.now
    }

    fn decode(&mut self, rules: RuleSet, raw: &str, traced: bool) {
        self.now.load(raw, traced);
        if rules.has(Rule::Tags) && tags::is_left_over(&self.now.text) {
            self.step(tags::strip);
        }
        if rules.has(Rule::Entities) {
            for _ in 0..entities::ROUNDS {
                if memchr::memchr(b'&', self.now.text.as_bytes()).is_none() {
                    break;
                }
                self.step(entities::decode);
            }
        }
        if rules.has(Rule::Mojibake) {
            for _ in 0..mojibake::ROUNDS {
                if !mojibake::is_damaged(&self.now.text) {
                    break;
                }
                self.step(mojibake::repair);
            }
        }
    }

    fn step(&mut self, work: impl FnOnce(&Buffer, &mut Buffer)) {
        self.next.clear(self.now.is_traced());
        work(&self.now, &mut self.next);
        std::mem::swap(&mut self.now, &mut self.next);
    }
}
