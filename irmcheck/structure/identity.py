"""Which document of which village this is: kind with reasons, names, years, draft or final, leftovers of a template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from irmcheck.model import Block, Document, Identity, PlanKind, Section, TableKind
from irmcheck.structure.kinds import is_matrix_like
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.names import Votes, foreign_names, province_of, texts_of
from irmcheck.structure.numbers import parse_years
from irmcheck.structure.sections import is_capitals
from irmcheck.structure.wording import DocumentRule, Wording, Words

_HEAD = 30  # blocks that may belong to title page and preamble
_TITLE = 200  # characters
_NUMBERED_RULE = re.compile(r"nomor\s*:?\s*\d+\s*tahun\s*\d{4}", re.IGNORECASE)
_PROSE = 300  # characters of a paragraph looked at
_PLAN_NAMES = {PlanKind.RPJMDES: "RPJM Desa", PlanKind.RKPDES: "RKP Desa", PlanKind.APBDES: "APB Desa"}


@dataclass(slots=True)
class _Clues:
    """What the titles of a document say, with weights."""

    titles: list[tuple[str, int]] = field(default_factory=list)
    kinds: Counter[PlanKind] = field(default_factory=Counter)
    votes: Votes = field(default_factory=Votes)
    strangers: list[str] = field(default_factory=list)
    headed: bool = False  # a marked line on the first pages names the plan
    words: int = 0


@dataclass(frozen=True, slots=True)
class Sighting:
    """An identity; whether a title, and one on the first pages, names the plan; whether it is a kelurahan, not a desa."""

    identity: Identity
    titled: bool
    headed: bool
    kelurahan: bool


def find_identity(
    document: Document,
    sections: Sequence[Section],
    mapped: Sequence[MappedTable],
    wording: Wording,
    kind: PlanKind | None = None,
    year: int | None = None,
) -> Sighting:
    """Identity before the rows are read; `kind` and `year` given by the user win, `settle_kind` has the last word on the kind."""
    clues = _collect(document, sections, mapped, wording)
    found = kind or (clues.kinds.most_common(1)[0][0] if clues.kinds else _kind_by_columns(mapped))
    start, end = _years(found, clues, mapped, wording)
    if start is None:
        start, end = _years_in_text(found, document, wording)
    if year is not None and (start is None or end is None or start == end):
        start = end = year
    village = clues.votes.winner("desa")
    texts = [text for text, _ in clues.titles] + [text for item in document.items[:400] for text in texts_of(item)]
    province = province_of(texts, wording)
    identity = Identity(
        kind=found,
        village=village,
        subdistrict=clues.votes.winner("kecamatan"),
        district=clues.votes.winner("kabupaten"),
        province=province,
        year_start=start,
        year_end=end,
        draft=_draft(document, clues, wording),
        reasons=tuple(clues.strangers),
        foreign_names=foreign_names(document, sections, (village,), province, wording),
        stale_years=_stale(found, clues, mapped, start, end, wording),
    )
    weights = {level: sum(found.values()) for level, found in clues.votes.weights.items()}
    return Sighting(identity, bool(clues.kinds), clues.headed, weights.get("kelurahan", 0) > weights.get("desa", 0))


def _collect(document: Document, sections: Sequence[Section], mapped: Sequence[MappedTable], wording: Wording) -> _Clues:
    clues = _Clues()
    for text in document.running:
        clues.titles.append((text, 6))
    for one in mapped:
        weight = 3 if one.table.kind is TableKind.MATRIX else 1
        clues.titles += [(near, weight) for near in one.near if len(near) <= _TITLE]
    seen = 0
    for index, item in enumerate(document.items):
        if not isinstance(item, Block):
            clues.words += sum(len(text.split()) for text in texts_of(item))
            continue
        seen += 1
        clues.words += len(item.text.split())
        marked = is_capitals(item.text) or item.centred or item.bold or item.kind == "heading"
        if len(item.text) <= _TITLE and (marked or seen <= _HEAD):
            clues.titles.append((item.text, 4 if seen <= _HEAD and marked else 2 if marked else 1))
        elif index < 2000:
            clues.votes.add(item.text, 1, wording)
        if seen <= _HEAD and marked and len(item.text) <= _TITLE:
            clues.headed |= any(_names_plan(item.text, rule, wording) for rule in wording.documents)
        if seen <= _HEAD and len(item.text) <= _TITLE and (marked or seen <= 12):
            clues.strangers += [why for words, why in wording.strangers if item.text in words and why not in clues.strangers]
    for section in sections:
        clues.titles.append((section.title, 1))
    for text, weight in clues.titles:
        clues.votes.add(text, weight, wording)
        for rule in wording.documents:
            if _names_plan(text, rule, wording):
                clues.kinds[rule.kind] += weight
    return clues


def _names_plan(text: str, rule: DocumentRule, wording: Wording) -> bool:
    """A title of the plan itself: it opens with the plan's name, or is the title of the village rule about it."""
    if text not in rule.titles or text in rule.unless:
        return False
    return rule.titles.opens(wording.title_lead.strip(text)) or wording.regulation_title.opens(wording.title_lead.strip(text))


def _kind_by_columns(mapped: Sequence[MappedTable]) -> PlanKind:
    roles = {role for one in mapped if one.table.kind is TableKind.MATRIX for role in one.table.roles}
    if roles & {"tahun", "tahun_ke"}:
        return PlanKind.RPJMDES
    return PlanKind.RKPDES if "waktu" in roles else PlanKind.UNKNOWN


def _years(kind: PlanKind, clues: _Clues, mapped: Sequence[MappedTable], wording: Wording) -> tuple[int | None, int | None]:
    """Plan years from the titles that name the plan; for an RPJM the range named most, for others the single year."""
    rules = [rule for rule in wording.documents if rule.kind is kind]
    year_words = Words.of(wording.numbers.year)
    spans: Counter[tuple[int, int]] = Counter()
    singles: Counter[int] = Counter()
    for text, weight in clues.titles:
        named = parse_years(text, wording.numbers)
        own = 3 if year_words.opens(text) or any(text in rule.titles and text not in rule.unless for rule in rules) else 1
        if named.span and len(named.years) > 2:
            spans[named.years[0], named.years[-1]] += weight * own
        elif named.years:
            for one in named.years:
                singles[one] += weight * own
    columns = sorted({int(c.value) for one in mapped for c in one.columns if c.role == "tahun" and 2000 < int(c.value) < 2100})
    if kind is PlanKind.RPJMDES:
        if spans:
            return spans.most_common(1)[0][0]
        return (columns[0], columns[-1]) if len(columns) > 2 else (None, None)
    if singles:
        best = singles.most_common(1)[0][0]
        return best, best
    return None, None


def _years_in_text(kind: PlanKind, document: Document, wording: Wording) -> tuple[int | None, int | None]:
    """Plan years from running text that names the plan, where no title gives them."""
    rules = [rule for rule in wording.documents if rule.kind is kind]
    found: Counter[tuple[int, int]] = Counter()
    for item in document.items:
        text = item.text[:_PROSE] if isinstance(item, Block) else ""
        if any(text in rule.titles for rule in rules):
            named = parse_years(text, wording.numbers)
            if named.years and named.span == (kind is PlanKind.RPJMDES):
                found[named.years[0], named.years[-1]] += 1
    return found.most_common(1)[0][0] if found else (None, None)


def _draft(document: Document, clues: _Clues, wording: Wording) -> bool | None:
    """Draft or final: the title of the village rule and its number decide, then its announcement, then words for drafts.

    A final plan may still carry a form headed "Rancangan RPJM Desa", so that heading alone comes last.
    """
    blocks = [item.text for item in document.items if isinstance(item, Block)]
    titles = [text for text, weight in clues.titles if weight >= 4]

    def blank(text: str) -> bool:
        return any(mark in text for mark in wording.blank_marks)

    if any(text in wording.draft and text in wording.regulation_title for text in titles):
        return True
    if any(text in wording.regulation_title and blank(text) for text in blocks[:12]):
        return True
    numbered = any(_NUMBERED_RULE.search(text) and is_capitals(text) for text in blocks[:20])
    if numbered or any(text in wording.final and not blank(text) for text in blocks):
        return False
    return True if any(text in wording.draft for text in titles) else None


def _stale(
    kind: PlanKind,
    clues: _Clues,
    mapped: Sequence[MappedTable],
    start: int | None,
    end: int | None,
    wording: Wording,
) -> tuple[int, ...]:
    """Years in titles of the plan's own name, fiscal year lines or headers of its matrix that lie outside the plan.

    The years before and after are normal: a plan looks back at one and forward to the other.
    """
    if start is None or end is None or kind is not PlanKind.RKPDES:
        return ()
    year_words = Words.of(wording.numbers.year)
    rules = [rule for rule in wording.documents if rule.kind is kind]
    texts = [text for text, _ in clues.titles if year_words.opens(text) or any(text in rule.titles for rule in rules)]
    texts = [text for text in texts if not any(text in rule.unless for rule in rules)]
    texts += [title for one in mapped if one.table.kind is TableKind.MATRIX for title in one.table.header]
    found = set()
    for text in texts:
        named = parse_years(text, wording.numbers)
        found |= set() if named.span else {one for one in named.years if not start - 1 <= one <= end + 1}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Counts:
    """What a document holds: matrix rows, listed activities, different bidang among them, words, pages that were not read.

    `lost` says that a table looks like the matrix although no activity was read.
    """

    rows: int
    listed: int
    bidang: int
    words: int
    unread: int = 0
    lost: bool = False


def settle_kind(
    sighting: Sighting,
    sections: Sequence[Section],
    mapped: Sequence[MappedTable],
    counts: Counts,
    wording: Wording,
    forced: PlanKind | None = None,
) -> tuple[PlanKind, tuple[str, ...]]:
    """The kind and why, once it is known how many activity rows the document has."""
    if forced is not None:
        return forced, ("Jenis dokumen ditentukan oleh pemakai.",)
    identity = sighting.identity
    chapters = {section.kind for section in sections} & wording.plan_chapters
    blank = any(is_matrix_like(one.header_roles, wording) for one in mapped if not one.filled)
    named_title = sighting.titled and identity.kind in _PLAN_NAMES
    reasons = [f"Judulnya menyebut {_PLAN_NAMES[identity.kind]}."] if named_title else []
    structured = counts.rows >= 3 and counts.bidang > 1
    trusted = not identity.reasons or sighting.headed or counts.rows >= 15
    if counts.rows and trusted and (named_title or structured):
        return identity.kind, (*reasons, f"Ada matriks dengan {counts.rows} baris kegiatan.")
    if not trusted:
        return PlanKind.NOT_A_PLAN, (f"Halaman awal menunjukkan {identity.reasons[0]}.",)
    if named_title and (len(chapters) >= 3 or counts.listed >= 5) and counts.words > 150:
        reasons.append("Susunan babnya seperti rencana desa.")
        return identity.kind, tuple(reasons)
    if named_title and counts.unread:
        return identity.kind, (*reasons, f"{counts.unread} halaman tidak terbaca; isinya tidak dapat dipastikan.")
    if named_title and counts.lost:
        return identity.kind, (*reasons, "Ada tabel yang mirip matriks kegiatan, tetapi kegiatannya tidak terbaca.")
    if blank or (named_title and counts.words < 150):
        return PlanKind.BLANK_FORM, (*reasons, "Formulirnya belum diisi: tidak ada satu pun baris kegiatan.")
    if counts.words < 20:
        return PlanKind.UNKNOWN, ("Hampir tidak ada teks yang terbaca.",)
    if named_title:
        return PlanKind.NOT_A_PLAN, (*reasons, "Tetapi tidak ada bab atau baris kegiatan seperti pada sebuah rencana.")
    return PlanKind.NOT_A_PLAN, ("Tidak ada judul, bab, atau matriks kegiatan seperti pada RPJMDes atau RKPDes.",)
