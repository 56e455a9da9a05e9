"""What `rules explain` is told about a sentence."""

from irmcheck.match import explain
from irmcheck.model import SectionKind, Stance


def test_words_reach_trigger_and_stance_are_told(matcher_of):
    matcher = matcher_of({"tim": ["pembentukan tim siaga"]})
    told = explain(matcher, "Desa akan membentuk tim siaga.", SectionKind.PROGRAMME)[0]
    assert (told.concept, told.words, told.phrase) == ("tim", "membentuk tim siaga", "pembentukan tim siaga")
    assert told.reach == ("membentuk = bentuk berimbuhan dari pembentukan", "tim", "siaga")
    assert (told.cue, told.trigger, told.stance) == ("planned", "akan", Stance.COMMITMENT)


def test_guessed_spelling_is_told(matcher_of):
    told = explain(matcher_of({"e": ["evaluasi"]}), "Hasil evalusi BPD")[0]
    assert told.guessed
    assert told.reach == ("evalusi = evaluasi (ejaan diduga)",)


def test_nothing_found_is_an_empty_list(matcher_of):
    assert explain(matcher_of({"e": ["evaluasi"]}), "Kata pengantar") == []
