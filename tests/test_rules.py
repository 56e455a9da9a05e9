"""Every packaged rule is sound, carries its examples, and each example gets the status its author expects."""

import json
import re
from pathlib import Path

import pytest

from irmcheck.assess.kinds import KINDS
from irmcheck.catalogue import keys, load_catalogue
from irmcheck.catalogue.loader import read_catalogue
from irmcheck.lint import lint_rules
from irmcheck.match import compile_matcher
from irmcheck.model import SectionKind, TableKind
from irmcheck.selftest import run_selftests
from irmcheck.settings import data_folder

RULES = data_folder("rules")
CARDS = sorted(path for folder in RULES.iterdir() if folder.is_dir() and len(folder.name) <= 4 for path in folder.glob("*.yaml"))
SCHEMA = json.loads((RULES / "schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="module")
def results(catalogue):
    return run_selftests(catalogue, compile_matcher(catalogue.concepts, catalogue.lexicon))


def test_rules_have_no_faults():
    faults = read_catalogue([RULES])[1]
    assert [str(one) for one in faults.found] == []


def test_rules_pass_lint():
    faults, _ = lint_rules([RULES])
    assert list(faults) == []


def test_every_example_gets_its_status(results):
    failed = ["\n".join(one.explained()) for one in results if not one.passed]
    assert not failed, f"{len(failed)} of {len(results)}:\n" + "\n".join(failed)


def test_every_criterion_is_tested_and_every_example_belongs_to_one(catalogue, results):
    tested = {one.rule for one in results}
    assert tested == {one.id for one in catalogue.criteria} | {k for k, kind in catalogue.activity_types.items() if kind.examples}


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_card_fits_the_schema(path):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    from irmcheck.catalogue.yaml_nodes import Faults, parse

    card = parse(path.read_text(encoding="utf-8"), path.name, Faults()).data()
    for row in card.get("contoh_kegiatan", []):
        row.update({key: str(value) for key, value in row.items()})
    for citation in card.get("dasar", []):
        citation.update({key: str(value) for key, value in citation.items()})
    errors = [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in jsonschema.Draft202012Validator(SCHEMA).iter_errors(card)
    ]
    assert errors == []


def test_schema_is_a_schema_and_knows_what_the_loader_knows():
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    cards = SCHEMA["properties"]
    assert cards.keys() == keys.CARD.keys() | {"aktif", "alasan"}
    assert set(SCHEMA["required"]) == {name for name, key in keys.CARD.items() if key.required}
    assert cards["pilar"]["enum"] == list(keys.PILLARS)
    assert cards["aspek"]["enum"] == list(keys.ASPECTS)
    assert cards["tahap"]["enum"] == list(keys.STAGES)
    assert SCHEMA["$defs"]["jebakan"]["properties"].keys() == keys.EXAMPLE.keys()
    assert SCHEMA["$defs"]["bagian_rencana"]["enum"] == list(SectionKind)
    assert SCHEMA["$defs"]["jenis_tabel"]["enum"] == list(TableKind)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_knows_the_params_of_every_kind(kind):
    assert SCHEMA["$defs"][f"bukti_{kind}"]["properties"].keys() == set(KINDS[kind].params)


def test_schema_knows_no_other_kinds():
    for part in ("bukti", "aturan_bukti"):
        assert SCHEMA["$defs"][part]["properties"].keys() - {"nilai", "alasan"} == KINDS.keys()


@pytest.mark.parametrize("skeleton", ["kriteria", "paket"])
def test_skeletons_are_readable_yaml(skeleton):
    from irmcheck.catalogue.yaml_nodes import Faults, parse

    faults = Faults()
    text = (Path(RULES) / "kerangka" / f"{skeleton}.yaml").read_text(encoding="utf-8")
    assert parse(text.replace("{id}", "PRB-99").replace("{kelompok}", "PRB").replace("{tahun}", "2099"), skeleton, faults)
    assert faults.found == []


def worked_example() -> str:
    """The card that rules/README.md builds up from an idea."""
    blocks = (RULES / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1:]
    (card,) = [block.split("```")[0] for block in blocks if "id: PRB-97" in block]
    return card


def test_worked_example_of_the_guide_passes_lint_and_test(tmp_path):
    card = tmp_path / "aturan" / "prb" / "PRB-97-pelindung-angin.yaml"
    card.parent.mkdir(parents=True)
    card.write_text(worked_example(), encoding="utf-8")
    faults, remarks = lint_rules([RULES, tmp_path / "aturan"])
    assert [one for one in (*faults, *remarks) if "PRB-97" in one] == []
    catalogue = load_catalogue([tmp_path / "aturan"])
    outcome = run_selftests(catalogue, compile_matcher(catalogue.concepts, catalogue.lexicon), ["PRB-97"])
    assert len(outcome) == 5
    assert [one.explained() for one in outcome if not one.passed] == []


def test_guide_names_every_key_kind_and_param():
    guide = (RULES / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", guide)) | set(re.findall(r"^ *([a-z_+]+):", guide, re.MULTILINE))
    named |= {word for line in re.findall(r"`([a-z_]+):", guide) for word in [line]}
    params = {param for kind in KINDS.values() for param in kind.params}
    missing = (keys.CARD.keys() | keys.EXAMPLE.keys() | KINDS.keys() | params) - named
    assert not missing


def test_guide_links_lead_somewhere():
    guide = (RULES / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", guide):
        assert (RULES / target).exists(), target
