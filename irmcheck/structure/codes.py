"""Kode kegiatan in its spellings, told apart from economic accounts."""

from __future__ import annotations

import re

_CODE = re.compile(r"^\s*(\d{1,2})[.\s](\d{1,2})(?:[.\s](\d{1,3}))?(?:[.\s]\s?(\d{1,3}))?(?:[.\s]\d{1,3})*\s*[.,]?\s*$")
_UNDER_ACTIVITY = re.compile(r"^\s*\d{1,2}[.\s]\d{1,2}[.\s]\d{2,3}[.\s]\s?5[.\s]\d[.\s]\d")
_LEADING = re.compile(r"^\(?((?:\d{1,2}|[IVX]{1,4}|[A-Za-z])(?:[.\s]\d{1,2}){0,3})[.)]?(?:\s+|(?<=[.)]))(?=\S)")


def split_number(text: str) -> tuple[str, str]:
    """A leading number, letter or code and the rest: "3.1 Ketentraman" -> ("3.1", "Ketentraman").

    A quantity ("3 unit gapura") and a lone small letter are words of the text.
    """
    found = _LEADING.match(text)
    if not found:
        return "", text.strip()
    number, rest = found.group(1).strip(), text[found.end() :].strip()
    marked = found.group().rstrip()[-1] in ".)"
    if not marked and (number.islower() or (number.isdigit() and not rest[:1].isupper())):
        return "", text.strip()
    return number, rest


def parts(code: str) -> tuple[int, ...]:
    """The figures of a code as written; () when it is none."""
    found = _CODE.match(code)
    return tuple(int(one) for one in found.groups() if one is not None) if found else ()


def is_account(code: str, name_is_spending: bool) -> bool:
    """An economic account (5.2.1 Belanja ...): a code under 5 whose name speaks of spending or whose leaf has one digit.

    So is an account written behind the code of its activity (2.1.01. 5.2.1).
    """
    found = _CODE.match(code)
    if found and _UNDER_ACTIVITY.match(code):
        return True
    if not found or found.group(1).lstrip("0") != "5":
        return False
    return name_is_spending or (found.group(3) is not None and found.group(4) is None and len(found.group(3)) == 1)


def normal_code(code: str, name_is_spending: bool = False) -> str | None:
    """A kode kegiatan as b.s.kk ("03.01.04." and "5.3.1.04" are "3.1.04"); None for accounts and anything else."""
    figures = parts(code)
    if len(figures) == 4 and figures[0] == 5 and not name_is_spending:
        figures = figures[1:]
    elif len(figures) < 3 or is_account(code, name_is_spending):
        return None
    bidang, sub, leaf = figures[:3]
    return f"{bidang}.{sub}.{leaf:02d}" if 1 <= bidang <= 5 and leaf < 100 else None
