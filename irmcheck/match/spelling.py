"""Repair of misspelt words: unknown word types only, one edit, one candidate. Such hits are marked as guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

_MIN_LENGTH, _MAX_LENGTH = 7, 30
_LOOKALIKES = str.maketrans("0135", "olls")  # what OCR puts for letters; folded first


class SpellingIndex:
    """Finds the one catalogue word that an unknown word is one edit away from.

    Deletion index (one deletion on either side covers insertion, omission, replacement and swap of neighbours). `known` words
    are never repaired: they are other words of the language that look alike (pantai, sampai).
    """

    def __init__(self, words: Iterable[str], known: Collection[str]) -> None:
        self._known = known
        self._by_deletion: dict[str, str] = {}
        for word in words:
            if len(word) >= _MIN_LENGTH - 1 and word.isalpha():
                for shorter in (word, *_deletions(word)):
                    if self._by_deletion.setdefault(shorter, word) != word:
                        self._by_deletion[shorter] = ""  # more than one candidate: none

    def repair(self, word: str) -> str | None:
        """The catalogue word meant by `word` (lower case), or None."""
        if not _MIN_LENGTH <= len(word) <= _MAX_LENGTH or word in self._known:
            return None
        folded = word.translate(_LOOKALIKES) if not word.isalpha() else word
        if not folded.isalpha():
            return None
        for shape in (folded, folded.replace("rn", "m")):
            if shape != word and self._by_deletion.get(shape) == shape:
                return shape
        found = {c for shorter in (folded, *_deletions(folded)) if (c := self._by_deletion.get(shorter)) is not None}
        if len(found) != 1:
            return None
        candidate = found.pop()
        return candidate if candidate and candidate[0] == folded[0] and _one_edit(folded, candidate) else None


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _one_edit(a: str, b: str) -> bool:
    """One insertion, omission, replacement or swap apart."""
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) != len(b):
        return len(b) - len(a) == 1 and a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at + 2 :] == b[at + 2 :] and a[at : at + 2] == b[at : at + 2][::-1])
