"""What tables hold: the plan's own matrix told from proposals, evaluations, budgets, problem lists and summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from irmcheck.model import Section, SectionKind, TableKind
from irmcheck.structure.codes import split_number
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.numbers import parse_years
from irmcheck.structure.wording import Wording

Period = tuple[int | None, int | None]

_STRONG_TITLES = (TableKind.PROPOSALS, TableKind.EVALUATION, TableKind.ESTIMATE)
_OVERRULED = (TableKind.PROBLEMS, TableKind.PROPOSALS)  # a matrix may have a column of problems or of agencies
_DOUBTFUL = (SectionKind.PROCESS, SectionKind.PROFILE, SectionKind.LAW, SectionKind.PREFACE, SectionKind.PROBLEMS)


def without_repeats(mapped: Sequence[MappedTable], wording: Wording) -> tuple[MappedTable, ...]:
    """A matrix whose rows nearly all stand in the plan's largest matrix is a summary of it and holds no activities of its own.

    Not so where each is titled with another year: those are the parts of a plan that is written year by year.
    """
    matrices = [one for one in mapped if one.table.kind is TableKind.MATRIX]
    largest = max(matrices, key=lambda one: len(one.names), default=None)
    if largest is None:
        return tuple(mapped)

    year = title_years(largest, wording)

    def apart(one: MappedTable) -> bool:
        other = title_years(one, wording)
        return len(year) == len(other) == 1 and year != other

    def repeats(one: MappedTable) -> bool:
        names = one.names
        return (
            one.table.kind is TableKind.MATRIX
            and one is not largest
            and len(names) > 2
            and not apart(one)
            and len(names & largest.names) * 5 >= len(names) * 4
        )

    return tuple(replace(one, table=replace(one.table, kind=TableKind.DATA)) if repeats(one) else one for one in mapped)


def is_matrix_like(roles: frozenset[str], wording: Wording, extra: int = 0) -> bool:
    """Columns that can hold activities: a name and enough of place, volume, time, money ... beside it."""
    kinds = {"tahun" if role == "tahun_ke" else "biaya" if role.startswith("biaya") else role.split("_")[0] for role in roles}
    strong = roles & {"kegiatan", "lokasi", "volume", "waktu", "tahun", "tahun_ke"}
    return (
        any(role in roles for role in wording.name_roles)
        and len(kinds & wording.support_roles) >= wording.support_needed + extra
        and bool(strong)
    )


def table_kind(roles: frozenset[str], near: tuple[str, ...], section: Section | None, wording: Wording) -> TableKind:
    """What a table holds, from its columns, the titles around it and the chapter it stands in."""
    doubtful = section is not None and section.kind in _DOUBTFUL
    money = any(role.startswith("biaya") for role in roles)
    said = _said_matrix(near, wording)
    own = said < len(near)
    matrix = is_matrix_like(roles, wording, extra=-int(money) if own else int(doubtful))
    costed = matrix and "kegiatan" in roles and money
    chapter = (section.title,) if section and not own else ()
    for titles, kinds in ((near[:said], tuple(TableKind)), (chapter, _STRONG_TITLES)):
        for rule in wording.tables:
            named = any(title in rule.titles and title not in rule.unless for title in titles)
            by_columns = any(need <= roles for need in rule.columns)
            if (by_columns and not (costed and rule.kind in _OVERRULED)) or (
                named and rule.kind in kinds and not roles & rule.without and (not matrix or rule.kind in _STRONG_TITLES)
            ):
                return rule.kind
    if matrix and not own and section is not None and section.kind is SectionKind.EVALUATION:
        return TableKind.EVALUATION
    return TableKind.MATRIX if matrix else TableKind.DATA


def _said_matrix(near: tuple[str, ...], wording: Wording) -> int:
    """How many titles stand nearer than the first that calls the table the matrix; all of them when none does."""
    calls = (title in wording.matrix_titles and title not in wording.matrix_unless for title in near)
    return next((at for at, called in enumerate(calls) if called), len(near))


def asked_of_others(mapped: Sequence[MappedTable], wording: Wording) -> tuple[MappedTable, ...]:
    """A matrix with a column of agencies that lives mostly on the money of others lists proposals."""

    def asks(one: MappedTable) -> bool:
        roles = one.table.roles
        if one.table.kind is not TableKind.MATRIX or "instansi" not in roles or "sumber" not in roles:
            return False
        sources = [text for row in one.table.rows if (text := row.cells[roles.index("sumber")])]
        return sum(wording.outside.opens(text) for text in sources) * 2 > len(sources) > 0

    return tuple(replace(one, table=replace(one.table, kind=TableKind.PROPOSALS)) if asks(one) else one for one in mapped)


def budget_tables(mapped: Sequence[MappedTable]) -> tuple[MappedTable, ...]:
    """In an APB Desa the table of code, description and amount is the plan's matrix."""

    def holds(one: MappedTable) -> bool:
        roles = one.header_roles
        return "biaya" in roles and bool(roles & {"kode", "no"}) and bool(roles & {"uraian", "kegiatan"})

    return tuple(replace(one, table=replace(one.table, kind=TableKind.MATRIX)) if holds(one) else one for one in mapped)


def past_tables(mapped: Sequence[MappedTable], start: int | None, wording: Wording) -> tuple[MappedTable, ...]:
    """A matrix whose title names only years before the plan is a look back, unless it is all there is and has its bidang.

    So is a list of activities that is dated row by row with such years.
    """
    if start is None:
        return tuple(mapped)
    mapped = [_dated(one, start, wording) for one in mapped]
    matrices = [one for one in mapped if one.table.kind is TableKind.MATRIX]
    behind = [one for one in matrices if is_past(one, start, wording)]
    if len(behind) == len(matrices):
        behind = [one for one in behind if not _has_bidang(one, wording)]
    return tuple(
        replace(one, table=replace(one.table, kind=TableKind.EVALUATION)) if any(one is other for other in behind) else one
        for one in mapped
    )


def _has_bidang(one: MappedTable, wording: Wording) -> bool:
    """Its rows stand under bidang: in a column, in title rows, or by the title over it."""
    if one.header_roles & {"bidang", "bidang_subbidang"}:
        return True
    texts = (*one.near, *(cell for row in one.table.rows for cell in row.cells if cell))
    names = (split_number(text)[1] for text in texts)
    return any(wording.bidang_word.opens(name) or wording.bidang_names.opens(name) for name in names)


def is_past(one: MappedTable, start: int, wording: Wording) -> bool:
    """Its title names only years before the plan."""
    years = title_years(one, wording)
    return bool(years) and max(years) <= start and min(years) < start


def title_years(one: MappedTable, wording: Wording) -> tuple[int, ...]:
    """The years of the nearest title that names any."""
    return next((years for near in one.near if (years := parse_years(near, wording.numbers).years)), ())


def _dated(one: MappedTable, start: int, wording: Wording) -> MappedTable:
    """A DATA table of activities with a year in each row, all before the plan begins, tells what was done."""
    named = next((c for c, column in enumerate(one.columns) if column.role in ("kegiatan", "uraian")), None)
    if one.table.kind is not TableKind.DATA or named is None:
        return one
    years = [parse_years(row.cells[0], wording.numbers).years for row in one.table.rows if any(row.cells)]
    known = [max(found) for found in years if found]
    if len(known) < 2 or len(known) < len(years) or max(known) > start:
        return one
    return replace(one, table=replace(one.table, kind=TableKind.EVALUATION))


def programme_tables(mapped: Sequence[MappedTable], sections: Sequence[Section]) -> tuple[MappedTable, ...]:
    """Where a plan has no matrix, tables of a programme chapter that name activities take its place."""

    def holds(one: MappedTable) -> bool:
        kinds = (SectionKind.PROGRAMME, SectionKind.MATRIX)
        return one.table.kind is TableKind.DATA and "kegiatan" in one.header_roles and sections[one.table.section].kind in kinds

    return tuple(replace(one, table=replace(one.table, kind=TableKind.MATRIX)) if holds(one) else one for one in mapped)
