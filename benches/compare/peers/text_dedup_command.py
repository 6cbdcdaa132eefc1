"""text-dedup: its MinHash command as its README calls it, then what it saved as JSON lines: `text_dedup_command.py IN OUT SCRATCH`."""

import os
import sys

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}

import text_dedup.minhash as minhash  # noqa: E402
from datasets import load_from_disk  # noqa: E402

source, out, scratch = sys.argv[1:]
minhash.main(["--path", "json", "--data_files", source, "--split", "train", "--cache_dir", f"{scratch}/cache",
              "--output", f"{scratch}/out", "--column", "text", "--batch_size", "10000"], standalone_mode=False)
load_from_disk(f"{scratch}/out").to_json(out, force_ascii=False)
