import pytest

from irmcheck.structure.codes import is_account, normal_code, split_number


@pytest.mark.parametrize("text", ["3.1.04", "03.01.04", "03.01.04.", "3 1 04", "5.3.1.04"])
def test_five_spellings_of_one_code(text):
    assert normal_code(text) == "3.1.04"


def test_local_codes_stay():
    assert normal_code("02.05.90") == "2.5.90"


@pytest.mark.parametrize("text", ["5.2.1", "5.1", "5.2", "4", "6.1.1", "2.3", "", "Mei"])
def test_what_is_no_activity_code(text):
    assert normal_code(text) is None


def test_economic_accounts_are_told_from_bidang_five():
    assert is_account("5.2.1", name_is_spending=False)
    assert is_account("5.2.1.01", name_is_spending=True)
    assert not is_account("5.3.00", name_is_spending=False)
    assert normal_code("5.3.00") == "5.3.00"
    assert normal_code("5.2.1.01", name_is_spending=True) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3.1 Ketentraman", ("3.1", "Ketentraman")),
        ("II. BIDANG PELAKSANAAN", ("II", "BIDANG PELAKSANAAN")),
        ("a. Sub Bidang Kesehatan", ("a", "Sub Bidang Kesehatan")),
        ("Embung desa", ("", "Embung desa")),
        ("2 BIDANG PELAKSANAAN", ("2", "BIDANG PELAKSANAAN")),
        ("3 unit gapura", ("", "3 unit gapura")),
    ],
)
def test_leading_numbers(text, parts):
    assert split_number(text) == parts
