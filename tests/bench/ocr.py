"""Exactness of OCR on bench/scan_200.pdf: words of prose pages, cells and rupiah of table pages.

Run: python tests/bench/ocr.py [PATH TO bench]    (no cache is used; a minute on two cores)
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from irmcheck.load import load_isolated
from irmcheck.model import Block, Document, Table

Row = tuple[str, ...]
AMOUNT = 8  # column of "Jumlah (Rp)" in the eleven-column tables


def fold(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def key_of(cells: Row) -> str | None:
    """What names a row in the generated plans: "tahap 44" or "Masalah 21"."""
    found = re.search(r"tahap \d+|Masalah \d+", " ".join(cells))
    return found[0] if found else None


def true_rows(bench: Path) -> dict[str, Row]:
    rows = {}
    for item in json.loads((bench / "truth_60.json").read_text(encoding="utf-8")):
        for row in item.get("rows", []) if item["t"] == "table" else []:
            cells = tuple(map(fold, row["cells"])) if row["kind"] == "row" else ()
            if key := key_of(cells):
                rows[key] = cells
    return rows


def page_cells(document: Document, page: int, keys: list[str], truth: dict[str, Row]) -> list[tuple[str, str, bool]]:
    """Wanted text, read text and whether it is an amount, for each unmerged body cell of the page."""
    tables = [item for item in document.items if isinstance(item, Table) and item.page == page]
    read = {key_of(cells): cells for table in tables for row in table.rows if (cells := tuple(map(fold, row)))}
    pairs = []
    for key in keys:
        wanted, got = truth[key], read.get(key, ())
        wide = len(wanted) == 11
        for column in range(3, 11) if wide else range(2, 5):
            seen = got[column] if len(got) == len(wanted) else "<baris tidak ditemukan>"
            pairs.append((wanted[column], seen, wide and column == AMOUNT))
    return pairs


def prose_words(document: Document, page: int) -> list[str]:
    """Words of the page's lines, also of paragraphs that began on the page before."""
    words = []
    for block in document.items:
        if isinstance(block, Block):
            for line, following in zip_longest(block.lines, block.lines[1:]):
                if line.page == page:
                    words += block.text[line.start : following.start if following else None].split()
    return words


def main() -> None:
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[3] / "shared" / "bench"
    texts = [fold(text) for text in json.loads((bench / "scan_truth.json").read_text(encoding="utf-8"))]
    truth = true_rows(bench)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["IRMCHECK_CACHE"] = cache
        started = time.monotonic()
        document = load_isolated(bench / "scan_200.pdf")
        first = time.monotonic() - started
        started = time.monotonic()
        load_isolated(bench / "scan_200.pdf")
        again = time.monotonic() - started
    pairs, words, hits = [], 0, 0
    for page, text in enumerate(texts, 1):
        keys = [key for key in truth if re.search(key + r"\b", text)]
        if any(isinstance(item, Table) and item.page == page for item in document.items):
            pairs += page_cells(document, page, keys, truth)
            continue
        wanted = text.split()
        got = prose_words(document, page)
        words += len(wanted)
        hits += sum(match.size for match in SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks())
    exact = sum(wanted == got for wanted, got, _ in pairs)
    amounts = [(wanted, got) for wanted, got, amount in pairs if amount]
    print(f"kata prosa  {hits}/{words} = {hits / words:.2%} (kaki halaman yang dibuang ikut dihitung)")
    print(f"sel         {exact}/{len(pairs)} = {exact / len(pairs):.2%}")
    print(f"rupiah      {sum(w == g for w, g in amounts)}/{len(amounts)}")
    print(f"waktu       {first / len(texts):.2f} detik per halaman, dari simpanan {again:.2f} detik seluruhnya")
    for wanted, got, _ in pairs:
        if wanted != got:
            print(f"  beda: {wanted!r} -> {got!r}")


if __name__ == "__main__":
    main()
