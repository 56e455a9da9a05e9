"""Named parts of the lexicon: concepts, activity types and hazard families."""

from __future__ import annotations

from collections.abc import Mapping

from irmcheck.catalogue.concepts import Book
from irmcheck.catalogue.examples import read_row
from irmcheck.catalogue.keys import ACTIVITY_TYPE, HAZARD
from irmcheck.catalogue.rules import ActivityType, Hazard, TypeExample
from irmcheck.catalogue.values import read_fields
from irmcheck.catalogue.yaml_nodes import Faults, Node

ANSWERS: Mapping[str, bool] = {"ya": True, "tidak": False}


def read_activity_type(identity: str, node: Node, book: Book) -> ActivityType | None:
    """An activity type; phrases written inline become the concepts `jenis.<id>`, `jenis.<id>.dengan1`, `jenis.<id>.bukan`."""
    faults = book.faults
    values = read_fields(node, ACTIVITY_TYPE, faults, f"jenis kegiatan '{identity}'")
    if values is None:
        return None
    values.pop("note", None)
    name = f"jenis.{identity}"
    values["find"] = book.phrases_or_references(values["find"], name)
    sets = _sets(values.get("with_all", []))
    values["with_all"] = tuple(book.phrases_or_references(one, f"{name}.dengan{i}") for i, one in enumerate(sets, 1))
    values["exclude"] = book.phrases_or_references(values.get("exclude", []), f"{name}.bukan")
    for hazards in (values.get("answers", ()), values.get("always", ())):
        book.want("bahaya", hazards, node)
    values["examples"] = _examples(values.get("examples", {}), faults)
    return ActivityType(id=identity, file=node.file, line=node.line, **values)


def _sets(nodes: list[Node]) -> list[list[Node]]:
    """`dengan`: a list of lists is several any-of sets that must all hit; a flat list is one set."""
    if not nodes:
        return []
    nested = all(isinstance(node.value, list) for node in nodes)
    return [node.items for node in nodes] if nested else [nodes]


def _examples(groups: Mapping[str, Node], faults: Faults) -> tuple[TypeExample, ...]:
    examples = []
    for answer, node in groups.items():
        if answer not in ANSWERS:
            faults.add(node, f"'{answer}' tidak dikenal di 'contoh' jenis kegiatan. Tulis 'ya' atau 'tidak'.")
            continue
        for one in node.items:
            row = read_row(one.mapping, faults) if one.mapping else {"kegiatan": one.text}
            examples.append(TypeExample(row, ANSWERS[answer], one.line, one.file))
    return tuple(examples)


def read_hazard(identity: str, node: Node, book: Book) -> Hazard | None:
    """A hazard family and the concepts that name it."""
    values = read_fields(node, HAZARD, book.faults, f"bahaya '{identity}'")
    if values is None:
        return None
    return Hazard(identity, values["title"], book.references(values["concepts"], {}))
