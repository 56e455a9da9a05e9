"""The questions of PANDUAN and README in SQL over findings.parquet and activities.parquet."""

import pytest
from batch_kit import here, run, village_rows, write_plan

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

DRY = """
SELECT DISTINCT subdistrict FROM '{out}/findings.parquet' WHERE counts
EXCEPT
SELECT subdistrict FROM '{out}/activities.parquet' WHERE counts AND list_contains(pillars, 'api') AND name ILIKE '%air%'
"""


@pytest.fixture
def out(tmp_path, monkeypatch):
    monkeypatch.setattr("irmcheck.batch.run.run_local", here)
    dry = tuple(row for row in village_rows(1) if "air" not in row[1])
    write_plan(tmp_path / "rencana" / "a.docx", "Oelbima", subdistrict="Nonohonis", rows=village_rows(2))
    write_plan(tmp_path / "rencana" / "b.docx", "Fatunaus", subdistrict="Oinlasi", rows=dry)
    run(tmp_path / "rencana", tmp_path / "hasil")
    return tmp_path / "hasil"


def test_which_kecamatan_has_no_water_activity(out):
    assert duckdb.sql(DRY.format(out=out)).fetchall() == [("Oinlasi",)]


def test_every_finding_and_row_is_there_with_its_types(out):
    asked = f"SELECT count(*), count(DISTINCT criterion), bool_and(counts) FROM '{out}/findings.parquet'"
    (findings,) = duckdb.sql(asked).fetchall()
    assert findings[1] > 30
    assert findings == (2 * findings[1], findings[1], True)
    rows = duckdb.sql(f"SELECT village, cost, sources, bidang FROM '{out}/activities.parquet' WHERE name LIKE 'Penanaman bambu%'")
    assert rows.fetchall() == [("Oelbima", 12_502_000, ["DD"], "Pelaksanaan Pembangunan Desa")]
