"""Markdown tables of a result."""


def markdown(result):
    machine = result["machine"]
    parts = [f"{machine['processor']}, {machine['cores']} cores, {machine['vectors']}, {machine['memory_gb']} GB; "
             f"Python {machine['python']}; load {machine['load_at_start']} at the start; "
             f"{result['arguments']['rounds']} rounds, medians; {result['arguments']['threads']} threads; "
             f"limit {result['arguments']['limit']:g} s.",
             "Versions: " + ", ".join(f"{k} {v}".strip() for k, v in sorted(result["versions"].items())) + ".",
             "Inputs (SHA-256, first 16 digits): "
             + ", ".join(f"{k} `{v}`" for k, v in sorted(result["inputs"].items())) + "."]
    for peer, reason in sorted(result["missing"].items()):
        parts.append(f"{peer} did not install: {reason}")
    for peer, reason in sorted(result["unmeasured"].items()):
        parts.append(f"{peer}, not measured: {reason}.")
    for lane, draw in (("1", kernel), ("2", end_to_end), ("3", heavy), ("6", quality)):
        if lane in result["lanes"]:
            parts += draw(result["lanes"][lane])
    return "\n\n".join(parts) + "\n"


def rows(heads, body):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in body)])


def seconds(value):
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def parts_of(row):
    return [seconds(row["seconds"][part]) if "seconds" in row else "" for part in ("glue", "core", "verify")]


def ended(row, width):
    return [f"{row['ended']} ({seconds(row['wall'])})" + (f": {row['errors']}" if row.get("errors") else ""),
            *[""] * (width - 1)]


def end_to_end(lane):
    for table in lane:
        yield (f"### Lane 2: {table['size']:,} keys, char-4 Jaccard ≥ {table['threshold']}\n\n{table['bands']} × "
               f"{table['rows']} bands for every tool that takes them, expected recall {table['theory']:.3f} at the "
               f"threshold; {table['truth']:,} true pairs.")
        body = []
        for name, row in sorted(table["tools"].items(), key=lambda item: (item[1]["ended"], item[1]["wall"])):
            if row["ended"] != "done":
                body.append([name, *ended(row, 9)])
                continue
            body.append([name, seconds(row["wall"]), seconds(row["cpu"]), f"{row['peak_mb']:.0f} MB", *parts_of(row),
                         f"{row['recall']:.4f}", f"{row['precision']:.4f}", f"{row['own_pairs']:,}"])
        yield rows(["tool", "wall", "CPU", "peak RSS", "glue", "core", "our verification", "recall", "precision",
                    "pairs"], body)


def heavy(lane):
    for table in lane:
        yield (f"### Lane 3: one line × {table['count']:,}, {table['count']:,} one-word variants, {table['count']:,} "
               f"others\n\nThreshold {table['threshold']}, {table['bands']} × {table['rows']} bands.")
        yield rows(["tool", "wall", "CPU", "peak RSS", "members linked to the line", "pairs"],
                   [[name, *(ended(row, 5) if row["ended"] != "done" else
                             [seconds(row["wall"]), seconds(row["cpu"]), f"{row['peak_mb']:.0f} MB",
                              f"{row['members']:,}", f"{row['own_pairs']:,}"])]
                    for name, row in sorted(table["tools"].items(), key=lambda item: (item[1]["ended"], item[1]["wall"]))])


def kernel(lane):
    for table in lane:
        yield (f"### Lane 1: signatures of {table['size']:,} keys, {table['permutations']} permutations\n\n"
               "Recall under edits: pairs found at equal bands × rows among edited lines "
               f"({table['bands']} × {table['rows']}, {table['edited']:,} pairs).")
        yield rows(["tool", "core", "million shingles/s", "mean squared error", *table["edits"]],
                   [[name, *(ended(row, 3 + len(table["edits"])) if row["ended"] != "done" else
                             [seconds(row["core"]), f"{row['shingles'] / row['core'] / 1e6:.2f}",
                              f"{row['mean_squared_error']:.5f}" if "mean_squared_error" in row else "not visible",
                              *(f"{row['edits'].get(e, 0):.3f}" for e in table["edits"])])]
                    for name, row in table["tools"].items()]
                   + [["twicetold", "no command of its own", "", "not visible",
                       *(f"{table['own_edits'][e]:.3f}" for e in table["edits"])]])


def quality(lane):
    yield "### Lane 6: the ministry's quote in two translations"
    yield rows(["tool and setting", "shingle", "bands × rows", "Jaccard", "P(found), computed", "found, run live"],
               [[r["setting"], r["shingle"], r["bands"], r["jaccard"], r["probability"], r["found"]] for r in lane])
