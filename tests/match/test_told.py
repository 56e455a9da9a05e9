"""What a matcher can tell of its own hits; `rules explain` prints it."""

from irmcheck.model import SectionKind, Stance


def test_words_reach_trigger_and_stance_are_told(matcher_of):
    matcher, text = matcher_of({"tim": ["pembentukan tim siaga"]}), "Desa akan membentuk tim siaga."
    hit = matcher.find_in_text(text, SectionKind.PROGRAMME)[0]
    assert (hit.concept, hit.phrase, hit.cue, hit.stance) == ("tim", "pembentukan tim siaga", "planned", Stance.COMMITMENT)
    told = matcher.why(text[hit.start : hit.end], hit.phrase)
    assert told == ("membentuk = bentuk berimbuhan dari pembentukan", "tim", "siaga")
    assert matcher.trigger(text, hit) == "akan"


def test_guessed_spelling_is_told(matcher_of):
    matcher, text = matcher_of({"e": ["evaluasi"]}), "Hasil evalusi BPD"
    hit = matcher.find_in_text(text)[0]
    assert hit.guessed
    assert matcher.why(text[hit.start : hit.end], hit.phrase) == ("evalusi = evaluasi (ejaan diduga)",)


def test_nothing_found_is_an_empty_list(matcher_of):
    assert matcher_of({"e": ["evaluasi"]}).find_in_text("Kata pengantar") == ()
