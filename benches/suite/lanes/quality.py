"""Lane 6: what each tool's default, or the setting of its documents, finds of one quote in two translations."""

import re

import inputs
import protocol
from suite import attempt

TABLE = "6-quote"
QUOTE = (
    "'If Antony Blinken loves history lessons so much, then he should take the following into account: when Americans "
    "are in your house, it can be difficult to stay alive and not be robbed or raped,'",
    "'If Antony Blinken is so into history lessons, here's one that comes to mind: When Americans are in your house, it "
    "can be difficult to stay alive, not being robbed or raped,'",
)
# peer → setting, shingle (kind, length), bands, rows; for exact tools a threshold in place of rows. `split` is at blanks, as
# the documents of these tools do it; `word` at everything that is no letter and no digit.
SETTINGS = {
    "text-dedup": ("default, threshold 0.7, 250 permutations", ("word", 5), 25, 10),
    "datatrove": ("default", ("word", 5), 14, 8),
    "rensa": ("README, threshold 0.8", ("split", 1), 16, 8),
    "fastsketchlsh": ("README", ("split", 1), 16, 8),
    "datasketch": ("default, threshold 0.9", ("split", 1), 5, 25),
    "gaoya": ("default, threshold 0.75", ("word", 1), 20, 5),
    "near-dupes": ("default, threshold 0.85", ("char", 3), None, 0.85),
    "setsimilaritysearch": ("README, threshold 0.1", ("split", 1), None, 0.1),
}


def shingles(text, kind, length):
    text = text.lower()
    units = {"word": [w for w in re.split(r"\W+", text) if w], "split": text.split(), "char": text}[kind]
    return {tuple(units[i:i + length]) for i in range(len(units) - length + 1)}


def probability(jaccard, bands, rows):
    return float(jaccard >= rows) if bands is None else 1 - (1 - jaccard**rows) ** bands


def run(suite):
    taking = suite.taking_part(6)
    suite.facts(TABLE, order=["twicetold", *SETTINGS])
    suite.record(TABLE, "twicetold", attempt(lambda: own(suite)))
    for peer, (setting, shingle, bands, rows) in SETTINGS.items():
        if suite.is_kept(TABLE, peer):
            continue
        jaccard = protocol.jaccard(*(shingles(text, *shingle) for text in QUOTE))
        row = {"setting": setting, "shingle": f"{shingle[0]}-{shingle[1]}", "jaccard": jaccard,
               "bands": "exact" if bands is None else f"{bands} × {rows}", "probability": probability(jaccard, bands, rows)}
        result = {"ended": "not run"}
        if peer in taking:
            result = attempt(lambda: suite.peer(peer, {"task": "quote", "quote": QUOTE}))
        suite.record(TABLE, peer, row | result)


def own(suite):
    path = suite.work / "quote.txt"
    inputs.write(path, QUOTE)
    result = suite.own(path, [])
    report = result.pop("report")
    pair = (report["pairs"] or [{"jaccard_idf": None}])[0]
    # Every pair is compared by an exact engine: what is linked is found with certainty.
    return result | {"setting": "default, threshold 0.3 and evidence", "shingle": "words by rarity", "bands": "exact",
                     "jaccard": pair["jaccard_idf"], "probability": float(bool(report["pairs"])), "found": bool(report["pairs"])}
