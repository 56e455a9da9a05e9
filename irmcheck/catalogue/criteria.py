"""Criterion cards: from a merged YAML tree to a Criterion, its local terms resolved to full concept ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from irmcheck.catalogue.concepts import Book
from irmcheck.catalogue.examples import read_examples
from irmcheck.catalogue.keys import CARD, CITATION, CONDITION, EVIDENCE, STATUSES, SUGGESTION
from irmcheck.catalogue.rules import Citation, Condition, Criterion, EvidenceRule, PhraseSet, Suggestion
from irmcheck.catalogue.values import read_fields
from irmcheck.catalogue.yaml_nodes import Faults, Node
from irmcheck.model import Status

CRITERION_ID = re.compile(r"([A-Z]{2,6})-\d{2,3}\Z")
CONCEPT_PARAMS = ("cari", "dengan", "bukan", "unsur")
NAME_PARAMS: Mapping[str, str] = {"jenis": "jenis kegiatan", "bahaya": "bahaya", "kecuali": "bahaya"}


def read_criterion(node: Node, book: Book) -> Criterion | None:
    """A criterion from its card, or None with the faults recorded."""
    faults = book.faults
    values = read_fields(node, CARD, faults, "kriteria ini")
    if values is None:
        return None
    before = len(faults.found)
    identity = str(values["id"])
    _check_identity(node, identity, values["group"], faults)
    values.pop("note", None)
    terms = _terms(identity, values.get("terms", {}), book)
    local = {name: f"{identity}.{name}" for name in values.get("terms", {})}
    values["terms"] = terms
    for rule in values["evidence"]:
        if rule.mapping and "nilai" not in rule.mapping:
            faults.add(rule, "bukti perlu 'nilai: terpenuhi' atau 'nilai: sebagian'.")
    values["evidence"] = _evidence_rules(values["evidence"], local, book)
    values["condition"] = _condition(values.get("condition"), local, book)
    values["suggestions"] = _records(values.get("suggestions", []), SUGGESTION, Suggestion, faults, "contoh kegiatan ini")
    values["basis"] = tuple(_citations(values.get("basis", []), book))
    values["examples"] = read_examples(values.get("examples", {}), faults)
    return Criterion(**values, file=node.file) if len(faults.found) == before else None


def _check_identity(node: Node, identity: str, group: str, faults: Faults) -> None:
    shape = CRITERION_ID.match(identity)
    if shape is None:
        faults.add(node.mapping["id"], f"id '{identity}' harus berbentuk seperti PRB-03.")
    elif shape[1] != group:
        faults.add(node.mapping["kelompok"], f"kelompok '{group}' tidak cocok dengan id '{identity}'. Tulis '{shape[1]}'.")


def _terms(identity: str, nodes: Mapping[str, Node], book: Book) -> dict[str, PhraseSet]:
    local = {name: f"{identity}.{name}" for name in nodes}
    read = {name: book.add(local[name], node, local) for name, node in nodes.items()}
    return {name: concept for name, concept in read.items() if concept is not None}


def _evidence_rules(nodes: list[Node], local: Mapping[str, str], book: Book) -> tuple[EvidenceRule, ...]:
    return tuple(rule for node in nodes if (rule := _evidence_rule(node, local, book)) is not None)


def _evidence_rule(node: Node, local: Mapping[str, str], book: Book) -> EvidenceRule | None:
    kinds = [name for name in node.mapping if name not in EVIDENCE]
    if len(kinds) != 1:
        given = ", ".join(kinds) or "tidak ada"
        book.faults.add(node, f"tiap bukti harus memakai tepat satu jenis (kalimat, kegiatan, ...); di sini: {given}.")
        return None
    rest = {name: value for name, value in node.mapping.items() if name in EVIDENCE}
    values = read_fields(Node(rest, node.file, node.line), EVIDENCE, book.faults, "bukti ini")
    params = node.mapping[kinds[0]]
    if not isinstance(params.value, dict) and params.text:
        book.faults.add(params, f"isian '{kinds[0]}' harus berisi isian bernama, misalnya {{cari: [...]}}.")
        return None
    if values is None:
        return None
    grants = STATUSES[values["grants"]] if "grants" in values else Status.MET
    return EvidenceRule(kinds[0], _params(params, local, book), grants, values.get("why", ""), node.line, node.file)


def _params(node: Node, local: Mapping[str, str], book: Book) -> dict[str, Any]:
    """Params as written, with names of concepts resolved at any depth."""
    return {name: _param(name, value, local, book) for name, value in node.mapping.items()}


def _param(name: str, node: Node, local: Mapping[str, str], book: Book) -> Any:
    if name in CONCEPT_PARAMS and not isinstance(node.data(), int):  # `unsur` is a count in other kinds
        return _concept_lists(node, local, book)
    if name in NAME_PARAMS:
        nodes = node.items if isinstance(node.value, list) else [node]
        names = [one.text for one in nodes]
        for one in nodes:
            book.want(NAME_PARAMS[name], [one.text], one)
        return names
    if isinstance(node.value, dict):
        return _params(node, local, book)
    if isinstance(node.value, list):
        return [_params(one, local, book) if isinstance(one.value, dict) else one.data() for one in node.items]
    if name == "id":
        book.want("kriteria", [node.text], node)
    return node.data()


def _concept_lists(node: Node, local: Mapping[str, str], book: Book) -> list[Any]:
    nodes = node.items if isinstance(node.value, list) else [node]
    resolved: list[Any] = []
    for one in nodes:
        if isinstance(one.value, list):
            resolved.append(list(book.references(one.items, local)))
        else:
            resolved += book.references([one], local)
    return resolved


def _condition(node: Node | None, local: Mapping[str, str], book: Book) -> Condition | None:
    values = read_fields(node, CONDITION, book.faults, "'berlaku'") if node is not None else None
    if values is None:
        return None
    return Condition(_evidence_rules(values["rules"], local, book), values["otherwise"])


def _records(nodes: list[Node], keys: Mapping[str, Any], make: Any, faults: Faults, what: str) -> tuple[Any, ...]:
    read = (read_fields(node, keys, faults, what) for node in nodes)
    return tuple(make(**values) for values in read if values is not None)


def _citations(nodes: list[Node], book: Book) -> list[Citation]:
    citations = []
    for node in nodes:
        values = read_fields(node, CITATION, book.faults, "dasar ini")
        if values is not None:
            book.want("aturan", [values["regulation"]], node)
            citations.append(Citation(**values))
    return citations
