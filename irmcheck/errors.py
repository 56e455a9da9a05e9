"""Errors that stop a command, and Problems that do not.

Raised: only what makes the command unable to go on. Everything about an input (an unreadable page, a total that does not
add up) is a recorded `Problem` that travels with the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """Exit codes of the command line (DESIGN section 5)."""

    DONE = 0
    GAPS = 1
    USAGE = 2
    CATALOGUE_INVALID = 3
    SOME_FAILED = 4
    ALL_FAILED = 5


class IrmError(Exception):
    """A command cannot go on.

    `message` says what is wrong and what to do next, in one or two Indonesian sentences; it is shown to the user as it is.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[type[IrmError], tuple[str]]:
        """Survive pickling between worker processes."""
        return type(self), (self.message,)


class UsageError(IrmError):
    """An option or argument cannot be used as given."""


class InputError(IrmError):
    """A file cannot be read at all: missing, empty, locked, renamed, too large."""

    exit_code = ExitCode.ALL_FAILED


class CatalogueError(IrmError):
    """The rule catalogue has faults; the message lists all of them with file and line."""

    exit_code = ExitCode.CATALOGUE_INVALID


class Severity(StrEnum):
    """How much a recorded problem matters to the reader of the report."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """A recorded, non-fatal trouble with an input.

    `stage` is the room that met it (load, structure, match, assess, report), `code` a stable short id in lower case with
    hyphens, `message` a plain Indonesian sentence, `page` the 1-based page (sheet in a workbook) or None.
    """

    stage: str
    code: str
    message: str
    page: int | None = None
    severity: Severity = Severity.WARNING
