"""Which concepts judging looks at. What only phrases refer to is searched for, but its hits need not be judged or kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from irmcheck.assess.hazards import LOCAL
from irmcheck.assess.kinds import rules_of
from irmcheck.catalogue.rules import Catalogue


def asked_concepts(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the concepts that rules, activity types, hazards, packs or the judging itself ask for."""
    return frozenset(_asked(catalogue)) & catalogue.concepts.keys()


def _asked(catalogue: Catalogue) -> Iterator[str]:
    yield from LOCAL
    for criterion in catalogue.criteria:
        for rule in rules_of(criterion):
            yield from strings(rule.params)
    for kind in catalogue.activity_types.values():
        yield from (*kind.find, *kind.exclude, *(name for group in kind.with_all for name in group))
    for hazard in catalogue.hazards.values():
        yield from hazard.concepts
    for pack in catalogue.packs.values():
        for item in (*pack.focus, *pack.eligible, *pack.prohibited):
            yield from (*item.concepts, *item.needs, *item.exclude)
        yield from strings(dict(pack.earmarks))
    yield from strings(catalogue.lexicon.get("dana_desa", {}).get("porsi", {}))


def strings(value: Any) -> Iterator[str]:
    """Every text in a nest of mappings and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
