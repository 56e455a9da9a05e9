"""Stated totals of a matrix re-added while its rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from irmcheck.errors import Problem
from irmcheck.model import SumCheck
from irmcheck.structure.wording import Wording


def rupiah(amount: int) -> str:
    """An amount as Indonesians write it: Rp 1.250.000."""
    return f"Rp {amount:,}".replace(",", ".")


@dataclass(slots=True)
class Totals:
    """Running sums since the sub-bidang, the bidang and the plan began, and what was stated beside them."""

    wording: Wording
    in_sub: int = 0
    in_bidang: int = 0
    total: int = 0
    stated_total: int | None = None
    checks: list[SumCheck] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _open: tuple[str, int, int | None] | None = None  # a bidang row that carries its own sum: name, amount, page

    def add(self, cost: int) -> None:
        """Count a row."""
        self.in_sub, self.in_bidang, self.total = self.in_sub + cost, self.in_bidang + cost, self.total + cost

    def begin_bidang(self, name: str = "", stated: int | None = None, page: int | None = None) -> None:
        """A bidang begins, perhaps with its sum in its title row; the one before is closed."""
        self.close_bidang()
        self.in_sub = self.in_bidang = 0
        self._open = (name, stated, page) if stated is not None else None

    def begin_sub(self) -> None:
        """A sub-bidang begins."""
        self.in_sub = 0

    def close_bidang(self) -> None:
        """Check the sum a bidang's title row carried, now that its rows are all in."""
        if self._open is not None and self.in_bidang:
            name, stated, page = self._open
            self._record(f"Jumlah {name}", stated, self.in_bidang, page)
        self._open = None

    def check(self, text: str, stated: int, page: int | None, bidang: str) -> None:
        """Compare a subtotal row with what it sums; which rows those are comes from its words, then from what fits."""
        level = self._level(text)
        sums = {"sub": self.in_sub, "bidang": self.in_bidang, "total": self.total}
        if sums[level] != stated:
            level = next((one for one, value in sums.items() if value == stated and stated), level)
        if level == "total":
            self.stated_total = stated
        elif level == "bidang":
            self._open = None
        named = text in self.wording.bidang_word and any(c.isdigit() or c in "IV" for c in text[-4:])
        self._record(text if named or level != "bidang" or not bidang else f"{text} ({bidang})", stated, sums[level], page)

    def _level(self, text: str) -> str:
        wording, lower = self.wording, text.lower()
        if text in wording.subbidang_word:
            return "sub"
        ranged = any(f" {mark} " in lower or (len(mark) > 2 and mark in lower) for mark in wording.numbers.until)
        if text in wording.grand_total and (text not in wording.bidang_word or ranged):
            return "total"
        return "bidang" if text in wording.bidang_word or self.in_bidang != self.total else "total"

    def _record(self, what: str, stated: int, computed: int, page: int | None) -> None:
        self.checks.append(SumCheck(what, stated, computed, page))
        if stated != computed:
            message = (
                f"{what}: tertulis {rupiah(stated)}, tetapi jumlah barisnya {rupiah(computed)} "
                f"(selisih {rupiah(abs(stated - computed))}). Periksa angkanya."
            )
            self.problems.append(Problem("structure", "sum-differs", message, page))
