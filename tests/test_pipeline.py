"""A file read and understood in a process of its own: what comes back, and what a lost matrix does to the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from irmcheck.errors import CatalogueError
from irmcheck.model import PlanKind, Status
from irmcheck.pipeline import Request, Rules, check, prepare, read

HEADER = ("No", "Jenis Kegiatan", "Lokasi", "Volume", "Sasaran", "Waktu", "Jumlah (Rp)", "Sumber")
ROWS = (
    ("BIDANG PENYELENGGARAAN PEMERINTAHAN DESA",),
    ("1", "Penghasilan tetap kepala desa", "Desa", "12 bulan", "Aparat", "Mei", "30.000.000", "ADD"),
    ("BIDANG PELAKSANAAN PEMBANGUNAN DESA",),
    ("1", "Pembangunan bak penampung air hujan", "Dusun I", "1 unit", "Warga", "Mei", "48.000.000", "DD"),
    ("2", "Penanaman bambu di mata air", "Dusun II", "100 batang", "Warga", "Mei", "12.500.000", "DD"),
    ("3", "Pelatihan tim siaga bencana desa", "Desa", "1 kali", "Warga", "Mei", "9.750.000", "DD"),
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return prepare()


def write(path: Path, title: str, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    document = docx.Document()
    for line in ("RENCANA KERJA PEMERINTAH DESA (RKP DESA)", "TAHUN 2026", "DESA CONTOH", "KABUPATEN KUPANG"):
        document.add_paragraph().add_run(line).bold = True
    document.add_heading("BAB I PENDAHULUAN", 1)
    document.add_paragraph("Rencana ini disusun bersama warga desa. " * 5)
    document.add_heading(title, 1)
    table = document.add_table(rows=0, cols=len(HEADER))
    for row in (HEADER, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    document.save(str(path))
    return path


def test_nothing_is_called_missing_when_the_matrix_was_not_understood(tmp_path: Path, rules: Rules) -> None:
    lost = check(Request(write(tmp_path / "a.docx", "EVALUASI PELAKSANAAN RKP DESA TAHUN 2025")), lambda: rules)
    assert lost.plan.rows_lost and lost.plan.activities == ()
    assert [problem.code for problem in lost.problems] == ["no-activities"]
    statuses = {finding.status for finding in lost.findings}
    assert Status.UNDETERMINED in statuses and Status.MISSING not in statuses
    unasked = [finding.id for finding in lost.findings if finding.status is Status.NOT_APPLICABLE]
    assert unasked == [one.id for one in rules.catalogue.criteria if "rkpdes" not in one.plan_kinds]
    assert lost.summary.score is None and lost.summary.integrated is None


def test_gaps_are_told_when_it_was(tmp_path: Path, rules: Rules) -> None:
    found = check(Request(write(tmp_path / "a.docx", "BAB II RENCANA KEGIATAN TAHUN 2026")), lambda: rules)
    assert not found.plan.rows_lost and len(found.plan.activities) == 4
    statuses = {finding.status for finding in found.findings}
    assert Status.MISSING in statuses and Status.UNDETERMINED not in statuses


def test_kind_and_year_of_the_request_reach_the_process_that_reads(tmp_path: Path) -> None:
    plan = read(Request(write(tmp_path / "a.docx", "RENCANA KEGIATAN"), PlanKind.APBDES, 2027))
    assert (plan.identity.kind, plan.identity.year_start) == (PlanKind.APBDES, 2027)


def test_faults_of_the_users_rules_come_back_from_there(tmp_path: Path) -> None:
    (tmp_path / "aturan" / "prb").mkdir(parents=True)
    (tmp_path / "aturan" / "prb" / "PRB-99.yaml").write_text("id: PRB-99\njudul: x\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="PRB-99"):
        read(Request(write(tmp_path / "a.docx", "RENCANA KEGIATAN"), folders=(tmp_path / "aturan",)))
