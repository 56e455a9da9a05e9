"""Help and usage errors of the command line in Indonesian: Typer's own words are replaced where they come out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HELP = (
    (r"(?m)^Usage: ", "Pakai: "),
    (r"\[OPTIONS\]", "[PILIHAN]"),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "PERINTAH ..."),
    (r"\{(.+?)\}(?:\.\.\.)?", r"\1"),
    (r"(?m)^Options:$", "Pilihan:"),
    (r"(?m)^Commands:$", "Perintah:"),
    (r"(?m)^Arguments:$", "Isian:"),
    (r"Show this message and exit\.", "Tampilkan bantuan ini."),
    (r"\bdefault:", "bawaan:"),
    (r"(\[|; )required\]", r"\1wajib]"),
)
_KINDS = (
    (r"<(?:list\[)?(?:Path|path|file)\]?>|\b(?:PATH|FILE)\b", ""),
    (r"<dir(?:ectory)?>|\bDIRECTORY\b", "DIR"),
    (r"<(?:str|text)>|\bTEXT\b", "TEKS"),
    (r"<(?:int|integer|float)(?: range)?>|\b(?:INTEGER|FLOAT)(?: RANGE)?\b", "ANGKA"),
)
_ERRORS = (
    (r"Missing argument '(.+?)'\.?.*", r"\1 belum ditulis."),
    (r"Missing option '(.+?)'\.?.*", r"Pilihan \1 belum ditulis."),
    (r"Missing command\.?", "Perintah belum ditulis."),
    (r"No such option: ([^\s(]+)\.?", r"Pilihan \1 tidak dikenal."),
    (r"No such command '(.+?)'\.?", r'Perintah "\1" tidak dikenal.'),
    (r"\(Possible options: (.+?)\)", r"Mungkin maksudnya: \1."),
    (r"Did you mean (.+?)\?", r"Mungkin maksudnya: \1."),
    (r"Option '?(\S+?)'? requires an argument\.?", r"Pilihan \1 perlu diikuti isinya."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+?)\)\.?", r'"\1" tidak dipakai di sini.'),
    (r"' / '", " / "),
    (r"Invalid value for '(.+?)': (?:Value error, )?", r"Isi \1 tidak dapat dipakai: "),
    (r"'([^']*)' is not one of (.+?)\.?$", r'"\1" tidak dikenal, pilih dari \2.'),
    (r"Input should be less than or equal to (\S+)", r"paling besar \1."),
    (r"Input should be greater than or equal to (\S+)", r"paling kecil \1."),
    (r"Input should be a valid (?:integer|number).*", "harus angka."),
    (r"(\S+) is not in the range (.+?)\.?$", r"\1 di luar batas \2."),
    (r"'([^']*)' is not a valid (?:integer|int|float|number)(?: range)?\.?", r'"\1" bukan angka.'),
    (r"(?:dir|file|path|directory) '([^']*)' is a directory\.?", r'"\1" adalah folder, bukan berkas.'),
    (r"(?:dir|file|path|directory) '([^']*)' is a file\.?", r'"\1" adalah berkas, bukan folder.'),
    (r"(?:dir|file|path|directory) '([^']*)' does not exist\.?", r'"\1" tidak ada.'),
)

# Newer Typer keeps Click inside itself, older Typer depends on it; either way this is the base of what BadParameter is.
UsageProblem: type[Exception] = typer.BadParameter.__mro__[1]


def indonesian_help(text: str) -> str:
    """Typer's help text with its fixed words in Indonesian."""
    for english, indonesian in _HELP:
        text = re.sub(english, indonesian, text)
    for english, kind in _KINDS:  # these stand in a column of their own, whose width must stay
        text = re.sub(english, partial(_as_wide, kind), text)
    return text


def _as_wide(word: str, found: re.Match[str]) -> str:
    return word.ljust(len(found[0]))


def indonesian_error(error: Exception) -> str:
    """A usage error in Indonesian, with the command that shows how it is used; the help itself where nothing was typed."""
    context = getattr(error, "ctx", None)
    told: str = error.format_message() if hasattr(error, "format_message") else str(error)
    if told.startswith("Pakai: "):
        return told
    for english, indonesian in _ERRORS:
        told = re.sub(english, indonesian, told, flags=re.IGNORECASE)
    return f"irmcheck: {told} Lihat: {context.command_path if context else 'irmcheck'} --help"


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        """The help text of this command."""
        return indonesian_help(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        """The help text of this group of commands."""
        return indonesian_help(super().get_help(ctx))


class App(typer.Typer):
    """A Typer application that speaks Indonesian, without completion, colours or tracebacks of its own."""

    def __init__(self, *, name: str | None = None, help: str) -> None:
        super().__init__(
            name=name,
            help=help,
            cls=_Group,
            rich_markup_mode=None,
            no_args_is_help=True,
            add_completion=False,
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[[_Function], _Function]:
        """Like Typer's decorator, for commands with Indonesian help."""
        return super().command(name, cls=_Command, **settings)
