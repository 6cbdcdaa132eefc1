"""gaoya: `MinHashStringIndex` with its own character analyser, so there is no glue."""

import sys

sys.path.append(sys.path.pop(0))  # this file has the name of the package

from gaoya.minhash import MinHashStringIndex  # noqa: E402

import protocol  # noqa: E402

ROWS = 8  # of its index of signatures
LADDER = 1_000  # more sets than a ladder has
SLACK = 0.15  # its filter judges by the estimate: about three standard deviations at 60 hashes


def index_of(job):
    return MinHashStringIndex(hash_size=32, jaccard_threshold=max(0.0, job["threshold"] - SLACK),
                              num_bands=job["bands"], band_size=job["rows"], analyzer="char",
                              ngram_range=(protocol.GRAM, protocol.GRAM), id_container="smallvec")


def pairs(keys, job, clock):
    with clock.measure("core"):
        index = index_of(job)
        index.par_bulk_insert_docs(list(range(len(keys))), keys)
        answers = index.par_bulk_query(keys)
        return [(a, b) for a, found in enumerate(answers) for b in found if a < b]


def signatures(sets, job, clock):
    """It shows no signatures: sets go into an index, and estimates come from queries."""
    bands = job["permutations"] // ROWS
    index = MinHashStringIndex(jaccard_threshold=0.0, num_bands=bands, band_size=ROWS, analyzer=list, id_container="vec")
    with clock.measure("core"):
        index.minhash_index.bulk_insert_tokens(list(range(len(sets))), sets)
    if len(sets) > LADDER:
        return None
    single = MinHashStringIndex(jaccard_threshold=0.0, num_bands=bands * ROWS, band_size=1, analyzer=list)
    single.minhash_index.bulk_insert_tokens(list(range(len(sets))), sets)
    return lambda a, b: dict(single.query(sets[a], return_similarity=True)).get(b, 0.0)


def quote(texts, job):
    """Defaults: words, 20 bands of 5, threshold 0.75."""
    index = MinHashStringIndex(lowercase=True, ngram_range=(1, 1))
    index.insert_document(0, texts[0])
    return index.query(texts[1])


if __name__ == "__main__":
    protocol.main("gaoya", sys.modules[__name__])
