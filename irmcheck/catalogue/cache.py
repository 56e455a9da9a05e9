"""Parsed rule files kept in the user's cache folder, so that a second start need not read YAML again.

The cache holds plain JSON under the hash of all rule files; whatever is wrong with it only means parsing again.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from irmcheck import __version__
from irmcheck.catalogue.yaml_nodes import Node
from irmcheck.settings import cache_folder

KEEP = 4
FORM = 1  # raise when the shape below changes

Trees = Mapping[tuple[int, str], Node]


def load_trees(sha256: str) -> dict[tuple[int, str], Node] | None:
    """The trees stored for this hash, by (folder number, file name), or None."""
    try:
        stored = json.loads(_path(sha256).read_text(encoding="utf-8"))
        if stored["sha256"] != sha256:
            return None
        return {(number, name): _decode(tree, shown) for number, name, shown, tree in stored["trees"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def save_trees(sha256: str, trees: Trees) -> None:
    """Store trees; silently nothing where the cache folder cannot be written."""
    path = _path(sha256)
    listed = [[number, name, tree.file, _encode(tree)] for (number, name), tree in trees.items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({"sha256": sha256, "trees": listed}, stream, ensure_ascii=False, separators=(",", ":"))
        Path(temporary).replace(path)
        _prune(path.parent)
    except OSError:
        return


def _path(sha256: str) -> Path:
    return cache_folder() / "rules" / f"{__version__}-{FORM}-{sha256[:32]}.json"


def _prune(folder: Path) -> None:
    stored = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in stored[KEEP:]:
        old.unlink(missing_ok=True)


def _encode(node: Node) -> list[Any]:
    if isinstance(node.value, dict):
        return [node.line, {key: _encode(one) for key, one in node.value.items()}]
    if isinstance(node.value, list):
        return [node.line, [_encode(one) for one in node.value]]
    return [node.line, node.value, 1 + node.remark] if node.plain else [node.line, node.value]


def _decode(stored: list[Any], file: str) -> Node:
    value = stored[1]
    if isinstance(value, dict):
        return Node({key: _decode(one, file) for key, one in value.items()}, file, stored[0])
    if isinstance(value, list):
        return Node([_decode(one, file) for one in value], file, stored[0])
    plain = int(stored[2]) if len(stored) == 3 else 0
    return Node(str(value), file, int(stored[0]), plain > 0, remark=plain > 1)
