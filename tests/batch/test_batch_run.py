"""A batch from end to end in this process: what is done, kept, done again, and told."""

import json
from dataclasses import replace

import pytest
from batch_kit import here, run, tree, village_rows, villages, write_plan

from irmcheck.batch import Job
from irmcheck.batch.store import UrlStore
from irmcheck.errors import UsageError

NAMES = ("Oelbima", "Fatunaus", "Nekmese")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Three villages, a second file of one, a copy, a locked-file marker, a broken file, a blank form."""
    base = tmp_path_factory.mktemp("batch")
    folder = villages(base / "rencana", NAMES)
    (folder / "Oelbima" / "salinan.docx").write_bytes((folder / "Oelbima" / "rkp.docx").read_bytes())
    (folder / "Oelbima" / "~$rkp.docx").write_bytes(b"x")
    (folder / ".tersembunyi").mkdir()
    (folder / ".tersembunyi" / "rkp.docx").write_bytes(b"x")
    (folder / "foto.heic").write_bytes(b"x")
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.4 rusak")
    write_plan(folder / "formulir.docx", "....", rows=())
    write_plan(folder / "Fatunaus" / "rkp-lain.docx", "FATUNAUS", rows=village_rows(2)[:4])
    out = base / "hasil"
    result = run(folder, out, Job(formats=("html", "json")), workers=2)
    return folder, out, result


@pytest.fixture(autouse=True)
def in_process(done, monkeypatch):
    """Only the first batch uses worker processes."""
    monkeypatch.setattr("irmcheck.batch.run.run_local", here)


def matrix(out):
    return json.loads((out / "matriks.json").read_text())


def test_every_file_is_accounted_for(done):
    folder, out, result = done
    told = matrix(out)
    named = {note["file"] for part in ("failed", "unjudged", "skipped") for note in told[part]}
    judged = {e["file"] for v in told["villages"] for e in (*v["entries"], *v["others"])}
    assert (result.judged, result.failed, result.unjudged, result.skipped) == (4, 1, 1, 3)
    assert judged | named == set(tree(folder)) - {".tersembunyi/rkp.docx"}


def test_copies_are_named_with_what_they_copy(done):
    notes = {note["file"]: note["text"] for note in matrix(done[1])["skipped"]}
    assert notes["Oelbima/salinan.docx"] == "Isinya sama persis dengan Oelbima/rkp.docx."
    assert "sementara" in notes["Oelbima/~$rkp.docx"]


def test_files_of_one_village_stand_together_and_count_once(done):
    by_name = {village["name"].casefold(): village for village in matrix(done[1])["villages"]}
    assert [e["file"] for e in by_name["fatunaus"]["entries"]] == ["Fatunaus/rkp.docx"]
    assert [e["file"] for e in by_name["fatunaus"]["others"]] == ["Fatunaus/rkp-lain.docx"]


def test_each_plan_has_its_reports_beside_the_name_it_had(done):
    names = set(tree(done[1]))
    assert {"Oelbima/rkp.html", "Oelbima/rkp.json", "Fatunaus/rkp-lain.html", "matriks.html", "matriks.xlsx"} <= names
    assert {"pesan/Oelbima.txt", "pesan/Nekmese.txt", "findings.parquet", "activities.parquet"} <= names
    assert "rusak.html" not in names


def test_a_second_run_checks_nothing_and_changes_nothing(done):
    folder, out, _ = done
    before = tree(out)
    again = run(folder, out, Job(formats=("html", "json")))
    assert (again.done, again.kept, again.judged) == (0, 6, 4)
    assert tree(out) == before


def test_fresh_does_all_again_with_the_same_bytes(done):
    folder, out, _ = done
    before = tree(out)
    assert run(folder, out, Job(formats=("html", "json")), fresh=True, workers=2).done == 6
    assert tree(out) == before


def test_messages_fit_into_a_chat(done):
    for path in (done[1] / "pesan").iterdir():
        text = path.read_text()
        assert 200 < len(text) <= 900
        assert text.startswith("Salam untuk Desa ")


def test_only_what_changed_or_is_missing_is_done(tmp_path):
    folder, out = villages(tmp_path / "rencana", NAMES[:2]), tmp_path / "hasil"
    assert run(folder, out).done == 2
    write_plan(folder / "Oelbima" / "rkp.docx", "Oelbima", year=2025)
    assert run(folder, out).done == 1
    (out / "Fatunaus" / "rkp.html").unlink()
    assert run(folder, out).done == 1
    assert run(folder, out, Job(formats=("html", "md"))).done == 2
    assert run(folder, out, replace(Job(formats=("html", "md")), year=2025)).done == 2
    (folder / "Oelbima" / "rkp.docx").rename(folder / "Oelbima" / "rkp-final.docx")
    assert run(folder, out, replace(Job(formats=("html", "md")), year=2025)).done == 1
    assert len(list((out / ".irmcheck" / "hasil").iterdir())) == 2


def test_going_back_to_earlier_options_gives_the_earlier_bytes(tmp_path):
    folder, out = villages(tmp_path / "rencana", NAMES[:1]), tmp_path / "hasil"
    run(folder, out)
    before = tree(out)
    run(folder, out, Job(language="en", formats=("html", "md")))
    assert (out / "Oelbima" / "rkp.md").is_file()
    run(folder, out)
    assert tree(out) == before


def test_a_damaged_record_is_done_again(tmp_path):
    folder, out = villages(tmp_path / "rencana", NAMES[:1]), tmp_path / "hasil"
    run(folder, out)
    before = tree(out)
    (record,) = (out / ".irmcheck" / "hasil").iterdir()
    record.write_bytes(record.read_bytes()[:100])
    assert run(folder, out).done == 1
    assert tree(out) == before


def test_a_village_that_left_takes_its_message_along(tmp_path):
    folder, out = villages(tmp_path / "rencana", NAMES[:2]), tmp_path / "hasil"
    run(folder, out)
    (folder / "Oelbima" / "rkp.docx").unlink()
    run(folder, out)
    assert [p.name for p in (out / "pesan").iterdir()] == ["Fatunaus.txt"]
    assert (out / "Oelbima" / "rkp.html").is_file(), "reports are the user's"


def test_results_inside_the_folder_are_not_taken_for_plans(tmp_path):
    folder = villages(tmp_path / "rencana", NAMES[:1])
    out = folder / "hasil"
    assert run(folder, out, Job(formats=("docx",))).judged == 1
    again = run(folder, folder / "hasil kedua", Job(formats=("docx",)))
    assert (again.judged, again.unjudged, again.skipped) == (1, 0, 0)


@pytest.mark.parametrize("out", [".", ".."])
def test_results_must_not_lie_on_the_plans(tmp_path, out):
    folder = villages(tmp_path / "rencana", NAMES[:1])
    with pytest.raises(UsageError, match="Folder hasil"):
        run(folder, (folder / out).resolve())


def test_nothing_to_check_is_said(tmp_path):
    (tmp_path / "kosong").mkdir()
    with pytest.raises(UsageError, match="tidak ada rencana"):
        run(tmp_path / "kosong", tmp_path / "hasil")
    with pytest.raises(UsageError, match="tidak ada"):
        run(tmp_path / "entah", tmp_path / "hasil")


def test_a_folder_in_memory_gives_the_same_results(tmp_path, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    folder, out = villages(tmp_path / "rencana", NAMES[:2]), tmp_path / "hasil"
    run(folder, out)
    memory = fsspec.filesystem("memory")
    for name, data in tree(folder).items():
        memory.pipe_file(f"/uji/rencana/{name}", data)
    run("memory://uji/rencana", "memory://uji/hasil")
    root = "/uji/hasil"
    stored = {path[len(root) + 1 :]: memory.cat_file(path) for path in memory.find(root)}
    assert stored.pop(".irmcheck/sidik.json")
    assert stored == {name: data for name, data in tree(out).items() if name != ".irmcheck/kunci"}
    monkeypatch.setattr(UrlStore, "digest", lambda self, name: pytest.fail(f"{name} was fetched again"))
    assert run("memory://uji/rencana", "memory://uji/hasil").done == 0
