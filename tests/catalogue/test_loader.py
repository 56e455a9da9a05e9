import json
import time

import pytest
from rulekit import CARD, FILES, LEXICON, line_of, write

from irmcheck.catalogue import load_catalogue, loader
from irmcheck.catalogue.loader import read_catalogue
from irmcheck.catalogue.rules import Citation, Suggestion
from irmcheck.errors import CatalogueError, ExitCode, UsageError
from irmcheck.model import Status

PRB = "prb/PRB-03-peringatan-dini.yaml"
WORDS = "lexicon/istilah.yaml"


@pytest.fixture
def rules(tmp_path):
    return write(tmp_path / "rules", FILES)


def faults_of(folder, files=None):
    """Faults as "name:line: message" after writing `files` over the folder."""
    if files:
        write(folder, files)
    return [str(fault) for fault in read_catalogue([folder])[1].found]


def only_fault(folder, files):
    faults = faults_of(folder, files)
    assert len(faults) == 1, faults
    return faults[0]


def test_small_folder_is_sound(rules):
    assert faults_of(rules) == []


def test_card_becomes_a_criterion(rules):
    (one,) = read_catalogue([rules])[0].criteria
    assert (one.id, one.title, one.group, one.pillar, one.weight, one.ease) == ("PRB-03", "Peringatan dini", "PRB", "prb", 2, 3)
    assert one.plan_kinds == ("rpjmdes", "rkpdes")
    assert one.suggestions == (Suggestion("Pengadaan kentongan", "3.1.04", "buah", "TPK", "DD"),)
    assert one.basis == (Citation("uu-24-2007", "46"),)
    assert (one.pkd, one.destana) == ((23, 24), (43,))
    assert one.file == "rules/prb/PRB-03-peringatan-dini.yaml"
    assert one.scored


def test_local_terms_become_concepts_with_full_ids(rules):
    catalogue = read_catalogue([rules])[0]
    assert catalogue.criteria[0].terms["alat"] is catalogue.concepts["PRB-03.alat"]
    tool = catalogue.concepts["PRB-03.alat"]
    assert [p.text for p in tool.phrases] == ["kentongan", "sirene", "[air] & sirene"]
    assert [p.text for p in tool.negatives] == ["pengeras suara gereja"]
    assert [p.text for p in catalogue.concepts["PRB-03.pesan"].phrases] == ["[PRB-03.alat] desa"]
    assert (tool.phrases[0].file, tool.phrases[0].line) == (
        "rules/prb/PRB-03-peringatan-dini.yaml",
        line_of(CARD, "kentongan, sirene"),
    )


def test_evidence_params_hold_full_concept_ids_at_any_depth(rules):
    first, second = read_catalogue([rules])[0].criteria[0].evidence
    assert first.kind == "kegiatan" and first.grants is Status.MET and first.why == "ada alat di matriks"
    assert first.params == {
        "cari": ["PRB-03.alat"],
        "dengan": [["PRB-03.pesan", "air"], ["PRB-03.alat"]],
        "jenis": ["embung"],
        "punya": ["lokasi"],
    }
    assert second.grants is Status.PARTIAL
    assert second.params == {
        "aturan": [{"kalimat": {"cari": ["PRB-03.alat"], "di": ["masalah"]}}, {"kegiatan": {"bahaya": ["banjir"], "minimal": 2}}]
    }
    assert second.line == line_of(CARD, "semua:")


def test_condition_needs_no_status(rules):
    condition = read_catalogue([rules])[0].criteria[0].condition
    assert condition.otherwise == "Tidak ada bahaya yang disebut."
    assert condition.rules[0].params == {"cari": ["air"]}


def test_examples_keep_status_place_and_line(rules):
    met, partial, missing, negated, similar = read_catalogue([rules])[0].criteria[0].examples
    assert met.expected is Status.MET
    assert met.rows == ({"kegiatan": "Pengadaan kentongan", "lokasi": "Dusun 1", "biaya": "1.000.000", "sumber": "DD"},)
    assert (partial.expected, partial.sentences) == (Status.PARTIAL, (("masalah", "Kentongan dipukul waktu banjir"),))
    assert (missing.headings, missing.plan_kind, missing.year) == ((("profil", "Bencana"),), "rkpdes", 2025)
    assert (negated.expected, negated.trap, negated.line) == (Status.MISSING, "negasi", line_of(CARD, "sebab: negasi"))
    assert (similar.expected, similar.trap) == (Status.NOT_APPLICABLE, "mirip")
    assert similar.sentences == (("profil", "Ada air"),) and similar.rows == ({"tabel": "hadir", "nama": "Contoh"},)


def test_activity_type_turns_phrases_into_concepts_and_keeps_references(rules):
    catalogue = read_catalogue([rules])[0]
    kind = catalogue.activity_types["embung"]
    assert kind.find == ("jenis.embung", "air")
    assert kind.with_all == (("jenis.embung.dengan1", "air"), ("banjir",))
    assert kind.exclude == ("jenis.embung.bukan",)
    assert [p.text for p in catalogue.concepts["jenis.embung.dengan1"].phrases] == ["kering"]
    assert (kind.pillars, kind.answers, kind.codes, kind.where == "baris") == (("api",), ("banjir",), ("2.3.10",), True)
    assert [(e.row, e.expected) for e in kind.examples] == [
        ({"kegiatan": "Pembuatan embung"}, True),
        ({"kegiatan": "Embun pagi", "lokasi": "Desa"}, False),
    ]


def test_hazard_regulation_and_pack(rules):
    catalogue = read_catalogue([rules])[0]
    assert catalogue.hazards["banjir"].concepts == ("banjir",)
    assert catalogue.regulations["uu-24-2007"].articles == {"46": "P"}
    pack = catalogue.pack(2026)
    assert pack.known and pack.regulations == ("uu-24-2007",) and pack.published == "2025-12-30"
    (focus,) = pack.focus
    assert (focus.types, focus.concepts, focus.exclude, focus.certain) == (
        ("embung",),
        ("air",),
        ("paket.2026.iklim.bukan",),
        True,
    )
    assert pack.earmarks == {"blt": {"maks": 15, "min": None, "pasti": True, "aturan": "uu-24-2007"}}
    assert catalogue.pack(2027) is None and catalogue.pack(None) is None


def test_raw_lexicon_keeps_plain_values(rules):
    assert read_catalogue([rules])[0].lexicon["satuan"] == {
        "kelipatan": {1000: ["ribu"], 1000000: ["juta"]},
        "rasio": 0.5,
        "kosong": None,
        "ya": "on",
    }


@pytest.mark.parametrize(
    ("name", "change", "line_with", "message"),
    [
        (PRB, ("pilar: prb", "pilar: pbr"), "pbr", "'pbr' tidak dikenal. Mungkin maksudnya: prb."),
        (PRB, ("judul: P", "judull: P"), "judull", "isian 'judull' tidak dikenal"),
        (PRB, ("bobot: 2", "bobot: 7"), "bobot", "'7' harus angka bulat 1 sampai 3"),
        (PRB, ("id: PRB-03", "id: PRB3"), "id:", "harus berbentuk seperti PRB-03"),
        (PRB, ("kelompok: PRB", "kelompok: API"), "kelompok", "tidak cocok dengan id 'PRB-03'"),
        (PRB, ("di: masalah, sebab", "di: masalahh, sebab"), "masalahh", "Mungkin maksudnya: masalah."),
        (PRB, (", sebab: negasi", ""), "Belum ada sirene", "jebakan perlu 'sebab'"),
        (PRB, ("cari: [alat], dengan", "cari: [alta], dengan"), "alta", "istilah 'alta' tidak dikenal"),
        (PRB, ("jenis: embung", "jenis: embunk"), "embunk", "jenis kegiatan 'embunk' tidak dikenal"),
        (PRB, ("bahaya: banjir", "bahaya: banjr"), "banjr", "bahaya 'banjr' tidak dikenal"),
        (PRB, ("uu-24-2007, p", "uu-24-2017, p"), "2017", "aturan 'uu-24-2017' tidak dikenal"),
        (PRB, ("    nilai: sebagian\n", ""), "semua:", "bukti perlu 'nilai: terpenuhi'"),
        (PRB, ('["[alat] desa"]', "[[alat] desa]"), "desa]", "tulisan YAML tidak dapat dibaca"),
        (PRB, ('["[alat] desa"]', "[[alat]]"), "[[alat]]", "Apit frasa dengan tanda kutip"),
        (WORDS, ("[air, =oe]", "[air, '[banjr]']"), "banjr", "istilah 'banjr' tidak dikenal. Mungkin maksudnya: banjir."),
        (WORDS, ("cari: [banjir]", "cari: []"), "banjir:", "istilah 'banjir' belum punya frasa"),
        (WORDS, ("  banjir:", "  air:"), "[banjir]", "isian 'air' ditulis dua kali (juga di baris 2)"),
        (WORDS, ("[air, =oe]", "&a [air, =oe]"), "=oe", "tanda '&' atau '*' di awal nilai tidak diterima"),
        (WORDS, ("[air, =oe]", "!!python/object:os.system [air]"), "system", "tidak diterima"),
        ("packs/2026.yaml", ("konsep: [air]", "konsep: [ari]"), "ari", "istilah 'ari' tidak dikenal"),
        ("packs/2026.yaml", ("diketahui: true", "diketahui: ya"), "diketahui", "'ya' harus true atau false"),
        ("regulations.yaml", ('{"46": P}', '{"46": Z}'), "46", "tingkat pasal 46 'Z' tidak dikenal"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_file_line_and_remedy(rules, name, change, line_with, message):
    text = FILES[name]
    assert change[0] in text
    changed = text.replace(*change)
    faults = faults_of(rules, {name: changed})
    wanted = f"rules/{name}:{line_of(changed, line_with)}: "
    assert any(fault.startswith(wanted) and message in fault for fault in faults), faults


def test_number_mark_after_a_blank_is_not_lost_in_silence(rules):
    fault = only_fault(rules, {"lexicon/istilah.yaml": LEXICON + "  hujan:\n    cari:\n      - tahun #\n"})
    assert fault.startswith("rules/lexicon/istilah.yaml:6: tanda # sesudah spasi dianggap catatan")


def test_comment_on_its_own_line_is_no_fault(rules):
    assert faults_of(rules, {"lexicon/istilah.yaml": LEXICON + "  hujan:\n    cari:\n      # air\n      - hujan\n"}) == []


def test_all_faults_of_all_files_are_raised_together(rules, monkeypatch):
    write(rules, {"prb/PRB-03-peringatan-dini.yaml": CARD.replace("pilar: prb", "pilar: pbr").replace("bobot: 2", "bobot: 9")})
    write(rules, {"packs/2026.yaml": "tahun: 2026\n", "api/rusak.yaml": 'id: "API-01\n'})
    monkeypatch.setattr(loader, "data_folder", lambda kind: rules)
    with pytest.raises(CatalogueError) as raised:
        load_catalogue()
    message = raised.value.message
    assert "4 hal perlu diperbaiki" in message
    for wanted in (
        "PRB-03-peringatan-dini.yaml:4:",
        "PRB-03-peringatan-dini.yaml:7:",
        "2026.yaml:1: isian 'diketahui'",
        "api/rusak.yaml:",
    ):
        assert wanted in message
    assert raised.value.exit_code is ExitCode.CATALOGUE_INVALID


def test_lenient_leaves_the_faulty_card_out(rules, monkeypatch):
    write(rules, {"prb/PRB-04-x.yaml": CARD.replace("PRB-03", "PRB-04").replace("bobot: 2", "bobot: 9")})
    monkeypatch.setattr(loader, "data_folder", lambda kind: rules)
    assert [one.id for one in load_catalogue(lenient=True).criteria] == ["PRB-03"]


def test_unreadable_file_does_not_drown_its_fault_in_missing_references(rules):
    assert "tulisan YAML" in only_fault(rules, {"lexicon/istilah.yaml": LEXICON + "  hujan: {cari: [a\n"})


def test_same_id_in_two_files_is_a_fault(rules):
    fault = only_fault(rules, {"prb/PRB-03-z.yaml": CARD})
    known = "rules/prb/PRB-03-peringatan-dini.yaml:1"
    assert fault == f"rules/prb/PRB-03-z.yaml:1: 'PRB-03' sudah ada di {known}. Pakai nama lain atau gabungkan."


def test_missing_folder_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="tidak ada"):
        read_catalogue([tmp_path / "tiada"])


def test_hostile_files_are_faults(rules):
    (rules / "lexicon" / "a.yaml").write_bytes(b"\xff\xfe\x00")
    (rules / "lexicon" / "b.yaml").write_text("[" * 100_000)
    (rules / "lexicon" / "c.yaml").write_text("")
    (rules / "lexicon" / "d.yml").write_text("konsep: {}")
    (rules / "lexicon" / "e.yaml").write_text("- satu\n")
    (rules / "lexicon" / "f.yaml").write_text("konsep: {}\n---\nkonsep: {}\n")
    (rules / "lexicon" / "g.yaml").write_bytes(b'konsep: {x: {cari: ["a\x00b"]}}')
    began = time.perf_counter()
    named = {fault.split(":")[0].rsplit("/", 1)[1] for fault in faults_of(rules)}
    assert named == {"a.yaml", "b.yaml", "c.yaml", "d.yml", "e.yaml", "f.yaml", "g.yaml"}
    assert time.perf_counter() - began < 5


def test_aliases_cannot_unfold(rules):
    bomb = "a: &a [x, x]\n" + "\n".join(f"b{i}: &b{i} [*a, *a]" for i in range(20))
    assert "tidak diterima" in only_fault(rules, {"lexicon/bom.yaml": bomb})


def test_hash_is_the_same_with_windows_newlines_and_changes_with_content(rules):
    before = read_catalogue([rules])[0].sha256
    for path in rules.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_catalogue([rules])[0].sha256 == before
    write(rules, {"lexicon/istilah.yaml": LEXICON + "  hujan: {cari: [hujan]}\n"})
    assert read_catalogue([rules])[0].sha256 != before


def test_hash_does_not_see_hidden_files_backups_and_skeletons(rules):
    before = read_catalogue([rules])[0].sha256
    for name in (".tersembunyi.yaml", "lexicon/istilah.yaml~", "kerangka/kriteria.yaml", ".git/x.yaml", "README.md"):
        write(rules, {name: "id: <rusak"})
    catalogue, faults = read_catalogue([rules])
    assert catalogue.sha256 == before and faults.found == []


def test_cached_catalogue_equals_the_parsed_one(rules, monkeypatch):
    first = read_catalogue([rules])[0]
    monkeypatch.setattr(loader, "parse", None)  # a second parse would fail
    assert read_catalogue([rules])[0] == first


@pytest.mark.parametrize("content", ["", "{", "[]", '{"sha256": 1}', '{"sha256": "%s", "trees": [[0, "a"]]}'])
def test_broken_cache_only_means_parsing_again(rules, content, tmp_path_factory):
    import os
    from pathlib import Path

    first = read_catalogue([rules])[0]
    (stored,) = Path(os.environ["IRMCHECK_CACHE"]).rglob("*.json")
    json.loads(stored.read_text())
    stored.write_text(content.replace("%s", first.sha256))
    assert read_catalogue([rules])[0] == first


def test_unwritable_cache_is_no_trouble(rules, monkeypatch, tmp_path):
    (tmp_path / "berkas").write_text("")
    monkeypatch.setenv("IRMCHECK_CACHE", str(tmp_path / "berkas"))
    assert read_catalogue([rules])[1].found == []


def test_faults_are_told_again_on_a_second_run(rules):
    write(rules, {"lexicon/istilah.yaml": LEXICON.replace("[banjir]", "[]")})
    assert faults_of(rules) == faults_of(rules) != []


def test_packaged_criteria_come_in_the_order_of_the_groups():
    from irmcheck.catalogue.keys import GROUPS

    ids = [one.id for one in load_catalogue(lenient=True).criteria]
    assert ids == sorted(ids, key=lambda one: (GROUPS.index(one.split("-")[0]), one))


def test_folder_with_too_many_files_is_refused_before_it_is_read(tmp_path, monkeypatch):
    from irmcheck.catalogue import files

    monkeypatch.setattr(files, "MAX_FILES", 20)
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("")
    with pytest.raises(UsageError, match="lebih dari 20 berkas"):
        read_catalogue([tmp_path])
