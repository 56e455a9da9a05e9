from __future__ import annotations

import json
from importlib import resources

import jsonschema
import pytest
import sample

from irmcheck.model import Assessment
from irmcheck.report import to_json

SCHEMA = json.loads((resources.files("irmcheck.report") / "assessment.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("assessment", [sample.assessment(), sample.not_a_plan(), sample.hostile("\x00\ufffe<b>\ud800")])
def test_fits_the_published_schema(assessment: Assessment) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(json.dumps(to_json(assessment), ensure_ascii=False).encode("utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


def test_absent_is_written_as_problem() -> None:
    findings = {one["id"]: one for one in to_json(sample.assessment())["findings"]}
    first, second = findings["SIAP-01"]["evidence"]
    assert (first["class"], first["counts"]) == ("problem", False)
    assert (second["class"], second["page"]) == ("past", 17)


def test_figures_and_tags_of_a_row() -> None:
    data = to_json(sample.assessment())
    row = data["activities"][2]
    assert row["name"] == "Pembangunan bronjong tepi Kali Oelmuti"
    assert (row["cost"], row["pillars"], row["hazards"]) == (96_400_000, ["prb"], ["longsor", "banjir"])
    assert row["volume"] == {"text": "60 m3", "value": 60.0, "unit": "m3"}
    assert data["activities"][7]["cost"] is None
    assert data["plan"]["pages_unread"] == [38, 39, 40]
    assert data["summary"]["groups"]["INK"]["score"] is None
    assert data["budget"]["by_pillar"]["mer"] == {"cost": 21_500_000, "rows": 1, "percent": 2.6}


def test_quote_is_folded_and_cleaned() -> None:
    data = to_json(sample.hostile("belum  ada\n tim\x1b[31m siaga\u202e"))
    assert data["findings"][0]["evidence"][0]["quote"] == "belum ada tim[31m siaga"
