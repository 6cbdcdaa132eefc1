"""What a run found: a file for each table and tool, written as soon as it is known, so that no later failure loses it."""

import json
import shutil


class Records:
    def __init__(self, folder, keep):
        self.folder = folder
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)

    def write(self, table, name, value):
        path = self.folder / table / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n")

    def read(self, table, name):
        path = self.folder / table / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else None

    def tables(self):
        """Every table: its facts, and its rows by the name of the tool."""
        for folder in sorted(self.folder.iterdir()):
            files = {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
            yield folder.name, files.pop("facts"), {row.pop("tool"): row for row in files.values()}
