"""The command line: parses, calls the pipeline, picks the exit code. No logic, and no heavy import before it is needed."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from irmcheck import __version__
from irmcheck.cli_batch import batch
from irmcheck.cli_rules import rules_app
from irmcheck.cli_words import App, UsageProblem, indonesian_error
from irmcheck.errors import ExitCode, InputError, IrmError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from irmcheck.model import Assessment, PlanKind
    from irmcheck.pipeline import Rules

app = App(
    name="irmcheck",
    help="Memeriksa RPJMDes dan RKPDes: sejauh mana risiko bencana, iklim, dan ekosistem dikelola terpadu (PRT).",
)
app.add_typer(rules_app, name="rules")
app.command(help="Periksa satu folder rencana dan buat matriks desa.")(batch)


class Kind(StrEnum):
    """Which kind of plan a file is."""

    AUTO = "auto"
    RPJMDES = "rpjmdes"
    RKPDES = "rkpdes"
    APBDES = "apbdes"


class FailOn(StrEnum):
    """From which gap on the exit code is 1."""

    MISSING = "missing"
    PARTIAL = "partial"
    NEVER = "never"


class Language(StrEnum):
    """Language of reports."""

    INDONESIAN = "id"
    ENGLISH = "en"


Files = Annotated[
    list[Path], typer.Argument(metavar="BERKAS...", help="Satu atau beberapa rencana desa (PDF, DOCX, XLSX, pindaian).")
]
KindOption = Annotated[Kind, typer.Option("--kind", help="Jenis dokumen, bila pengenalan otomatis keliru.")]
YearOption = Annotated[int | None, typer.Option("--year", min=2015, max=2100, help="Tahun anggaran untuk aturan dana desa.")]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Folder tujuan laporan.", file_okay=False)]
RulesOption = Annotated[list[Path] | None, typer.Option("--rules", help="Folder aturan tambahan; boleh berulang.")]
NoOcr = Annotated[bool, typer.Option("--no-ocr", help="Jangan membaca halaman pindaian.")]


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", "-V", help="Tampilkan versi.", is_eager=True)] = False,
) -> None:
    """Print the version, or go on to a command."""
    if version:
        typer.echo(f"irmcheck {__version__}")
        raise typer.Exit


@app.command(help="Periksa satu atau beberapa rencana dan tulis laporannya.")
def check(
    files: Files,
    kind: KindOption = Kind.AUTO,
    year: YearOption = None,
    formats: Annotated[
        str, typer.Option("--format", "-f", help="Bentuk laporan, dipisah koma: html, json, md, xlsx, docx, pdf.")
    ] = "html",
    out: OutOption = Path("laporan"),
    language: Annotated[Language, typer.Option("--lang", help="Bahasa laporan.")] = Language.INDONESIAN,
    rules: RulesOption = None,
    no_ocr: NoOcr = False,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Kode keluar 1 bila ada celah setingkat ini.")] = FailOn.NEVER,
) -> None:
    """Check plans one after the other; a file that cannot be read does not stop the rest."""
    from irmcheck import pipeline
    from irmcheck.load.guard import limits_from
    from irmcheck.report import FORMATS, render_terminal
    from irmcheck.report.files import report_stems
    from irmcheck.settings import read_settings

    settings = read_settings()
    wanted = _chosen(formats, FORMATS)
    folders = (*settings.rules, *(rules or ()))
    ready = _once(lambda: pipeline.prepare(folders))
    failed, gaps = 0, False
    stems = report_stems(list(dict.fromkeys(files)))
    for file, stem in stems.items():
        request = pipeline.Request(file, _plan_kind(kind), year, not no_ocr, limits_from(settings.limits), folders)
        try:
            assessment = pipeline.check(request, ready, _progress(file))
            written = pipeline.report(assessment, wanted, out, settings, language.value, stem)
        except InputError as error:
            failed += 1
            _complain(error)
            continue
        render_terminal(assessment, settings=settings, language=language.value)
        for path in written:
            typer.echo(str(path))
        gaps = gaps or _has_gap(assessment, fail_on)
    if failed:
        raise typer.Exit(ExitCode.ALL_FAILED if failed == len(stems) else ExitCode.SOME_FAILED)
    if gaps:
        raise typer.Exit(ExitCode.GAPS)


@app.command(help="Tunjukkan apa yang terbaca dari berkas, halaman demi halaman.")
def extract(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Rencana desa.")],
    formats: Annotated[str, typer.Option("--format", "-f", help="json, xlsx, md; dipisah koma.")] = "md",
    out: OutOption = Path("laporan"),
    kind: KindOption = Kind.AUTO,
    year: YearOption = None,
    no_ocr: NoOcr = False,
) -> None:
    """Write what was read: text and tables per page, chapters, activity rows."""
    from irmcheck import pipeline
    from irmcheck.load.guard import limits_from
    from irmcheck.report.extract import EXTRACTS, write_extract
    from irmcheck.settings import read_settings

    wanted = _chosen(formats, EXTRACTS)
    settings = read_settings()
    limits = limits_from(settings.limits)
    request = pipeline.Request(file, _plan_kind(kind), year, not no_ocr, limits, tuple(settings.rules))
    plan = pipeline.read(request, _progress(file))
    for path in write_extract(plan, wanted, out, stem=file.stem, settings=settings):
        typer.echo(str(path))


@app.command(help="Tulis catatan langsung pada salinan rencana: komentar di DOCX, sorotan di PDF.")
def annotate(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Rencana desa, DOCX atau PDF.")],
    kind: KindOption = Kind.AUTO,
    year: YearOption = None,
    out: OutOption = Path("laporan"),
    language: Annotated[Language, typer.Option("--lang", help="Bahasa catatan.")] = Language.INDONESIAN,
    rules: RulesOption = None,
    no_ocr: NoOcr = False,
) -> None:
    """Check a plan and write its notes into a copy; the original is never changed."""
    from irmcheck import pipeline
    from irmcheck.load.guard import limits_from
    from irmcheck.report.annotate import annotate as write_notes
    from irmcheck.settings import read_settings

    settings = read_settings()
    folders = (*settings.rules, *(rules or ()))
    ready = _once(lambda: pipeline.prepare(folders))
    request = pipeline.Request(file, _plan_kind(kind), year, not no_ocr, limits_from(settings.limits), folders)
    assessment = pipeline.check(request, ready, _progress(file))
    typer.echo(str(write_notes(assessment, file, out, settings=settings, language=language.value)))


@app.command(help="Periksa pemasangan: Python, pustaka, OCR, aturan, dan folder.")
def doctor() -> None:
    """Print what is there and what to do about what is not."""
    from irmcheck.doctor import examine

    lines = examine()
    for line in lines:
        typer.echo(
            f"{'ok   ' if line.good else 'CEK  '} {line.what}: {line.found}" + (f"\n      {line.advice}" if line.advice else "")
        )
    if any(line.required and not line.good for line in lines):
        raise typer.Exit(ExitCode.USAGE)


def _chosen(formats: str, known: Collection[str]) -> list[str]:
    """The formats asked for, in order. Raises UsageError for an unknown one, before any work is done."""
    wanted = [name.strip().lower() for name in formats.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        raise UsageError(f"Bentuk {', '.join(unknown)} tidak dikenal. Pilih dari: {', '.join(known)}.")
    return wanted


def _once(make: Callable[[], Rules]) -> Callable[[], Rules]:
    made: list[Rules] = []

    def ready() -> Rules:
        if not made:
            made.append(make())
        return made[0]

    return ready


def _plan_kind(kind: Kind) -> PlanKind | None:
    from irmcheck.model import PlanKind

    return None if kind is Kind.AUTO else PlanKind(kind.value)


def _has_gap(assessment: Assessment, fail_on: FailOn) -> bool:
    wanted = {FailOn.NEVER: (), FailOn.MISSING: ("missing",), FailOn.PARTIAL: ("missing", "partial")}[fail_on]
    return any(f.status in wanted for f in assessment.findings)


def _progress(file: Path) -> Callable[[int, int, str], None] | None:
    """A one-line progress note on a terminal, nothing when piped."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, what: str) -> None:
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{file.name}: {what} {done}/{total}   {end}")
        sys.stderr.flush()

    return show


def _complain(error: IrmError) -> None:
    from irmcheck.text import printable

    typer.echo(f"irmcheck: {printable(error.message)}", err=True)


def main() -> None:
    """Entry point: errors become one sentence and an exit code, never a traceback."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # parsing alone costs more than the answer
        typer.echo(f"irmcheck {__version__}")
        return
    try:
        code = app(prog_name="irmcheck", standalone_mode=False)
    except IrmError as error:
        _complain(error)
        code = int(error.exit_code)
    except UsageProblem as error:
        typer.echo(indonesian_error(error), err=True)
        code = ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    if code == 130:
        typer.echo("irmcheck: dihentikan.", err=True)
    sys.exit(int(code or 0))
