"""Activities of plans without a matrix: ticked, bulleted or lettered items under bidang and sub-bidang in a chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from irmcheck.model import Activity, Block, Document, Place, Section, SectionKind
from irmcheck.structure.codes import split_number
from irmcheck.structure.matrix import bidang_number
from irmcheck.structure.wording import Wording, fold

_KINDS = (SectionKind.PROGRAMME, SectionKind.MATRIX, SectionKind.UNKNOWN)
_BULLET = re.compile(r"^(?:[-–•●▪■✓√➢❖*o☑»>]|\(?(?:\d{1,2}|[a-z])[.)])\s+", re.IGNORECASE)
_LONGEST = 220


def listed_activities(document: Document, sections: Sequence[Section], wording: Wording) -> list[Activity]:
    """Items listed under a bidang in programme chapters; they have no place, volume or cost."""
    found: list[Activity] = []
    bidang, number, sub = "", None, ""
    for section in sections:
        if section.kind not in _KINDS:
            bidang, number, sub = "", None, ""
            continue
        if section.level == 1:
            bidang, number, sub = "", None, ""
        for item in document.items[slice(*section.items)]:
            if not isinstance(item, Block):
                continue
            text = _BULLET.sub("", item.text).strip()
            if title := _title(text, wording):
                level, name = title
                if level == 1:
                    bidang, number, sub = name, bidang_number(name, wording), ""
                else:
                    sub = name
            elif number and _is_item(item, text):
                place = Place(item.page, section.path or section.title)
                name = split_number(text)[1].rstrip(" ;.,")
                found.append(
                    Activity(len(found) + 1, place, name, bidang=bidang, bidang_number=number, subbidang=sub, listed=True)
                )
    return found


def _title(text: str, wording: Wording) -> tuple[int, str] | None:
    name = split_number(text)[1].rstrip(" :")
    if len(name) > 120:
        return None
    folded = fold(name)
    if wording.subbidang_word.opens(name):
        return 2, name
    if bidang_number(name, wording) and (folded.startswith("bidang") or name.isupper()):
        return 1, name
    return None


def _is_item(item: Block, text: str) -> bool:
    marked = item.kind == "list" or _BULLET.match(item.text) is not None
    return marked and 4 < len(text) <= _LONGEST and not text.endswith(":")
