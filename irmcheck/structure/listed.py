"""Activities of plans without a matrix: ticked, bulleted or lettered items under bidang and sub-bidang in a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from irmcheck.model import Activity, Block, Document, Place, Section, SectionKind
from irmcheck.structure.codes import split_number
from irmcheck.structure.matrix import bidang_number
from irmcheck.structure.wording import Wording

_KINDS = (SectionKind.PROGRAMME, SectionKind.MATRIX, SectionKind.UNKNOWN)
_MARK = re.compile(r"^(?:([-–•●▪■✓√➢❖*☑»>o])\s+|\(?(\d{1,2}|[a-zA-Z])[.)]\s+)")
_INLINE = re.compile(r"(?:^|(?<=[;,:.]\s))\(?([a-z]|\d{1,2})[.)]\s+")
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class _Item:
    """A listed line: its marker ("", a bullet, a figure or a letter), its text without it, and where it stands."""

    marker: str
    text: str
    page: int | None
    section: Section

    @property
    def shape(self) -> str:
        """The kind of marker."""
        return "figure" if self.marker.isdigit() else "letter" if self.marker.isalpha() and self.marker != "o" else "bullet"

    @property
    def first(self) -> bool:
        """A marker that begins a list."""
        return self.shape == "bullet" or self.marker.lower() in ("1", "a")


def listed_activities(document: Document, sections: Sequence[Section], wording: Wording) -> list[Activity]:
    """Items listed under a bidang in programme chapters (else in policy chapters); they have no place, volume or cost."""
    return _read(document, sections, _KINDS, wording) or _read(document, sections, (SectionKind.POLICY,), wording)


def _read(document: Document, sections: Sequence[Section], kinds: tuple[SectionKind, ...], wording: Wording) -> list[Activity]:
    found: list[Activity] = []
    bidang, number, sub = "", None, ""
    items = list(_items(document, sections, kinds))
    for item, following in zip(items, [*items[1:], None], strict=True):
        if item is None:
            bidang, number, sub = "", None, ""
        elif title := _title(item, wording):
            level, name = title
            if level == 1:
                bidang, number, sub = name, bidang_number(name, wording), ""
            else:
                sub = name
        elif number and item.marker and _heads(item, following):
            sub = item.text.rstrip(" :;.")
        elif number and item.marker and 4 < len(item.text) <= _LONGEST and not item.text.endswith(":"):
            place = Place(item.page, item.section.path or item.section.title)
            name = item.text.rstrip(" ;.,")
            found.append(Activity(len(found) + 1, place, name, bidang=bidang, bidang_number=number, subbidang=sub, listed=True))
    return found


def _items(document: Document, sections: Sequence[Section], kinds: tuple[SectionKind, ...]) -> Iterator[_Item | None]:
    """Lines of the chapters in question; None where a chapter ends."""
    for section in sections:
        if section.kind not in kinds or section.level == 1:
            yield None
        if section.kind not in kinds:
            continue
        for block in document.items[slice(*section.items)]:
            if isinstance(block, Block):
                yield from _lines(block, section)


def _lines(block: Block, section: Section) -> Iterator[_Item]:
    """A block as one line, or as several where a paragraph runs a) ... b) ... c) ... through."""
    marks = list(_INLINE.finditer(block.text))
    if len(marks) > 2 and [m.group(1) for m in marks[:3]] in (["a", "b", "c"], ["1", "2", "3"]):
        yield _Item("", block.text[: marks[0].start()], block.page, section)
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            text = block.text[mark.end() : after.start() if after else None]
            yield _Item(mark.group(1), text.strip(), block.page, section)
        return
    found = _MARK.match(block.text)
    marker = next(filter(None, found.groups()), "") if found else ""
    text = block.text[found.end() :] if found else block.text
    if not marker and (block.number or block.kind == "list"):
        marker = block.number.strip(".() ")[-2:] or "-"
    yield _Item(marker, text.strip(), block.page, section)


def _heads(item: _Item, following: _Item | None) -> bool:
    """A numbered line over a list of another kind that begins right below it."""
    if item.shape == "bullet" or following is None or not following.marker:
        return False
    return following.shape != item.shape and following.first


def _title(item: _Item, wording: Wording) -> tuple[int, str] | None:
    name = wording.list_openers.cut(split_number(item.text)[1]).rstrip(" :;,.")
    if len(name) > 120:
        return None
    if wording.subbidang_word.opens(name):
        return 2, name
    if wording.bidang_word.opens(name) or wording.bidang_names.opens(name) or name.isupper():
        return (1, name) if bidang_number(name, wording) else None
    return None
