"""Small invented village plans, batches of them, and a whole output folder as a dictionary."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from irmcheck.batch import Job, Result, open_store, run_batch
from irmcheck.batch.task import Outcome, Task, check_one
from irmcheck.pipeline import prepare

HEADER = ("No", "Bidang", "Jenis Kegiatan", "Lokasi", "Volume", "Sasaran", "Waktu", "Biaya (Rp)", "Sumber")
ROWS = (
    ("Penyelenggaraan Pemerintahan Desa", "Operasional kantor desa", 25_000_000),
    ("Pelaksanaan Pembangunan Desa", "Pembangunan bak penampung air hujan", 48_000_000),
    ("Pelaksanaan Pembangunan Desa", "Penanaman bambu di sekitar mata air", 12_500_000),
    ("Pembinaan Kemasyarakatan Desa", "Pelatihan tim siaga bencana desa", 9_750_000),
    ("Pemberdayaan Masyarakat Desa", "Sekolah lapang iklim kelompok tani", 15_000_000),
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def write_plan(
    path: Path, village: str, *, subdistrict: str = "Nonohonis", year: int = 2026, rows=ROWS, prose: tuple[str, ...] = ()
) -> Path:
    """An RKPDes of a few pages."""
    import docx

    path.parent.mkdir(parents=True, exist_ok=True)
    document = docx.Document()
    for line in (
        "RENCANA KERJA PEMERINTAH DESA (RKP DESA)",
        f"TAHUN {year}",
        f"DESA {village.upper()}",
        f"KECAMATAN {subdistrict.upper()}",
        "KABUPATEN TIMOR TENGAH SELATAN",
    ):
        document.add_paragraph().add_run(line).bold = True
    document.add_heading("BAB I PENDAHULUAN", 1)
    document.add_paragraph(f"Rencana kerja Desa {village} disusun lewat musyawarah desa bersama warga semua dusun.")
    document.add_heading("BAB II MASALAH DAN POTENSI DESA", 1)
    document.add_paragraph(f"Kekeringan terjadi setiap tahun di Desa {village}; sumur warga kering dari Agustus sampai November.")
    for one in prose:
        document.add_paragraph(one)
    document.add_heading("BAB III RENCANA KEGIATAN DAN BIAYA", 1)
    table = document.add_table(rows=1, cols=len(HEADER))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = text
    for number, (bidang, name, cost) in enumerate(rows, start=1):
        values = (
            number,
            bidang,
            name,
            f"Dusun {number % 3 + 1}",
            "1 paket",
            "Warga",
            "April",
            f"{cost:,}".replace(",", "."),
            "DD",
        )
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = str(value)
    document.add_heading("BAB IV PENUTUP", 1)
    document.save(str(path))
    return path


def village_rows(number: int) -> tuple[tuple[str, str, int], ...]:
    """Rows whose amounts no other village has."""
    return tuple((bidang, name, cost + 1000 * number) for bidang, name, cost in ROWS)


def villages(folder: Path, names: tuple[str, ...]) -> Path:
    """A folder with a plan for each village, each in a folder of its own."""
    for number, name in enumerate(names, start=1):
        write_plan(folder / name / "rkp.docx", name, rows=village_rows(number))
    return folder


def run(folder: Path | str, out: Path | str, job: Job | None = None, **options) -> Result:
    """A batch in this process."""
    return run_batch(open_store(str(folder)), open_store(str(out)), job or Job(), **{"workers": 1, **options})


@lru_cache(maxsize=1)
def rules():
    """The packaged rules, prepared once for all tests of a session."""
    return prepare()


def here(tasks: Iterable[Task], job: Job, workers: int) -> Iterator[tuple[Task, Outcome]]:
    """A stand-in for irmcheck.batch.pool.run_local in this process, for tests that are not about processes."""
    for task in tasks:
        yield task, check_one(task, job, rules())


def command(folder: Path, out: Path, *options: str) -> list[str]:
    """The command line of a batch."""
    return [sys.executable, "-m", "irmcheck", "batch", str(folder), "--out", str(out), *options]


def start(folder: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    """A batch as a command in the background."""
    return subprocess.Popen(command(folder, out, *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, records included."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
