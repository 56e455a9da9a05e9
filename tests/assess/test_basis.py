"""The basis of a criterion: an article is printed only where its certainty allows it."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import cast

import pytest

from irmcheck.assess.basis import basis_for, ranges
from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.rules import Catalogue, Citation, Criterion
from irmcheck.model import Basis


def _basis(*cited: tuple[str, str], pkd: tuple[int, ...] = (), destana: tuple[int, ...] = ()) -> tuple[Basis, ...]:
    basis = tuple(Citation(key, article) for key, article in cited)
    criterion = cast("Criterion", SimpleNamespace(basis=basis, pkd=pkd, destana=destana))
    return basis_for(criterion, _catalogue())


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


def test_an_article_that_was_read_is_printed_as_verified() -> None:
    (basis,) = _basis(("permendagri-26-2020", "20"))
    assert (basis.regulation, basis.article, basis.verified) == ("Permendagri 26/2020", "Pasal 20", True)
    assert basis.note == "Kesiapsiagaan, deteksi dini, dan penyampaian informasi ancaman bencana."


def test_a_quoted_article_is_printed_but_not_verified() -> None:
    (basis,) = _basis(("permendagri-20-2018", "23"))
    assert (basis.article, basis.verified) == ("Pasal 23", False)


def test_the_caution_goes_with_every_citation_of_pp_43() -> None:
    (basis,) = _basis(("pp-43-2014", "Penjelasan 117 ayat (3)"))
    assert basis.article == "Penjelasan Pasal 117 ayat (3)"
    assert basis.note.endswith("PP 43/2014 mungkin sudah diganti PP 16/2026; nomor pasal perlu dicek.")


@pytest.mark.parametrize(("key", "article"), [("sni-8357-2017", ""), ("sni-8357-2017", "5"), ("permendagri-114-2014", "33")])
def test_only_the_name_of_a_reported_regulation_is_printed(key: str, article: str) -> None:
    (basis,) = _basis((key, article))
    assert basis.article == ""
    assert not basis.verified


def test_an_article_that_regulations_yaml_does_not_hold_is_not_printed() -> None:
    (basis,) = _basis(("uu-24-2007", "999"))
    assert (basis.regulation, basis.article) == ("UU 24/2007", "")


def test_indicators_of_the_guides_follow_the_citations() -> None:
    law, pkd, destana = _basis(("uu-24-2007", "46"), pkd=(23, 24), destana=(43, 44, 45))
    assert law.article == "Pasal 46"
    assert (pkd.regulation, pkd.article) == ("Penilaian Ketangguhan Desa (PKD) BNPB 2021", "indikator 23, 24")
    assert (destana.regulation, destana.article) == ("Perka BNPB 1/2012", "Lampiran 1, pertanyaan 43-45")
    assert pkd.verified and destana.verified


def test_unknown_regulations_are_left_out() -> None:
    assert _basis(("uu-1-1900", "1")) == ()


@pytest.mark.parametrize(
    ("numbers", "text"), [((43, 44, 45, 50), "43-45, 50"), ((24, 23), "23, 24"), ((7,), "7"), ((1, 1, 2, 3), "1-3")]
)
def test_ranges(numbers: tuple[int, ...], text: str) -> None:
    assert ranges(numbers) == text
