"""README, PANDUAN, help and CI say the same things."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from irmcheck.cli import app
from irmcheck.report import FORMATS
from irmcheck.report.extract import EXTRACTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "PANDUAN.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
ENGLISH = re.compile(r"\b(the|and|Show|Usage|Options|Commands|required|default|Arguments)\b")


def commands():
    """Every command by its words: "check", "rules list" ..."""
    group = typer.main.get_command(app)
    found = {}
    for name, one in group.commands.items():
        inner = getattr(one, "commands", {})
        found |= {f"{name} {sub}": command for sub, command in inner.items()} if inner else {name: one}
    return found


COMMANDS = commands()


def options(name):
    return {flag for parameter in COMMANDS[name].params for flag in parameter.opts if flag.startswith("--")} | {"--help"}


def typed(text):
    """The irmcheck command lines in the code blocks and code spans of a page, without comments."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`(irmcheck [^`]+)`", text)
    return [line.split("#")[0].strip() for line in lines if line.strip().startswith("irmcheck ")]


@pytest.mark.parametrize("line", sorted(set(typed(README) + typed(GUIDE))))
def test_command_lines_in_the_guides_exist(line):
    words = line.replace('"', " ").split()[1:]
    if words[0] in ("doctor", "--version", "..."):
        return
    name = " ".join(words[:2]) if words[0] == "rules" else words[0]
    if name == "rules ...":
        return
    assert name in COMMANDS, line
    assert {word for word in words if word.startswith("--")} <= options(name), line
    if "--format" in words:
        known = EXTRACTS if name == "extract" else FORMATS
        assert set(words[words.index("--format") + 1].split(",")) <= set(known), line


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_every_command(name):
    first, *rest = name.split()
    if rest:
        row = next(line for line in README.splitlines() if line.startswith("| `rules"))
        assert re.search(rf"\b{rest[0]}\b", row), name
    else:
        assert re.search(rf"^\| `{first}\b", README, re.MULTILINE), name


def test_options_named_in_the_readme_table_exist():
    for line in README.splitlines():
        if found := re.match(r"\| `(\w+)[^`]*` \|", line):
            named = set(re.findall(r"`(--[\w-]+)", line))
            assert named <= (options(found[1]) if found[1] in COMMANDS else set()), line


@pytest.mark.parametrize("option", sorted(options("check") - {"--help"}))
def test_readme_names_every_option_of_check(option):
    row = next(line for line in README.splitlines() if line.startswith("| `check"))
    assert f"`{option}" in row


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_is_indonesian(name):
    command = COMMANDS[name]
    shown = command.get_help(typer.Context(command, info_name=name))
    assert shown.startswith(f"Pakai: {name}") and "Tampilkan bantuan ini." in shown
    assert command.help and not ENGLISH.search(shown), shown
    for parameter in command.params:
        assert getattr(parameter, "help", None) or parameter.name == "help", (name, parameter.name)


def test_the_two_commands_of_the_readme_are_in_ci():
    blocks = re.findall(r"```sh\n(python3 -m irmcheck\.bootstrap \w+)\n```", README)
    assert [block.split()[-1] for block in blocks] == ["try", "test"]
    for block in blocks:
        assert block in CI


def test_exit_codes_in_the_readme_are_those_of_the_program():
    from irmcheck.errors import ExitCode

    line = next(line for line in README.splitlines() if line.startswith("Exit codes:"))
    assert re.findall(r"\b(\d) ", line) == [str(int(code)) for code in ExitCode]


def test_links_between_the_pages_lead_somewhere():
    for page in ("README.md", "PANDUAN.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            assert target.startswith("http") or (ROOT / target).exists(), (page, target)


def anchor(title):
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def test_contents_of_the_guide_lead_to_its_headings():
    headings = {anchor(title) for title in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= headings


def test_status_words_of_the_guide_are_those_of_the_report():
    import yaml

    words = yaml.safe_load((ROOT / "templates" / "strings.id.yaml").read_text(encoding="utf-8"))
    for status in words["status"].values():
        assert f"**{status}**" in GUIDE
    for name in (words["perbaikan"]["judul"], words["benang"]["judul"], words["temuan"]["dihitung"], words["dana_desa"]["judul"]):
        assert name in GUIDE


def test_bootstrap_tells_how_it_is_used_and_refuses_an_old_python(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "irmcheck.bootstrap", "x"], capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 1 and "irmcheck.bootstrap try" in told.stderr
    code = "import sys; sys.version_info = (3, 10, 1); sys.argv = ['x', 'try']; from irmcheck import bootstrap; bootstrap.main()"
    old = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert old.returncode == 1 and "perlu Python 3.11" in old.stderr
