"""Load the rule catalogue: files -> trees -> entries laid over each other -> typed rules, all faults told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from irmcheck.catalogue import cache
from irmcheck.catalogue.concepts import Book
from irmcheck.catalogue.criteria import read_criterion
from irmcheck.catalogue.files import RuleFile, read_folder, sha256_of
from irmcheck.catalogue.keys import GROUPS
from irmcheck.catalogue.lexicon import read_activity_type, read_hazard
from irmcheck.catalogue.overlay import Entries, drop_inactive, lay_over, sort_entries
from irmcheck.catalogue.packs import read_pack, read_regulation
from irmcheck.catalogue.rules import Catalogue, Criterion
from irmcheck.catalogue.yaml_nodes import Faults, Node, parse
from irmcheck.settings import data_folder

T = TypeVar("T")


def load_catalogue(folders: Sequence[Path] = (), *, lenient: bool = False) -> Catalogue:
    """The packaged rules with `folders` laid over them in order.

    `lenient` leaves faulty entries out instead of failing. Raises CatalogueError listing every fault of every file with
    file and line, and UsageError for a folder that is not there.
    """
    catalogue, faults = read_catalogue([data_folder("rules"), *folders])
    if faults.found and not lenient:
        raise faults.error()
    return catalogue


def read_catalogue(folders: Sequence[Path]) -> tuple[Catalogue, Faults]:
    """The catalogue of exactly these folders, what is sound of it, and the faults of the rest."""
    faults = Faults()
    files = [read_folder(Path(folder), faults) for folder in folders]
    sha256 = sha256_of(files)
    trees = _trees(files, sha256, faults)
    complete = not faults.found  # else references into unread files would be told as faults of their own
    base, overridden = _lay(trees, faults)
    catalogue, book = _build(base, overridden, sha256, faults)
    if complete:
        _check_references(book, base)
    return catalogue, faults


def _trees(folders: list[tuple[RuleFile, ...]], sha256: str, faults: Faults) -> list[dict[RuleFile, Node]]:
    """The tree of each file, from the cache where the same files were parsed before."""
    known = cache.load_trees(sha256)
    if known is None:
        parsed = {(n, file.name): parse(file.text, file.shown, faults) for n, files in enumerate(folders) for file in files}
        known = {key: tree for key, tree in parsed.items() if tree is not None}
        if not faults.found:
            cache.save_trees(sha256, known)
    return [{file: known[n, file.name] for file in files if (n, file.name) in known} for n, files in enumerate(folders)]


def _lay(trees: list[dict[RuleFile, Node]], faults: Faults) -> tuple[Entries, tuple[str, ...]]:
    base, touched = Entries(), set[str]()
    for folder in trees:
        touched |= lay_over(base, sort_entries(folder, faults))
    return base, tuple(sorted(touched | drop_inactive(base, faults)))


def _build(entries: Entries, overridden: tuple[str, ...], sha256: str, faults: Faults) -> tuple[Catalogue, Book]:
    book = Book(faults)
    kinds = entries.by_kind
    for identity, node in kinds["konsep"].items():
        book.add(identity, node, {})
    types = _read_all(kinds["jenis"], read_activity_type, book)
    hazards = _read_all(kinds["bahaya"], read_hazard, book)
    regulations = _read_all(kinds["aturan"], read_regulation, book)
    packs = [pack for node in kinds["paket"].values() if (pack := read_pack(node, book)) is not None]
    criteria = [one for node in kinds["kriteria"].values() if (one := read_criterion(node, book)) is not None]
    catalogue = Catalogue(
        criteria=tuple(sorted(criteria, key=_order)),
        concepts=book.concepts,
        activity_types=types,
        hazards=hazards,
        lexicon={stem: node.data() for stem, node in kinds["leksikon"].items()},
        regulations=regulations,
        packs={pack.year: pack for pack in packs},
        sha256=sha256,
        overridden=overridden,
    )
    return catalogue, book


def _check_references(book: Book, entries: Entries) -> None:
    kinds = entries.by_kind
    book.check(
        {
            "istilah": book.concepts,
            "jenis kegiatan": kinds["jenis"],
            "bahaya": kinds["bahaya"],
            "aturan": kinds["aturan"],
            "kriteria": kinds["kriteria"],
        }
    )


def _order(criterion: Criterion) -> tuple[int, str, str]:
    known = criterion.group in GROUPS
    return (GROUPS.index(criterion.group) if known else len(GROUPS), criterion.group, criterion.id)


def _read_all(nodes: dict[str, Node], read: Callable[[str, Node, Book], T | None], book: Book) -> dict[str, T]:
    return {identity: one for identity, node in nodes.items() if (one := read(identity, node, book)) is not None}
