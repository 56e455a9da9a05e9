"""Reading typed values from nodes by a table of keys, collecting every fault with its line and a remedy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from irmcheck.catalogue.yaml_nodes import Faults, Node

Reader = Callable[[Node, Faults], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """What an Indonesian key means: the dataclass field it fills, how its value is read, whether it must be there."""

    field: str
    read: Reader
    required: bool = False


def read_fields(node: Node, keys: Mapping[str, Key], faults: Faults, what: str) -> dict[str, Any] | None:
    """Field values by name, or None when `node` has any fault of its own (all are recorded)."""
    before = len(faults.found)
    if not isinstance(node.value, dict):
        faults.add(node, f"{what} harus berupa isian bernama, misalnya '{next(iter(keys))}: ...'.")
        return None
    for name, value in node.value.items():
        if name not in keys:
            faults.add(value, f"isian '{name}' tidak dikenal di {what}. {nearest(name, keys)}")
    for name, key in keys.items():
        if key.required and name not in node.value:
            faults.add(node, f"isian '{name}' belum ada di {what}. Tambahkan '{name}: ...'.")
    read = {key.field: key.read(node.value[name], faults) for name, key in keys.items() if name in node.value}
    return read if len(faults.found) == before else None


def nearest(word: str, known: Collection[str]) -> str:
    """A hint: the closest known words, or all of them where they are few."""
    close = get_close_matches(word, list(known), n=3)
    if close:
        return f"Mungkin maksudnya: {', '.join(close)}."
    return f"Pilihan: {', '.join(sorted(known))}." if 0 < len(known) <= 25 else "Periksa ejaannya."


def text(node: Node, faults: Faults) -> str:
    """A non-empty scalar as written, white space folded."""
    if not node.text:
        faults.add(node, "isian ini kosong atau bukan tulisan. Tulis teksnya, apit dengan tanda kutip bila memuat : # [ {.")
    return node.text


def optional_text(node: Node, faults: Faults) -> str:
    """A scalar that may be empty."""
    if not isinstance(node.value, str):
        faults.add(node, "isian ini harus berupa tulisan.")
    return node.text


def flag(node: Node, faults: Faults) -> bool:
    """true or false."""
    value = node.data()
    if not isinstance(value, bool):
        faults.add(node, f"'{node.text}' harus true atau false.")
    return value is True


def whole(low: int, high: int) -> Reader:
    """A reader of whole numbers from `low` to `high`."""

    def read(node: Node, faults: Faults) -> int:
        value = node.data()
        if type(value) is not int or not low <= value <= high:
            faults.add(node, f"'{node.text}' harus angka bulat {low} sampai {high}.")
            return low
        return value

    return read


def optional_whole(low: int, high: int) -> Reader:
    """Like `whole`, but null means unknown."""
    read = whole(low, high)
    return lambda node, faults: None if node.data() is None else read(node, faults)


def choice(options: Collection[str]) -> Reader:
    """A reader of one word out of a closed list."""

    def read(node: Node, faults: Faults) -> str:
        if node.text not in options:
            faults.add(node, f"'{node.text}' tidak dikenal. {nearest(node.text, options)}")
        return node.text

    return read


def many(read: Reader) -> Reader:
    """A reader of a list; a single value counts as a list of one."""

    def read_all(node: Node, faults: Faults) -> tuple[Any, ...]:
        nodes = node.items if isinstance(node.value, list) else [node]
        return tuple(read(one, faults) for one in nodes)

    return read_all


def as_node(node: Node, faults: Faults) -> Node:
    """The node itself, for parts that are read by their own builder."""
    return node


def as_list(node: Node, faults: Faults) -> list[Node]:
    """The items of a list."""
    if not isinstance(node.value, list):
        faults.add(node, "isian ini harus berupa daftar: tulis tiap hal di baris sendiri dengan tanda '- ' di depannya.")
    return node.items


def as_mapping(node: Node, faults: Faults) -> dict[str, Node]:
    """The entries of a mapping."""
    if not isinstance(node.value, dict):
        faults.add(node, "isian ini harus berisi isian bernama ('nama: nilai').")
    return node.mapping


def as_data(node: Node, faults: Faults) -> Any:
    """Plain data, unchecked."""
    return node.data()
