"""Text repair: what is folded, what stays, and where lines are joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irmcheck.load.repair import clean_text, join_lines


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("keﬁtnahan  eﬃsien", "kefitnahan effisien"),
        ("Desa\u00a0Oelnaineno\r\nKecamatan", "Desa Oelnaineno Kecamatan"),
        ("B A B  I  P E N D A H U L U A N", "BAB I PENDAHULUAN"),
        ("P E N U T U P", "PENUTUP"),
        ("L P", "L P"),
        ("A B C D", "A B C D"),
        ("\uf0fc", "✓"),
        ("\uf020", ""),
        ("\uf0b7 Embung", "• Embung"),
        ("✔", "✓"),
        ("anak‑anak", "anak-anak"),
        ("2021–2027 – 5 m²", "2021–2027 – 5 m²"),
        ("a\x00b\u200bc\ud800d\ufeff\ufffee", "abcde"),
        ("pem\u00adbangunan", "pembangunan"),
        ("pem\u00ad", "pem-"),
        ("Ｄｅｓａ", "Desa"),
    ],
)
def test_clean_text(raw: str, wanted: str) -> None:
    assert clean_text(raw) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["pem-", "bangunan desa"], "pembangunan desa"),
        (["ke-", "kerasan"], "kekerasan"),
        (["anak-", "anak"], "anak-anak"),
        (["laki-", "lakinya"], "laki-lakinya"),
        (["bersama-", "sama"], "bersama-sama"),
        (["sayur-", "mayur"], "sayur-mayur"),
        (["perundang-", "undangan"], "perundang-undangan"),
        (["tanggung-", "jawaban"], "tanggungjawaban"),
        (["teman-", "temannya"], "teman-temannya"),
        (["Undang-", "Undang Nomor 6"], "Undang-Undang Nomor 6"),
        (["2020 -", "2026"], "2020 - 2026"),
        (["2020-", "2026"], "2020-2026"),
        (["COVID-", "19"], "COVID-19"),
        (["dan/", "atau"], "dan/atau"),
        (["1.612.800.", "000"], "1.612.800.000"),
        (["50.000", ".000"], "50.000.000"),
        (["pada tahun 2020.", "100 orang"], "pada tahun 2020. 100 orang"),
        (["", "a", "", "b"], "a b"),
    ],
)
def test_join_lines(lines: list[str], wanted: str) -> None:
    assert join_lines(lines)[0] == wanted


def test_offsets_lead_back_to_the_lines() -> None:
    text, offsets = join_lines(["Pem-", "bangunan em-", "bung di Nunuhkolo"])
    assert text == "Pembangunan embung di Nunuhkolo"
    assert [text[at:][:4] for at in offsets] == ["Pemb", "bang", "bung"]


@given(st.text())
def test_cleaning_is_stable_and_printable(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once or once.isupper() or not once.isascii()
    assert not any(letter in once for letter in "\n\r\t\x00")
    once.encode("utf-8")


@given(st.lists(st.text(alphabet="abcAB-/. 01", min_size=1, max_size=8).map(str.strip).filter(bool)))
def test_offsets_never_leave_the_text(lines: list[str]) -> None:
    text, offsets = join_lines(lines)
    assert len(offsets) == len(lines)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= at <= len(text) for at in offsets)
