"""How twicetold is called, and how its report is read as pairs of line numbers."""

import subprocess

BASE = ["--quiet", "--input-format", "lines", "--unit", "line"]
# Plain Jaccard of character 4-grams at a threshold and nothing else, which is what the peers are asked for.
PLAIN = ["--profile", "near", "--evalue", "off", "--numbers", "ignore", "--pairs", "all"]


def version(binary):
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]


def contract(threshold):
    """Flags of the contract at a threshold: .99 at .80, .95 below, as the lane's definition asks."""
    recall = 0.99 if threshold >= 0.8 else 0.95
    return [*PLAIN, "--threshold", str(threshold), "--at", str(threshold), "--recall", str(recall)]


def pairs(report, keys):
    """The reported pairs as line numbers. Keys are distinct, so a text says which line it is."""
    line = {key: at for at, key in enumerate(keys)}
    number = {sentence["id"]: line[sentence["text"]] for sentence in report["sentences"]}
    found = ((number[pair["a"]], number[pair["b"]]) for pair in report["pairs"])
    return {(min(pair), max(pair)) for pair in found}
