"""Examples on a criterion card: small invented pieces of a plan with the status they must get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from irmcheck.catalogue.keys import EXAMPLE, STATUSES
from irmcheck.catalogue.rules import Example
from irmcheck.catalogue.values import nearest, read_fields
from irmcheck.catalogue.yaml_nodes import Faults, Node
from irmcheck.model import Status, TableKind

TRAP_KEY = "jebakan"


def read_examples(groups: Mapping[str, Node], faults: Faults) -> tuple[Example, ...]:
    """All examples of a card, by the heading they stand under (terpenuhi, sebagian, belum, jebakan)."""
    examples: list[Example] = []
    for heading, node in groups.items():
        if heading != TRAP_KEY and heading not in STATUSES:
            faults.add(node, f"'{heading}' tidak dikenal di 'contoh'. {nearest(heading, [*STATUSES, TRAP_KEY])}")
        for one in node.items:
            example = _example(one, heading, faults)
            if example is not None:
                examples.append(example)
    return tuple(examples)


def _example(node: Node, heading: str, faults: Faults) -> Example | None:
    values = read_fields(node, EXAMPLE, faults, "contoh ini")
    if values is None:
        return None
    trap = heading == TRAP_KEY
    if not trap and {"status", "trap"} & values.keys():
        faults.add(node, "'status' dan 'sebab' hanya untuk contoh di bawah 'jebakan'.")
    if trap and "trap" not in values:
        faults.add(node, "jebakan perlu 'sebab', misalnya 'sebab: negasi' atau 'sebab: mirip'.")
    expected = STATUSES[values["status"]] if "status" in values else Status.MISSING
    example = Example(
        expected=expected if trap else STATUSES.get(heading, Status.MISSING),
        plan_kind=values.get("plan_kind", ""),
        trap=values.get("trap", "") if trap else "",
        line=node.line,
        file=node.file,
        year=values.get("year"),
    )
    return _with_parts(example, values, node, faults)


def _with_parts(example: Example, values: Mapping[str, Any], node: Node, faults: Faults) -> Example | None:
    """The example with its own sentence, heading or row and those listed under `isi`."""
    parts: list[tuple[Mapping[str, Any], Node]] = [(values, node)]
    for part in values.get("parts", []):
        read = read_fields(part, EXAMPLE, faults, "bagian contoh ini")
        if read is None:
            return None
        parts.append((read, part))
    for one, where in parts:
        example = _with_part(example, one, where, faults)
    if not (example.sentences or example.headings or example.rows):
        faults.add(node, "contoh perlu 'kalimat', 'baris' atau 'isi'.")
    return example


def _with_part(example: Example, values: Mapping[str, Any], node: Node, faults: Faults) -> Example:
    section = values.get("section", "")
    if ("sentence" in values or "heading" in values) and not section:
        faults.add(node, "contoh kalimat perlu 'di': bagian rencana tempatnya berdiri, misalnya 'di: masalah'.")
    if "sentence" in values:
        example = replace(example, sentences=(*example.sentences, (section, values["sentence"])))
    if "heading" in values:
        example = replace(example, headings=(*example.headings, (section, values["heading"])))
    if "row" in values:
        example = replace(example, rows=(*example.rows, read_row(values["row"], faults)))
    return example


def read_row(cells: Mapping[str, Node], faults: Faults) -> dict[str, str]:
    """A table row by column role; the key `tabel` names the kind of table when it is not the matrix."""
    row = {}
    for role, node in cells.items():
        if role == "tabel" and node.text not in tuple(TableKind):
            faults.add(node, f"jenis tabel '{node.text}' tidak dikenal. {nearest(node.text, tuple(TableKind))}")
        if not isinstance(node.value, str):
            faults.add(node, f"isi kolom '{role}' harus berupa tulisan.")
        row[role] = node.text
    return row
