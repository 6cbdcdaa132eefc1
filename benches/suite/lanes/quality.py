"""Lane 6: what the settings of other tools' documents find of one quote in two translations."""

import re
import tempfile
from pathlib import Path

import environments
import protocol

QUOTE = (
    "'If Antony Blinken loves history lessons so much, then he should take the following into account: when Americans "
    "are in your house, it can be difficult to stay alive and not be robbed or raped,'",
    "'If Antony Blinken is so into history lessons, here's one that comes to mind: When Americans are in your house, it "
    "can be difficult to stay alive, not being robbed or raped,'",
)
# peer, setting, shingle (kind, length), bands, rows; a threshold in place of bands for exact tools
SETTINGS = (
    ("text-dedup", "README, threshold 0.7", ("word", 5), 24, 10),
    ("datatrove", "default", ("word", 5), 14, 8),
    ("rensa", "README", ("word", 1), 16, 8),
    ("fastsketchlsh", "README", ("word", 1), 16, 8),
    ("datasketch", "default, threshold 0.9", ("word", 1), 5, 25),
    ("gaoya", "default, threshold 0.75", ("word", 1), 20, 5),
    ("near-dupes", "default, exact scores, threshold 0.85", ("char", 3), None, 0.85),
    ("setsimilaritysearch", "README, exact, threshold 0.1", ("word", 1), None, 0.1),
)


def shingles(text, kind, length):
    units = [w for w in re.split(r"\W+", text.lower()) if w] if kind == "word" else text.lower()
    return {tuple(units[i:i + length]) for i in range(len(units) - length + 1)}


def probability(jaccard, bands, rows):
    return float(jaccard >= rows) if bands is None else 1 - (1 - jaccard**rows) ** bands


def run(suite):
    lane = [own(suite)]
    taking = suite.taking_part(6)
    for peer, setting, (kind, length), bands, rows in SETTINGS:
        jaccard = protocol.jaccard(*(shingles(text, kind, length) for text in QUOTE))
        live = "not run"
        if peer in taking:
            result = suite.peer(peer, {"task": "quote", "quote": QUOTE})
            live = {True: "yes", False: "no", None: result.get("errors", "failed")}[result.get("found")]
        lane.append({"setting": f"{peer}, {setting}", "shingle": f"{kind}-{length}",
                     "bands": "exact" if bands is None else f"{bands} × {rows}", "jaccard": f"{jaccard:.3f}",
                     "probability": f"{probability(jaccard, bands, rows):.4f}", "found": live})
    return lane


def own(suite):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "quote.txt")
        path.write_text("".join(text + "\n" for text in QUOTE))
        report = suite.own("twicetold default", path, [])["report"]
    found = "yes" if report["pairs"] else "no"
    score = f"{report['pairs'][0]['jaccard_idf']:.3f}" if report["pairs"] else ""
    return {"setting": "twicetold, default", "shingle": "words by rarity", "bands": report["recall"]["engine"],
            "jaccard": score, "probability": f"{float(bool(report['pairs'])):.4f}", "found": found}
