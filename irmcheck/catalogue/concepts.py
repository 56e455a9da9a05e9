"""Concepts: phrase sets with an id, and references to them and to other named things, checked once all are known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from irmcheck.catalogue.keys import CONCEPT
from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.catalogue.values import nearest, read_fields
from irmcheck.catalogue.yaml_nodes import Faults, Node

REFERENCE = re.compile(r"\[([^\[\]]+)\]")
OWN = "sendiri"  # last part of the id of a concept's own phrases
CONCEPT_ID = re.compile(r"[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*\Z")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reference that must lead somewhere: `kind` names what it points at, for people."""

    kind: str
    id: str
    where: Node


@dataclass(slots=True)
class Book:
    """Concepts gathered so far and the references met on the way."""

    faults: Faults
    concepts: dict[str, PhraseSet] = field(default_factory=dict)
    wanted: list[Wanted] = field(default_factory=list)

    def want(self, kind: str, ids: Iterable[str], where: Node) -> None:
        """Note references for `check`."""
        self.wanted += (Wanted(kind, one, where) for one in ids)

    def add(self, concept_id: str, node: Node, local: Mapping[str, str]) -> PhraseSet | None:
        """Read a concept `{cari, bukan}`; `local` maps short names usable in its phrases to full ids."""
        if not CONCEPT_ID.match(concept_id):
            self.faults.add(node, f"nama istilah '{concept_id}' hanya boleh huruf, angka, '_' , '-' dan '.'.")
        values = read_fields(node, CONCEPT, self.faults, f"istilah '{concept_id}'")
        if values is None:
            return None
        if not values["phrases"]:
            self.faults.add(node, f"istilah '{concept_id}' belum punya frasa di 'cari'. Isi atau hapus istilah ini.")
        return self.put(concept_id, values["phrases"], values.get("negatives", []), local)

    def put(self, concept_id: str, cari: list[Node], bukan: list[Node], local: Mapping[str, str]) -> PhraseSet:
        """Store a concept made of phrase nodes."""
        concept = PhraseSet(concept_id, self.phrases(cari, local), self.phrases(bukan, local))
        self.concepts[concept_id] = concept
        return concept

    def phrases(self, nodes: list[Node], local: Mapping[str, str]) -> tuple[Phrase, ...]:
        """Phrases with their places; references to short names become full ids."""
        return tuple(phrase for node in nodes if (phrase := self._phrase(node, local)) is not None)

    def _phrase(self, node: Node, local: Mapping[str, str]) -> Phrase | None:
        if not node.text:
            message = (
                "frasa kosong atau bukan tulisan. Apit frasa dengan tanda kutip bila memuat [ ] { } # : atau diawali tanda baca."
            )
            self.faults.add(node, message)
            return None
        if node.remark:
            self.faults.add(node, "tanda # sesudah spasi dianggap catatan dan hilang. Apit seluruh frasa dengan tanda kutip.")
        written = REFERENCE.sub(lambda found: f"[{local.get(found[1].strip(), found[1].strip())}]", node.text)
        self.want("istilah", REFERENCE.findall(written), node)
        return Phrase(written, node.file, node.line)

    def members(self, concept_id: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The concepts to look for where a rule asks for one: those it takes in whole, and its own phrases.

        A concept that lists others as bare `[references]` need not be searched for where they stand already. One with
        look-alikes of its own stays whole: they cancel what any of its phrases finds.
        """
        concept = self.concepts.get(concept_id)
        inner = [found[1] for phrase in concept.phrases if (found := REFERENCE.fullmatch(phrase.text))] if concept else []
        if concept is None or concept.negatives or not inner or concept_id in above:
            return (concept_id,)
        ids = [one for name in inner for one in self.members(name, (*above, concept_id))]
        own = tuple(phrase for phrase in concept.phrases if not REFERENCE.fullmatch(phrase.text))
        if own:
            rest = f"{concept_id}.{OWN}"
            self.concepts[rest] = PhraseSet(rest, own, part_of=concept_id)
            ids.append(rest)
        return tuple(dict.fromkeys(ids))

    def references(self, nodes: Iterable[Node], local: Mapping[str, str]) -> tuple[str, ...]:
        """Concepts to look for, from a list of names with or without brackets."""
        ids: list[str] = []
        for node in nodes:
            name = _unbracketed(node)
            if not name:
                self.faults.add(node, "tulis nama istilah di sini, bukan daftar atau isian kosong.")
                continue
            full = local.get(name, name)
            self.want("istilah", [full], node)
            ids += self.members(full)
        return tuple(dict.fromkeys(ids))

    def phrases_or_references(self, nodes: list[Node], concept_id: str) -> tuple[str, ...]:
        """Concept ids from a list that mixes `[references]` and phrases; the phrases become the concept `concept_id`."""
        plain = [node for node in nodes if not _is_reference(node)]
        ids = self.references([node for node in nodes if _is_reference(node)], {})
        if plain:
            self.put(concept_id, plain, [], {})
            ids = (concept_id, *ids)
        return ids

    def check(self, known: Mapping[str, Collection[str]]) -> None:
        """Record a fault for every reference that leads nowhere. `known` maps each kind of thing to its ids."""
        for one in self.wanted:
            if one.id not in known[one.kind]:
                self.faults.add(one.where, f"{one.kind} '{one.id}' tidak dikenal. {nearest(one.id, known[one.kind])}")


def _is_reference(node: Node) -> bool:
    return REFERENCE.fullmatch(node.text) is not None


def _unbracketed(node: Node) -> str:
    found = REFERENCE.fullmatch(node.text)
    return found[1].strip() if found else node.text
