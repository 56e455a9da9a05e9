import pytest
from rulekit import FILES, write

from irmcheck.catalogue import load_catalogue, loader
from irmcheck.catalogue.loader import read_catalogue


@pytest.fixture
def rules(tmp_path):
    return write(tmp_path / "rules", FILES)


@pytest.fixture
def own(tmp_path):
    return tmp_path / "aturan-kami"


def laid(rules, own, files):
    """The catalogue with an overlay of `files`; it must be sound."""
    catalogue, faults = read_catalogue([rules, write(own, files)])
    assert [str(one) for one in faults.found] == []
    return catalogue


def faults_with(rules, own, files):
    return [str(one) for one in read_catalogue([rules, write(own, files)])[1].found]


def test_overlay_replaces_only_the_fields_it_names(rules, own):
    (one,) = laid(rules, own, {"kartu.yaml": "id: PRB-03\nbobot: 3\njudul: Tanda bahaya\n"}).criteria
    assert (one.weight, one.title, one.pillar) == (3, "Tanda bahaya", "prb")
    assert len(one.examples) == 5


def test_overlay_replaces_inside_mappings_field_by_field(rules, own):
    card = "id: PRB-03\nistilah:\n  alat: {cari: [tetek bambu]}\ncontoh:\n  belum: [{kalimat: Sepi, di: profil}]\n"
    (one,) = laid(rules, own, {"prb/PRB-03.yaml": card}).criteria
    assert [p.text for p in one.terms["alat"].phrases] == ["tetek bambu"]
    assert [p.text for p in one.terms["alat"].negatives] == ["pengeras suara gereja"]
    assert one.terms["alat"].phrases[0].file == "aturan-kami/prb/PRB-03.yaml"
    assert [e.sentences for e in one.examples if e.expected == "missing" and not e.trap] == [(("profil", "Sepi"),)]


def test_plus_adds_to_a_list(rules, own):
    lexicon = "konsep:\n  banjir: {cari+: [air naik]}\n"
    concept = laid(rules, own, {"lexicon/kata-kami.yaml": lexicon}).concepts["banjir"]
    assert [(p.text, p.file) for p in concept.phrases] == [
        ("banjir", "rules/lexicon/istilah.yaml"),
        ("air naik", "aturan-kami/lexicon/kata-kami.yaml"),
    ]


def test_overlay_adds_criteria_concepts_types_and_years(rules, own):
    files = {
        "api/API-09.yaml": FILES["prb/PRB-03-peringatan-dini.yaml"].replace("PRB-03", "API-09").replace(": PRB", ": API"),
        "lexicon/kata-kami.yaml": "konsep:\n  oe: {cari: [oe]}\njenis:\n  mamar: {nama: Mamar, cari: ['[oe]'], pilar: [mer]}\n",
        "packs/2027.yaml": "tahun: 2027\ndiketahui: false\n",
        "regulations.yaml": "aturan:\n  perdes-1: {nama: Perdes 1, tingkat: R}\n",
    }
    catalogue = laid(rules, own, files)
    assert [one.id for one in catalogue.criteria] == ["PRB-03", "API-09"]
    assert catalogue.activity_types["mamar"].find == ("oe",)
    assert not catalogue.pack(2027).known
    assert catalogue.regulations["perdes-1"].year is None
    assert catalogue.overridden == ()


def test_pack_of_a_year_can_be_changed(rules, own):
    pack = "tahun: 2026\ncatatan: [Perbup menyusul]\nfokus+:\n  - {id: air, judul: Air, konsep: [air]}\n"
    catalogue = laid(rules, own, {"packs/2026.yaml": pack})
    assert [item.id for item in catalogue.pack(2026).focus] == ["iklim", "air"]
    assert catalogue.pack(2026).notes == ("Perbup menyusul",)
    assert catalogue.overridden == ("2026",)


def test_switched_off_rule_is_gone_and_named(rules, own):
    catalogue = laid(rules, own, {"a.yaml": "id: PRB-03\naktif: false\nalasan: dinilai bersama PRB-04\n"})
    assert catalogue.criteria == ()
    assert catalogue.overridden == ("PRB-03",)


def test_switching_off_needs_a_reason(rules, own):
    (fault,) = faults_with(rules, own, {"a.yaml": "id: PRB-03\naktif: false\n"})
    assert fault.startswith("aturan-kami/a.yaml:2: 'aktif: false' perlu 'alasan: ...'")


def test_reason_of_an_activity_type_is_no_reason_for_switching_it_off(rules, own):
    write(rules, {"lexicon/kegiatan.yaml": FILES["lexicon/kegiatan.yaml"] + "    alasan: menyimpan air\n"})
    faults = faults_with(rules, own, {"lexicon/x.yaml": "jenis:\n  embung: {aktif: false}\n"})
    assert faults[0].startswith("aturan-kami/lexicon/x.yaml:2: 'aktif: false' perlu")


def test_switching_off_what_others_use_is_told_at_the_user(rules, own):
    faults = faults_with(rules, own, {"lexicon/x.yaml": "konsep:\n  banjir: {aktif: false, alasan: uji}\n"})
    assert any(f.startswith("rules/lexicon/bencana.yaml:2: istilah 'banjir' tidak dikenal") for f in faults)


def test_fault_in_an_overlay_names_the_overlay(rules, own):
    (fault,) = faults_with(rules, own, {"a.yaml": "id: PRB-03\n\nbobot: berat\n"})
    assert fault == "aturan-kami/a.yaml:3: 'berat' harus angka bulat 1 sampai 3."


def test_overridden_lists_every_changed_id_once(rules, own, tmp_path):
    write(own, {"a.yaml": "id: PRB-03\nbobot: 3\n", "lexicon/b.yaml": "konsep:\n  air: {cari: [wai]}\n"})
    more = write(tmp_path / "lagi", {"a.yaml": "id: PRB-03\nbobot: 1\n", "lexicon/satuan.yaml": "rasio: 0.7\n"})
    catalogue, faults = read_catalogue([rules, own, more])
    assert faults.found == []
    assert catalogue.overridden == ("PRB-03", "air", "lexicon/satuan")
    assert catalogue.criteria[0].weight == 1
    assert catalogue.lexicon["satuan"]["rasio"] == 0.7 and "kelipatan" in catalogue.lexicon["satuan"]


def test_order_of_folders_counts_and_changes_the_hash(rules, own, tmp_path):
    write(own, {"a.yaml": "id: PRB-03\nbobot: 3\n"})
    more = write(tmp_path / "lagi", {"a.yaml": "id: PRB-03\nbobot: 1\n"})
    one_way, other_way = (read_catalogue([rules, *order])[0] for order in ((own, more), (more, own)))
    assert (one_way.criteria[0].weight, other_way.criteria[0].weight) == (1, 3)
    assert one_way.sha256 != other_way.sha256 != read_catalogue([rules])[0].sha256


def test_load_catalogue_lays_folders_over_the_packaged_rules(rules, own, monkeypatch):
    monkeypatch.setattr(loader, "data_folder", lambda kind: rules)
    write(own, {"a.yaml": "id: PRB-03\nbobot: 3\n"})
    assert load_catalogue([own]).criteria[0].weight == 3
    assert load_catalogue().overridden == ()
