"""Match: Plan x Catalogue -> Matches. Which concepts of the catalogue stand where, and what the place and words make of them.

Nothing here is imported before it is used: spaCy takes more than half a second to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from irmcheck.match.matcher import Matcher, compile_matcher, find_matches

__all__ = ["Matcher", "compile_matcher", "find_matches"]


def __getattr__(name: str) -> Any:
    if name in ("Matcher", "compile_matcher", "find_matches"):
        from irmcheck.match import matcher

        return getattr(matcher, name)
    raise AttributeError(name)
