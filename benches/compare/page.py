"""The page docs/compare.md: what stands between its markers is written from the newest run."""

import json
import sys

from judge import BANDS, VERDICTS

BEGIN, END = "<!-- compare: begin -->", "<!-- compare: end -->"
TITLES = {"records": "One sentence a record", "articles": "Articles", "feed": "The feed among the examples"}
SAID = {"decoy": "removed, though a fact was changed on purpose", "alone": "removed, though nothing like it stays",
        "touched": "removed, though an edit touched a fact", "missed": "missed"}
EXAMPLES = {"decoy": 2, "alone": 1, "touched": 1, "missed": 1}  # of each tool
LONGEST = 150  # characters of an example


def render(runs, target):
    target.write_text(rendered(runs, target.read_text()))


def check(runs, target):
    if rendered(runs, target.read_text()) != target.read_text():
        sys.exit(f"{target.name} does not hold what the newest run gives: run --render")


def rendered(runs, text):
    folder = max(runs.iterdir())
    tables = f"Run `{folder.name}`.\n\n" + markdown(json.loads((folder / "result.json").read_text()))
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{tables}{END}{rest.split(END)[1]}"


def markdown(result):
    facts = result["machine"]
    parts = [f"{facts['processor']}, {facts['cores']} cores, load {facts['load_at_start']} at the start; "
             + ", ".join(f"{tool} {version}" for tool, version in sorted(result["versions"].items())) + "."]
    for corpus, rows in ((name, result["corpora"][name]) for name in TITLES):
        parts += section(corpus, rows)
    parts += ["### Examples", *examples(result["corpora"])]
    return "\n\n".join(parts) + "\n"


def section(corpus, rows):
    done = {name: row for name, row in rows.items() if row["ended"] == "done"}
    first = next(iter(done.values()))
    yield f"### {TITLES[corpus]}"
    yield f"{first['documents']:,} documents, {first['sentences']:,} sentences, {first['decoys']:,} of them decoys."
    yield table(["tool", "unit", "removed", "in part", "right", "touched", "decoy", "alone", "documents gone", "wall", "peak"],
                [[name, row["unit"], *cells(row)] for name, row in rows.items()])
    for part, head in (("band", "similarity"), ("class", "edit"), ("form", "form")):
        kinds = first["planted"].get(part, {})
        if corpus == "feed" or part == "form" and corpus != "articles":
            continue
        yield f"Missed, of planted copies by {head}."
        names = [name for _, name in BANDS] if part == "band" else sorted(kinds, key=lambda kind: -kinds[kind])
        kinds = [name for name in names if name in kinds]
        yield table([head, "copies", *done], [[kind, f"{first['planted'][part][kind]:,}",
                                              *(f"{row['missed'][part][kind]:,}" for row in done.values())] for kind in kinds])


def cells(row):
    if row["ended"] != "done":
        return [f"{row['ended']}: `{row['error']}`", *[""] * 8]
    counts = [row["removed"], *(row["verdicts"][name] for name in VERDICTS), row["documents_gone"]]
    return [*(f"{count:,}" for count in counts), f"{row['wall']:.1f} s", f"{row['peak_mb']:.0f} MB"]


def table(head, body):
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body])


def examples(known):
    for name in known["records"]:
        lines = []
        for kind, count in EXAMPLES.items():
            found = [one for corpus in ("records", "articles")
                     for one in known[corpus].get(name, {}).get("examples", {}).get(kind, [])]
            for one in found[:count]:
                what = one["class"] + (f", {one['facts']}" if one["facts"] else "")
                lines.append(f"- {SAID[kind]} ({what})\n  - {short(one['text'])}"
                             + (f"\n  - {short(one['beside'])}" if one["beside"] else ""))
        if lines:
            yield f"**{name}**\n\n" + "\n".join(lines)


def short(text):
    text = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
    return "`" + text.replace("`", "'") + "`"
