"""Reads rows of the plan's matrix: titles, subtotals and sub-rows told apart from activities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from irmcheck.model import Row
from irmcheck.structure.codes import is_account, parts, split_number
from irmcheck.structure.contents import source_in
from irmcheck.structure.headers import Column
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.numbers import column_style, parse_rupiah
from irmcheck.structure.wording import Wording, fold

LABELS = ("no", "kode", "bidang", "bidang_subbidang", "subbidang", "kegiatan", "uraian")
_SUPPORT = ("lokasi", "volume", "satuan", "sasaran", "waktu", "sumber", "pola", "pelaksana", "keluaran", "target_capaian")
_INDEX = re.compile(r"^\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5})(?:\.0)?[.)]?$", re.IGNORECASE)
_LEAST_AMOUNT = 10_000  # rupiah; figures of that size under a year are money, not ticks or volumes
_RUN_TOGETHER = re.compile(r"^(\d{1,2}\.\d{1,2}\.?\d{2})[\s|]+(\S.*)$")
_FULL_CODE = re.compile(r"\d[.\s]\d{1,2}[.\s]\d{2}\b")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]\d)")
_ROMAN = ("i", "ii", "iii", "iv", "v")


@dataclass(slots=True)
class Entry:
    """A body row read by role. `kind` as in Row; `level` 1 bidang or 2 sub-bidang for titles."""

    row: Row
    cells: Mapping[str, str]
    ticks: tuple[Column, ...]
    money: int | None
    merged: frozenset[str]
    joint: bool
    kind: str = "data"
    level: int = 0
    text: str = ""
    amounts: tuple[tuple[Column, int], ...] = ()
    folded: list[Entry] = field(default_factory=list)
    doubtful: bool = False  # an amount was there but cannot be right

    @property
    def labels(self) -> list[str]:
        """Texts of the naming columns, in order, bare numbers left out."""
        return [text for role in LABELS if (text := self.cells.get(role, "")) and not is_index(text)]

    @property
    def code(self) -> str:
        """The code as written, wherever the matrix keeps it."""
        number = self.cells.get("no", "")
        return self.cells.get("kode") or (number if _FULL_CODE.search(number) else "")

    @property
    def supported(self) -> bool:
        """Some cell beside the name says where, how much, when or from what money."""
        return bool(self.ticks) or any(self.cells.get(role) for role in _SUPPORT)


def is_index(text: str) -> bool:
    """A bare item number, letter or code."""
    return bool(_INDEX.match(text.strip())) or bool(parts(text))


def read_entries(mapped: MappedTable, wording: Wording, scale: int = 1) -> list[Entry]:
    """All body rows of a table, classified; sub-rows and continuations are folded into the row they belong to."""
    table, columns = mapped.table, mapped.columns
    money = [c for c, column in enumerate(columns) if column.role.startswith("biaya")]
    style = column_style(row.cells[c] for row in table.rows for c in money)
    found: list[Entry] = []
    owner: Entry | None = None
    for at, row in enumerate(table.rows):
        entry = _entry(row, columns, mapped.merged[at], at in mapped.joints, wording, scale, style)
        _classify(entry, owner, wording)
        if entry.kind in ("account", "more") and owner is not None:
            owner.folded.append(entry)
        if entry.kind != "account" and entry.kind != "more":
            owner = entry if entry.kind == "data" else owner if entry.joint else None
        found.append(entry)
    _find_bare_titles(found, wording)
    _doubt_small_amounts(found)
    return found


def _find_bare_titles(entries: list[Entry], wording: Wording) -> None:
    """A numbered name with nothing beside it, over rows whose numbering begins anew, is the title of a sub-bidang."""
    for entry, following in pairwise(entries):
        bare = entry.kind == "data" and not entry.supported and entry.money is None and not entry.folded
        begins = (
            following.kind == "data" and following.supported and following.cells.get("no", "").strip(".)").lower() in ("1", "a")
        )
        if bare and begins and entry.cells.get("no", "").strip(".)").lower() not in ("", "0"):
            entry.kind, entry.level, entry.text = "title", 2, name_of(entry, wording)


def _doubt_small_amounts(entries: list[Entry]) -> None:
    """A few rupiah among millions is a misread amount: better unknown than wrong."""
    amounts = sorted(entry.money for entry in entries if entry.money)
    if amounts and amounts[len(amounts) // 2] >= 100 * _LEAST_AMOUNT:
        for entry in entries:
            if entry.money and 0 < entry.money < _LEAST_AMOUNT // 10:
                entry.money, entry.doubtful = None, True


def _entry(
    row: Row, columns: tuple[Column, ...], merged: frozenset[int], joint: bool, wording: Wording, scale: int, style: str
) -> Entry:
    cells: dict[str, str] = {}
    ticks, amounts = [], []
    for c, (column, text) in enumerate(zip(columns, row.cells, strict=False)):
        if column.role in ("tahun", "tahun_ke", "bulan") or column.role in wording.patterns:
            if is_ticked(text, wording):
                ticks.append(column)
            amount = parse_rupiah(text, wording.numbers, scale=scale, thousands=style) if len(text) > 4 else None
            if amount and amount >= _LEAST_AMOUNT:
                amounts.append((column, amount))
        elif column.role in ("biaya_sumber", "biaya_tahun"):
            amount = parse_rupiah(text, wording.numbers, scale=scale, thousands=style)
            if amount:
                amounts.append((column, amount))
        elif column.role and text:
            cells[column.role] = text
        elif text and c == 0:
            cells["no"] = text
        elif text:
            cells[f"+{c}"] = text
    _part_run_together(cells, columns)
    money = parse_rupiah(cells.get("biaya", ""), wording.numbers, scale=scale, thousands=style)
    if money is None and amounts and "biaya" not in cells:
        money = sum(amount for _, amount in amounts)
    if money is not None and "sumber" not in cells and (source := source_in(cells.get("biaya", ""), wording)):
        cells["sumber"] = source
    roles = frozenset(columns[c].role for c in merged if c < len(columns))
    return Entry(row, cells, tuple(ticks), money, roles, joint, amounts=tuple(amounts))


def _part_run_together(cells: dict[str, str], columns: tuple[Column, ...]) -> None:
    """Undo a scanned row whose rules were not seen: a full code, then the texts of the next columns parted by bars."""
    role = next((role for role in LABELS if (found := _RUN_TOGETHER.match(cells.get(role, ""))) and found.group(2)), "")
    if not role or any(cells.get(other) for other in ("kegiatan", "uraian") if other != role):
        return
    found = _RUN_TOGETHER.match(cells[role])
    assert found is not None
    texts = [text.strip() for text in found.group(2).split("|") if text.strip()]
    names = [column.role for column in columns]
    start = next((i for i, name in enumerate(names) if name in ("kegiatan", "uraian")), None)
    if start is None:
        return
    cells[role] = "" if role in ("kegiatan", "uraian") else cells[role]
    cells["kode"] = found.group(1)
    figures = _GROUPED.findall(found.group(2))
    if len(figures) == 1 and not cells.get("biaya"):
        cells["biaya"] = figures[0]
    for name, text in zip(names[start:], texts, strict=False):
        if name and not cells.get(name) and not name.startswith("biaya"):
            cells[name] = text


def is_ticked(text: str, wording: Wording) -> bool:
    """A filled year, month or pattern cell: a tick in any shape or a figure; blanks and dashes are not."""
    text = text.strip()
    if not text or text in wording.blanks or text.strip(".,- ") in ("", "0"):
        return False
    return text in wording.ticks or len(text) <= 4 or any(c.isdigit() for c in text)


def _classify(entry: Entry, owner: Entry | None, wording: Wording) -> None:
    texts = [text for role, text in entry.cells.items() if role != "biaya" and not is_index(text)]
    if any(wording.subtotal.opens(text) for text in texts) and len(texts) <= 2 and not entry.cells.get("sumber"):
        entry.kind, entry.text = "subtotal", next(text for text in texts if wording.subtotal.opens(text))
    elif _account(entry, wording):
        entry.kind = "account" if owner is not None else "title"
    elif title := _title(entry, wording, sure=True):
        entry.kind, entry.level, entry.text = "title", *title
    elif _more(entry, owner):
        entry.kind = "more"
    elif title := _title(entry, wording, sure=False):
        entry.kind, entry.level, entry.text = "title", *title
    elif not name_of(entry, wording):
        entry.kind = "more" if owner is not None and (entry.cells or entry.ticks) else "title"


def _account(entry: Entry, wording: Wording) -> bool:
    code = entry.cells.get("kode", "") or entry.cells.get("no", "")
    spending = wording.account.opens(split_number(" ".join(entry.labels))[1])
    placed = entry.cells.get("lokasi") and any(entry.cells.get(role) for role in ("volume", "waktu", "keluaran"))
    if not spending or placed:  # "Belanja tak terduga" of bidang 5 is an activity with a code under 5
        return False
    return is_account(code, spending) or (not entry.supported and not entry.cells.get("no"))


def _more(entry: Entry, owner: Entry | None) -> bool:
    """The rest of the row above: its name merged down, or a row cut by a page break."""
    if owner is None:
        return False
    numbered = bool(entry.cells.get("no") or entry.cells.get("kode"))
    name = entry.cells.get("kegiatan") or entry.cells.get("uraian") or ""
    if "kegiatan" in entry.merged and not numbered and (entry.supported or entry.money is not None):
        return True
    if numbered or entry.money is not None or not owner.cells.get("no"):
        return False
    return bool(entry.joint or not name or name[:1].islower() or name[:1] in "(") and not entry.ticks and not _headlike(entry)


def _headlike(entry: Entry) -> bool:
    labels = entry.labels
    return bool(labels) and (labels[0].isupper() or bool(split_number(labels[0])[0]) or bool(entry.cells.get("bidang")))


def _title(entry: Entry, wording: Wording, *, sure: bool) -> tuple[int, str] | None:
    """(1, text) for a bidang row, (2, text) for a sub-bidang row, None for an activity; `sure` by its words or number alone."""
    labels = entry.labels
    extra = [text for role, text in entry.cells.items() if role.startswith("+") and not is_index(text)]
    if entry.supported or len(labels) > 1 or not (labels or extra):
        return None
    text = (labels or extra)[0]
    number, name = split_number(text)
    number = number or entry.cells.get("kode", "") or entry.cells.get("no", "")
    if name in wording.subbidang_word and fold(name).startswith("sub"):
        return 2, name
    if wording.bidang_word.opens(name):
        return 1, name
    if len(parts(number)) == 2:
        return 2, name
    roman = number.lower().strip(".") in _ROMAN
    if wording.bidang_names.opens(name) or (bidang_number(name, wording) and (name.isupper() or roman)):
        return 1, name
    lettered = number.isalpha() and not entry.cells.get("no")
    return (2, name) if not sure and entry.money is None and (not number or lettered) else None


def bidang_number(text: str, wording: Wording, *, bare: bool = False) -> int | None:
    """Which of the five bidang a title names, in words or as "Bidang 2", "Bid. II"; `bare` figures only in a column of bidang."""
    named = next((number for number, words in wording.bidang if text in words), None)
    if named or not (bare or wording.bidang_word.opens(text)):
        return named
    rest = fold(text).split()
    if rest and wording.bidang_word.opens(rest[0]):
        rest = rest[1:]
    figure = rest[0].lstrip("0") if len(rest) == 1 else ""
    if figure in _ROMAN:
        return _ROMAN.index(figure) + 1
    return int(figure) if figure in ("1", "2", "3", "4", "5") else None


def name_of(entry: Entry, wording: Wording) -> str:
    """The activity's name: the first naming column filled, its own item number taken off."""
    for role in wording.name_roles:
        text = entry.cells.get(role, "")
        if text and not is_index(text) and (role in ("kegiatan", "uraian") or len(entry.labels) == 1):
            number, rest = split_number(text)
            counted = number and (parts(number) or text[len(number) : len(number) + 1] in ".)")
            return rest if counted and rest else text
    return ""
