"""Checks a catalogue beyond what loading needs: examples, citations, codes, phrases that can never count, odd names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from irmcheck.assess.asked import strings
from irmcheck.assess.kinds import rules_of, validate
from irmcheck.catalogue.concepts import OWN
from irmcheck.catalogue.loader import read_catalogue
from irmcheck.catalogue.phrases import Linear, PhraseFault, Slot, parse
from irmcheck.catalogue.rules import Catalogue, Criterion, Phrase, PhraseSet
from irmcheck.errors import CatalogueError
from irmcheck.match import compile_matcher
from irmcheck.model import Status

CODE = re.compile(r"[1-5]\.\d{1,2}\.(\d{2}|9x)\Z")  # b.s.kk; 9x stands for local codes
PRINTABLE_GRADES = ("P", "Q")
NEEDED_TRAPS = ("negasi", "mirip")
LEAST_TRAPS = 2


def lint_rules(folders: Sequence[Path]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults and remarks about the rules in `folders`, laid over each other, each with file and line (Indonesian)."""
    catalogue, found = read_catalogue(folders)
    faults = [str(fault) for fault in found.found]
    remarks: list[str] = []
    if not faults:
        faults, remarks = _compiled(catalogue)
    for criterion in catalogue.criteria:
        faults += criterion_faults(criterion, catalogue)
    for kind in catalogue.activity_types.values():
        faults += (
            f"{kind.file}:{kind.line}: kode '{code}' tidak berbentuk 2.3.14." for code in kind.codes if not CODE.match(code)
        )
        if not {example.expected for example in kind.examples} >= {True, False}:
            faults.append(f"{kind.file}:{kind.line}: jenis '{kind.id}' perlu contoh 'ya' dan 'tidak'.")
    remarks += [line for concept in catalogue.concepts.values() if not concept.part_of for line in phrase_remarks(concept)]
    remarks += [line for criterion in catalogue.criteria for line in _unused_terms(criterion)]
    remarks += _names(catalogue)
    return tuple(dict.fromkeys(faults)), tuple(remarks)


def _compiled(catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """Faults of phrases, and word forms that two words of the catalogue both claim."""
    try:
        matcher = compile_matcher(catalogue.concepts, catalogue.lexicon)
    except CatalogueError as error:
        return [line.strip() for line in error.message.splitlines()], []
    told = "bentuk kata '{0.form}' dapat berasal dari '{0.kept}' dan '{0.dropped}'; dihitung sebagai '{0.kept}'."
    return [], [told.format(one) for one in matcher.ambiguities()]


def criterion_faults(criterion: Criterion, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with one card: kinds and params, examples, citations, codes, file name."""
    for rule in rules_of(criterion):
        yield from (f"{rule.file}:{rule.line}: {message}" for message in validate(rule))
    where = f"{criterion.file}:1"
    yield from (f"{where}: {criterion.id} {message}" for message in _example_faults(criterion))
    yield from (f"{where}: {criterion.id} {message}" for message in _citation_faults(criterion, catalogue))
    for row in criterion.suggestions:
        if row.code and not CODE.match(row.code):
            yield f"{where}: {criterion.id} kode '{row.code}' tidak berbentuk 2.3.14."
    if not criterion.suggestions and criterion.scored:
        yield f"{where}: {criterion.id} perlu paling sedikit satu 'contoh_kegiatan'."


def _example_faults(criterion: Criterion) -> Iterator[str]:
    plain = {example.expected for example in criterion.examples if not example.trap}
    traps = [example.trap.lower() for example in criterion.examples if example.trap]
    grants = {rule.grants for rule in criterion.evidence}
    for status, word in ((Status.MET, "terpenuhi"), (Status.PARTIAL, "sebagian"), (Status.MISSING, "belum")):
        if status not in plain and (status in grants or status is Status.MISSING):
            yield f"belum punya contoh '{word}'."
    if len(traps) < LEAST_TRAPS:
        yield f"perlu paling sedikit {LEAST_TRAPS} contoh di 'jebakan'."
    for kind in NEEDED_TRAPS:
        if not any(trap.startswith(kind) for trap in traps):
            yield f"perlu jebakan dengan 'sebab: {kind}'."


def _citation_faults(criterion: Criterion, catalogue: Catalogue) -> Iterator[str]:
    for citation in criterion.basis:
        regulation = catalogue.regulations.get(citation.regulation)
        if regulation is None:
            continue  # the loader has told it
        if regulation.grade == "X":
            yield f"mengutip '{citation.regulation}' yang naskahnya tidak ditemukan (tingkat X). Ganti dasarnya."
        if citation.article and regulation.articles.get(citation.article) not in PRINTABLE_GRADES:
            known = [article for article, grade in regulation.articles.items() if grade in PRINTABLE_GRADES]
            listed = f"Yang dapat dikutip: {'; '.join(known)}." if known else "Kutip tanpa pasal."
            cited = f"pasal '{citation.article}' dari {citation.regulation}"
            yield f"mengutip {cited} yang tidak terdaftar pada tingkat P atau Q. {listed}"


def _unused_terms(criterion: Criterion) -> Iterator[str]:
    used = {name for rule in rules_of(criterion) for name in strings(rule.params)}
    used |= {name for concept in criterion.terms.values() for name in _references(concept)}
    for name, concept in criterion.terms.items():
        taken_in = {part for phrase in concept.phrases if (part := phrase.text.strip("[]")) != phrase.text}
        if not used & {concept.id, f"{concept.id}.{OWN}", *taken_in}:
            first = concept.phrases[0]
            yield f"{first.file}:{first.line}: istilah '{name}' tidak dipakai dalam bukti mana pun. Pakai atau hapus."


def _references(concept: PhraseSet) -> Iterator[str]:
    for phrase in (*concept.phrases, *concept.negatives):
        yield from re.findall(r"\[([^\[\]]+)\]", phrase.text)


def phrase_remarks(concept: PhraseSet) -> Iterator[str]:
    """Phrases of a concept that add nothing: said twice, held by a shorter phrase, or always cancelled by a look-alike."""
    phrases = [(phrase, shapes) for phrase in concept.phrases if (shapes := _shapes(phrase))]
    negatives = [(phrase, shapes) for phrase in concept.negatives if (shapes := _shapes(phrase))]
    for number, (phrase, shapes) in enumerate(phrases):
        where = f"{phrase.file}:{phrase.line}"
        for other, by in negatives:
            if _covered(shapes, by):
                yield f"{where}: '{phrase.text}' tidak pernah dihitung karena selalu kena 'bukan: {other.text}' ({concept.id})."
        for position, (other, by) in enumerate(phrases):
            same = by == shapes
            if position != number and _covered(shapes, by) and (position < number or not same):
                yield f"{where}: '{phrase.text}' sudah tercakup oleh '{other.text}' ({concept.id})."
                break


def _shapes(phrase: Phrase) -> tuple[Linear, ...]:
    """The linear patterns of a phrase; () for those with & and for faulty ones, which are judged elsewhere."""
    try:
        patterns = parse(phrase.text)
    except PhraseFault:
        return ()
    return tuple(pattern.parts[0] for pattern in patterns) if all(len(one.parts) == 1 for one in patterns) else ()


def _covered(shapes: tuple[Linear, ...], by: tuple[Linear, ...]) -> bool:
    """Every way to read `shapes` holds some way to read `by` as a run of adjacent words."""
    return all(any(_holds(long, short) for short in by) for long in shapes)


def _holds(long: Linear, short: Linear) -> bool:
    width = len(short.elements)
    for start in range(len(long.elements) - width + 1):
        inside = long.elements[start : start + width]
        gaps = long.gaps[start : start + width - 1]
        if all(a <= b for a, b in zip(gaps, short.gaps, strict=True)) and all(
            _fits(a, b) for a, b in zip(inside, short.elements, strict=True)
        ):
            return True
    return False


def _fits(narrow: Any, wide: Any) -> bool:
    if isinstance(narrow, Slot) and isinstance(wide, Slot):
        return set(narrow.words) <= set(wide.words)
    return not isinstance(narrow, Slot) and not isinstance(wide, Slot) and narrow.concept == wide.concept


def _names(catalogue: Catalogue) -> Iterator[str]:
    for criterion in catalogue.criteria:
        if not Path(criterion.file).stem.startswith(criterion.id):
            yield f"{criterion.file}:1: nama berkas sebaiknya diawali id, misalnya {criterion.id}-judul-pendek.yaml."
    by_title: dict[str, list[str]] = defaultdict(list)
    for criterion in catalogue.criteria:
        by_title[criterion.title.lower()].append(criterion.id)
    for ids in by_title.values():
        if len(ids) > 1:
            yield f"kriteria {', '.join(ids)} berjudul sama."
