"""Which files of a folder are plans to check, which are left out and why, and what their reports are called."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from irmcheck.batch.store import File, Store
from irmcheck.errors import InputError
from irmcheck.load.sniff import SUFFIXES
from irmcheck.report.text import safe_stem

_READABLE = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
_STAMPS = ".irmcheck/sidik.json"
_RESERVED = ("matriks", "findings", "activities")  # names of the folder's own results


@dataclass(frozen=True, slots=True)
class Found:
    """A file to check: its name in the folder, content hash, and the stem of its reports."""

    name: str
    sha256: str
    stem: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not checked. `why`: type | lock | special | copy; `same_as` names the file of the same content."""

    name: str
    why: str
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder holds; `unreadable` are files that could not even be opened, with the reason."""

    found: tuple[Found, ...]
    skipped: tuple[Skipped, ...]
    unreadable: tuple[tuple[str, str], ...]


def survey(store: Store, out: Store) -> Survey:
    """Look through the folder, without the results folder `out`. Everything in order of name, whatever the system's order."""
    skipped: list[Skipped] = []
    unreadable: list[tuple[str, str]] = []
    hashed: dict[str, str] = {}
    first: dict[str, str] = {}
    known = _known(out)
    stamps: dict[str, tuple[str, str]] = {}
    for file in store.files(out):
        if why := _left_out(file):
            if why != "hidden":
                skipped.append(Skipped(file.name, why))
            continue
        try:
            stamp = store.stamp(file.name)
            before = known.get(file.name, ("", ""))
            digest = before[1] if stamp and before[0] == stamp else store.digest(file.name)
        except InputError as error:
            unreadable.append((file.name, error.message))
            continue
        if stamp:
            stamps[file.name] = (stamp, digest)
        if digest in first:
            skipped.append(Skipped(file.name, "copy", first[digest]))
        else:
            first[digest] = file.name
            hashed[file.name] = digest
    if stamps:
        out.write(_STAMPS, json.dumps(stamps, sort_keys=True).encode())
    stems = report_stems(hashed)
    found = tuple(Found(name, digest, stems[name]) for name, digest in hashed.items())
    return Survey(found, tuple(skipped), tuple(unreadable))


def _known(out: Store) -> dict[str, tuple[str, str]]:
    """Stamp and hash of files of remote folders as met before, so that they are not fetched only to be hashed."""
    stored = out.read(_STAMPS)
    return {name: (stamp, digest) for name, (stamp, digest) in json.loads(stored).items()} if stored else {}


def _left_out(file: File) -> str:
    own = file.name.rsplit("/", 1)[-1]
    if own.startswith("~$"):
        return "lock"
    if own.startswith("."):
        return "hidden"
    if not file.regular:
        return "special"
    suffix = f".{own.rsplit('.', 1)[1].lower()}" if "." in own else ""
    return "" if suffix in _READABLE or not suffix else "type"


def report_stems(names: Iterable[str]) -> dict[str, str]:
    """The stem of each plan's reports: its own, with the ending added where two plans would share it (rkp.pdf, rkp.xlsx)."""
    plain = {name: "/".join(safe_stem(part) for part in _without_suffix(name).split("/")) for name in names}
    plain = _told_apart(plain, lambda name: name.rsplit(".", 1)[-1] if "." in name.rsplit("/", 1)[-1] else "")
    return _told_apart(plain, lambda name: hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:6])


def _without_suffix(name: str) -> str:
    folder, _, own = name.rpartition("/")
    stem = own.rsplit(".", 1)[0] or own
    return f"{folder}/{stem}" if folder else stem


def _told_apart(stems: dict[str, str], mark: Callable[[str], str]) -> dict[str, str]:
    uses = Counter(stem.casefold() for stem in stems.values())
    clash = {stem for stem, count in uses.items() if count > 1} | set(_RESERVED)
    return {name: f"{stem}-{mark(name)}" if stem.casefold() in clash else stem for name, stem in stems.items()}
