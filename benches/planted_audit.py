"""Compares what `twicetold audit` exports with the truth of `twicetold synth --preset syndicated`.

Reads the two files alone: it knows nothing of how either was made. What the audit says of a sentence is laid beside the planted sentence
that shares most bytes with it.
"""

import collections
import email.utils
import json
from datetime import datetime, timedelta, timezone

FLAGS = {"number": "numbers_differ", "negation": "negation_differs", "quote": "quote_altered"}
CLASSES = ("wholly", "partially", "non_derived", "common_source", "incidental", "undecided", "update")
BLURRED = {"number": "numbers", "negation": "negation", "quote": ""}


class Ratio:
    """So many of so many, with the cases that were none."""

    def __init__(self):
        self.part, self.whole, self.cases = 0, 0, []

    def add(self, is_right, case=None):
        self.whole += 1
        self.part += bool(is_right)
        if not is_right:
            self.cases.append(case)

    @property
    def share(self):
        return self.part / self.whole if self.whole else 1.0


class Times:
    """Which of two articles is certainly earlier by what their dates say: minutes that lie apart, or other days."""

    def __init__(self, articles, tolerance):
        self.tolerance, self.said = timedelta(seconds=tolerance), {}
        for line in open(articles, encoding="utf-8"):
            article = json.loads(line)
            self.said[article["id"]] = self.read(article.get("date"))

    @staticmethod
    def read(date):
        if not date:
            return None
        if len(date) == 10:
            return (datetime.fromisoformat(date).date(), None)
        try:
            moment = datetime.fromisoformat(date.replace("Z", "+00:00"))
        except ValueError:
            moment = email.utils.parsedate_to_datetime(date)
        moment = moment.astimezone(timezone.utc)
        return (moment.date(), moment)

    def is_before(self, a, b):
        a, b = self.said[a], self.said[b]
        if a is None or b is None:
            return False
        if a[1] and b[1]:
            return b[1] - a[1] > self.tolerance
        return a[0] < b[0]


class Truth:
    def __init__(self, path):
        lines = [json.loads(line) for line in open(path, encoding="utf-8")]
        self.head = lines[0]
        self.articles = {line["article"]: line for line in lines if "article" in line}
        self.stories = [line for line in lines if "told" in line]


def beside(planted, start, end):
    """The planted sentence with most of some bytes, if it has half of either."""
    overlap = lambda it: min(it["bytes"][1], end) - max(it["bytes"][0], start)  # noqa: E731
    at = max(range(len(planted)), key=lambda number: overlap(planted[number]), default=None)
    if at is None:
        return None
    a, b = planted[at]["bytes"]
    return at if 2 * overlap(planted[at]) >= min(end - start, b - a) else None


class Comparison:
    """Every measure of one corpus."""

    def __init__(self, articles, truth, whole):
        self.truth, self.audit = Truth(truth), json.load(open(whole, encoding="utf-8"))
        self.times = Times(articles, self.truth.head["clock_seconds"])
        self.names = [article["name"] for article in self.audit["articles"]]
        self.sources = [source["id"] for source in self.audit["sources"]]
        self.found = {article["name"]: article for article in self.audit["articles"]}
        self.first, self.stories = Ratio(), Ratio()
        self.claimed, self.untrue = Ratio(), Ratio()
        self.classes, self.confused = Ratio(), collections.Counter()
        self.altered = {kind: Ratio() for kind in FLAGS}
        self.said = {kind: Ratio() for kind in FLAGS}
        self.credit_found, self.credit_right = Ratio(), Ratio()
        self.origins, self.linked = Ratio(), Ratio()
        self.reuse, self.words, self.versions = [], [], 0
        self.places = {}
        for name, article in self.truth.articles.items():
            self.article(name, article)
        self.firsts()
        self.pairs()

    def article(self, name, true):
        found = self.found[name]
        share = found["reused_words"] / max(found["body_words"], 1)
        for kept, words in ((self.reuse, "reused_words"), (self.words, "taken_words")):
            kept.append((abs(share - true[words] / max(true["body_words"], 1)), name))
        said = "update" if found["update_of"] is not None else found["class"]
        if true["class"] == "version":
            self.versions += 1  # which one is the later cannot be told
        else:
            self.classes.add(said == true["class"], (name, true["class"], said))
        self.confused[true["class"], said] += 1
        aligned = {}
        for number, sentence in enumerate(found["sentences"]):
            at = beside(true["sentences"], sentence["start"], sentence["end"])
            if at is not None:
                aligned.setdefault(at, []).append(sentence)
                self.places[name, at] = sentence["cluster"]
            self.direction(name, number, sentence, None if at is None else true["sentences"][at])
        for at, planted in enumerate(true["sentences"]):
            self.sentence(name, at, planted, aligned.get(at, []))

    def direction(self, name, number, sentence, planted):
        """A sentence that is said to come from another article."""
        if sentence["origin"] is None:
            return
        there = self.names[sentence["origin"][0]]
        self.claimed.add(self.times.is_before(there, name), (name, number, there))
        published = lambda article: self.truth.articles[article]["published_seconds"]  # noqa: E731
        self.untrue.add(published(there) <= published(name), (name, number, there))
        if planted and planted["stem"] is not None:
            is_there = planted["origin"] == "there"
            self.linked.add(is_there, (name, number, there, planted["origin"]))

    def sentence(self, name, at, planted, found):
        flags = {flag for sentence in found for flag in sentence["flags"]}
        is_found = any(sentence["origin"] for sentence in found)
        if planted["from"]:
            there = planted["from"][0]
            said = {self.names[sentence["origin"][0]] for sentence in found if sentence["origin"]}
            self.origins.add(there in said, (name, at, planted["edit"], there, sorted(said)))
        for kind, flag in FLAGS.items():
            if planted["from"] is None or BLURRED[kind] in planted["blurred"]:
                continue
            case = (name, at, planted["edit"], planted["altered"], planted["from"], sorted(flags), is_found)
            if kind in planted["altered"]:
                self.altered[kind].add(flag in flags and is_found, case)
            if flag in flags and is_found:
                self.said[kind].add(kind in planted["altered"], case)

    def firsts(self):
        """Who had a carried sentence first: the cluster that has most of its carriers must say so."""
        at = {(name, planted["stem"]): place for name, article in self.truth.articles.items()
              for place, planted in enumerate(article["sentences"]) if planted["stem"] is not None}
        for story in self.truth.stories:
            starts = []
            for carried in story["carried"]:
                clusters = (self.places.get((name, at[name, carried["stem"]])) for name in carried["articles"])
                clusters = collections.Counter(cluster for cluster in clusters if cluster is not None)
                best = max(clusters, key=lambda cluster: (clusters[cluster], -cluster), default=None)
                first = None if best is None else self.audit["clusters"][best]["first"]
                said = first and self.names[first["article"]]
                is_certain = bool(first) and first["certainty"] == "certain"
                source = lambda name: self.truth.articles[name]["source"]  # noqa: E731
                if is_certain:
                    starts.append((self.found[said]["published"], source(said)))
                case = (story["told"], carried["stem"], carried["first"], said, first and first["certainty"])
                if carried["first"]:
                    self.first.add(is_certain and source(said) == source(carried["first"]), case)
                elif is_certain:
                    self.claimed.add(self.leads(best), case)
            if any(carried["first"] == story["first"] for carried in story["carried"] if story["first"]):
                start = min(starts, default=(None, None))
                self.stories.add(start[1] == story["first_source"], (story["told"], story["first_source"], start))

    def leads(self, cluster):
        """Whether the dates of all that are in a cluster say that its first is the first."""
        cluster = self.audit["clusters"][cluster]
        first = self.audit["articles"][cluster["first"]["article"]]
        others = (self.audit["articles"][member[0]] for member in cluster["members"])
        return all(other["source"] == first["source"] or self.times.is_before(first["name"], other["name"]) for other in others)

    def pairs(self):
        credited = {}
        for pair in self.audit["article_pairs"]:
            a, b = self.names[pair["a"]], self.names[pair["b"]]
            credited[a, b] = pair["credited"]
            if pair["certainty"] == "certain":
                self.claimed.add(self.times.is_before(a, b), ("pair", a, b))
        for name, true in self.truth.articles.items():
            if true["origin"] is None or true["class"] in ("update", "version"):
                continue
            said = credited.get((true["origin"], name))
            case = (name, true["origin"], true["names"], said)
            if true["credited"]:
                self.credit_found.add(said == "yes", case)
            if said == "yes":
                self.credit_right.add(true["credited"], case)

    @staticmethod
    def mean(differences):
        return 100 * sum(difference for difference, _ in differences) / max(len(differences), 1)

    def rows(self):
        """Name, target, what was found, whether it is enough (None where no target is set)."""
        def ratio(it, least):
            return f"{it.part:,} of {it.whole:,} ({100 * it.share:.2f} %)", None if least is None else it.share >= least
        wrong = self.claimed.whole - self.claimed.part
        mean = self.mean(self.reuse)
        total = len(self.reuse)
        yield ("first publisher of a carried sentence, where times decide", "≥ 98 %", *ratio(self.first, .98))
        yield ("the same of a story", "≥ 98 %", *ratio(self.stories, .98))
        yield ("directions claimed where times tie or are unknown", "0", f"{wrong:,} of {self.claimed.whole:,}", wrong == 0)
        yield ("reuse of an article, mean difference, by sentences", "≤ 2 points", f"{mean:.2f} points over {total:,}", mean <= 2)
        yield ("the same, by words that were really taken", "", f"{self.mean(self.words):.2f} points over {total:,}", None)
        yield ("class of an article", "≥ 95 %", *ratio(self.classes, .95))
        for name in CLASSES:
            said = {pair[1]: count for pair, count in self.confused.items() if pair[0] == name}
            whole = sum(said.values())
            yield (f"of them `{name}`", "", f"{said.get(name, 0):,} of {whole:,} ({100 * said.get(name, 0) / max(whole, 1):.2f} %)", None)
        for kind, name in (("number", "altered figures found"), ("negation", "altered denials found"), ("quote", "altered quotations found")):
            yield (name, "≥ 95 %", *ratio(self.altered[kind], .95))
        for kind, name in (("number", "figures said to be altered that are"), ("negation", "denials"), ("quote", "quotations")):
            yield (name, "", *ratio(self.said[kind], None))
        yield ("origin of a sentence is the very article", "", *ratio(self.origins, None))
        yield ("sentences with an origin that have one", "", *ratio(self.linked, None))
        yield ("origins that appeared no later in fact", "", *ratio(self.untrue, None))
        yield ("credited articles found", "", *ratio(self.credit_found, None))
        yield ("articles said to credit that do", "", *ratio(self.credit_right, None))
