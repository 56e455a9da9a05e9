"""How fast and how exactly PDFs are read, beside pdfplumber in the same run.

    python tests/bench/reading.py [--folder ../shared/bench] [--runs 3] [--without-oracle]

Prints, per file, CPU seconds (the machine may be busy), pages per second, peak memory above the interpreter with numpy, and the
share of cells equal to the truth. Each reading is a process of its own; imports are not counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

TRUTH = {"lo_150.pdf": "truth_150.json", "rl_word_150.pdf": "truth_150.json"}
VARIANTS = "truth_60.json"
ORACLE = ("lo_150.pdf", "rl_word_150.pdf")


def truth_rows(path: Path) -> dict[str, tuple[int, dict[int, str]]]:
    """The scored rows of a truth file: their naming cell -> its column and every unmerged cell by column."""
    rows: dict[str, tuple[int, dict[int, str]]] = {}
    for item in json.loads(path.read_text(encoding="utf-8")):
        if item["t"] != "table":
            continue
        name, scored = (2, (0, 2, 3, 4)) if item["ncols"] == 5 else (3, range(3, 11))
        for row in item["rows"]:
            if row["kind"] == "row":
                rows[row["cells"][name]] = (name, {column: row["cells"][column] for column in scored})
    return rows


def exact(tables: list[list[list[str | None]]], truth: dict[str, tuple[int, dict[int, str]]]) -> tuple[int, int]:
    """Cells equal to the truth after white-space folding, and cells scored."""
    read: dict[str, list[str | None]] = {}
    for table in tables:
        for row in table:
            folded = [None if cell is None else " ".join(cell.split()) for cell in row]
            read.update({cell: folded for cell in folded if cell})
    good = total = 0
    for name, (place, cells) in truth.items():
        row = read.get(name, [])
        right = len(row) > place and row[place] == name
        total += len(cells)
        good += sum(right and len(row) > column and row[column] == cell for column, cell in cells.items())
    return good, total


_OURS = """
import json, resource, sys, time
import numpy
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.process_time()
from pathlib import Path
from irmcheck.load.pdf import read_pdf
ready = time.process_time()
document = read_pdf(Path(sys.argv[1]), "")
seconds = time.process_time() - ready
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base
tables = [item.rows for item in document.items if hasattr(item, "rows")]
pages = len(document.pages)
print(json.dumps({"seconds": seconds, "imports": ready - started, "peak": peak / 1024, "pages": pages, "tables": tables}))
"""

_THEIRS = """
import json, resource, sys, time
import numpy
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.process_time()
import pdfplumber
ready = time.process_time()
tables = []
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_text()
        tables += page.extract_tables()
        page.close()
    pages = len(pdf.pages)
seconds = time.process_time() - ready
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base
print(json.dumps({"seconds": seconds, "imports": ready - started, "peak": peak / 1024, "pages": pages, "tables": tables}))
"""


def run(code: str, path: Path) -> dict:
    """Run one reading in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Print the table of figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[3] / "shared" / "bench")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-oracle", action="store_true")
    given = parser.parse_args()
    print(f"{'file':26}{'pages':>6}{'s':>8}{'pages/s':>9}{'MB':>6}{'cells exact':>16}{'pdfplumber':>12}{'ratio':>8}")
    files = [given.folder / name for name in TRUTH] + sorted(given.folder.glob("v_*.pdf"))
    for path in files:
        truth = truth_rows(given.folder / TRUTH.get(path.name, VARIANTS))
        try:
            runs = [run(_OURS, path) for _ in range(given.runs)]
        except subprocess.CalledProcessError as failed:
            print(f"{path.name:26}{failed.stderr.strip().splitlines()[-1][:110]}")
            continue
        seconds = statistics.median(one["seconds"] for one in runs)
        good, total = exact(runs[0]["tables"], truth)
        line = f"{path.name:26}{runs[0]['pages']:6}{seconds:8.3f}{runs[0]['pages'] / seconds:9.0f}{runs[0]['peak']:6.0f}"
        line += f"{good:7}/{total} {good / total:7.2%}"
        if path.name in ORACLE and not given.without_oracle:
            other = run(_THEIRS, path)
            theirs, _ = exact(other["tables"], truth)
            line += (
                f"{other['seconds']:11.2f}s{other['seconds'] / seconds:7.1f}x  (cells {theirs}/{total}, {other['peak']:.0f} MB)"
            )
        print(line, flush=True)


if __name__ == "__main__":
    main()
