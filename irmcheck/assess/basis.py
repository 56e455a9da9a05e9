"""The legal and technical basis of a criterion as it may be shown: an article only where its certainty allows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from irmcheck.catalogue.rules import Catalogue, Citation, Criterion, Regulation
from irmcheck.model import Basis

PRINTABLE = ("P", "Q")  # the text was read, or the article is quoted by a source that names it
VERIFIED = "P"


def basis_for(criterion: Criterion, catalogue: Catalogue) -> tuple[Basis, ...]:
    """The basis of a criterion in the order of its card: citations, then indicators of PKD and questions of Destana.

    A citation of a regulation that the catalogue does not hold is left out (`rules lint` refuses it before).
    """
    words = catalogue.lexicon.get("dasar", {})
    cited = [
        _citation(c, catalogue.regulations[c.regulation], words) for c in criterion.basis if c.regulation in catalogue.regulations
    ]
    return (*cited, *_guides(criterion, catalogue, words))


def _citation(citation: Citation, regulation: Regulation, words: Mapping[str, Any]) -> Basis:
    """An article without its own grade, or of grade R or X, is not printed; the regulation's name then stands alone."""
    grade = regulation.articles.get(citation.article, "")
    shown = citation.article if regulation.grade in PRINTABLE and grade in PRINTABLE else ""
    return Basis(
        regulation=regulation.name,
        article=_as_printed(shown, words) if shown else "",
        verified=(grade if shown else regulation.grade) == VERIFIED,
        note=_sentences((regulation.summaries.get(shown, ""), regulation.caution)),
    )


def _guides(criterion: Criterion, catalogue: Catalogue, words: Mapping[str, Any]) -> Iterable[Basis]:
    """Official questionnaires whose numbered questions a criterion informs, as rules/lexicon/dasar.yaml names them."""
    numbers = {"pkd": criterion.pkd, "destana": criterion.destana}
    for key, guide in words.get("pedoman", {}).items():
        regulation = catalogue.regulations.get(str(guide["aturan"]))
        if regulation is not None and numbers.get(key):
            listed = str(guide["bentuk"]).format(nomor=ranges(numbers[key]))
            yield Basis(regulation.name, listed, regulation.grade == VERIFIED, regulation.caution)


def _as_printed(article: str, words: Mapping[str, Any]) -> str:
    """'46' -> 'Pasal 46'; 'Penjelasan 117 ayat (3)' -> 'Penjelasan Pasal 117 ayat (3)'; 'Lampiran 1' stays."""
    form = str(words.get("bentuk_pasal", "{pasal}"))
    head, _, rest = article.partition(" ")
    if article[:1].isdigit():
        return form.format(pasal=article)
    return f"{head} {form.format(pasal=rest)}" if head in words.get("sebelum_pasal", ()) else article


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, runs of three or more joined: (43, 44, 45, 50) -> '43-45, 50'."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def _sentences(parts: Iterable[str]) -> str:
    """Non-empty parts as sentences, each with a capital and a full stop."""
    return " ".join(part[:1].upper() + part[1:].rstrip(".") + "." for part in parts if part)
