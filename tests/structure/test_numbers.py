import pytest
from structure_kit import SHARED, wording

from irmcheck.structure.numbers import column_style, parse_amount, parse_rupiah, parse_volume, parse_years

WORDS = wording().numbers


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp. 1.250.000,-", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("Rp 12 000 000", 12_000_000),
        ("Rp. 12. 500. 000", 12_500_000),
        ("Rp. 12.OOO.OOO", 12_000_000),
        ("Rp. l2.000.000", 12_000_000),
        ("Rp.7.500.000.-", 7_500_000),
        ("Rp. 15 juta", 15_000_000),
        ("15,5 juta", 15_500_000),
        ("500rb", 500_000),
        ("Rp 1,2 M", 1_200_000_000),
        ("250 M", None),
        ("(5.000.000)", -5_000_000),
        ("Rp 125.000.000,- (seratus dua puluh lima juta rupiah)", 125_000_000),
        ("seratus dua puluh lima juta rupiah", 125_000_000),
        ("Rp 10.000.000 s/d 15.000.000", 10_000_000),
        ("Rp. 850.000/org", 850_000),
        ("12500000.0", 12_500_000),
        ("0", 0),
        ("0.00", 0),
        ("-", None),
        ("nihil", None),
        ("menyusul", None),
        ("swadaya", None),
        ("", None),
    ],
)
def test_amounts(text, amount):
    assert parse_amount(text, WORDS) == amount


def test_rupiah_is_scaled_and_whole():
    assert parse_rupiah("1.250", WORDS, scale=1000) == 1_250_000
    assert parse_rupiah("2,5", WORDS, scale=1_000_000) == 2_500_000


def test_a_column_of_american_figures_reads_its_doubtful_ones_that_way():
    assert column_style(["1,250,000.00", "345,402.00", "75.000"]) == ","
    assert parse_rupiah("75.000", WORDS, thousands=",") == 75
    assert parse_rupiah("75.000", WORDS, thousands=".") == 75_000
    assert column_style(["1.000.000", "2,000,000"]) == ""


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1 Paket", 1, "paket"),
        ("250 M'", 250, "meter"),
        ("250 m²", 250, "meter2"),
        ("1,5 Km", 1.5, "kilometer"),
        ("30 OH", 30, "orang-hari"),
        ("1.200 m", 1200, "meter"),
        ("1,080 m", 1080, "meter"),
        ("9 unit @ 5 m3", 9, "unit"),
        ("3 x 4 m", 12, None),
        ("10 KPM x 12 bln", None, None),
        ("KPM", None, None),
        ("15 gerobak", 15, None),
    ],
)
def test_volumes(text, value, unit):
    volume = parse_volume(text, WORDS)
    assert (volume.text, volume.value, volume.unit) == (text, value, unit)


@pytest.mark.parametrize(
    ("text", "years", "relative"),
    [
        ("TA 2024", (2024,), ()),
        ("TA. 2024/2025", (2024, 2025), ()),
        ("2019 s/d 2021", (2019, 2020, 2021), ()),
        ("Tahun 2O21", (2021,), ()),
        ("Thn III", (), (3,)),
        ("Tahun ke-1", (), (1,)),
        ("th. '23", (2023,), ()),
        ("Nomor 6 Tahun 2014", (), ()),
        ("Rp 2.024.000", (), ()),
    ],
)
def test_years(text, years, relative):
    found = parse_years(text, WORDS)
    assert (found.years, found.relative) == (years, relative)


def shared_list(name):
    path = SHARED / "lists" / name
    if not path.exists():
        pytest.skip("daftar bersama tidak ada di sini")
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]


def test_every_amount_of_the_shared_list():
    wrong = [
        (text, want)
        for text, want in shared_list("amounts.tsv")
        if parse_amount(text, WORDS) != (None if want in ("?", "None") else float(want))
    ]
    assert not wrong


def test_every_volume_of_the_shared_list():
    wrong = []
    for text, value, unit in shared_list("volumes.tsv"):
        volume = parse_volume(text, WORDS)
        if volume.value != float(value) or volume.unit != (None if unit == "?" else unit):
            wrong.append((text, volume))
    assert not wrong


def test_every_year_of_the_shared_list():
    wrong = []
    for text, want in shared_list("years.tsv"):
        found = parse_years(text, WORDS)
        if want.startswith("law"):
            right = not found.years and not found.relative
        elif want.startswith("rel"):
            right = found.relative == (int(want.split()[1]),)
        elif ".." in want:
            first, last = map(int, want.split(".."))
            right = found.span and found.years == tuple(range(first, last + 1))
        else:
            right = found.years == tuple(map(int, want.split(",")))
        if not right:
            wrong.append((text, want, found))
    assert not wrong
