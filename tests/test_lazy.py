"""The command line starts without the heavy libraries."""

import subprocess
import sys

HEAVY = (
    "spacy", "numpy", "pdfplumber", "pypdfium2", "docx", "jinja2", "lxml", "yaml",
    "python_calamine", "xlsxwriter", "PIL", "thinc", "rich",
)  # fmt: skip


def heavy_after(code: str) -> list[str]:
    """Heavy modules present in a fresh interpreter after running `code`."""
    program = f"{code}\nimport sys\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


def test_command_line_imports_nothing_heavy():
    assert heavy_after("import irmcheck.cli") == []


def test_pipeline_imports_nothing_heavy():
    assert heavy_after("import irmcheck.pipeline") == []


def test_catalogue_imports_nothing_heavy():
    assert heavy_after("import irmcheck.catalogue") == []
