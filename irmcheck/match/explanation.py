"""What `irmcheck rules explain` shows: which concepts a sentence touches, by which words, and what the place makes of them."""

from __future__ import annotations

from dataclasses import dataclass

from irmcheck.match.matcher import Matcher
from irmcheck.model import SectionKind, Stance


@dataclass(frozen=True, slots=True)
class Explanation:
    """A hit told in full. `words` are the words as they stand; each of `reach` says for one of them why it fits."""

    concept: str
    phrase: str
    words: str
    reach: tuple[str, ...]
    cue: str
    trigger: str
    stance: Stance
    reason: str
    guessed: bool


def explain(matcher: Matcher, text: str, kind: SectionKind = SectionKind.UNKNOWN, role: str = "") -> list[Explanation]:
    """Every hit in a text, as if it stood in a chapter of this kind (and in a matrix column of this role)."""
    return [
        Explanation(
            concept=match.concept,
            phrase=match.phrase,
            words=text[match.start : match.end],
            reach=matcher.why(text[match.start : match.end], match.phrase),
            cue=match.cue,
            trigger=matcher.trigger(text, match),
            stance=match.stance,
            reason=match.reason,
            guessed=match.guessed,
        )
        for match in matcher.find_in_text(text, kind, role)
    ]
