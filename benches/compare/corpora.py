"""The corpora of the comparison: documents of sentences of which it is known whose copy each one is.

A sentence is a dictionary: `id`, `text`, `cluster` (what says the same), `copy_of` (the id of its original or None), `class`
(what was done to it), `facts` (what the edit touched), `decoy`, `jaccard` (of character 4-grams, with its original).
"""

import json
import random
import subprocess
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SENTENCES = 8  # of an article
FORMS = ("verbatim", "edited", "passage", "scattered", "alone")


def synthesized(binary, folder, count):
    """The sentences of `twicetold synth`, preset scraped; blanks are made single, so that a record is a line for every tool.

    Copies and decoys whose original lies beyond the end of the output are left out: what was done to them is not told.
    """
    records, truth = folder / "synth.jsonl", folder / "synth.truth.jsonl"
    subprocess.run([binary, "synth", "--count", str(count), "--preset", "scraped", "--output", records, "--truth", truth],
                   check=True)
    planted, clusters = {}, {}
    for line in truth.read_text().splitlines()[1:]:
        known = json.loads(line)
        if "record" in known:
            clusters[known["record"]] = known["cluster"]
        else:
            planted[known["b"]] = known
    untold = Counter(cluster for name, cluster in clusters.items() if name not in planted and not cluster.startswith("b"))
    for line in records.read_text().splitlines():
        record = json.loads(line)
        if record["id"] not in planted and (untold[clusters[record["id"]]] > 1 or clusters[record["id"]].startswith("d")):
            continue
        known = planted.get(record["id"])
        kind = known["class"] if known else "boilerplate" if clusters[record["id"]].startswith("b") else "original"
        yield {"id": record["id"], "text": " ".join(record["text"].split()), "cluster": clusters[record["id"]],
               "copy_of": known and known["a"], "class": kind, "facts": known["facts"] if known else [],
               "decoy": known and known["decoy"], "jaccard": known and known["jaccard_char4"],
               "source": record["source"], "date": record["date"]}


def records(sentences):
    """Use 1: one record a sentence."""
    return [document(sentence["id"], sentence["source"], sentence["date"], "record", [sentence]) for sentence in sentences]


def document(name, source, date, form, sentences):
    return {"id": name, "source": source, "date": date, "form": form, "sentences": sentences}


def articles(sentences):
    """Use 2: articles of eight sentences, four in five of which have a second one that repeats them, in one of four forms.

    verbatim   all sentences again, word for word
    edited     all sentences again, each as synth edited it; some are decoys
    passage    four sentences behind each other, word for word, among four of its own
    scattered  three sentences, word for word, none beside another, among five of its own
    """
    chance = random.Random(2026)
    copies, boilerplate, singles = {}, [], []
    for sentence in sentences:
        if sentence["copy_of"]:
            copies.setdefault(sentence["copy_of"], sentence)
    for sentence in sentences:
        if sentence["class"] == "boilerplate":
            boilerplate.append(sentence)
        elif sentence["class"] == "original" and sentence["id"] not in copies:
            singles.append(sentence)
    originals = [sentence for sentence in sentences if sentence["id"] in copies]
    fresh, made = iter(singles), []

    def again(sentence, number):
        return sentence | {"id": f"{sentence['id']}.{number}", "copy_of": sentence["id"], "class": "exact", "facts": [],
                           "decoy": None, "jaccard": 1.0}

    def article(number, form, own):
        own = list(own)
        if chance.random() < 1 / 3:
            own.append(chance.choice(boilerplate) | {"id": f"b.{number}"})
        made.append(document(f"a{number}", f"outlet-{chance.randrange(40)}.example", f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
                             form, own))

    for at in range(0, len(originals) - SENTENCES + 1, SENTENCES):
        first, number = originals[at:at + SENTENCES], 2 * at // SENTENCES
        form = FORMS[at // SENTENCES % len(FORMS)]
        article(number, "original", first)
        try:
            if form == "verbatim":
                second = [again(sentence, number + 1) for sentence in first]
            elif form == "edited":
                second = [copies[sentence["id"]] for sentence in first]
            elif form == "passage":
                middle = [again(sentence, number + 1) for sentence in first[2:6]]
                second = [next(fresh), next(fresh), *middle, next(fresh), next(fresh)]
            elif form == "scattered":
                second = [again(first[place], number + 1) if place in (1, 4, 6) else next(fresh) for place in range(SENTENCES)]
            else:
                second = [next(fresh) for _ in range(SENTENCES)]
        except StopIteration:
            break
        article(number + 1, form, second)
    chance.shuffle(made)
    return made


def feed():
    """The feed among the examples; its sentences and what says the same were written down by hand in feed.json."""
    truth = json.loads((HERE / "feed.json").read_text())
    made = []
    for line in (ROOT / "examples/feed.jsonl").read_text().splitlines():
        record = json.loads(line)
        own = [{"id": f"{record['id']}.{at}", "facts": [], "decoy": None, "copy_of": None, "jaccard": None, "class": "original"}
               | sentence for at, sentence in enumerate(truth[record["id"]])]
        assert record["text"] == " ".join(sentence["text"] for sentence in own), record["id"]
        made.append(document(record["id"], record["source"], record["date"], "feed", own))
    return made


def write(path, documents):
    """As JSON lines, a document a line, sentences between single blanks."""
    with open(path, "w", encoding="utf-8") as out:
        for known in documents:
            text = " ".join(sentence["text"] for sentence in known["sentences"])
            out.write(json.dumps({"id": known["id"], "text": text, "source": known["source"], "date": known["date"]},
                                 ensure_ascii=False) + "\n")
