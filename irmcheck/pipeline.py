"""READ FIRST: a check is five calls. load -> structure -> match -> assess -> report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from irmcheck.collecting import no_collecting
from irmcheck.errors import CatalogueError
from irmcheck.model import Assessment, Document, Plan, PlanKind
from irmcheck.settings import Settings

if TYPE_CHECKING:
    from irmcheck.catalogue.rules import Catalogue
    from irmcheck.load import Loading
    from irmcheck.load.guard import Limits
    from irmcheck.match import Matcher

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Rules:
    """The catalogue in force and the matcher compiled from it; made once, used for any number of plans."""

    catalogue: Catalogue
    matcher: Matcher
    folders: tuple[Path, ...] = ()  # the user's own, laid over the packaged rules


def prepare(folders: Sequence[Path] = (), *, every_concept: bool = False) -> Rules:
    """Load the packaged rules with the user's folders over them, and compile them.

    `every_concept` also finds what no rule asks for by itself, for rule authors.
    Raises CatalogueError with every fault when the rules are not sound.
    """
    from irmcheck.assess.asked import asked_concepts
    from irmcheck.assess.kinds import rules_of, validate
    from irmcheck.catalogue import load_catalogue
    from irmcheck.match import compile_matcher

    catalogue = load_catalogue(folders)
    faults = [f"{r.file}:{r.line}: {fault}" for c in catalogue.criteria for r in rules_of(c) for fault in validate(r)]
    if faults:
        raise CatalogueError("Katalog aturan belum benar:\n  " + "\n  ".join(faults))
    asked = None if every_concept else asked_concepts(catalogue)
    return Rules(catalogue, compile_matcher(catalogue.concepts, catalogue.lexicon, asked), tuple(folders))


@dataclass(frozen=True)
class Request:
    """What a user asks of one file. `kind` and `year` override what the document says of itself; `folders` hold his own rules."""

    file: Path
    kind: PlanKind | None = None
    year: int | None = None
    ocr: bool = True
    limits: Limits | None = None
    folders: tuple[Path, ...] = ()


def check(request: Request, rules: Callable[[], Rules], progress: Progress | None = None) -> Assessment:
    """Read one file and judge it. The file is read in a process of its own while `rules` are prepared here.

    Raises InputError when the file cannot be read at all, CatalogueError when the rules are not sound.
    """
    reading = _start(request, progress)
    with no_collecting():
        try:
            ready = rules()
            plan = reading.result()
        finally:
            reading.stop()
        return judge(plan, ready, request.year)


def read(request: Request, progress: Progress | None = None) -> Plan:
    """Read one file and understand it as a plan, without judging it. Raises as `check` does."""
    return _start(request, progress).result()


def _start(request: Request, progress: Progress | None) -> Loading[Plan]:
    """Begin to read a file in a process of its own, which also brings it into the form of a plan."""
    from irmcheck.load import Limits, start_load

    arguments = {
        "folders": [str(folder.absolute()) for folder in request.folders],
        "kind": request.kind and request.kind.value,
        "year": request.year,
    }
    work = (f"{__name__}:understand", arguments)
    return start_load(request.file, request.limits or Limits(), ocr=request.ocr, progress=progress, work=work)


def understand(document: Document, folders: Sequence[str], kind: str | None, year: int | None) -> Plan:
    """What the reading process does with a document: the plan in it, by the wording of the rules in `folders`."""
    from irmcheck.catalogue import load_catalogue
    from irmcheck.structure import build_plan

    lexicon = load_catalogue([Path(folder) for folder in folders]).lexicon
    return build_plan(document, lexicon, kind=PlanKind(kind) if kind else None, year=year)


def judge(plan: Plan, rules: Rules, year: int | None) -> Assessment:
    """Judge a plan; `year` overrides the fiscal year it names."""
    from irmcheck.assess import assess
    from irmcheck.match import find_matches

    matches = find_matches(plan, rules.matcher) if plan.identity.kind.is_plan else ()
    return assess(plan, matches, rules.catalogue, year)


def report(
    assessment: Assessment, formats: Sequence[str], out: Path, settings: Settings, language: str = "id", stem: str = ""
) -> tuple[Path, ...]:
    """Write the reports into `out`, named `stem` or after the input file."""
    from irmcheck.report import write_reports

    stem = stem or Path(assessment.plan.document.file).stem
    return write_reports(assessment, formats, out, stem=stem, settings=settings, language=language)
