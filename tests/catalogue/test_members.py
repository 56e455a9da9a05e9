"""A concept that takes in others whole is looked for as those, so that nothing is found twice."""

from irmcheck.assess import assess
from irmcheck.assess.asked import asked_concepts
from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.concepts import Book
from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.catalogue.yaml_nodes import Faults
from irmcheck.match import compile_matcher, find_matches
from irmcheck.miniplan import PlanMaker
from irmcheck.selftest import run_selftests


def book(**concepts: tuple[list[str], list[str]]) -> Book:
    made = Book(Faults())
    for name, (phrases, negatives) in concepts.items():
        made.concepts[name] = PhraseSet(name, tuple(map(Phrase, phrases)), tuple(map(Phrase, negatives)))
    return made


def test_bare_references_are_members_and_the_rest_stays_together():
    made = book(air=(["embung", "sumur"], []), basah=(["[air]", "hujan", "[air] desa"], []))
    assert made.members("basah") == ("air", "basah.sendiri")
    assert [phrase.text for phrase in made.concepts["basah.sendiri"].phrases] == ["hujan", "[air] desa"]
    assert made.concepts["basah.sendiri"].part_of == "basah"


def test_look_alikes_and_rings_keep_a_concept_whole():
    made = book(air=(["embung"], []), basah=(["[air]"], ["embung lama"]), a=(["[b]"], []), b=(["[a]"], []))
    assert made.members("basah") == ("basah",)
    assert made.members("a") == ("a",)


def test_members_of_members_are_opened():
    made = book(a=(["embung"], []), b=(["[a]"], []), c=(["[b]", "hujan"], []))
    assert made.members("c") == ("a", "c.sendiri")


def test_what_is_not_asked_for_changes_no_verdict():
    catalogue = load_catalogue()
    ids = ["PRB-01", "API-01", "MER-02", "RIS-01"]
    every = compile_matcher(catalogue.concepts, catalogue.lexicon)
    some = compile_matcher(catalogue.concepts, catalogue.lexicon, asked_concepts(catalogue))
    assert run_selftests(catalogue, every, ids) == run_selftests(catalogue, some, ids)
    maker = PlanMaker.of(catalogue)
    plan = maker.plan(catalogue.criteria[0].examples[0], ("rpjmdes",))
    told = {match.concept for match in find_matches(plan, some)}
    assert told < {match.concept for match in find_matches(plan, every)}
    assert (
        assess(plan, find_matches(plan, some), catalogue).findings == assess(plan, find_matches(plan, every), catalogue).findings
    )
