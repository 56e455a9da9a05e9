"""Place first: what a chapter, table or column makes of a hit, whatever the words say."""

from __future__ import annotations

import pytest

from irmcheck.model import Passage, Place, Section, SectionKind, Stance, TableKind

COMMITMENT, STATEMENT, PROBLEM = Stance.COMMITMENT, Stance.STATEMENT, Stance.PROBLEM
ABSENT, CONDITIONAL, PAST, LAW = Stance.ABSENT, Stance.CONDITIONAL, Stance.PAST, Stance.LAW


@pytest.fixture(scope="module")
def matcher(matcher_of):
    return matcher_of({"x": ["tim siaga", "embung", "talud", "banjir", "kekeringan", "hutan"]})


@pytest.mark.parametrize(
    ("section", "text", "stance"),
    [
        (SectionKind.PROGRAMME, "Pembangunan embung di Dusun II.", COMMITMENT),
        (SectionKind.PROGRAMME, "Desa akan membentuk tim siaga.", COMMITMENT),
        (SectionKind.PROGRAMME, "Keberadaan embung sangat bermanfaat.", STATEMENT),
        (SectionKind.PROGRAMME, "Sampai sekarang belum ada tim siaga yang dilatih.", ABSENT),
        (SectionKind.PROGRAMME, "Telah dibangun embung pada tahun 2020.", PAST),
        (SectionKind.PROGRAMME, "Apabila dana tersedia, embung dibangun.", CONDITIONAL),
        (SectionKind.PROGRAMME, "Pembangunan talud diusulkan kepada pemerintah kabupaten.", CONDITIONAL),
        (SectionKind.POLICY, "Mengutamakan pemeliharaan embung.", COMMITMENT),
        (SectionKind.VISION, "Membangun embung.", STATEMENT),
        (SectionKind.PROFILE, "Desa memiliki dua embung.", STATEMENT),
        (SectionKind.PROFILE, "Desa akan membangun embung.", STATEMENT),
        (SectionKind.PROFILE, "Desa belum memiliki embung.", ABSENT),
        (SectionKind.PROBLEMS, "Banjir setiap tahun di Dusun I.", PROBLEM),
        (SectionKind.PROBLEMS, "Apabila hujan lebat terjadi banjir.", PROBLEM),
        (SectionKind.PROBLEMS, "Embung jebol.", PROBLEM),
        (SectionKind.PROBLEMS, "Terdapat hutan seluas 40 hektar.", STATEMENT),
        (SectionKind.PROBLEMS, "Perlu dibangun talud.", STATEMENT),
        (SectionKind.EVALUATION, "Pembangunan embung Dusun II.", PAST),
        (SectionKind.EVALUATION, "Tim siaga belum dibentuk.", ABSENT),
        (SectionKind.LAW, "Desa membangun embung.", LAW),
        (SectionKind.PREFACE, "Pembangunan embung dilaksanakan.", STATEMENT),
        (SectionKind.UNKNOWN, "Pembangunan embung dilaksanakan.", STATEMENT),
        (SectionKind.CLOSING, "Desa akan membangun embung.", STATEMENT),
    ],
)
def test_chapter_decides(matcher, section, text, stance):
    assert {match.stance for match in matcher.find_in_text(text, section)} == {stance}


@pytest.mark.parametrize(
    ("table", "role", "text", "stance"),
    [
        (TableKind.MATRIX, "kegiatan", "Perbaikan embung rusak", COMMITMENT),
        (TableKind.MATRIX, "kegiatan", "Penanganan kekeringan", COMMITMENT),
        (TableKind.MATRIX, "kegiatan", "Tim siaga: tidak ada", ABSENT),
        (TableKind.MATRIX, "lokasi", "Hulu embung", COMMITMENT),
        (TableKind.MATRIX, "masalah", "Banjir di Dusun I", PROBLEM),
        (TableKind.PROBLEMS, "masalah", "Banjir di Dusun I", PROBLEM),
        (TableKind.PROBLEMS, "penyebab", "Hutan ditebang", PROBLEM),
        (TableKind.PROBLEMS, "masalah", "Belum ada talud", ABSENT),
        (TableKind.PROBLEMS, "potensi", "Hutan, gotong royong", STATEMENT),
        (TableKind.PROBLEMS, "tindakan", "Pembangunan talud", STATEMENT),
        (TableKind.PROPOSALS, "kegiatan", "Pembangunan talud", CONDITIONAL),
        (TableKind.EVALUATION, "kegiatan", "Pembangunan talud", PAST),
        (TableKind.EVENTS, "", "Banjir 2021", PAST),
        (TableKind.DATA, "", "Luas hutan", STATEMENT),
        (TableKind.ESTIMATE, "uraian", "Pembangunan talud", COMMITMENT),
    ],
)
def test_table_and_column_decide(matcher, table, role, text, stance):
    cell = Passage(text=text, kind="cell", section=0, place=Place(), role=role, table_kind=table)
    section = Section("III", SectionKind.PROBLEMS, 1, (0, 9))
    assert {match.stance for match in matcher.find((cell,), (section,))} == {stance}


def test_listed_activity_is_a_promise_and_a_heading_none(matcher):
    section = Section("V", SectionKind.PROGRAMME, 1, (0, 9))
    listed = Passage(text="Talud Dusun I", kind="list", section=0, place=Place(), activity=3)
    heading = Passage(text="5.2 Pembangunan talud", kind="heading", section=0, place=Place())
    assert [match.stance for match in matcher.find((listed, heading), (section,))] == [COMMITMENT, STATEMENT]


def test_reason_is_told_in_indonesian(matcher):
    assert matcher.find_in_text("Desa belum memiliki embung.")[0].reason == "ditulis belum ada atau tidak ada"
    assert matcher.find_in_text("Pembangunan embung", role="kegiatan")[0].reason == "tertulis di baris kegiatan"
