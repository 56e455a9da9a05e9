"""The tesseract program: where it is, which languages it has, and one image -> words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

INSTALL = (
    "Pasang tesseract dengan bahasa Indonesia: di Windows pakai penginstal tesseract dan centang "
    '"Indonesian" (Additional language data); di Debian/Ubuntu `sudo apt install tesseract-ocr tesseract-ocr-ind`. '
    "Lalu periksa lagi."
)
_WINDOWS = (r"C:\Program Files\Tesseract-OCR", r"C:\Program Files (x86)\Tesseract-OCR", r"%LOCALAPPDATA%\Programs\Tesseract-OCR")


@dataclass(frozen=True, slots=True)
class Engine:
    """An installed tesseract. `language` is what it will read with: ind and eng (codes come out better with both), or one."""

    program: str
    version: str
    language: str
    turns: bool  # has the data to tell which way up a page is


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; box in pixels (x0, y0, x1, y1), confidence 0-100, `line` is tesseract's (block, paragraph, line)."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]

    @property
    def middle(self) -> tuple[float, float]:
        """Centre of the box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


class RecognitionError(Exception):
    """Tesseract failed on one image or took too long; the page stays unread."""


def find_engine() -> Engine | None:
    """The tesseract to use, None when there is none that knows ind or eng. Environment TESSERACT names it outright."""
    return _find(os.environ.get("TESSERACT", ""), os.environ.get("PATH", ""))


@lru_cache(maxsize=4)
def _find(named: str, search: str) -> Engine | None:
    program = shutil.which(named, path=search) if named else shutil.which("tesseract", path=search)
    if program is None and not named and sys.platform == "win32":
        places = (Path(os.path.expandvars(folder)) / "tesseract.exe" for folder in _WINDOWS)
        program = next((str(place) for place in places if place.is_file()), None)
    if program is None:
        return None
    try:
        listed = _run([program, "--list-langs"], b"", 20).decode("utf-8", "replace").split()
        version = _run([program, "--version"], b"", 20).decode("utf-8", "replace").split("\n")[0].strip()
    except RecognitionError:
        return None
    language = "+".join(one for one in ("ind", "eng") if one in listed)
    return Engine(program, version, language, "osd" in listed) if language else None


def read_words(engine: Engine, images: Sequence[Image.Image], mode: int, dpi: int, seconds: float) -> list[list[Word]]:
    """Words of each grey image in page segmentation mode `mode` (3: prose, 7: one line, 11: scattered words).

    Raises RecognitionError when tesseract fails or needs more than `seconds`.
    """
    command = [engine.program, "stdin", "stdout", "--psm", str(mode), "--dpi", str(dpi), "-l", engine.language, "tsv"]
    found: list[list[Word]] = [[] for _ in images]
    for row in _run(command, _tiff(images), seconds).decode("utf-8", "replace").splitlines()[1:]:
        # level page block paragraph line word left top width height confidence text
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        page, block, paragraph, line, _, left, top, width, height = map(int, fields[1:10])
        box = (left, top, left + width, top + height)
        found[page - 1].append(Word(fields[11].strip(), box, float(fields[10]), (block, paragraph, line)))
    return found


def quarter_turns(engine: Engine, image: Image.Image, seconds: float) -> int:
    """How many quarter turns clockwise set the page upright: 0-3. 0 when that cannot be told."""
    if not engine.turns:
        return 0
    try:
        answer = _run([engine.program, "stdin", "stdout", "--psm", "0", "-l", "osd"], _tiff([image]), seconds).decode(
            "utf-8", "replace"
        )
    except RecognitionError:  # too few characters
        return 0
    found = dict(line.split(":", 1) for line in answer.splitlines() if ":" in line)
    degrees = found.get("Rotate", "0").strip()
    return int(degrees) // 90 % 4 if degrees.isdigit() else 0


def _tiff(images: Sequence[Image.Image]) -> bytes:
    """One uncompressed TIFF with a page for each image; tesseract takes it from its standard input."""
    buffer = BytesIO()
    first, *others = images
    first.save(buffer, "TIFF", save_all=True, append_images=others)
    return buffer.getvalue()


def _run(command: list[str], data: bytes, seconds: float) -> bytes:
    # One thread a page: tesseract's own threads made it three times slower on a busy two-core machine.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env=environment, check=True, creationflags=flags
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise RecognitionError(str(error)[:200]) from error
    return done.stdout
