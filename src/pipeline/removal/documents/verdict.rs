//! Who of two texts may go.

use super::compared::{Compared, Court, Differences};
use super::sets::Shared;
use super::versions::order;
use crate::config::Keep;
use crate::pipeline::removal::{Reason, Removals};
use crate::verify::{Flags, Relation};

/// Who may go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Goes {
    Nobody,
    Either,
    First,
    Second,
}

/// Two texts, and what they allow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) goes: Goes,
    pub(super) reason: Reason,
    pub(super) relation: Relation,
    pub(super) flags: Flags,
    pub(super) shared: Shared,
    /// Two versions that both stay, since nobody knows which is later.
    pub(super) is_undated: bool,
}

impl Court<'_> {
    /// Judges two texts, whether they were found or not.
    pub(super) fn judge_two(&self, one: u32, other: u32) -> Option<Judged> {
        self.compare_two(one, other).map(|compared| self.judge(&compared))
    }

    /// What two texts allow.
    pub(super) fn judge(&self, compared: &Compared) -> Judged {
        let Compared { a, b, shared, relation, differences, is_version, .. } = *compared;
        let inner = if compared.inner == a { Goes::First } else { Goes::Second };
        let flags = differences.all();
        let judged = Judged {
            a,
            b,
            goes: Goes::Nobody,
            reason: Reason::Repeat,
            relation,
            flags,
            shared,
            is_undated: false,
        };
        if let Some(may_go) = self.decided(a, b) {
            return Judged { goes: if may_go { Goes::Either } else { Goes::Nobody }, ..judged };
        }
        let allows = |relation, flags| (self.bench.removable.link)(relation, flags);
        if compared.is_stub && Relation::ALL.iter().any(|&it| allows(it, flags)) {
            let relation = Relation::Contained;
            return Judged { goes: inner, reason: Reason::Stub, relation, ..judged };
        }
        let is_open = relation != Relation::Near || compared.is_inside == [true; 2];
        if is_open && allows(relation, flags) {
            let goes = if relation == Relation::Contained { inner } else { Goes::Either };
            return Judged { goes, ..judged };
        }
        if is_version && self.have_order(a, b) {
            return Judged { goes: Goes::Either, reason: Reason::Version, ..judged };
        }
        let one_goes = self.one_way(judged, differences, compared.is_inside);
        let reason = if is_version { Reason::Version } else { judged.reason };
        one_goes.unwrap_or(Judged { reason, is_undated: is_version, ..judged })
    }

    /// Of two near texts the one goes that stands in the other and gives nothing that it does not: what only the one that stays says is not
    /// lost.
    fn one_way(
        &self,
        judged: Judged,
        differences: Differences,
        is_inside: [bool; 2],
    ) -> Option<Judged> {
        let sides = [Goes::First, Goes::Second].into_iter().zip(is_inside).zip(differences.lost);
        let judged = sides.filter(|&((_, is_inside), _)| is_inside).map(|((goes, _), lost)| {
            Judged { goes, flags: differences.both.union(lost), ..judged }
        });
        let may_go = |pair: &Judged| {
            pair.relation == Relation::Near
                && (self.bench.removable.link)(pair.relation, pair.flags)
        };
        judged.into_iter().find(may_go)
    }

    fn decided(&self, a: u32, b: u32) -> Option<bool> {
        let decided = self.bench.removable.decided?;
        decided(&Removals::name(&self.key(a)), &Removals::name(&self.key(b)))
    }

    /// Whether the preferred of two versions is known: `--keep` asks for no date, or theirs are in an order.
    fn have_order(&self, a: u32, b: u32) -> bool {
        let date = |text: u32| {
            let document = crate::ids::DocumentId::new(self.preferred(text));
            self.bench.order.corpus.about(document).date
        };
        match self.bench.order.keep {
            Keep::First | Keep::Longest | Keep::Central => true,
            Keep::Earliest | Keep::Latest | Keep::Source(_) => order(date(a), date(b)).is_some(),
        }
    }
}
