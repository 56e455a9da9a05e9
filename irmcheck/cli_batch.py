"""`irmcheck batch`: a folder of plans."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from irmcheck.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from irmcheck.batch import Result


class Language(StrEnum):
    """Language of reports."""

    INDONESIAN = "id"
    ENGLISH = "en"


def batch(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Folder berisi rencana, beserta sub-foldernya; boleh alamat s3://.")
    ],
    out: Annotated[str, typer.Option("--out", "-o", help="Folder hasil; boleh alamat s3://.")] = "laporan",
    formats: Annotated[str, typer.Option("--format", "-f", help="Laporan tiap rencana, dipisah koma.")] = "html",
    workers: Annotated[
        int | None, typer.Option("--workers", "-w", min=1, max=512, help="Banyaknya pekerja; biasanya sebanyak inti.")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Batas waktu satu rencana, detik.")] = 1800.0,
    cluster: Annotated[str | None, typer.Option("--cluster", help="Alamat penjadwal Dask, misalnya tcp://10.0.0.1:8786.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Periksa ulang semua, abaikan hasil yang sudah ada.")] = False,
    kind: Annotated[str, typer.Option("--kind", help="Jenis semua dokumen: auto, rpjmdes, rkpdes, apbdes.")] = "auto",
    year: Annotated[int | None, typer.Option("--year", min=2015, max=2100, help="Tahun anggaran untuk aturan dana desa.")] = None,
    language: Annotated[Language, typer.Option("--lang", help="Bahasa laporan.")] = Language.INDONESIAN,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="Folder aturan tambahan; boleh berulang.")] = None,
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help="Jangan membaca halaman pindaian.")] = False,
) -> None:
    """Check a folder of plans; what is done already is kept, so the same command goes on after any interruption."""
    from irmcheck.batch import Job, open_store, run_batch
    from irmcheck.load.guard import limits_from
    from irmcheck.model import PlanKind
    from irmcheck.report import FORMATS
    from irmcheck.settings import read_settings

    wanted = tuple(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
    if unknown := [name for name in wanted if name not in FORMATS]:
        raise UsageError(f"Bentuk {', '.join(unknown)} tidak dikenal. Pilih dari: {', '.join(FORMATS)}.")
    kinds = ("rpjmdes", "rkpdes", "apbdes")
    if kind not in ("auto", *kinds):
        raise UsageError(f"Jenis {kind} tidak dikenal. Pilih dari: auto, {', '.join(kinds)}.")
    settings = read_settings()
    job = Job(
        formats=wanted,
        language=language.value,
        kind=None if kind == "auto" else PlanKind(kind),
        year=year,
        ocr=not no_ocr,
        settings=settings,
        rules=tuple(path.resolve() for path in (*settings.rules, *(rules or ()))),
        timeout=timeout,
        memory_mb=limits_from(settings.limits).memory_mb,
    )
    result = run_batch(
        open_store(folder), open_store(out), job, workers=workers, cluster=cluster, fresh=fresh, progress=progress_line()
    )
    _tell(result, out)
    if result.failed:
        raise typer.Exit(ExitCode.SOME_FAILED if result.judged + result.unjudged else ExitCode.ALL_FAILED)


def _tell(result: Result, out: str) -> None:
    typer.echo(
        f"{result.judged} rencana dinilai, {result.unjudged} bukan rencana terisi, {result.failed} gagal, "
        f"{result.skipped} dilewati ({result.done} diperiksa sekarang, {result.kept} sudah ada)."
    )
    for name in result.written:
        if "/" not in name:
            typer.echo(f"{out.rstrip('/')}/{name}")
    if messages := sum(name.startswith("pesan/") for name in result.written):
        typer.echo(f"{out.rstrip('/')}/pesan/ ({messages} pesan singkat)")


def progress_line() -> Callable[[int, int, str], None] | None:
    """One line on a terminal with the time left; nothing when piped."""
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def show(done: int, total: int, file: str) -> None:
        spent = time.monotonic() - started
        left = f"sisa {time_told(spent / done * (total - done))}" if done else "mulai"
        name = file if len(file) <= 40 else f"…{file[-39:]}"
        safe = "".join(c if c.isprintable() else "?" for c in name)
        sys.stderr.write(f"\r\x1b[K{done}/{total}  {left}  {safe}" + ("\n" if done >= total else ""))
        sys.stderr.flush()

    return show


def time_told(seconds: float) -> str:
    """A span of time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} detik"
    return f"{seconds / 60:.0f} menit" if seconds < 5400 else f"{seconds / 3600:.1f} jam".replace(".", ",")
