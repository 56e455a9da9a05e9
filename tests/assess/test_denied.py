"""A name with nothing written behind it says that the thing is not there."""

from __future__ import annotations

import pytest
from assess_kit import PlanBuilder

from irmcheck.assess.denied import unfilled
from irmcheck.model import SectionKind, Stance


def stance(text: str, word: str) -> Stance:
    builder = PlanBuilder()
    builder.text(text, SectionKind.PROFILE, ("kelompok_rentan", word))
    (match,) = unfilled(builder.plan(), builder.matches)
    return match.stance


@pytest.mark.parametrize(
    "text",
    [
        "Unsur lansia: -",
        "Unsur lansia : ....................",
        "Dana bagi lansia: Rp 0,-",
        "Dana bagi lansia: Rp ……",
        "Unsur lansia: 0 orang;",
    ],
)
def test_a_field_left_empty_is_absent(text: str) -> None:
    assert stance(text, "lansia") is Stance.ABSENT


@pytest.mark.parametrize("text", ["Unsur lansia: 2 orang", "Unsur lansia:", "Dana bagi lansia: Rp 500.000", "RT lansia: 01"])
def test_a_field_filled_in_stays(text: str) -> None:
    assert stance(text, "lansia") is Stance.STATEMENT


def test_endless_dots_to_write_on_are_read_without_end_of_patience() -> None:
    dots = "." * 100_000
    assert stance(f"Dana lansia: Rp{dots}", "lansia") is Stance.ABSENT
    assert stance(f"Dana lansia: Rp{dots}x", "lansia") is Stance.STATEMENT  # half a minute when each dot may start anew
