"""Traces of a plan's own wording and rows, small enough to keep for thousands of plans, to find copies between villages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from irmcheck.model import Identity, Passage, Plan, Section, SectionKind
from irmcheck.report.text import shortened

SHINGLE = 8  # words
_LEAST_WORDS = 14  # of a passage worth comparing
_WORDS_PER_HASH = 12
_LONGEST_PASSAGE = 600  # words looked at
_MOST_PASSAGES = 1500
_EXCERPT = 220
_WORD = re.compile(r"[^\W_]+")
# Set by law, by form or by nobody: the same words there are no sign of copying.
_COMMON = frozenset({SectionKind.LAW, SectionKind.CONTENTS, SectionKind.PREFACE, SectionKind.CLOSING})


def traces(plan: Plan) -> dict[str, Any]:
    """Hashes of long passages and of costed rows, with the words to show. The village's own names count as a blank."""
    own = _own_words(plan.identity)
    passages = []
    for passage in plan.passages:
        if _comparable(passage, plan.sections) and (found := _hashes(_words(passage.text, own))):
            passages.append(
                {"h": found, "n": len(passage.text.split()), "p": passage.place.page, "t": shortened(passage.text, _EXCERPT)}
            )
        if len(passages) == _MOST_PASSAGES:
            break
    rows = [
        {"h": _hash([*_words(a.name, own), str(a.cost)]), "t": shortened(a.name, 90), "cost": a.cost}
        for a in plan.activities
        if a.cost and a.bidang_number != 1  # salaries and office costs of bidang 1 are set by the regent for all villages
    ]
    return {"passages": passages, "rows": rows}


def _comparable(passage: Passage, sections: Sequence[Section]) -> bool:
    return passage.kind in ("prose", "list") and sections[passage.section].kind not in _COMMON


def _own_words(identity: Identity) -> frozenset[str]:
    names = (identity.village, identity.subdistrict, identity.district, identity.province)
    return frozenset(word for name in names if name for word in _WORD.findall(name.lower()))


def _words(text: str, own: frozenset[str]) -> list[str]:
    return ["#" if word in own else word for word in _WORD.findall(text.lower())[:_LONGEST_PASSAGE]]


def _hashes(words: Sequence[str]) -> list[int]:
    """The smallest hashes over runs of words: the same passage keeps the same ones, a changed word moves few of them."""
    if len(words) < _LEAST_WORDS:
        return []
    runs = {_hash(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    return sorted(runs)[: max(3, len(words) // _WORDS_PER_HASH)]


def _hash(words: Iterable[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "big") >> 1
