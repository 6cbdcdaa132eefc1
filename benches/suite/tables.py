"""Markdown tables of a result."""

ENDS = ("done", "did not end", "left out", "failed", "not run")


def markdown(result):
    machine, arguments = result["machine"], result["arguments"]
    parts = [f"{machine['processor']}, {machine['cores']} cores, {machine['vectors']}, {machine['memory_gb']} GB; "
             f"Python {machine['python']}; load {machine['load_at_start']} at the start; {arguments['threads']} threads "
             f"(lane 1: one). Medians of {arguments['rounds']} rounds in random order, of one where a tool takes more than "
             f"{arguments['patience']:g} s; a process that takes more than {arguments['limit']:g} s (above 200,000 keys: {arguments['large_limit']:g} s) is ended.",
             "Versions: " + ", ".join(f"{k} {v}".strip() for k, v in sorted(versions(result).items())) + ".",
             "Inputs (SHA-256, first 16 digits): " + ", ".join(f"{k} `{v}`" for k, v in sorted(inputs(result).items())) + "."]
    parts += [f"{peer} did not install: {reason}." for peer, reason in sorted(result["missing"].items())]
    for table in result["tables"]:
        draw = DRAW[table["name"].split("-")[0] if table["name"] != "1-edits" else "edits"]
        parts += draw(table["facts"], table["rows"])
    return "\n\n".join(parts) + "\n"


def versions(result):
    known = {tool: row["version"] for table in result["tables"] for tool, row in table["rows"].items() if row.get("version")}
    return known | {"twicetold": result["version"]}


def inputs(result):
    return {table["facts"]["input"]: table["facts"]["digest"] for table in result["tables"] if "input" in table["facts"]}


def rows(heads, body):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in body)])


def seconds(value):
    return "" if value is None else f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def share(value):
    return "" if value is None else f"{value:.4f}"


def ended(row, width):
    """The cells of a tool that did not finish: how it ended, then nothing."""
    took = f" ({seconds(row['wall'])})" if row["ended"] == "did not end" else ""
    return [row["ended"] + took + (f": {row['errors']}" if row.get("errors") else ""), *[""] * (width - 1)]


def by_end(tools):
    return sorted(tools.items(), key=lambda item: (ENDS.index(item[1]["ended"]), item[1]["wall"]))


def cost(row):
    return [seconds(row["wall"]), seconds(row["cpu"]), f"{row['peak_mb']:.0f} MB"]


def setting(row):
    return f"{row['bands']} × {row['rows']}" if row.get("bands") else ""


def end_to_end(facts, tools):
    names = {"verses": "verses of 31 Bibles", "synth": "`twicetold synth`, scraped", "planted": "invented lines"}
    text = f"{facts['keys']:,} keys, {names[facts['source']]}"
    if "bands" in facts:
        yield f"### Lane 2: {text}, char-4 Jaccard ≥ {facts['threshold']}"
        yield (f"{facts['truth']:,} true pairs, by {facts['exact']}. Ours and, where they take it, the peers' setting is "
               f"{facts['bands']} × {facts['rows']}: recall {facts['theory']:.4f} at the threshold. *Expected* is the mean of "
               "1 − (1 − s^rows)^bands over the true pairs.")
    else:
        yield f"### Lane 2: {text}, {facts['threshold']}"
        yield f"{facts['truth']:,} pairs by an exact join." if facts["truth"] else "Too many keys for an exact join."
    body = []
    for name, row in by_end(tools):
        if row["ended"] != "done":
            body.append([name, *ended(row, 10)])
            continue
        parts = [seconds(row.get("seconds", {}).get(part)) for part in ("glue", "core")]
        known = [share(row.get("expected")), share(row["recall"]), share(row["precision"])] if facts["truth"] else [""] * 3
        body.append([name, *cost(row), *parts, setting(row), *known, f"{row['own_pairs']:,}"])
    yield rows(["tool", "wall", "CPU", "peak RSS", "glue", "core", "bands × rows", "expected", "recall", "precision", "pairs"],
               body)
    if "bands" in facts:
        yield ahead(tools, "wall clock", lambda row: row["wall"])


def ahead(tools, what, value):
    """Which peers are ahead of twicetold in the table above, said in words."""
    own = tools.get("twicetold", {})
    if own.get("ended") != "done":
        return "twicetold did not finish."
    better = sorted((value(row), name) for name, row in tools.items()
                    if row["ended"] == "done" and not name.startswith("twicetold") and value(row) < value(own))
    return f"Ahead of twicetold by {what}: " + (", ".join(name for _, name in better) or "none") + "."


def heavy(facts, tools):
    count = facts["count"]
    yield f"### Lane 3: one line × {count:,}, {count:,} one-word variants, {count:,} others"
    yield f"Threshold {facts['threshold']}, {facts['bands']} × {facts['rows']} bands."
    yield rows(["tool", "wall", "CPU", "peak RSS", "members linked to the line", "pairs"],
               [[name, *(ended(row, 5) if row["ended"] != "done" else
                         [*cost(row), f"{row['members']:,}", f"{row['own_pairs']:,}"])] for name, row in by_end(tools)])
    yield ahead(tools, "wall clock", lambda row: row["wall"])


def kernel(facts, tools):
    yield f"### Lane 1: signatures of {facts['keys']:,} sets, {facts['permutations']} permutations, one core"
    yield (f"Mean squared error of the estimate over {facts['pairs']} pairs of 200 tokens from 0 to 1; a perfect MinHash has "
           f"{facts['expected']:.5f} on average.")
    body = []
    for name, row in sorted(tools.items(), key=lambda item: (ENDS.index(item[1]["ended"]), item[1].get("seconds", {}).get("core", 0))):
        rates = [f"{row['shingles'] / row['seconds'][part] / 1e6:.1f}" if part in row.get("seconds", {}) else ""
                 for part in ("core", "ids")]
        body.append([name, *(ended(row, 4) if row["ended"] != "done" else
                             [seconds(row["seconds"]["core"]), *rates, f"{row['mean_squared_error']:.5f}"])])
    yield rows(["tool", "from texts", "million shingles/s from texts", "from ids", "mean squared error"], body)
    yield ahead(tools, "speed from texts", lambda row: row["seconds"]["core"])
    yield ahead(tools, "error", lambda row: row["mean_squared_error"])


def edits(facts, tools):
    kinds = facts["edits"]
    yield "### Lane 1: recall under one-word edits"
    yield (f"Pairs at char-4 Jaccard ≥ {facts['threshold']}: " + ", ".join(f"{facts['asked'][kind]:,} {kind}" for kind in kinds)
           + f". The formula expects of {facts['bands']} × {facts['rows']}: "
           + ", ".join(share(facts["expected"][kind]) for kind in kinds) + ".")
    yield rows(["tool", "bands × rows", *kinds],
               [[name, *(ended(row, 1 + len(kinds)) if row["ended"] != "done" else
                         [setting(row), *(share(row["found"][kind]) for kind in kinds)])] for name, row in sorted(tools.items())])


def quality(facts, tools):
    yield "### Lane 6: the ministry's quote in two translations, by each tool's default"
    order = [name for name in facts["order"] if name in tools]
    yield "*Found* is the run with the tool's own seed; where a seed can be given, also with how many of a hundred."

    def said(row):
        if "found" not in row:
            return ended(row, 1)[0]
        seeds = f"; {row['of_100_seeds']} of 100" if "of_100_seeds" in row else ""
        return ("yes" if row["found"] else "no") + seeds

    yield rows(["tool", "setting", "shingle", "bands × rows", "Jaccard", "P(found), computed", "found, run live"],
               [[name, row["setting"], row["shingle"], row["bands"],
                 "" if row["jaccard"] is None else f"{row['jaccard']:.3f}", share(row["probability"]),
                 said(row)] for name, row in ((name, tools[name]) for name in order)])


DRAW = {"1": kernel, "2": end_to_end, "3": heavy, "6": quality, "edits": edits}
