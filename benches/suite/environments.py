"""A virtual environment for each peer, with its released package."""

import subprocess
import sys

# name → (adapter, packages, lanes it takes part in)
PEERS = {
    "rensa": ("rensa", ["rensa"], {1, 2, 3, 6}),
    "fastsketchlsh": ("fastsketchlsh", ["FastSketchLSH"], {1, 2, 3, 6}),
    "datasketch": ("datasketch", ["datasketch"], {1, 2, 3, 6}),
    "gaoya": ("gaoya", ["gaoya"], {2, 3, 6}),
    "setsimilaritysearch": ("setsimilaritysearch", ["SetSimilaritySearch"], {2, 3, 6}),
    "near-dupes": ("near_dupes_adapter", ["near-dupes"], {2, 3, 6}),
    "pyspark": ("pyspark_adapter", ["pyspark==3.5.3", "numpy", "setuptools"], {2, 3}),
}
LOCAL = {"naive": ("naive", [], {2})}


def python(peer, folder):
    return sys.executable if peer in LOCAL else str(folder / peer / "bin/python")


def install(peers, folder):
    """Makes what is not there; gives the peers that do not install, each with the last line of the reason."""
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
            missing[peer] = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return missing

# Peers that install, but for which there is no adapter yet; said in the results.
UNMEASURED = {
    "text-dedup": "installs (0.4.0), no adapter yet: shingles by words only, reads through Hugging Face datasets",
    "datatrove": "installs, no adapter yet: writes clusters of documents, no pairs",
}
