"""YAML as a tree that remembers file and line, read from the event stream so that hostile files stay harmless.

Only plain data is accepted: no aliases (a few lines could otherwise unfold into gigabytes), no tags, no second document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from irmcheck.errors import CatalogueError

MAX_DEPTH = 24
SPACE = re.compile(r"\s+")
WHOLE = re.compile(r"-?\d{1,15}\Z")
DECIMAL = re.compile(r"-?\d{1,15}\.\d{1,15}\Z")
CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a rule file: where, and what to write instead (Indonesian)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """As shown to the author: file:line: message."""
        return f"{self.file}:{self.line}: {self.message}"


class Faults:
    """Collects the faults of all files so that they can be told at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, where: Node, message: str) -> None:
        """Record a fault at a node."""
        self.found.append(Fault(where.file, where.line, message))

    def error(self) -> CatalogueError:
        """All faults as the one error that stops a command."""
        listed = "\n".join(f"  {fault}" for fault in sorted(self.found, key=lambda one: (one.file, one.line)))
        return CatalogueError(f"Katalog aturan belum benar, {len(self.found)} hal perlu diperbaiki:\n{listed}")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a rule file: scalar text, list of nodes or mapping of nodes.

    `line` is that of the key for values of a mapping. `plain` is True for scalars without quotes, which may be numbers;
    `remark` when a comment follows such a scalar on its line (in a phrase `tahun #` a number mark is lost that way).
    """

    value: str | list[Node] | dict[str, Node]
    file: str
    line: int
    plain: bool = False
    remark: bool = False

    @property
    def mapping(self) -> dict[str, Node]:
        """The entries where this is a mapping, else none."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The items where this is a list, else none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str:
        """A scalar as written, white space folded; "" for lists, mappings and null."""
        if not isinstance(self.value, str) or (self.plain and self.value in ("null", "~")):
            return ""
        return SPACE.sub(" ", self.value).strip()

    def data(self) -> Any:
        """Plain Python data: dict, list, str, int, float, bool or None. "ya", "no" and "on" stay words."""
        if isinstance(self.value, dict):
            return {int(key) if WHOLE.match(key) else key: node.data() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        if not self.plain:
            return self.value
        if self.value in CONSTANTS:
            return CONSTANTS[self.value]
        if WHOLE.match(self.value):
            return int(self.value)
        return float(self.value) if DECIMAL.match(self.value) else self.value


def parse(text: str, file: str, faults: Faults) -> Node | None:
    """The tree of one YAML file, or None with the fault recorded."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Tree(yaml.parse(text, Loader=loader), file, text).document()
    except _RefusedError as refused:
        faults.found.append(Fault(file, refused.line, refused.message))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = f"tulisan YAML tidak dapat dibaca ({error.problem or error.context}). " + _ADVICE
        faults.found.append(Fault(file, mark.line + 1 if mark else 1, why))
    except yaml.YAMLError as error:
        faults.found.append(Fault(file, 1, f"berkas tidak dapat dibaca ({error}). Simpan sebagai teks UTF-8."))
    return None


_ADVICE = "Periksa titik dua, tanda kutip, dan jarak di awal baris (pakai spasi, jangan Tab)."


class _RefusedError(Exception):
    """Inner signal: well-formed YAML that the catalogue does not accept."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Tree:
    """Builds nodes from the events of one file."""

    def __init__(self, events: Iterator[Any], file: str, text: str) -> None:
        self.events = events
        self.file = file
        self.lines = text.splitlines()

    def document(self) -> Node:
        """The one document of the file."""
        import yaml

        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                first = next(self.events)
                if root is not None:
                    raise _RefusedError(first.start_mark.line, "satu berkas hanya boleh satu dokumen. Hapus garis '---' ini.")
                root = self.node(first, 0)
        if root is None:
            raise _RefusedError(1, "berkas kosong. Isi atau hapus berkas ini.")
        return root

    def node(self, event: Any, depth: int, line: int = 0) -> Node:
        """The node that starts with `event`; `line` is that of its key."""
        import yaml

        line = line or int(event.start_mark.line) + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            message = "tanda '&' atau '*' di awal nilai tidak diterima. Tulis nilainya lengkap, atau apit dengan tanda kutip."
            raise _RefusedError(line, message)
        if event.tag is not None and event.tag != "!":
            raise _RefusedError(line, f"tanda '{event.tag}' tidak diterima. Apit nilainya dengan tanda kutip.")
        if isinstance(event, yaml.ScalarEvent):
            plain = bool(event.implicit[0])
            return Node(event.value, self.file, line, plain, remark=plain and self._remark_follows(event))
        if depth >= MAX_DEPTH:
            raise _RefusedError(line, "susunan terlalu dalam. Periksa tanda kurung dan jarak di awal baris.")
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(list(self._sequence(depth)), self.file, line)
        return Node(self._mapping(depth), self.file, line)

    def _remark_follows(self, event: Any) -> bool:
        if event.end_mark.line >= len(self.lines):
            return False
        rest: str = self.lines[event.end_mark.line][event.end_mark.column :]
        return rest.lstrip().startswith("#")

    def _sequence(self, depth: int) -> Iterator[Node]:
        import yaml

        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, Node]:
        import yaml

        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = int(event.start_mark.line) + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError(
                    line, "nama isian harus berupa kata. Apit frasa yang memakai [ ] atau { } dengan tanda kutip."
                )
            if event.value in entries:
                first = entries[event.value].line
                raise _RefusedError(line, f"isian '{event.value}' ditulis dua kali (juga di baris {first}). Gabungkan.")
            entries[event.value] = self.node(next(self.events), depth + 1, line)
        return entries
