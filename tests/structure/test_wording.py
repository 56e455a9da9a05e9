import copy

import pytest
from structure_kit import document, lexicon, wording

from irmcheck.errors import CatalogueError
from irmcheck.structure import build_plan
from irmcheck.structure.vocabulary import compile_wording
from irmcheck.structure.wording import Words, fold, squeeze


def test_folding():
    assert fold("BAB IV : Visi-Misi") == "bab iv visi misi"
    assert fold("P E N D A H U L U A N") == "pendahuluan"
    assert squeeze("Sumbe r Dana (Rp.)") == "sumberdanarp"


def test_words_match_whole_words_and_exact_ones_only_whole_texts():
    words = Words.of(["visi", "=no"])
    assert "4.1 Visi" in words and "Televisi" not in words
    assert "No." in words and "No urut" not in words


def test_all_faults_of_the_lexicon_are_told_at_once_with_their_file():
    broken = copy.deepcopy(lexicon())
    broken["bagian"]["bagian"][0]["jenis"] = "entahlah"
    broken["kolom"]["kosong"] = "bukan daftar"
    del broken["satuan"]["bilangan"]
    del broken["wilayah"]
    with pytest.raises(CatalogueError) as told:
        compile_wording(broken)
    for name in ("bagian.yaml", "kolom.yaml", "satuan.yaml", "wilayah.yaml"):
        assert f"rules/lexicon/{name}" in told.value.message
    assert "entahlah" in told.value.message


def test_words_that_yaml_reads_as_yes_and_no_are_told():
    broken = copy.deepcopy(lexicon())
    broken["satuan"]["peraturan"] = ["nomor", False]
    with pytest.raises(CatalogueError, match=r"satuan\.yaml.*peraturan"):
        compile_wording(broken)


def test_a_facilitator_adds_a_header_word():
    extended = copy.deepcopy(lexicon())
    role = next(one for one in extended["kolom"]["kolom"] if one["peran"] == "lokasi")
    role["judul"].append("tempat pekerjaan")
    assert any("Tempat Pekerjaan" in rule.titles for rule in compile_wording(extended).columns if rule.role == "lokasi")
    assert build_plan(document(), extended).activities == ()


def test_the_shipped_lexicon_has_no_faults():
    assert wording().sections and wording().columns and wording().tables
