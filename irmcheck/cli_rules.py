"""`irmcheck rules ...`: read, test, write and measure the rule catalogue. Parses and prints; the work is done elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from irmcheck.cli_words import App
from irmcheck.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from irmcheck.catalogue.rules import Catalogue

rules_app = App(help="Aturan: lihat, uji, tulis, dan ukur katalog kriteria.")

RulesOption = Annotated[list[Path] | None, typer.Option("--rules", help="Folder aturan tambahan; boleh berulang.")]


@rules_app.command("list", help="Daftar semua kriteria, dapat disaring.")
def list_rules(
    group: Annotated[str, typer.Option("--group", help="Kelompok, misalnya PRB.")] = "",
    pillar: Annotated[str, typer.Option("--pillar", help="Pilar: prb, api, mer, lintas.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Jenis rencana: rpjmdes, rkpdes.")] = "",
    rules: RulesOption = None,
) -> None:
    """Print one line per criterion."""
    from irmcheck.cards import listing

    _print(listing(_catalogue(rules), group=group.upper(), pillar=pillar.lower(), kind=kind.lower()))


@rules_app.command(help="Tunjukkan satu kriteria seluruhnya: pertanyaan, bukti, contoh, dasar.")
def show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Misalnya PRB-03.")],
    rules: RulesOption = None,
) -> None:
    """Print a whole card."""
    from irmcheck.cards import card

    _print(card(_catalogue(rules), identity.upper()))


@rules_app.command(help="Periksa semua berkas aturan: isian, rujukan, frasa, contoh, dasar hukum.")
def lint(rules: RulesOption = None) -> None:
    """Print every fault and remark; exit code 3 when there is a fault."""
    from irmcheck.lint import lint_rules

    faults, remarks = lint_rules(_folders(rules))
    _print(f"catatan  {remark}" for remark in remarks)
    _print(f"SALAH    {fault}" for fault in faults)
    typer.echo(f"{len(faults)} kesalahan, {len(remarks)} catatan.")
    if faults:
        raise typer.Exit(ExitCode.CATALOGUE_INVALID)


@rules_app.command(help="Jalankan contoh-contoh pada kartu aturan; tanpa ID berarti semuanya.")
def test(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Kriteria atau jenis kegiatan.")] = None,
    rules: RulesOption = None,
) -> None:
    """Print what failed and why; exit code 3 when an example fails."""
    from irmcheck import pipeline
    from irmcheck.selftest import run_selftests

    ready = pipeline.prepare(_folders(rules)[1:])
    results = run_selftests(ready.catalogue, ready.matcher, ids)
    failed = [one for one in results if not one.passed]
    for one in failed:
        _print(one.explained())
    traps = sum(bool(one.trap) for one in results)
    typer.echo(f"{len(results)} contoh diuji ({traps} jebakan), {len(failed)} gagal.")
    if failed:
        raise typer.Exit(ExitCode.CATALOGUE_INVALID)


@rules_app.command(help="Jelaskan apa yang dikenali dalam satu kalimat atau satu berkas, dan mengapa.")
def explain(
    sentence: Annotated[str, typer.Argument(metavar="KALIMAT", help="Kalimat dari rencana desa.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Rencana desa yang dijelaskan.", dir_okay=False)] = None,
    section: Annotated[str, typer.Option("--section", help="Bagian rencana tempat kalimat itu berdiri.")] = "masalah",
    row: Annotated[bool, typer.Option("--row", help="Kalimat itu nama kegiatan di matriks.")] = False,
    rules: RulesOption = None,
) -> None:
    """Print the concepts found with their stance, and the criteria they touch."""
    from irmcheck import pipeline
    from irmcheck.explain import explain_file, explain_sentence

    if bool(sentence) == (file is not None):
        raise UsageError('Tulis satu kalimat di antara tanda kutip, atau tunjuk berkas dengan "--file".')
    ready = pipeline.prepare(_folders(rules)[1:], every_concept=True)
    _print(explain_file(file, ready) if file else explain_sentence(sentence, ready, section, as_row=row))


@rules_app.command(help="Buat kerangka kriteria baru (ID) atau paket tahun anggaran baru (--pack TAHUN).")
def new(
    identity: Annotated[str, typer.Argument(metavar="[ID]", help="Misalnya PRB-07.")] = "",
    pack: Annotated[int | None, typer.Option("--pack", min=2015, max=2100, help="Tahun anggaran.")] = None,
    to: Annotated[Path, typer.Option("--to", help="Folder aturan milik sendiri.", file_okay=False)] = Path("aturan"),
) -> None:
    """Write a skeleton into an overlay folder."""
    from irmcheck.drafts import new_criterion, new_pack

    if bool(identity) == (pack is not None):
        raise UsageError("Tulis ID kriteria baru (misalnya PRB-07) atau tahun dengan --pack 2027, salah satu saja.")
    path = new_pack(pack, to) if pack is not None else new_criterion(identity.upper(), to)
    typer.echo(f"{path}\nIsi kerangka ini, lalu: irmcheck rules lint --rules {to} dan irmcheck rules test --rules {to}")


@rules_app.command(help="Salin kartu kriteria ke folder sendiri untuk diubah.")
def copy(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Misalnya PRB-03.")],
    to: Annotated[Path, typer.Option("--to", help="Folder aturan milik sendiri.", file_okay=False)] = Path("aturan"),
) -> None:
    """Copy a packaged card into an overlay folder."""
    from irmcheck.drafts import copy_criterion

    path = copy_criterion(identity.upper(), to)
    typer.echo(f"{path}\nUbah isinya (isian yang tidak diubah boleh dihapus), lalu pakai dengan --rules {to}")


@rules_app.command(help="Ukur ketepatan tiap kriteria terhadap rencana yang sudah dinilai orang.")
def measure(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Berisi berkas rencana dan labels.json.")],
    rules: RulesOption = None,
) -> None:
    """Print precision and recall per criterion."""
    from irmcheck import pipeline
    from irmcheck.measure import measure_plans, table

    _print(table(measure_plans(folders, pipeline.prepare(_folders(rules)[1:]))))


def _folders(rules: list[Path] | None) -> list[Path]:
    """The packaged rules, those named in irmcheck.toml, those on the command line."""
    from irmcheck.settings import data_folder, read_settings

    return [data_folder("rules"), *read_settings().rules, *(rules or ())]


def _catalogue(rules: list[Path] | None) -> Catalogue:
    from irmcheck.catalogue import load_catalogue

    return load_catalogue(_folders(rules)[1:])


def _print(lines: Iterable[str]) -> None:
    from irmcheck.text import printable

    for line in lines:
        typer.echo(printable(line))
