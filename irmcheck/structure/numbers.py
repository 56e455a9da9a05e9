"""Rupiah, volumes and years out of the many ways villages write them. What is unclear is None, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from irmcheck.model import Volume
from irmcheck.structure.wording import NumberWords, unit_key

# Scanning turns digits into letters; only undone inside tokens that are digits or digit groups otherwise.
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "S": "5", "s": "5", "B": "8", "Z": "2"})
_SUSPECT = re.compile(r"(?<![A-Za-z])(?=[\dOoQlI|SsBZ.,]*\d)[\dOoQlI|SsBZ]{1,3}(?:[.,]\s?[\dOoQlI|SsBZ]{3})+(?![A-Za-z])")
_SUSPECT_ALONE = re.compile(r"(?<![A-Za-z\d])(?=[\dOol]*\d)(?=[\dOol]*[Ool])[\dOol]{4,}(?![A-Za-z])")
_NUMBER = re.compile(r"\d{1,3}(?:\.\s?\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_NEGATIVE = re.compile(r"^\(\s*(?:[Rr]p\.?\s*)?[\d.,\s]+(?:,-)?\)$|^-\s?(?:[Rr]p\.?\s*)?\d")
_LONGEST = 300  # characters; amounts, volumes and years stand at the beginning of a cell or in a title
_LETTERS = re.compile(r"[a-z]+")


def _mend(text: str) -> str:
    text = _SUSPECT.sub(lambda found: found.group().translate(_LOOKALIKE), text)
    return _SUSPECT_ALONE.sub(lambda found: found.group().translate(_LOOKALIKE), text)


def read_number(token: str, thousands: str = "") -> float | None:
    """A bare figure as a number; None when its separators make no sense.

    `thousands` is the separator the column uses, for figures such as 75.000 that can be read both ways.
    """
    token = token.replace(" ", "").rstrip(".,")
    marks = [c for c in token if c in ".,"]
    if not marks:
        return float(token) if token.isdigit() else None
    groups = re.split(r"[.,]", token)
    whole, last = groups[:-1], groups[-1]
    grouped = len(groups[0]) <= 3 and all(len(one) == 3 for one in groups[1:])
    decimal_mark = marks[-1] if len(set(marks)) == 2 and marks.count(marks[-1]) == 1 else ""
    if decimal_mark and all(len(one) == 3 for one in whole[1:]):
        return float("".join(whole) + "." + last) if len(last) != 3 else float("".join(groups))
    if len(marks) == 1:
        other = "," if thousands == "." else "."
        if grouped and groups[0] != "0" and not (thousands and marks[0] == other):
            return float("".join(groups))
        return float(f"{groups[0]}.{last}")
    if grouped:
        return float("".join(groups))
    if len(last) <= 2 and len(groups[0]) <= 3 and all(len(one) == 3 for one in whole[1:]):
        return float("".join(whole) + "." + last)
    return None


def parse_amount(text: str, words: NumberWords, thousands: str = "") -> float | None:
    """The first amount in a text, in units as written (multiplier words applied); None when there is none or it is unclear."""
    text = _mend(" ".join(text[:_LONGEST].split()))
    lower = text.lower()
    if not lower or lower.strip(" .") in words.nothing:
        return None
    found = _NUMBER.search(text)
    if not found:
        return _spelled(lower, words)
    value = read_number(found.group(), thousands)
    if value is None:
        return None
    after = _LETTERS.match(lower[found.end() :].lstrip(" .,-"))
    word = after.group() if after else ""
    before = lower[: found.start()].strip(" .@(")
    currency = any(before.endswith(one) for one in words.currency)
    if word in words.scale:
        value *= words.scale[word]
    elif word in words.scale_after_currency:
        if not currency:
            return None
        value *= words.scale_after_currency[word]
    return -value if _NEGATIVE.match(text) else value


def _spelled(lower: str, words: NumberWords) -> float | None:
    """A number in words ("seratus dua puluh lima juta"); None unless every word takes part."""
    total = group = current = 0
    seen = False
    for word in _LETTERS.findall(lower):
        if word in words.currency:
            continue
        if word.startswith("se") and word[2:] in (*words.tens, *words.scale):
            current, word = 1, word[2:]
        if word in words.digits:
            current = words.digits[word]
        elif word in words.tens:
            step = words.tens[word]
            group, current = group + (10 + current if word == "belas" else max(current, 1) * step), 0
        elif word in words.scale:
            total, group, current = total + max(group + current, 1) * words.scale[word], 0, 0
        else:
            return None
        seen = True
    return float(total + group + current) if seen else None


def parse_rupiah(text: str, words: NumberWords, *, scale: int = 1, thousands: str = "") -> int | None:
    """An amount in whole rupiah; `scale` is what the heading says (1000 for "dalam ribuan"). None when not stated."""
    value = parse_amount(text, words, thousands)
    return None if value is None else round(value * scale)


def column_style(texts: Iterable[str]) -> str:
    """The thousands separator most cells of a column use, from figures that leave no doubt; "" when none does."""
    votes = {".": 0, ",": 0}
    for text in texts:
        for figure in re.findall(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)", text):
            marks = [c for c in figure if c in ".,"]
            if len(marks) > 1 or marks[0] != figure[-4]:
                votes[marks[0]] += 1
    return max(votes, key=lambda mark: votes[mark]) if votes["."] != votes[","] else ""


_QUANTITY = re.compile(r"^[±+@\s]*(\d+(?:[.,]\d+)*)\s*(.*)$")
_TIMES = re.compile(r"^(.*?)\s*[x×]\s*(\d.*)$", re.IGNORECASE)
_UNIT = re.compile(r"[^\W\d_]+[.']?(?:[¹²³'1-3](?!\d))?(?:/[^\W\d_]+)?(?: [^\W\d_]+)?")


def parse_volume(text: str, words: NumberWords) -> Volume:
    """A volume: its text as printed, the number and the unit where both are clear. `3 x 4 m` is 12 of no certain unit."""
    text = " ".join(text.split())
    found = _QUANTITY.match(_mend(text[:_LONGEST]))
    if not found:
        return Volume(text)
    value = read_number(found.group(1))
    times = _TIMES.match(found.group(2)) if found.group(2)[:1].lower() in ("x", "×") or " x " in text.lower() else None
    if times:
        return _product(text, value, times, words)
    return Volume(text, value, _unit(found.group(2), words))


def _product(text: str, value: float | None, times: re.Match[str], words: NumberWords) -> Volume:
    second = _QUANTITY.match(times.group(2))
    other = read_number(second.group(1)) if second else None
    unit = _unit(times.group(1), words) if times.group(1) else None
    if value is None or other is None or second is None or _TIMES.match(second.group(2)):
        return Volume(text)
    if unit is None or unit == _unit(second.group(2), words):
        return Volume(text, value * other, None)
    return Volume(text)


def _unit(text: str, words: NumberWords) -> str | None:
    found = _UNIT.match(text.strip())
    if not found:
        return None
    whole = unit_key(found.group())
    if whole in words.units:
        return words.units[whole]
    return words.units.get(whole.split(" ")[0])


@dataclass(frozen=True, slots=True)
class Years:
    """Years named in a text: calendar years, years of the plan's period ("Tahun ke-3"), and whether they form a range."""

    years: tuple[int, ...] = ()
    relative: tuple[int, ...] = ()
    span: bool = False


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_YEAR_LIKE = re.compile(r"\b2[O0o][0-9OolI]{2}\b")


def parse_years(text: str, words: NumberWords) -> Years:
    """The years a text names; years of regulations ("Nomor 6 Tahun 2014") are no years of the plan and are passed over."""
    text = " ".join(text[:_LONGEST].split())
    text = _YEAR_LIKE.sub(lambda found: found.group().translate(_LOOKALIKE), text)
    lower = text.lower()
    year = "|".join(sorted(map(re.escape, words.year), key=len, reverse=True))
    numbered = "|".join(sorted(map(re.escape, words.regulation), key=len, reverse=True))
    lower = re.sub(rf"\b(?:{numbered})\.?\s*:?\s*[\w./-]+\s*(?:{year})\.?\s*(?:19|20)\d\d", " ", lower)
    until = "|".join(sorted(map(re.escape, words.until), key=len, reverse=True))
    ranged = re.search(rf"\b((?:19|20)\d\d)\s*(?:{until})\s*((?:19|20)\d\d)\b", lower)
    if ranged and 0 < int(ranged.group(2)) - int(ranged.group(1)) <= 25:
        return Years(tuple(range(int(ranged.group(1)), int(ranged.group(2)) + 1)), span=True)
    short = re.search(rf"\b(?:{year})\.?\s*['’](\d\d)\b", lower)
    found = [int(one) for one in re.findall(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d)(?!\d)", lower)]
    if short:
        found.append(2000 + int(short.group(1)))
    relative = [
        int(one) if one.isdigit() else _ROMAN[one]
        for one in re.findall(rf"\b(?:{year})\.?\s*(?:ke)?[\s-]*([1-9]|viii|vii|vi|v|iv|i{{1,3}})\b(?![.,]?\d)", lower)
    ]
    return Years(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(relative)))
