"""A virtual environment for each peer, with its released package."""

import subprocess
import sys

# name → (adapter, packages, lanes it takes part in)
PEERS = {
    "rensa": ("rensa", ["rensa"], {1, 2, 3, 6}),
    "fastsketchlsh": ("fastsketchlsh", ["FastSketchLSH"], {1, 2, 3, 6}),
    "datasketch": ("datasketch", ["datasketch"], {1, 2, 3, 6}),
    "gaoya": ("gaoya", ["gaoya"], {1, 2, 3, 6}),
    "setsimilaritysearch": ("setsimilaritysearch", ["SetSimilaritySearch"], {2, 3, 6}),
    "near-dupes": ("near_dupes_adapter", ["near-dupes"], {2, 3, 6}),
    "pyspark": ("pyspark_adapter", ["pyspark==3.5.3", "numpy", "setuptools"], {2, 3}),
    "text-dedup": ("text_dedup_adapter", ["text-dedup"], {2, 3, 6}),
    # The packages of its extras that MinHash and its default English tokenizer import.
    "datatrove": ("datatrove_adapter", ["datatrove", "regex", "xxhash<4", "tokenizers", "spacy"], {2, 3, 6}),
}
LOCAL = {"naive": ("naive", [], {2})}


def python(peer, folder):
    return sys.executable if peer in LOCAL else str(folder / peer / "bin/python")


def install(peers, folder):
    """Makes what is not there; gives the peers that do not install, each with the reason that pip gave."""
    missing = {}
    for peer in peers:
        if peer in LOCAL or (folder / peer / "installed").exists():
            continue
        print(f"installing {peer}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder / peer], check=True)
        done = subprocess.run([python(peer, folder), "-m", "pip", "install", "--quiet", *PEERS[peer][1]],
                              capture_output=True, text=True)
        if done.returncode == 0:
            (folder / peer / "installed").touch()
        else:
            missing[peer] = reason(done.stderr)
    return missing


def reason(errors):
    """The last line of pip's errors that says what went wrong, without its notices."""
    lines = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith("[notice]")]
    said = [line for line in lines if line.startswith("ERROR")]
    return (said or lines or ["pip gave no reason"])[-1].removeprefix("ERROR: ")
