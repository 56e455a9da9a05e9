"""Golden texts: compared as they are; IRMCHECK_REGEN=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

from irmcheck import __version__

FOLDER = Path(__file__).parent / "golden"


def same(name: str, text: str) -> None:
    """Assert that `text` is the golden file `name`; the version number is left open."""
    path = FOLDER / name
    stable = text.replace(f"irmcheck {__version__}", "irmcheck VERSI").replace(
        f'"version": "{__version__}"', '"version": "VERSI"'
    )
    if os.environ.get("IRMCHECK_REGEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(stable, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == stable
