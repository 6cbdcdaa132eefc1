"""Writes the tables beside it, with another implementation of their formats than ours: python make.py (pyarrow 26.0.1)."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FERRY = "The ferry left the harbour of Velmark at dawn."
table = pa.table(
    {
        "id": pa.array([1, 2, 3, None], pa.int64()),
        "text": [
            FERRY + " Nobody was hurt in the storm, police said.",
            "Prices rose in May, the council of the town said. The ferry left the harbour of Velmark at dawn!",
            None,
            FERRY,
        ],
        "source": pa.array(["a.example", "b.example", "a.example", None]).dictionary_encode(),
        "date": pa.array([datetime(2022, 1, 8, 12), None, datetime(2022, 1, 9), None], pa.timestamp("us", "Europe/Berlin")),
        "page": pa.array([{"sizes": [1, 2], "body": "One."}, None, {"sizes": None, "body": None}, {"sizes": [], "body": "x"}]),
        "tags": pa.array([[("k", 1)], None, [], [("a", 2), ("b", None)]], pa.map_(pa.string(), pa.int32())),
        "price": pa.array([1, 2, None, 4], pa.decimal128(10, 2)),
    },
    metadata={"origin": "synthetic"},
)
here = Path(__file__).parent
for codec in ["snappy", "zstd", "gzip", "brotli", "lz4"]:
    pq.write_table(table, here / f"{codec}.parquet", compression=codec, row_group_size=2)
with pa.ipc.new_file(here / "file.arrow", table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as out:
    out.write_table(table, max_chunksize=2)
with pa.ipc.new_stream(here / "stream.arrows", table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
    out.write_table(table, max_chunksize=2)
