"""How fast a folder of plans goes, beside a plain pdfplumber loop over the same pages, in one run on one machine.

    python tests/bench/batch.py [--plans 100] [--runs 2] [--sample 6]

Makes a folder of copies of the example plans (and of ../shared/plans where present), each with its own text, as DOCX, XLSX and
PDF (PDF by LibreOffice, where installed). Prints plans per minute with one and two workers, their ratio, memory of a worker, the
cost of running again when nothing changed, and the speed of `pdfplumber` extract_text + extract_tables. The pdfplumber loop reads
each distinct plan once as PDF, or the first --sample of them, scaled to all. Best of --runs; the machine may be busy, so CPU
seconds stand beside wall seconds.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "examples", ROOT.parent / "shared" / "plans")
ENDINGS = (".docx", ".xlsx", ".pdf")

_THEIRS = """
import sys, time
import pdfplumber
started, cpu = time.perf_counter(), time.process_time()
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
print(time.perf_counter() - started, time.process_time() - cpu)
"""
_OURS = """
import sys
from pathlib import Path
from irmcheck.batch import Job, open_store, run_batch
if __name__ == "__main__":
    result = run_batch(open_store(sys.argv[1]), open_store(sys.argv[2]), Job(formats=("html",)), workers=int(sys.argv[3]))
    print(result.judged, result.done, result.peak_mb)
"""


def originals() -> list[Path]:
    """Plans to copy: no scans, which measure OCR only."""
    found = [p for folder in SOURCES if folder.is_dir() for p in sorted(folder.rglob("*")) if p.suffix in ENDINGS]
    return [path for path in found if "scan" not in path.stem]


def copies(folder: Path, count: int) -> list[Path]:
    """`count` files of different content, kinds mixed: DOCX and XLSX get another village's text, PDF another trailer."""
    plans = originals()
    made = []
    for number in range(count):
        source = plans[number % len(plans)]
        target = folder / f"desa-{number:03d}" / f"{source.stem}{source.suffix}"
        target.parent.mkdir(parents=True)
        if source.suffix == ".docx":
            _changed_docx(source, target, number)
        elif source.suffix == ".xlsx":
            _changed_xlsx(source, target, number)
        else:
            target.write_bytes(source.read_bytes() + f"\n% salinan {number}\n".encode())
        made.append(target)
    return made


def _changed_docx(source: Path, target: Path, number: int) -> None:
    import docx

    document = docx.Document(str(source))
    document.add_paragraph(f"Catatan musyawarah nomor {number}: warga dusun {number % 7} meminta bak air diperiksa.")
    document.save(str(target))


def _changed_xlsx(source: Path, target: Path, number: int) -> None:
    import openpyxl

    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + 2, 1, f"Catatan musyawarah nomor {number}")
    book.save(target)


def ours(folder: Path, out: Path, workers: int) -> tuple[float, float, str]:
    """Wall and CPU seconds of a whole batch, the start of all processes included, and what it says."""
    started, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-c", _OURS, str(folder), str(out), str(workers)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - started, cpu, done.stdout.strip()


def theirs(files: list[Path]) -> tuple[float, float]:
    """Wall and CPU seconds of the pdfplumber loop over PDF files, imports left out."""
    done = subprocess.run([sys.executable, "-c", _THEIRS, *map(str, files)], capture_output=True, text=True, check=True)
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


def as_pdf(files: list[Path], folder: Path) -> list[Path]:
    """The same plans as PDF, so that pdfplumber has pages of every plan to read."""
    office = shutil.which("soffice")
    others = [path for path in files if path.suffix != ".pdf"]
    made = [path for path in files if path.suffix == ".pdf"]
    for number, path in enumerate(others if office else []):
        place = folder / str(number)
        profile = f"-env:UserInstallation=file://{folder}/profil"
        command = [str(office), "--headless", profile, "--convert-to", "pdf", "--outdir", str(place), str(path)]
        subprocess.run(command, capture_output=True, check=True, timeout=180)
        made += place.glob("*.pdf")
    return made


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=0, help="pdfplumber reads the first so many distinct plans, scaled to all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        files = copies(base / "rencana", given.plans)
        distinct = files[: len(originals())]
        print(f"{len(files)} plans, {len(distinct)} distinct, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB")
        seconds = {1: math.inf, 2: math.inf}
        used = {1: math.inf, 2: math.inf}
        for run in range(given.runs):
            for workers in (1, 2):
                wall, cpu, told = ours(base / "rencana", base / f"hasil{workers}-{run}", workers)
                seconds[workers], used[workers] = min(seconds[workers], wall), min(used[workers], cpu)
                judged, done, peak = told.split()
                print(
                    f"{workers} worker(s): {wall:7.1f} s ({cpu:.1f} CPU)  {60 * given.plans / wall:6.0f} plans/minute"
                    f"  ({judged} judged, {done} done, peak {peak} MB a worker)",
                    flush=True,
                )
        print(f"2 workers against 1: {seconds[1] / seconds[2]:.2f}x")
        again, cpu, told = ours(base / "rencana", base / "hasil2-0", 2)
        print(f"again, nothing changed: {again:.2f} s, {again / seconds[2]:.1%} of the full run, CPU {cpu / used[2]:.1%}", told)
        chosen = as_pdf(distinct[: given.sample] if given.sample else distinct, base / "pdf")
        runs = [theirs(chosen) for _ in range(given.runs)]
        wall, cpu = (min(one) * given.plans / len(chosen) for one in zip(*runs, strict=True))
        print(f"pdfplumber text + tables: {wall:.0f} s ({cpu:.0f} CPU) for {given.plans} plans, scaled from {len(chosen)}")
        print(f"against pdfplumber: {wall / seconds[1]:.1f}x with 1 worker, {wall / seconds[2]:.1f}x with 2")
        print(f"against pdfplumber in CPU seconds: {cpu / used[1]:.1f}x")


if __name__ == "__main__":
    main()
