"""`irmcheck rules ...` from the outside."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.rules import PhraseSet
from irmcheck.cli import app
from irmcheck.cli_rules import rules_app
from irmcheck.errors import ExitCode, UsageError
from irmcheck.explain import _users

SHARED = Path(__file__).parents[2] / "shared" / "plans"
CARD = """
id: UJI-01
judul: Kentongan
kelompok: UJI
pilar: prb
aspek: tata_kelola
tahap: kesiapsiagaan
bobot: 1
untuk: [rkpdes]
pertanyaan: Adakah kentongan?
mengapa: Kentongan murah. Kentongan terdengar.
istilah:
  kentongan: {cari: [kentongan], bukan: [lomba kentongan]}
bukti:
  - kegiatan: {cari: [kentongan], punya: [biaya]}
    nilai: terpenuhi
    alasan: ada kegiatannya
saran: Tambahkan kentongan.
contoh_kegiatan:
  - {kode: 3.1.04, nama: Pengadaan kentongan, satuan: buah}
dasar:
  - {aturan: uu-24-2007}
contoh:
  terpenuhi:
    - baris: {kegiatan: Pengadaan kentongan, biaya: "1.500.000", sumber: DD}
  belum:
    - {kalimat: Warga rajin menabung., di: masalah}
  jebakan:
    - {kalimat: Belum ada kentongan., di: masalah, sebab: negasi}
    - {kalimat: Juara lomba kentongan., di: masalah, sebab: mirip}
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Run where no irmcheck.toml is, with a cache of our own."""
    folder = tmp_path / "kerja"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("IRMCHECK_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def own(elsewhere):
    path = elsewhere / "aturan" / "uji" / "UJI-01-kentongan.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CARD, encoding="utf-8")
    return elsewhere / "aturan"


def run(*args):
    return CliRunner().invoke(rules_app, [str(one) for one in args], catch_exceptions=True)


def output(*args):
    result = run(*args)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(*args):
    """The message of the error that stops a command."""
    result = run(*args)
    assert isinstance(result.exception, UsageError), (result.output, result.exception)
    return result.exception.message


def test_list_names_every_criterion_and_filters(own):
    lines = output("list", "--rules", own).splitlines()
    ids = [one.id for one in load_catalogue([own]).criteria]
    assert [line.split()[0] for line in lines[1:-1]] == ids
    only = output("list", "--rules", own, "--group", "uji", "--pillar", "prb", "--kind", "rkpdes").splitlines()
    assert [line.split()[0] for line in only[1:-1]] == ["UJI-01"]
    assert only[-1] == f"1 dari {len(ids)} kriteria."
    assert "UJI-01" not in output("list", "--rules", own, "--kind", "rpjmdes")


def test_list_marks_what_an_overlay_changed(own, elsewhere):
    more = elsewhere / "lagi"
    more.mkdir()
    (more / "a.yaml").write_text("id: UJI-01\nbobot: 3\n")
    (line,) = [one for one in output("list", "--rules", own, "--rules", more).splitlines() if one.startswith("UJI-01")]
    assert "[diubah]" in line and line.split()[1] == "3"


def test_show_prints_the_whole_card(own):
    shown = output("show", "uji-01", "--rules", own)
    for part in (
        "UJI-01  Kentongan", "Adakah kentongan?", "Kentongan terdengar.", "kegiatan (cari: UJI-01.kentongan; punya: biaya)",
        "bukan: lomba kentongan", "3.1.04 | Pengadaan kentongan | buah",
        "UU 24/2007", "(masalah) Belum ada kentongan.  -> belum, negasi",
    ):  # fmt: skip
        assert part in shown


def test_show_of_an_unknown_id_names_near_ones(own):
    assert "UJI-01" in refused("show", "UJI-02", "--rules", own)


def test_lint_of_sound_rules(own):
    result = run("lint", "--rules", own)
    *told, summary = result.output.splitlines()
    assert [line for line in told if "UJI-01" in line] == []
    faults = sum(line.startswith("SALAH") for line in told)
    assert summary == f"{faults} kesalahan, {len(told) - faults} catatan."
    assert result.exit_code == (ExitCode.CATALOGUE_INVALID if faults else ExitCode.DONE)


def test_lint_names_what_is_missing_with_file_and_exit_code(own):
    card = own / "uji" / "UJI-01-kentongan.yaml"
    text = (
        CARD.replace("sebab: mirip", "sebab: lain").replace("3.1.04", "3104").replace("uu-24-2007}", "uu-24-2007, pasal: '999'}")
    )
    text = text.replace("punya: [biaya]", "punyai: [biaya]").replace(
        "istilah:", "istilah:\n  toa: {cari: [toa, toa besar], bukan: [toa]}"
    )
    card.write_text(text.lstrip("\n"), encoding="utf-8")
    result = run("lint", "--rules", own)
    assert result.exit_code == ExitCode.CATALOGUE_INVALID
    for part in (
        "UJI-01 perlu jebakan dengan 'sebab: mirip'.",
        "kode '3104' tidak berbentuk",
        "mengutip pasal '999' dari uu-24-2007",
        "UJI-01-kentongan.yaml:15: 'punyai' tidak dikenal pada bukti 'kegiatan'",
        "istilah 'toa' tidak dipakai",
        "'toa' tidak pernah dihitung karena selalu kena 'bukan: toa'",
        "'toa besar' sudah tercakup oleh 'toa'",
    ):
        assert part in result.output, part


def test_lint_tells_phrase_faults_with_their_place(own):
    (own / "lexicon").mkdir()
    (own / "lexicon" / "kata.yaml").write_text("konsep:\n  uji: {cari: ['(talud|bronjong']}\n")
    result = run("lint", "--rules", own)
    assert result.exit_code == ExitCode.CATALOGUE_INVALID
    assert "aturan/lexicon/kata.yaml:2:" in result.output and "kurung belum ditutup" in result.output


def test_test_runs_the_examples_of_one_rule(own):
    assert output("test", "UJI-01", "--rules", own) == "4 contoh diuji (2 jebakan), 0 gagal.\n"


def test_test_names_what_failed(own):
    card = own / "uji" / "UJI-01-kentongan.yaml"
    card.write_text(
        CARD.replace("bukan: [lomba kentongan]", "bukan: []").replace("Juara lomba kentongan., di: masalah", "x, di: profil")
    )
    card.write_text(card.read_text().replace("- {kalimat: x, di: profil", "- {baris: {kegiatan: Lomba kentongan, biaya: '1'}"))
    result = run("test", "UJI-01", "--rules", own)
    assert result.exit_code == ExitCode.CATALOGUE_INVALID
    assert "GAGAL UJI-01" in result.output and "(jebakan: mirip)" in result.output
    assert "seharusnya  belum, tetapi hasilnya terpenuhi" in result.output


def test_explain_tells_concept_stance_and_user(own):
    told = output("explain", "Belum ada kentongan", "--rules", own)
    assert '"kentongan" = UJI-01.kentongan, dikatakan tidak ada' in told
    assert 'kata penanda: "Belum ada"' in told and "dipakai oleh: UJI-01" in told


def test_explain_names_the_hazard_of_a_concept_that_takes_in_others():
    catalogue = load_catalogue()
    hazard = next(iter(catalogue.hazards.values()))
    parts = {"uji": PhraseSet("uji", ()), "uji.sendiri": PhraseSet("uji.sendiri", (), part_of="uji")}
    mine = replace(
        catalogue,
        concepts={**catalogue.concepts, **parts},
        hazards={hazard.id: replace(hazard, concepts=("uji.sendiri",))},
    )
    assert _users(mine)["uji"] == [f"bahaya {hazard.id}"]


def test_explain_tells_the_kind_of_an_activity_row():
    told = output("explain", "menanam bambu di pinggir kali supaya tanah tidak jatuh", "--row")
    assert "jenis kegiatan: tanam_penahan" in told and "bahaya longsor" in told


def test_explain_needs_a_sentence_or_a_file_and_a_known_section(own):
    assert "--file" in refused("explain")
    assert "Mungkin maksudnya: masalah" in refused("explain", "kentongan", "--section", "masala")


def test_new_writes_a_skeleton_that_loads_once_filled(elsewhere):
    told = output("new", "prb-97")
    path = elsewhere / "aturan" / "prb" / "PRB-97-baru.yaml"
    assert str(path.relative_to(elsewhere)) in told
    filled = path.read_text(encoding="utf-8").replace("<", "").replace(">", "")
    path.write_text(filled, encoding="utf-8")
    assert "PRB-97" in [one.id for one in load_catalogue([elsewhere / "aturan"]).criteria]
    assert "sudah ada" in refused("new", "PRB-97")


def test_new_pack_loads_as_an_unknown_year(elsewhere):
    output("new", "--pack", 2031)
    pack = load_catalogue([elsewhere / "aturan"]).pack(2031)
    assert pack is not None and not pack.known
    assert "sudah ada" in refused("new", "--pack", 2026)


@pytest.mark.parametrize("args", [[], ["PRB-97", "--pack", "2031"]])
def test_new_wants_one_of_id_and_year(args):
    assert "salah satu saja" in refused("new", *args)


def test_new_refuses_an_odd_id():
    assert "harus berbentuk" in refused("new", "../../etc")


def test_copied_card_is_the_packaged_one_and_changes_the_hash(elsewhere):
    criteria = load_catalogue().criteria
    if not criteria:
        pytest.skip("there is no packaged criterion yet")
    first = criteria[0].id
    output("copy", first)
    catalogue = load_catalogue([elsewhere / "aturan"])
    assert next(one for one in catalogue.criteria if one.id == first).question == criteria[0].question
    assert catalogue.overridden == (first,)
    assert catalogue.sha256 != load_catalogue().sha256
    assert "sudah ada" in refused("copy", first)


def test_rules_of_irmcheck_toml_are_in_force(own, elsewhere):
    (elsewhere / "irmcheck.toml").write_text('[rules]\nextend = ["aturan"]\n')
    assert "UJI-01  Kentongan" in output("show", "UJI-01")


def test_measure_prints_figures_for_a_reviewed_plan(elsewhere):
    plan = SHARED / "tts-rkpdes-2026"
    if not plan.is_dir():
        pytest.skip("the reviewed plans are not here")
    if not load_catalogue().criteria:
        pytest.skip("there is no packaged criterion yet")
    copy = elsewhere / "rencana"
    copy.mkdir()
    for path in plan.iterdir():
        if path.suffix in (".json", ".xlsx"):
            shutil.copy(path, copy)
    lines = output("measure", copy).splitlines()
    labels = json.loads((copy / "labels.json").read_text(encoding="utf-8"))["findings"]
    judged = [line.split()[0] for line in lines if line.split()[0] in labels]
    assert lines[0] == "1 rencana: rencana/rkpdes.xlsx"
    assert len(judged) > 30
    (pooled,) = [line for line in lines if line.startswith("semua")]
    assert pooled.split()[1].count("/") == 1


def test_measure_wants_labels(elsewhere):
    assert "labels.json" in refused("measure", elsewhere)


@pytest.mark.parametrize("command", [one.name or one.callback.__name__ for one in rules_app.registered_commands])
def test_every_command_has_indonesian_help(command):
    result = CliRunner().invoke(app, ["rules", command, "--help"])
    assert result.exit_code == 0
    (registered,) = [one for one in rules_app.registered_commands if (one.name or one.callback.__name__) == command]
    assert registered.help and registered.help[:20] in result.output


def test_faulty_rules_end_in_exit_code_3_without_traceback(own):
    (own / "uji" / "UJI-01-kentongan.yaml").write_text("id: [\n")
    program = "from irmcheck.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "rules", "list", "--rules", str(own)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == ExitCode.CATALOGUE_INVALID
    assert "aturan/uji/UJI-01-kentongan.yaml:2: tulisan YAML tidak dapat dibaca" in done.stderr
    assert "Traceback" not in done.stderr
