"""near-dupes: its class at defaults over the texts, of which it keeps the longest: `near_dupes_command.py IN OUT SCRATCH`."""

import json
import sys

from near_dupes import DuplicateFinder

source, out, _ = sys.argv[1:]
with open(source, encoding="utf-8") as lines:
    documents = [json.loads(line) for line in lines]
result = DuplicateFinder(kind="text").find([document["text"] for document in documents])
with open(out, "w", encoding="utf-8") as lines:
    lines.writelines(json.dumps(documents[at], ensure_ascii=False) + "\n" for at in result.keep_indices)
