"""What a tool removed, against what is known of each sentence.

A removed sentence is counted once:

in part   half of it stays, so that the tool saw several sentences where there is one record; not judged further
right     one that stays says the same: of its cluster, and the edits of both touched no figure, name or negation; or its letters and
          digits are equal
touched   one of its cluster stays, but an edit of one of the two touched a figure, name or negation (cut off, glued, damaged)
decoy     what stays beside it differs in a figure, a name or a negation that was changed on purpose
alone     nothing like it stays

A copy that stays is missed if another one stays that says the same: the original, or a copy more like it. Copies of which an
edit touched a fact may stay.
"""

from collections import Counter, defaultdict

BANDS = ((1.0, "1"), (0.9, ".9 to 1"), (0.8, ".8 to .9"), (0.6, ".6 to .8"), (0.0, "below .6"))
VERDICTS = ("in part", "right", "touched", "decoy", "alone")
SHOWN = 4  # examples of each kind that are kept


def band(jaccard):
    return next(name for least, name in BANDS if jaccard >= least)


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def stays(documents, left):
    """The ids of the sentences that stand whole and in order in what is left of their document."""
    found = set()
    for document in documents:
        text, place = " ".join((left.get(document["id"]) or "").split()), 0
        for sentence in document["sentences"]:
            at = text.find(sentence["text"], place)
            if at >= 0:
                place = at + len(sentence["text"])
                found.add(sentence["id"])
    return found


def judge(documents, left):
    sentences = {sentence["id"]: sentence for document in documents for sentence in document["sentences"]}
    forms = {sentence["id"]: document["form"] for document in documents for sentence in document["sentences"]}
    homes = {sentence["id"]: document["id"] for document in documents for sentence in document["sentences"]}
    staying = stays(documents, left)
    clusters, equal, beside = defaultdict(list), set(), defaultdict(set)
    for sentence in sentences.values():
        if sentence["decoy"] and sentence["copy_of"] in sentences:
            original = sentences[sentence["copy_of"]]["cluster"]
            beside[sentence["cluster"]].add(original)
            beside[original].add(sentence["cluster"])
        if sentence["id"] in staying:
            clusters[sentence["cluster"]].append(sentence)
            equal.add(letters(sentence["text"]))
    examples, verdicts, planted, missed = defaultdict(list), Counter(), defaultdict(Counter), defaultdict(Counter)

    def example(kind, sentence, other):
        examples[kind].append({"text": sentence["text"], "beside": other and other["text"], "class": sentence["class"],
                               "facts": sentence["decoy"] or ", ".join(sentence["facts"])})

    for sentence in sentences.values():
        if sentence["id"] in staying:
            continue
        if cut(sentence["text"], left.get(homes[sentence["id"]])):
            verdicts["in part"] += 1
            continue
        twins = clusters[sentence["cluster"]]
        safe = [twin for twin in twins if not twin["facts"] or sentence["decoy"]]
        if letters(sentence["text"]) in equal or safe and (not sentence["facts"] or sentence["decoy"]):
            verdict, other = "right", None
        elif twins:
            verdict, other = "touched", twins[0]
        else:
            others = [twin for name in sorted(beside[sentence["cluster"]]) for twin in clusters[name]]
            verdict, other = ("decoy", others[0]) if others else ("alone", None)
        verdicts[verdict] += 1
        if verdict != "right":
            example(verdict, sentence, other)
    for family in families(sentences.values()):
        kept = [sentence for sentence in family if sentence["id"] in staying]
        for copy in family[1:]:
            both = copy in kept and copy is not kept[0]
            parts = {"class": copy["class"]}
            if copy["copy_of"]:
                parts |= {"form": forms[copy["id"]], "band": band(copy["jaccard"] or 0)}
            for part, name in parts.items():
                planted[part][name] += 1
                missed[part][name] += both
            if both:
                example("missed", copy, kept[0])
    return {"sentences": len(sentences), "removed": len(sentences) - len(staying), "documents": len(documents),
            "documents_gone": sum(1 for document in documents if not left.get(document["id"])),
            "verdicts": {name: verdicts[name] for name in VERDICTS}, "planted": planted, "missed": missed,
            "decoys": sum(1 for sentence in sentences.values() if sentence["decoy"]),
            "examples": {kind: spread(found) for kind, found in sorted(examples.items())}}


def families(sentences):
    """What says the same, the original first, then equal copies, then by likeness; without copies of which an edit touched a fact."""
    known = defaultdict(list)
    for sentence in sentences:
        if not sentence["facts"] or sentence["decoy"]:
            known[sentence["cluster"]].append(sentence)
    for family in known.values():
        yield sorted(family, key=lambda sentence: (bool(sentence["copy_of"]), sentence["class"] != "exact", -(sentence["jaccard"] or 0)))


def cut(text, left):
    """Whether one half of a sentence that is not whole any more stands in what is left of its document."""
    left, middle = " ".join((left or "").split()), len(text) // 2
    return text[:middle].strip() in left or text[middle:].strip() in left if left else False


def spread(found):
    """A few, from the whole list; always the same."""
    step = max(1, len(found) // SHOWN)
    return found[::step][:SHOWN]
