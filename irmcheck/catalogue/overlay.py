"""Rule folders laid over each other: entries by kind and id, replaced field by field, extended or switched off.

A later folder's entry of the same id replaces the fields it names; inside mappings again field by field. A key that ends in
`+` adds to a list instead of replacing it. `aktif: false` takes an entry out of force and needs an `alasan`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed

from irmcheck.catalogue.files import RuleFile
from irmcheck.catalogue.yaml_nodes import Faults, Node

NAMED = {"konsep": "konsep", "jenis": "jenis", "bahaya": "bahaya"}  # top-level keys of lexicon files that hold named entries
REGULATIONS = "aturan"


@dataclass(slots=True)
class Entries:
    """Entries of a rules folder by kind: kriteria, konsep, jenis, bahaya, aturan, paket, leksikon; each by id."""

    by_kind: dict[str, dict[str, Node]] = field(
        default_factory=lambda: {kind: {} for kind in ("kriteria", "konsep", "jenis", "bahaya", "aturan", "paket", "leksikon")}
    )

    def add(self, kind: str, identity: str, node: Node, faults: Faults) -> None:
        """Add an entry; the same id twice in one folder is a fault."""
        known = self.by_kind[kind].get(identity)
        if known is not None:
            faults.add(node, f"'{identity}' sudah ada di {known.file}:{known.line}. Pakai nama lain atau gabungkan.")
            return
        self.by_kind[kind][identity] = node


def sort_entries(trees: Mapping[RuleFile, Node], faults: Faults) -> Entries:
    """Sort the files of one folder into entries by where they stand and what they hold."""
    entries = Entries()
    for file, tree in trees.items():
        if not isinstance(tree.value, dict):
            faults.add(tree, "berkas aturan harus berisi isian bernama ('id: ...', 'konsep: ...').")
        elif file.top == "lexicon":
            _sort_lexicon(file, tree, entries, faults)
        elif file.top == "packs":
            _add_by(entries, "paket", "tahun", tree, faults)
        elif file.name == "regulations.yaml":
            _sort_regulations(tree, entries, faults)
        else:
            _add_by(entries, "kriteria", "id", tree, faults)
    return entries


def _sort_lexicon(file: RuleFile, tree: Node, entries: Entries, faults: Faults) -> None:
    entries.add("leksikon", file.stem, tree, faults)
    for key, kind in NAMED.items():
        for identity, node in tree.mapping[key].mapping.items() if key in tree.mapping else ():
            entries.add(kind, identity, node, faults)


def _sort_regulations(tree: Node, entries: Entries, faults: Faults) -> None:
    for key, node in tree.mapping.items():
        if key != REGULATIONS:
            faults.add(node, f"isian '{key}' tidak dikenal di regulations.yaml. Tulis semua aturan di bawah 'aturan:'.")
    if REGULATIONS in tree.mapping:
        for key, node in tree.mapping[REGULATIONS].mapping.items():
            entries.add("aturan", key, node, faults)


def _add_by(entries: Entries, kind: str, key: str, tree: Node, faults: Faults) -> None:
    if key not in tree.mapping or not tree.mapping[key].text:
        faults.add(tree, f"isian '{key}' belum ada di awal berkas ini. Tambahkan '{key}: ...'.")
        return
    entries.add(kind, tree.mapping[key].text, tree, faults)


def lay_over(base: Entries, over: Entries) -> set[str]:
    """Put `over` on `base`, in place; the ids of what was there before and is now changed or switched off."""
    touched = set[str]()
    for kind, entries in over.by_kind.items():
        below = base.by_kind[kind]
        for identity, node in entries.items():
            if identity in below:
                touched.add(f"lexicon/{identity}" if kind == "leksikon" else identity)
                node = merge(below[identity], node)
            below[identity] = node
    return touched


def drop_inactive(entries: Entries, faults: Faults) -> set[str]:
    """Take entries with `aktif: false` out; the ids taken out. A missing reason is a fault."""
    dropped = set[str]()
    for kind, named in entries.by_kind.items():
        for identity, node in list(named.items()):
            if "aktif" not in node.mapping:
                continue
            active = node.mapping["aktif"]
            if active.data() not in (True, False):
                faults.add(active, f"'aktif: {active.text}' harus true atau false.")
            if active.data() is False:
                _need_reason(node, active, faults)
                dropped.add(identity)
                del named[identity]
            else:
                entries.by_kind[kind][identity] = changed(node, value=_without(node, "aktif"))
    return dropped


def _need_reason(node: Node, active: Node, faults: Faults) -> None:
    reason = node.mapping.get("alasan")
    if reason is None or not reason.text or reason.file != active.file:
        faults.add(active, "'aktif: false' perlu 'alasan: ...' di sampingnya, supaya pembaca laporan tahu mengapa.")


def _without(node: Node, key: str) -> dict[str, Node]:
    return {name: value for name, value in node.mapping.items() if name != key}


def merge(base: Node, over: Node) -> Node:
    """`over` on `base`: mappings field by field, `key+` adds to the list `key`, everything else replaces."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    merged = dict(base.value)
    for name, node in over.value.items():
        target = name.removesuffix("+")
        if name != target and target in merged:
            merged[target] = changed(node, value=merged[target].items + node.items)
        else:
            merged[name] = merge(merged[name], node) if name in merged else node
    return Node(merged, over.file, over.line)
