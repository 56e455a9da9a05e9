"""The folder's findings and activities as columns (Parquet), one row each, for questions in SQL."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

_PLAN = (
    ("file", "string"),
    ("village", "string"),
    ("subdistrict", "string"),
    ("district", "string"),
    ("kind", "string"),
    ("year_start", "int16"),
    ("year_end", "int16"),
    ("reading_quality", "string"),
    ("counts", "bool"),  # False for further files and drafts of a plan that is in already
)
_FINDING = (
    ("criterion", "string"),
    ("title", "string"),
    ("group", "string"),
    ("pillar", "string"),
    ("aspect", "string"),
    ("weight", "int16"),
    ("status", "string"),
    ("reason", "string"),
    ("quote", "string"),
    ("page", "int32"),
)
_ACTIVITY = (
    ("row", "int32"),
    ("page", "int32"),
    ("code", "string"),
    ("bidang", "string"),
    ("subbidang", "string"),
    ("name", "string"),
    ("location", "string"),
    ("volume", "string"),
    ("target", "string"),
    ("schedule", "string"),
    ("years", "[int16]"),
    ("cost", "int64"),
    ("sources", "[string]"),
    ("pillars", "[string]"),
    ("hazards", "[string]"),
)


class Columns:
    """Collects rows plan by plan in a fixed order and gives them as Parquet files."""

    def __init__(self) -> None:
        self._tables = {name: _Table((*_PLAN, *fields)) for name, fields in (("findings", _FINDING), ("activities", _ACTIVITY))}

    @staticmethod
    def available() -> bool:
        """Whether pyarrow is installed (extra `parquet`)."""
        return find_spec("pyarrow") is not None

    def add(self, name: str, assessment: Mapping[str, Any], counts: bool) -> None:
        """A judged plan: its findings and activities."""
        plan = assessment["plan"] | {"file": name, "counts": counts}
        for finding in assessment["findings"]:
            quoted = next((one for one in finding["evidence"] if one["counts"]), {"quote": None, "page": None})
            self._tables["findings"].add(
                plan | finding | {"criterion": finding["id"], "quote": quoted["quote"], "page": quoted["page"]}
            )
        for activity in assessment["activities"]:
            self._tables["activities"].add(plan | activity | {"volume": (activity["volume"] or {}).get("text")})

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of each Parquet file."""
        for name, table in self._tables.items():
            yield f"{name}.parquet", table.parquet()


class _Table:
    """Columns are turned into Arrow batches as they fill, so that a province fits into memory."""

    _BATCH = 20_000

    def __init__(self, fields: tuple[tuple[str, str], ...]) -> None:
        self._fields = fields
        self._rows: list[tuple[Any, ...]] = []
        self._batches: list[Any] = []

    def add(self, row: Mapping[str, Any]) -> None:
        self._rows.append(tuple(row[name] for name, _ in self._fields))
        if len(self._rows) == self._BATCH:
            self._flush()

    def parquet(self) -> bytes:
        import pyarrow
        import pyarrow.parquet

        self._flush()
        buffer = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_batches(self._batches), buffer, compression="zstd")
        return buffer.getvalue()

    def _flush(self) -> None:
        import pyarrow

        schema = pyarrow.schema([(name, _type(kind)) for name, kind in self._fields])
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(self._fields)
        arrays = [pyarrow.array(list(values), type=field.type) for values, field in zip(columns, schema, strict=True)]
        self._batches.append(pyarrow.RecordBatch.from_arrays(arrays, schema=schema))
        self._rows = []


def _type(kind: str) -> Any:
    import pyarrow

    return pyarrow.list_(_type(kind[1:-1])) if kind.startswith("[") else pyarrow.type_for_alias(kind)
