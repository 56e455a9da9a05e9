"""Imports flow only downwards (CONTRIBUTING names the rooms)."""

import ast
from pathlib import Path

import pytest

import irmcheck

PACKAGE = Path(irmcheck.__file__).parent
ROOMS = (
    ("errors", "text", "model", "collecting"),
    ("settings",),
    ("catalogue",),
    ("load",),
    ("structure",),
    ("match",),
    ("assess",),
    ("report",),
    ("pipeline",),
    ("miniplan",),
    ("selftest", "lint", "cards", "drafts", "explain", "measure", "doctor", "bootstrap"),
    ("batch", "cli_words"),
    ("cli_batch", "cli_rules"),
    ("cli",),
    ("__main__",),
)
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
FORBIDDEN = {("load", "catalogue"): "load knows files, not villages"}
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[tuple[str, int]]:
    """Rooms a file imports anywhere, also inside functions and under TYPE_CHECKING, with the line."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "irmcheck" else [node.module]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "irmcheck" and len(parts) > 1 and parts[1] in LEVEL:
                found.add((parts[1], node.lineno))
    return found


def test_every_file_stands_in_a_known_room():
    strangers = {room_of(path) for path in FILES} - LEVEL.keys() - {"__init__"}
    assert not strangers, f"put these into ROOMS: {sorted(strangers)}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_flow_downwards(path):
    room = room_of(path)
    if room == "__init__":
        return
    for other, line in sorted(imported_rooms(path)):
        assert LEVEL[other] <= LEVEL[room], f"{path.name}:{line}: {room} must not import {other}"
        assert (room, other) not in FORBIDDEN, f"{path.name}:{line}: {FORBIDDEN[room, other]}"


def test_relative_imports_are_not_used():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}:{node.lineno}"
