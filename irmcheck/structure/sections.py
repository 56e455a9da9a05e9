"""Chapters and sub-chapters, and what each is for.

Headings are known by style where there is one, otherwise by numbering, capitals, bold face and place; villages mix all of
these, number wrongly and put BAB on a line of its own. What a chapter is for comes from rules/lexicon/bagian.yaml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from irmcheck.model import Block, Document, Section, SectionKind, Table
from irmcheck.structure.wording import SectionRule, Wording, fold

_LONGEST = 150
_LEADERS = re.compile(r"[.…_]{4,}\s*[\divxlc]*\s*$|(?:\s\.){3,}|\s{3,}\d+$", re.IGNORECASE)
_DECIMAL = re.compile(r"^(?:\(?)(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s*(\S.*)?$")
_LETTER = re.compile(r"^([A-Z])[.)]\s+(\S.*)$")
_FIGURE = re.compile(r"^(\d{1,2})[.)]\s+(\S.*)$")
_ROMAN = re.compile(r"^([IVX]{1,5})[.)]?\s+(\S.*)$")
_CHAPTER = re.compile(r"^(\S+(?: \S)*?)[\s.:-]+([IVXLC]{1,6}|\d{1,2})\b[\s.:–-]*(.*)$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[;,:]$|[a-z]\.$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over items `first` up to `last` (exclusive)."""

    first: int
    last: int
    title: str
    level: int
    page: int | None
    sure: bool = True  # a chapter or annex by its own words
    kind: SectionKind | None = None  # where the text under it says so


def find_sections(document: Document, wording: Wording) -> tuple[Section, ...]:
    """The document cut into sections without gaps, in order; sub-chapters are sections of their own. Never empty."""
    headings = _headings(document, wording)
    return _sections(document, headings, wording)


def section_kind(title: str, wording: Wording, parent: SectionKind | None = None) -> SectionKind | None:
    """What a heading says its section is for; None when it says nothing of its own inside a `parent` chapter."""
    for rule in wording.sections:
        if _names(rule, title, parent) and not (parent is not None and parent.value in rule.never_inside):
            return rule.kind
    return None


def _names(rule: SectionRule, title: str, parent: SectionKind | None) -> bool:
    if title in rule.unless:
        return False
    inside = parent is not None and (not rule.inside or parent.value in rule.inside)
    return title in rule.titles or (inside and title in rule.sub)


def is_capitals(text: str) -> bool:
    """Written in capitals, but for a word or two ("RPJMDes")."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def is_caption(text: str, wording: Wording) -> bool:
    """The title of a table or picture: "Tabel 3. ..."."""
    return wording.caption.opens(text) and bool(re.match(r"\W*\w+\s*[\dIVX]", text))


def _headings(document: Document, wording: Wording) -> list[Heading]:
    items = document.items
    later = Counter(_entry_key(item.text, wording) for item in items if isinstance(item, Block) and len(item.text) <= _LONGEST)
    found: list[Heading] = []
    index, in_contents, page = 0, False, None
    while index < len(items):
        item = items[index]
        if document.unit == "sheet" and item.page != page:
            page = item.page
            found.append(Heading(index, index, _sheet_title(document, index), 1, page))
        if isinstance(item, Table):
            index += 1
            continue
        later[_entry_key(item.text, wording)] -= 1
        heading = None if len(item.text) > _LONGEST else _heading(items, index, wording)
        if heading and document.unit == "sheet":
            heading = replace(heading, level=heading.level + 1)
        if heading and not (in_contents and _is_entry(heading, items, later, wording)):
            found.append(heading)
            in_contents = section_kind(heading.title, wording) is SectionKind.CONTENTS
            index = max(heading.last, index + 1)
        else:
            if cue := _content_cue(item, found, wording):
                title = item.text if len(item.text) <= 60 else item.text[:60].rsplit(" ", 1)[0] + " ..."
                found.append(Heading(index, index, title, 1, item.page, kind=cue))
            index += 1
    return found


def _sheet_title(document: Document, index: int) -> str:
    page = document.items[index].page
    label = next((one.label for one in document.pages if one.number == page), "")
    return label or f"Lembar {page}"


def _heading(items: Sequence[Block | Table], index: int, wording: Wording) -> Heading | None:
    block = items[index]
    assert isinstance(block, Block)
    text = f"{block.number} {block.text}".strip()
    if is_caption(text, wording):
        return None
    if _LEADERS.search(text) or block.kind == "footnote" or (len(block.tabs) > 2 and block.kind != "heading"):
        return None
    for find in (_chapter, _standalone, _numbered, _plain):
        if heading := find(items, index, block, text, wording):
            return heading
    return None


def _chapter(items: Sequence[Block | Table], index: int, block: Block, text: str, wording: Wording) -> Heading | None:
    """BAB IV ..., LAMPIRAN II ..., with the title on the same or the next lines."""
    found = _CHAPTER.match(text)
    word = fold(found.group(1)).replace(" ", "") if found else ""
    marked = is_capitals(text) or block.bold or block.centred or bool(found) or _before_table(items, index)
    annex = fold(text).split(" ")[0] in wording.annex and marked
    if word not in wording.chapter and not annex:
        return None
    rest = found.group(3) if found else ""
    if len(rest) > 90 or _SENTENCE_END.search(text) or not (is_capitals(text) or block.bold or block.centred or len(rest) < 60):
        return None
    if rest and not is_capitals(rest) and not rest[0].isupper():
        return None
    title, last = text, index + 1
    while last < len(items) and last < index + 4 and _belongs(items[last], bare=not rest, wording=wording):
        following = items[last]
        assert isinstance(following, Block)
        title, rest, last = f"{title} {following.text}", following.text, last + 1
    return Heading(index, last, title, 1, block.page)


def _before_table(items: Sequence[Block | Table], index: int) -> bool:
    """Only short lines stand between this item and a table."""
    for item in items[index + 1 : index + 7]:
        if isinstance(item, Table):
            return True
        if len(item.text) > _LONGEST // 2:
            return False
    return False


def _belongs(item: Block | Table, bare: bool, wording: Wording) -> bool:
    """A line that goes on with the title above it: capitals without a number of its own, or any short line after a bare BAB I."""
    if not isinstance(item, Block) or len(item.text) > 120 or item.number or item.text in wording.article:
        return False
    first = fold(item.text).split(" ")[0]
    if _DECIMAL.match(item.text) or _LETTER.match(item.text) or _FIGURE.match(item.text) or first in wording.chapter:
        return False
    if item.text in wording.standalone and not bare:
        return False
    return (is_capitals(item.text) and (bare or item.centred or item.bold)) or (
        bare and (item.centred or item.bold or item.kind == "heading") and not _SENTENCE_END.search(item.text)
    )


def _standalone(items: Sequence[Block | Table], index: int, block: Block, text: str, wording: Wording) -> Heading | None:
    """KATA PENGANTAR and the like, without a number."""
    marked = is_capitals(text) or block.kind == "heading" or (block.bold and block.centred)
    if not marked or not wording.standalone.opens(text) or len(text) > 120:
        return None
    last = index + 1
    while last < len(items) and last < index + 4 and _belongs(items[last], bare=False, wording=wording):
        text, last = f"{text} {items[last].text}", last + 1  # type: ignore[union-attr]
    return Heading(index, last, text, 1, block.page)


def _numbered(items: Sequence[Block | Table], index: int, block: Block, text: str, wording: Wording) -> Heading | None:
    """2.3 Kondisi Geografis, A. Gambaran Umum, 1. Letak dan Wilayah, I. PENDAHULUAN."""
    if _SENTENCE_END.search(text) and block.kind != "heading":
        return None
    styled = block.kind == "heading" or block.bold
    if (found := _DECIMAL.match(text)) and found.group(2) and found.group(2)[0].isupper() and len(found.group(2)) <= 100:
        return Heading(index, index + 1, text, 1 + found.group(1).count("."), block.page, sure=False)
    if (found := _ROMAN.match(text)) and len(found.group(2)) <= 90 and (styled or is_capitals(found.group(2))):
        return Heading(index, index + 1, text, 1 if is_capitals(found.group(2)) else 2, block.page, sure=False)
    if (found := _LETTER.match(text)) and len(found.group(2)) <= 90 and (styled or _heads_text(items, index, _LETTER)):
        return Heading(index, index + 1, text, block.level or 2, block.page, sure=False)
    found = _FIGURE.match(text)
    heads = found is not None and (block.kind == "heading" or _heads_text(items, index, _FIGURE))
    if found and heads and len(found.group(2)) <= 80 and found.group(2)[0].isupper():
        return Heading(index, index + 1, text, block.level or 3, block.page, sure=False)
    return None


def _heads_text(items: Sequence[Block | Table], index: int, shape: re.Pattern[str]) -> bool:
    """A numbered line that stands over text or a table, not between its like in a list."""

    def like(at: int) -> bool:
        if not 0 <= at < len(items):
            return False
        item = items[at]
        return isinstance(item, Block) and shape.match(f"{item.number} {item.text}".strip()) is not None

    return index + 1 < len(items) and not like(index + 1) and not like(index - 1)


def _plain(items: Sequence[Block | Table], index: int, block: Block, text: str, wording: Wording) -> Heading | None:
    """An unnumbered heading: by style, or bold or centred capitals whose words name a kind of section."""
    if block.kind == "heading":
        return Heading(index, index + 1, text, block.level or 2, block.page, sure=False)
    if len(text) > 90 or _SENTENCE_END.search(text) or block.kind == "list":
        return None
    standing = (block.bold and (block.centred or not _SENTENCE_END.search(text))) or (is_capitals(text) and block.centred)
    if standing and section_kind(text, wording):
        return Heading(index, index + 1, text, 1 if is_capitals(text) and block.centred else 2, block.page, sure=False)
    return None


def _is_entry(heading: Heading, items: Sequence[Block | Table], later: Counter[str], wording: Wording) -> bool:
    """True for a line of the table of contents: the same heading comes again, or the next line is an entry too."""
    lines = [item.text for item in items[heading.first : heading.last] if isinstance(item, Block)]
    if lines and re.search(r"\s\d{1,3}$", lines[-1]):
        return True
    if any(later[_entry_key(line, wording)] > 0 for line in lines):
        ahead = items[heading.last : heading.last + 3]
        return not any(isinstance(item, Block) and len(item.text) > _LONGEST for item in ahead)
    following = items[heading.last] if heading.last < len(items) else None
    if not isinstance(following, Block):
        return False
    end = following.text[-_LONGEST:]
    return bool(_LEADERS.search(end) or re.search(r"\s\d{1,3}$", end))


def _entry_key(text: str, wording: Wording) -> str:
    """What a line of the contents and its heading share: "bab iv" for chapters and annexes, else the words without a page."""
    words = fold(text).split()
    if len(words) > 1 and (words[0] in wording.chapter or words[0] in wording.annex):
        return " ".join(words[:2])
    return " ".join(words[:-1] if words and words[-1].isdigit() else words)


def _content_cue(block: Block, found: list[Heading], wording: Wording) -> SectionKind | None:
    """The kind of text that opens like the preamble, a preface or minutes although no heading says so."""
    current = (found[-1].kind or section_kind(found[-1].title, wording)) if found else None
    if current is None:
        for rule in wording.sections:
            if rule.content.opens(block.text) and not (found and found[-1].sure):
                return rule.kind
    for kind, words in wording.untitled:
        if words.opens(block.text) and current in (None, SectionKind.ANNEX, SectionKind.MATRIX, SectionKind.CLOSING):
            return kind
    return None


def _sections(document: Document, headings: list[Heading], wording: Wording) -> tuple[Section, ...]:
    items = document.items
    if not headings or headings[0].first > 0:
        first = next((item.text for item in items if isinstance(item, Block)), "")
        headings = [Heading(0, 0, first[:80] or document.file, 1, items[0].page if items else None), *headings]
        cover = SectionKind.PREFACE if len(headings) > 1 else SectionKind.UNKNOWN
    else:
        cover = None
    found: list[Section] = []
    chain: list[tuple[int, str, SectionKind]] = []
    in_law, covering = False, document.unit != "sheet"
    for at, heading in enumerate(headings):
        end = headings[at + 1].first if at + 1 < len(headings) else len(items)
        while chain and chain[-1][0] >= heading.level:
            chain.pop()
        kind = _kind(heading, chain, items[heading.first : end], in_law, wording)
        if (at == 0 and cover and kind is not SectionKind.LAW) or (covering := covering and _is_cover(document, headings, at)):
            kind = cover or SectionKind.PREFACE
        in_law = kind is SectionKind.LAW and heading.level == 1
        chain.append((heading.level, heading.title, kind))
        path = " > ".join(title for _, title, _ in chain)
        found.append(Section(heading.title, kind, heading.level, (heading.first, end), heading.page, path))
    return tuple(found)


def _is_cover(document: Document, headings: list[Heading], at: int) -> bool:
    """Title lines before the first heading that is sure to be one, with no running text under them."""
    heading = headings[at]
    if heading.sure or at + 1 >= len(headings) or heading.first > 12:
        return False
    inside = document.items[heading.first : headings[at + 1].first]
    return all(isinstance(item, Block) and len(item.text) <= _LONGEST for item in inside)


def _kind(
    heading: Heading, chain: list[tuple[int, str, SectionKind]], items: Sequence[Block | Table], in_law: bool, wording: Wording
) -> SectionKind:
    parent = chain[-1][2] if chain else None
    if in_law and any(isinstance(item, Block) and wording.article.opens(item.text) for item in items[:5]):
        return SectionKind.LAW
    said = heading.kind or section_kind(heading.title, wording, parent)
    if said is not None:
        return said
    opening = next((item.text for item in items if isinstance(item, Block) and item.text != heading.title), "")
    for rule in wording.sections:
        if parent is None and rule.content.opens(opening):
            return rule.kind
    return parent or SectionKind.UNKNOWN
