"""The wheel holds the program, all rules and all templates, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = ("rules", "templates")
WANTED = ("irmcheck", "rules", "templates", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the checkout as an author leaves it: with an editor's backup and hidden files lying about."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in WANTED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif there.is_file():
            shutil.copy(there, copy / name)
    for folder in ("rules", "templates"):
        (copy / folder).mkdir(exist_ok=True)
        (copy / folder / "catatan.yaml~").write_text("x")
        (copy / folder / ".tersembunyi").write_text("x")
    return copy


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


def checkout_data(kind):
    """Every file of the checkout but hidden ones and backups: a new ending must not be forgotten in pyproject.toml."""
    folder = ROOT / kind
    names = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return {name for name in names if not name.endswith("~") and "/." not in f"/{name}"}


@pytest.mark.parametrize("kind", DATA)
def test_wheel_holds_the_same_data_as_the_checkout(wheel, kind):
    prefix = f"irmcheck/_data/{kind}/"
    inside = {name.removeprefix(prefix) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(prefix)}
    assert inside == checkout_data(kind)


def test_wheel_holds_no_junk(wheel):
    names = [n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n]
    assert [n for n in names if not n.startswith("irmcheck/")] == []
    code = [n for n in names if not n.startswith("irmcheck/_data/")]
    assert [n for n in code if not n.endswith((".py", "/py.typed", ".schema.json", "/words.txt"))] == []


def test_rules_load_from_the_wheel_in_an_unrelated_folder(wheel, tmp_path):
    installed = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(installed)
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "import irmcheck\n"
        "from irmcheck.settings import data_folder\n"
        f"assert irmcheck.__file__.startswith({str(installed)!r}), irmcheck.__file__\n"
        "from irmcheck.catalogue import load_catalogue\n"
        "c = load_catalogue()\n"
        "print(data_folder('rules').parent.name, *[r.id for r in c.criteria])"
    )
    elsewhere = tmp_path / "kosong"
    elsewhere.mkdir()
    done = subprocess.run([sys.executable, "-c", program], cwd=elsewhere, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    from irmcheck.catalogue import load_catalogue

    assert done.stdout.split() == ["_data", *(one.id for one in load_catalogue().criteria)]
