"""How twicetold is called, and how its report is read as pairs of line numbers."""

import subprocess

BASE = ["--quiet", "--input-format", "lines", "--unit", "line"]
# Plain Jaccard of character 4-grams at a threshold and nothing else, which is what the peers are asked for.
PLAIN = ["--profile", "near", "--evalue", "off", "--numbers", "ignore", "--pairs", "all"]


def version(binary):
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]


def contract(threshold, recall=None):
    """Flags of a contract at a threshold: .99 at .80 and above, .95 below, as the lane's definition asks."""
    recall = recall or (0.99 if threshold >= 0.8 else 0.95)
    return [*PLAIN, "--threshold", str(threshold), "--at", str(threshold), "--recall", str(recall)]


def pairs(report, keys, score="jaccard_char4"):
    """The reported pairs as line numbers, with their similarity. Keys are distinct: a text says which line it is."""
    line = {key: at for at, key in enumerate(keys)}
    number = {sentence["id"]: line[sentence["text"]] for sentence in report["sentences"]}
    found = ((number[pair["a"]], number[pair["b"]], pair[score]) for pair in report["pairs"])
    return {(min(a, b), max(a, b)): similarity for a, b, similarity in found}
