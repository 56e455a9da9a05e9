"""A message for each village that fits into a phone chat."""

from __future__ import annotations

from irmcheck.report.matrix import Entry, Village, plan_name, village_name
from irmcheck.report.text import sentence, shortened
from irmcheck.report.words import Words

LONGEST = 900  # characters


def message(village: Village, words: Words) -> str:
    """What was found in the plan now under discussion, what is strong, three first fixes. At most LONGEST characters."""
    entry = _current(village)
    for room in (150, 110, 80, 55, 35):
        text = _written(village, entry, words, room)
        if len(text) <= LONGEST:
            return text
    return text[: LONGEST - 1] + "…"


def _current(village: Village) -> Entry:
    """The plan being worked on: a draft before a final one, the later year, the annual plan before the long one."""
    return max(village.entries, key=lambda e: (e.draft is True, e.year, e.kind == "rkpdes", e.file))


def _written(village: Village, entry: Entry, words: Words, room: int) -> str:
    def say(key: str, **values: object) -> str:
        return words.say(f"matriks.pesan.{key}", **values)

    judged = entry.count("met") + entry.count("partial") + entry.count("missing")
    lines = [
        say("salam", desa=shortened(village_name(village, words), 60)),
        say("hasil", rencana=plan_name(entry, words), ada=entry.count("met"), sebagian=entry.count("partial"), dari=judged),
    ]
    if entry.unread:
        lines.append(say("tak_terbaca", n=entry.unread, ukuran=entry.count("undetermined")))
    if entry.strong:
        lines.append(say("kuat", daftar="; ".join(shortened(one, room) for one in entry.strong)))
    if entry.fixes:
        lines.append(say("perbaikan"))
        for number, fix in enumerate(entry.fixes, start=1):
            told = f"{fix.title}: {fix.activity}" if fix.activity and room > 50 else fix.title
            lines.append(f"{number}. {sentence(shortened(told, room))}")
    lines.append(say("tutup"))
    return "\n".join(lines) + "\n"
