"""What the matcher finds: forms, gaps, alternatives, references, look-alikes, capitals, and where it says it stands."""

from __future__ import annotations

import pickle
import time

import pytest

from irmcheck.catalogue.phrases import Word
from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.catalogue.words import Reach, WordForms
from irmcheck.errors import CatalogueError
from irmcheck.match import compile_matcher
from irmcheck.match.language import WordIndex, make_tokenizer
from irmcheck.model import Passage, Place, Section, SectionKind

PROGRAMME = (Section("V", SectionKind.PROGRAMME, 1, (0, 9)),)


def passage(text: str, kind: str = "prose") -> Passage:
    return Passage(text=text, kind=kind, section=0, place=Place())


def found(matcher, text: str) -> list[tuple[str, str]]:
    return [(match.concept, text[match.start : match.end]) for match in matcher.find_in_text(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("embung desa", "Pembangunan embung desa Dusun II", "embung desa"),
        ("penanaman mangrove", "Warga menanam mangrove.", "menanam mangrove"),
        ("penanaman mangrove", "Mangrove perlu di tanam; ditanami mangrove", "ditanami mangrove"),
        ("pembangunan embung", "Akan di bangun embung baru", "di bangun embung"),
        ("mata air", "Perlindungan mata-air Oe Feu", "mata-air"),
        ("embung", "EMBUNG2 di dusun", "EMBUNG2"),
        ("pohon", "5.000 pohon-pohon bambu", "pohon-pohon"),
        ("gorong-gorong", "Pasang gorong-gorong.", "gorong-gorong"),
        ("tanam ... bambu", "menanam anakan gamal dan bambu di tebing", "menanam anakan gamal dan bambu"),
        ("bak penampung? air", "Bak air dan talud", "Bak air"),
        ("mangrove & rusak", "Di pesisir pohon mangrove sudah rusak.", "mangrove sudah rusak"),
        ("# rumah", "Sebanyak 142 rumah tertimbun", "142 rumah"),
        ("API", "Pokja API desa", "API"),
        ("pengurangan risiko", "pengurangan resiko bencana", "pengurangan resiko"),
        ("~tanggulang bencana", "Bencana ditanggulangi; menanggulangi bencana", "menanggulangi bencana"),
        ("informasi cuaca", "informasi/cuaca (informasi\tcuaca)", "informasi\tcuaca"),
    ],
)
def test_phrase_finds(matcher_of, phrase, text, words):
    assert ("x", words) in found(matcher_of({"x": [phrase]}), text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("=embung", "pengembungan air"),
        ("API", "kebakaran api di dapur"),
        ("embung desa", "embung, desa lain"),
        ("embung desa", "Ada embung. Desa lain tidak."),
        ("tanam ... bambu", "menanam satu dua tiga empat lima enam bambu"),
        ("mangrove & rusak", "Hutan mangrove luas. Jalan rusak."),
        ("ikan", "Mereka berikan bantuan"),
        ("pelatihan", "Para pelatih datang perlahan"),
        ("bencana alam", "bencana dialami warga"),
    ],
)
def test_phrase_does_not_find(matcher_of, phrase, text):
    assert found(matcher_of({"x": [phrase]}), text) == []


def test_cell_is_one_unit_and_never_joined_with_its_neighbour(matcher_of):
    matcher = matcher_of({"x": ["mangrove & rusak"]})
    cells = (passage("Mangrove. Sudah rusak", "cell"), passage("mangrove", "cell"), passage("rusak", "cell"))
    assert [match.passage for match in matcher.find(cells, PROGRAMME)] == [0]


def test_offsets_are_those_of_the_passage_and_its_sentence(matcher_of):
    texts = ("Pembukaan.", "Jalan rusak.  Desa membangun embung. Selesai.")
    match = matcher_of({"x": ["embung"]}).find([passage(t) for t in texts], PROGRAMME)[0]
    assert (match.passage, texts[1][match.start : match.end]) == (1, "embung")
    assert texts[1][slice(*match.sentence)] == "Desa membangun embung."
    assert match.phrase == "embung"


def test_look_alike_cancels_what_it_overlaps(matcher_of):
    matcher = matcher_of({"x": ["evakuasi", "jalan"]}, bukan={"x": ["jalan keluar", "evaluasi"]})
    assert found(matcher, "Cari jalan keluar lewat jalan evakuasi") == [("x", "jalan"), ("x", "evakuasi")]


def test_longest_hit_of_a_concept_is_kept(matcher_of):
    assert found(matcher_of({"x": ["embung", "embung desa"]}), "embung desa") == [("x", "embung desa")]


def test_concepts_may_refer_to_one_another(matcher_of):
    matcher = matcher_of({"bahaya": ["banjir", "tanah longsor"], "sistem": ["peringatan dini"], "x": ["[sistem] [bahaya]"]})
    assert ("x", "peringatan dini tanah longsor") in found(matcher, "Alat peringatan dini tanah longsor")
    assert ("x", "peringatan dini banjir") in found(matcher, "Alat peringatan dini banjir")


def test_reference_in_the_middle_and_with_gaps(matcher_of):
    matcher = matcher_of({"b": ["tanah longsor"], "x": ["rawan ... [b] ..2.. dusun", "[b] & talud"]})
    text = "Lokasi rawan bahaya tanah longsor di Dusun II."
    assert ("x", "rawan bahaya tanah longsor di Dusun") in found(matcher, text)
    assert ("x", "talud menahan tanah longsor") in found(matcher, "Sebuah talud menahan tanah longsor.")


def test_all_faults_are_told_at_once_with_file_and_line(lexicon):
    sets = {
        "a": PhraseSet("a", (Phrase("(embung", "rules/a.yaml", 3), Phrase("[embng]", "rules/a.yaml", 4))),
        "embung": PhraseSet("embung", (Phrase("embung ...", "rules/b.yaml", 7),)),
    }
    with pytest.raises(CatalogueError) as caught:
        compile_matcher(sets, lexicon)
    lines = caught.value.message.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["rules/a.yaml:3:1:", "rules/a.yaml:4:1:", "rules/b.yaml:7:11:"]
    assert "mungkin maksudnya [embung]" in lines[1]


def test_rings_of_references_are_told(lexicon):
    sets = {name: PhraseSet(name, (Phrase(f"[{other}] air", "rules/a.yaml", 1),)) for name, other in (("a", "b"), ("b", "a"))}
    with pytest.raises(CatalogueError, match="a -> b -> a"):
        compile_matcher(sets, lexicon)


def test_ambiguous_forms_are_reported(matcher_of):
    reported = matcher_of({"x": ["~peta"], "y": ["~meta"]}).ambiguities()
    assert ("peta", "meta") in {tuple(sorted((one.kept, one.dropped), reverse=True)) for one in reported}


def test_doc_shows_spans_to_people_who_know_spacy(matcher_of):
    doc = matcher_of({"air": ["mata air"]}).doc("Mata air Oe Feu. Ada mata air lain.")
    assert [(span.text, span.label_) for span in doc.spans["irm"]] == [("Mata air", "air"), ("mata air", "air")]


def test_vocab_can_be_pickled():
    index = WordIndex([Word("embung", Reach.INFLECTED)], WordForms(), frozenset())
    vocab = make_tokenizer(index).vocab
    getter = pickle.loads(pickle.dumps(vocab.lex_attr_getters))
    assert {attribute: get("embungnya") for attribute, get in getter.items()} == {
        attribute: get("embung") for attribute, get in vocab.lex_attr_getters.items()
    }


def test_a_text_without_end_stays_cheap(matcher_of):
    """A hostile passage of one endless sentence is cut, not walked again for every word of it."""
    matcher = matcher_of({"x": ["embung & talud", "embung ... desa"]})
    matches = matcher.find([passage("embung talud " * 20_000)], PROGRAMME)
    assert 0 < len(matches) <= 40_000


@pytest.mark.parametrize(
    "text", ["(" * 300_000, ".,;:" * 80_000, "embung" * 50_000, "-" * 300_000, "a-" * 150_000, "di " * 100_000]
)
def test_hostile_runs_are_quick(matcher_of, text):
    matcher = matcher_of({"x": ["embung"]})
    start = time.process_time()
    matcher.find([passage(text), passage("embung")], PROGRAMME)
    assert time.process_time() - start < 2


def test_empty_and_odd_texts(matcher_of):
    matcher = matcher_of({"x": ["embung"]})
    assert matcher.find([passage(t) for t in ("", " ", "\u200b", "-", "((((", "9" * 500)], PROGRAMME) == ()
    assert matcher.find([], PROGRAMME) == ()
