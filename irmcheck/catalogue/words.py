"""Indonesian word forms, generated from a word when the catalogue is compiled (the text itself is never stemmed).

Three reaches. Exact: the word as written. Inflected (default): its clitics, reduplication, active and passive verb forms and
the noun that names the act (penanaman, menanam, ditanam). Family: every derivation of its root. Affix rules after the
standard grammar (TBBBI) plus the colloquial shapes that village documents use (mensosialisasikan, pengrusakan).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

_VOWELS = "aiueo"
_CLITICS = ("", "nya", "lah")


class Reach(StrEnum):
    """How far a word of a phrase reaches. CAPITALS and NUMBER are special shapes, not forms."""

    EXACT = "exact"
    INFLECTED = "inflected"
    FAMILY = "family"
    CAPITALS = "capitals"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A form that two unrelated words of the catalogue would both claim; `kept` is the word that gets it."""

    form: str
    kept: str
    dropped: str


@lru_cache(maxsize=8192)
def _nasal(root: str) -> tuple[str, ...]:
    """Shapes of N + root as in meN-/peN-: (standard, colloquial ...)."""
    first, rest = root[0], root[1:]
    if first in "lwymn":
        return (root,)
    if first == "r":
        return (root, "ng" + root)
    elided = {"p": "m", "t": "n", "s": "ny", "k": "ng"}.get(first)
    kept = {"p": "m", "b": "m", "f": "m", "v": "m", "t": "n", "d": "n", "c": "n", "j": "n", "z": "n", "s": "n"}.get(
        first, "ng"
    ) + root
    shapes = (elided + rest, kept) if elided else (kept,)
    short = len(root) <= 4 and sum(c in _VOWELS for c in root) == 1
    return (*shapes, "nge" + root) if short else shapes


def _suffixed(stem: str) -> tuple[str, ...]:
    """A verb stem bare, with -kan and with -i."""
    return (stem, stem + "kan") if stem.endswith("i") else (stem, stem + "kan", stem + "i")


def _ter(root: str) -> str:
    return ("te" if root.startswith("r") else "ter") + root


def _ber(root: str) -> tuple[str, ...]:
    if root.startswith("r"):
        return ("be" + root,)
    return ("ber" + root, "be" + root) if "er" in root[1:4] else ("ber" + root,)


def _verbs(root: str) -> list[str]:
    """Active, passive, resultative and imperative forms of a verb root."""
    out = list(_suffixed(root))[1:]
    for stem in _nasal(root):
        out += _suffixed("me" + stem)
    for prefix in ("di" + root, _ter(root), "memper" + root, "diper" + root):
        out += _suffixed(prefix)
    return out


def _acts(root: str) -> list[str]:
    """peN-...-an: the noun that names the act."""
    return ["pe" + stem + "an" for stem in _nasal(root)]


def _derivations(root: str) -> list[str]:
    """Everything else a root can become."""
    out = [f"pe{stem}" for stem in _nasal(root)]
    out += [
        root + "an",
        f"ke{root}an",
        f"pe{root}",
        f"pe{root}an",
        f"se{root}",
        f"kese{root}an",
        f"penye{root}an",
        f"menye{root}kan",
        f"ke{root}",
        f"{root}i",
    ]
    for ber in _ber(root):
        per = "p" + ber[1:]
        out += [ber, ber + "an", ber + "kan", f"ke{ber}an", per, per + "an", f"pem{ber}an"]
        out += [f"mem{ber}kan", f"di{ber}kan", f"mem{per}", f"pem{per}an"]
    out += [f"ke{_ter(root)}an", f"berke{root}an", f"berpe{root}an", f"terke{root}", f"{root}wan"]
    return out


def _undo_nasal(stem: str) -> list[str]:
    """Roots r for which `stem` is a standard shape of N + r."""
    for nasal, plain, lost in (("ny", "", "s"), ("ng", "ghkq" + _VOWELS, "k"), ("m", "bfvp", "p"), ("n", "dcjzts", "t")):
        if stem.startswith(nasal) and len(stem) > len(nasal) + 2:
            rest = stem[len(nasal) :]
            roots = [rest] if rest[0] in plain else []
            if rest[0] in _VOWELS:
                roots.append(lost + rest)
            return roots
    return [stem] if stem[:1] in "lrwy" else []


def _bare_verbs(stems: Iterable[str]) -> list[str]:
    """The stems themselves and without -kan or -i."""
    out: list[str] = []
    for stem in stems:
        if stem.endswith("kan") and len(stem) > 6:
            out.append(stem[:-3])
        elif stem.endswith("i") and len(stem) > 4:
            out += [stem, stem[:-1]]
        else:
            out.append(stem)
    return [s for s in out if len(s) >= 3]


@lru_cache(maxsize=8192)
def roots_of(word: str) -> tuple[tuple[str, ...], bool]:
    """Possible roots of a word that looks like an act noun or a verb, and whether it is a per-...-an noun.

    Several are given where the form does not tell (penanaman: tanam); a wrong one yields only forms that do not exist.
    """
    if word.startswith("pe") and word.endswith("an") and len(word) >= 8:
        inner = word[2:-2]
        if inner.startswith("r"):
            whole = inner if inner[1] in _VOWELS else ""
            return tuple(r for r in (inner[1:], whole) if len(r) >= 3), True
        return tuple(_undo_nasal(inner)) or (inner,), False
    for prefix in ("memper", "diper"):
        if word.startswith(prefix) and len(word) >= len(prefix) + 3:
            return tuple(_bare_verbs([word[len(prefix) :]])), True
    if word.startswith("me") and len(word) >= 6:
        return tuple(_bare_verbs(_undo_nasal(word[2:]))), False
    if word.startswith("di") and len(word) >= 6:
        return tuple(_bare_verbs([word[2:]])), False
    return (), False


@dataclass(frozen=True)
class WordForms:
    """The generator with the curators' exceptions (rules/lexicon/ejaan.yaml).

    `variants` maps a word to its other spellings, `irregular` a root to forms no rule makes, `stop` a root to forms that look
    like its own but are other words, `closed` holds words that get nothing but clitics unless their family is asked for.
    """

    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stop: Mapping[str, frozenset[str]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()

    @classmethod
    def from_lexicon(cls, data: Mapping[str, Any]) -> WordForms:
        """Read the exceptions from the raw mapping of ejaan.yaml."""
        variants: dict[str, tuple[str, ...]] = {}
        for group in data.get("varian", ()):
            words = str(group).split()
            for word in words:
                variants[word] = tuple(w for w in words if w != word)
        lists = {key: data.get(key) or {} for key in ("bentuk_khusus", "bukan_bentuk")}
        return cls(
            variants=variants,
            irregular={root: tuple(str(forms).split()) for root, forms in lists["bentuk_khusus"].items()},
            stop={root: frozenset(str(forms).split()) for root, forms in lists["bukan_bentuk"].items()},
            closed=frozenset(str(data.get("tanpa_turunan", "")).split()),
        )

    def forms(self, word: str, reach: Reach) -> set[str]:
        """All forms (lower case) that a word matches at this reach, its spelling variants included."""
        word = word.lower()
        out: set[str] = set()
        for spelling in (word, *self.variants.get(word, ())):
            out |= self._of_spelling(spelling, reach)
        return out

    def family(self, root: str) -> set[str]:
        """Every form of a root's word family, clitics included."""
        out: set[str] = set()
        for spelling in (root, *self.variants.get(root, ())):
            out.update((spelling, *_verbs(spelling), *_acts(spelling), *_derivations(spelling)))
        out.update(self.irregular.get(root, ()))
        return _cliticised(out) - self.stop.get(root, frozenset())

    def related(self, word: str) -> set[str]:
        """Forms of the word's family and its possible roots."""
        return self.forms(word, Reach.FAMILY) | set(roots_of(word)[0])

    def _of_spelling(self, word: str, reach: Reach) -> set[str]:
        if reach not in (Reach.INFLECTED, Reach.FAMILY):
            return {word}
        roots, is_per = self._roots(word)
        if reach is Reach.FAMILY:
            return set().union({word}, *(self.family(root) for root in roots or (word,)))
        own = {word, word + "nya", word + "lah"}
        if not roots and (word in self.closed or (word.startswith("ke") and word.endswith("an")) or len(word) < 3):
            return own
        made: set[str] = set()
        for root in roots or (word,):
            made.update(self._inflections(root, is_per) - self.stop.get(root, frozenset()))
        return own | (made - self.stop.get(word, frozenset()))

    def _roots(self, word: str) -> tuple[tuple[str, ...], bool]:
        """Roots by rule, with those of variant spellings (perlindungan resiko)."""
        roots, is_per = roots_of(word)
        if not roots or word in self.closed:
            return (), False
        return (*roots, *(v for root in roots for v in self.variants.get(root, ()))), is_per

    def _inflections(self, root: str, is_per: bool) -> set[str]:
        made = {*_verbs(root), *_acts(root)}
        if is_per:
            for ber in _ber(root):
                made.update((ber, "p" + ber[1:] + "an"))
        return {form + clitic for form in made for clitic in ("", "nya")}


def _cliticised(words: Iterable[str]) -> set[str]:
    return {word + clitic for word in words for clitic in _CLITICS}


def index_families(roots: Sequence[str], words: WordForms) -> tuple[dict[str, str], tuple[Ambiguity, ...]]:
    """Map each form to its root. A form that is itself another root stays with that root; else the longest root wins."""
    index: dict[str, str] = {}
    clashes: list[Ambiguity] = []
    known = set(roots)
    for root in sorted(roots, key=lambda r: (-len(r), r)):
        for form in words.family(root):
            if form in known and form != root:
                continue
            other = index.setdefault(form, root)
            if other != root:
                clashes.append(Ambiguity(form, other, root))
    return index, tuple(sorted(clashes, key=lambda a: a.form))
