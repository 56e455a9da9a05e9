"""Wordings of village plans with the verdict a reviewer gave them, written by people who had not seen the rules.

`tests/data/wordings/<criterion>.yaml` lists small plans (`isi`, as the examples of a card) with their `status`; where we differ,
`kini` says what we say now. `tests/data/row_tags.yaml` does so for pillars and hazards of rows (`kini_bahaya`). So a change of a
rule shows what it wins and what it loses. `IRMCHECK_REGEN=1` writes `kini` anew; read the difference before accepting it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from irmcheck.assess import assess
from irmcheck.match import find_matches
from irmcheck.miniplan import PlanMaker
from irmcheck.model import PlanKind, Tag
from irmcheck.pipeline import Rules, prepare

DATA = Path(__file__).parent / "data"
FILES = sorted((DATA / "wordings").glob("*.yaml"))
REGEN = bool(os.environ.get("IRMCHECK_REGEN"))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return prepare()


@pytest.fixture(scope="module")
def maker(rules: Rules) -> PlanMaker:
    return PlanMaker.of(rules.catalogue)


def verdict(item: dict[str, Any], criterion: str, rules: Rules, maker: PlanMaker) -> str:
    parts = item["isi"]
    plan = maker.plan_of(
        PlanKind(item.get("dokumen", "rpjmdes")),
        maker.year,
        [(part["di"], part["kalimat"]) for part in parts if "kalimat" in part],
        [(part["di"], part["judul"]) for part in parts if "judul" in part],
        [part["baris"] for part in parts if "baris" in part],
    )
    judged = assess(plan, find_matches(plan, rules.matcher), rules.catalogue)
    return next(finding.status.value for finding in judged.findings if finding.id == criterion)


def tags(row: dict[str, str], rules: Rules, maker: PlanMaker) -> Tag:
    cells = {"volume": "1 paket", "biaya": "5.000.000"} | {role: text for role, text in row.items() if role != "masalah"}
    problem = [{"tabel": "masalah", "masalah": row["masalah"]}] if "masalah" in row else []
    plan = maker.plan_of(PlanKind.RKPDES, maker.year, rows=[cells, *problem])
    return assess(plan, find_matches(plan, rules.matcher), rules.catalogue).tags[0]


def read(path: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return loaded


def write(path: Path, items: list[dict[str, Any]]) -> None:
    path.write_text(yaml.safe_dump(items, allow_unicode=True, sort_keys=False, width=180, default_flow_style=None), "utf-8")


def changed(items: list[dict[str, Any]], known: str, note: str, now: list[Any]) -> Iterator[str]:
    """Items whose outcome is neither the reviewer's nor the one noted; with REGEN the notes are brought up to date."""
    for number, (item, said) in enumerate(zip(items, now, strict=True)):
        before = item.get(note, item[known])
        if REGEN:
            item.pop(note, None)
            item |= {} if said == item[known] else {note: said}
        elif said != before:
            yield f"#{number}: {item[known]}, we said {before}, now {said}: {str(item.get('isi', item.get('baris')))[:200]}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_verdicts_on_wordings(path: Path, rules: Rules, maker: PlanMaker):
    items = read(path)
    now = [verdict(item, path.stem, rules, maker) for item in items]
    differences = list(changed(items, "status", "kini", now))
    if REGEN:
        write(path, items)
    assert not differences, "\n".join(differences)
    pairs = zip(items, now, strict=True)
    allclear = [str(item["isi"])[:200] for item, said in pairs if (item["status"], said) == ("missing", "met")]
    assert not allclear, "a false all-clear is never accepted:\n" + "\n".join(allclear)


def test_pillars_and_hazards_of_rows(rules: Rules, maker: PlanMaker):
    path = DATA / "row_tags.yaml"
    items = read(path)
    now = [tags(item["baris"], rules, maker) for item in items]
    pillars = [sorted(tag.pillars) for tag in now]
    hazards = [sorted(tag.hazards) for tag in now]
    differences = [*changed(items, "pillars", "kini", pillars), *changed(items, "hazards", "kini_bahaya", hazards)]
    if REGEN:
        write(path, items)
    assert not differences, "\n".join(differences)
