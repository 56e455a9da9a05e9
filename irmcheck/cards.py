"""Criterion cards as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from irmcheck.catalogue.keys import STATUS_WORDS
from irmcheck.catalogue.rules import Catalogue, Citation, Criterion, EvidenceRule, Example
from irmcheck.catalogue.values import nearest
from irmcheck.errors import UsageError
from irmcheck.model import Status

WIDTH = 100
INDENT = 14


def find_criterion(catalogue: Catalogue, identity: str) -> Criterion:
    """A criterion by id. Raises UsageError with the nearest ids when there is none."""
    for criterion in catalogue.criteria:
        if criterion.id == identity:
            return criterion
    known = [one.id for one in catalogue.criteria]
    raise UsageError(f"Kriteria {identity} tidak ada. {nearest(identity, known)} Daftar: irmcheck rules list")


def listing(catalogue: Catalogue, group: str = "", pillar: str = "", kind: str = "") -> Iterator[str]:
    """One line per criterion that fits the filters, and a count."""
    chosen = [
        one
        for one in catalogue.criteria
        if (not group or one.group == group) and (not pillar or one.pillar == pillar) and (not kind or kind in one.plan_kinds)
    ]
    yield f"{'ID':<8} {'bobot':<5} {'pilar':<6} {'untuk':<14} judul"
    for one in chosen:
        weight = str(one.weight) if one.scored else "-"
        changed = "  [diubah]" if one.id in catalogue.overridden else ""
        yield f"{one.id:<8} {weight:<5} {one.pillar:<6} {' '.join(one.plan_kinds):<14} {one.title}{changed}"
    yield f"{len(chosen)} dari {len(catalogue.criteria)} kriteria."


def card(catalogue: Catalogue, identity: str) -> Iterator[str]:
    """A whole card, readable from top to bottom."""
    one = find_criterion(catalogue, identity)
    yield f"{one.id}  {one.title}"
    yield f"{'':=<{len(one.id) + 2 + len(one.title)}}"
    yield from _field("Pertanyaan", one.question)
    yield from _field("Mengapa", one.why)
    weight = f"bobot {one.weight}" if one.scored else "tidak ikut nilai"
    tags = (f"pilar {one.pillar}", f"aspek {one.aspect}", f"tahap {one.stage}", weight, f"untuk {', '.join(one.plan_kinds)}")
    yield from _field("Golongan", "; ".join(tags))
    if one.condition:
        for rule in one.condition.rules:
            yield from _field("Berlaku bila", describe(rule))
        yield from _field("  jika tidak", one.condition.otherwise)
    for rule in one.evidence:
        yield from _field(STATUS_WORDS[rule.grants].capitalize(), describe(rule))
        yield from _field("", rule.why)
    yield from _terms(one)
    yield from _field("Saran", one.advice)
    for row in one.suggestions:
        parts = (row.code, row.name, row.unit, row.implementer, row.source_hint)
        yield from _field("Contoh baris", " | ".join(part for part in parts if part))
    for citation in one.basis:
        yield from _field("Dasar", _citation(catalogue, citation))
    yield from _field("PKD", ", ".join(map(str, one.pkd)))
    yield from _field("Destana", ", ".join(map(str, one.destana)))
    for example in one.examples:
        yield from _example(example)
    yield from _field("Berkas", one.file)


def describe(rule: EvidenceRule) -> str:
    """An evidence rule in words close to the card."""
    params = "; ".join(f"{name}: {_value(value)}" for name, value in rule.params.items())
    return f"{rule.kind} ({params})" if params else rule.kind


def _value(value: Any) -> str:
    if isinstance(value, list):
        if not value:
            return "-"
        inner = [f"({_value(one)})" if isinstance(one, list | dict) else str(one) for one in value]
        return (" dan " if all(isinstance(one, list) for one in value) else " / ").join(inner)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_value(one)}" for name, one in value.items())
    return {True: "ya", False: "tidak"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _terms(one: Criterion) -> Iterator[str]:
    for name, concept in one.terms.items():
        yield from _field("Istilah", f"{name} = {'; '.join(phrase.text for phrase in concept.phrases)}")
        if concept.negatives:
            yield from _field("", f"bukan: {'; '.join(phrase.text for phrase in concept.negatives)}")


def _citation(catalogue: Catalogue, citation: Citation) -> str:
    regulation = catalogue.regulations.get(citation.regulation)
    name = regulation.name if regulation else citation.regulation
    return f"{name} Pasal {citation.article}" if citation.article else name


def _example(example: Example) -> Iterator[str]:
    label = "Jebakan" if example.trap else "Contoh"
    kind = f" [{example.plan_kind}]" if example.plan_kind else ""
    verdict = STATUS_WORDS[Status(example.expected)] + (f", {example.trap}" if example.trap else "") + kind
    texts = [f"({section}) {text}" for section, text in (*example.headings, *example.sentences)]
    texts += [" | ".join(f"{role}: {text}" for role, text in row.items()) for row in example.rows]
    for number, text in enumerate(texts):
        yield from _field(label if number == 0 else "", f"{text}  -> {verdict}" if number == len(texts) - 1 else text)


def _field(label: str, text: str) -> Iterator[str]:
    """A labelled text folded to the width; nothing for an empty text."""
    for number, line in enumerate(wrap(text, WIDTH - INDENT)):
        yield f"{label if number == 0 else '':<{INDENT}}{line}"
