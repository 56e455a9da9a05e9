"""Where rules/ and templates/ come from, irmcheck.toml, and the user's cache folder."""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from irmcheck.errors import UsageError


def data_folder(kind: str) -> Path:
    """The packaged `rules` or `templates` folder: inside the wheel, or beside the package in a checkout."""
    packaged = Path(str(resources.files("irmcheck"))) / "_data" / kind
    return packaged if packaged.is_dir() else Path(str(resources.files("irmcheck"))).parent / kind


def cache_folder() -> Path:
    """The user's cache folder for irmcheck (not created here); IRMCHECK_CACHE overrides it."""
    if override := os.environ.get("IRMCHECK_CACHE"):
        return Path(override)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "irmcheck"


LIMITS = ("max_mb", "max_pages", "seconds", "ocr_seconds", "page_seconds", "memory_mb")


@dataclass(frozen=True, slots=True)
class Settings:
    """What irmcheck.toml may set. Folders are absolute; the user's folders shadow the packaged ones.

    `limits` are (name, value) pairs for irmcheck.load.guard.limits_from, names among LIMITS.
    """

    rules: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()
    language: str = "id"
    facilitator: str = ""
    organisation: str = ""
    contact: str = ""
    logo: Path | None = None
    limits: tuple[tuple[str, int], ...] = ()
    source: Path | None = field(default=None, compare=False)


def read_settings(folder: Path | None = None) -> Settings:
    """Read irmcheck.toml from `folder` or the working folder; defaults where there is none.

    Raises UsageError when the file is not valid TOML or names a folder that is not there.
    """
    path = (folder or Path.cwd()) / "irmcheck.toml"
    if not path.is_file():
        return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: berkas pengaturan tidak dapat dibaca ({error}). Perbaiki atau hapus berkas itu.") from error

    def folders(section: str) -> tuple[Path, ...]:
        named = data.get(section, {}).get("extend", [])
        found = tuple((path.parent / str(name)).resolve() for name in named)
        for one in found:
            if not one.is_dir():
                raise UsageError(f"{path}: folder {one} di bagian [{section}] tidak ada. Periksa penulisannya.")
        return found

    letter = data.get("letter", {})
    logo = letter.get("logo")
    return Settings(
        rules=folders("rules"),
        templates=folders("templates"),
        language=str(data.get("language", "id")),
        facilitator=str(letter.get("facilitator", "")),
        organisation=str(letter.get("organisation", "")),
        contact=str(letter.get("contact", "")),
        logo=(path.parent / str(logo)).resolve() if logo else None,
        limits=_limits(path, data.get("limits", {})),
        source=path,
    )


def _limits(path: Path, stated: object) -> tuple[tuple[str, int], ...]:
    found = []
    for name, value in stated.items() if isinstance(stated, dict) else ():
        if name not in LIMITS or type(value) is not int or value < 1:
            raise UsageError(
                f"{path}: {name} = {value} di bagian [limits] tidak dikenal. "
                f"Yang dikenal: {', '.join(LIMITS)}, masing-masing berupa bilangan bulat."
            )
        found.append((name, value))
    return tuple(found)
