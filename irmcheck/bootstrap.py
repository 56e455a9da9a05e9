"""First steps on a fresh machine, with Python and nothing else: `python3 -m irmcheck.bootstrap try` or `test`.

Makes .venv beside this package, installs irmcheck into it, then checks examples/ or runs the tests. Standard library only.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
REPORTS = ROOT / "laporan"
ADVICE = (
    "Python di komputer ini belum dapat membuat lingkungan sendiri (venv).\n"
    "Debian/Ubuntu: sudo apt-get install python3-venv   Windows: pasang Python dari python.org\n"
    "lalu ulangi perintah yang sama."
)
OFFLINE = "Pemasangan gagal. Periksa sambungan internet lalu ulangi; tanpa internet, lihat PANDUAN.md bagian 2.\n"
OLDEST = (3, 11)


def python() -> Path:
    """The interpreter of the environment."""
    return FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def prepare(extras: str) -> None:
    """Make the environment and install irmcheck with `extras` ("" or "[dev]"), unless that was done for this pyproject."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + extras.encode() + str(ROOT).encode()).hexdigest()
    stamp = FOLDER / f"terpasang{extras}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted and python().is_file():
        return
    if not _has_pip():
        _make()
    run([str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}{extras}"], OFFLINE)
    stamp.write_text(wanted, encoding="utf-8")


def _has_pip() -> bool:
    """True for a whole environment; one broken off before pip was in it is made again."""
    return (
        python().is_file()
        and subprocess.run([str(python()), "-c", "import pip"], capture_output=True, check=False).returncode == 0
    )


def _make() -> None:
    """The environment with pip; where Debian left ensurepip out, the system's own pip puts one in."""
    try:
        venv.EnvBuilder(with_pip=True, clear=FOLDER.exists()).create(FOLDER)
    except (subprocess.CalledProcessError, OSError, ImportError):
        venv.EnvBuilder(with_pip=False, clear=True).create(FOLDER)
        helped = subprocess.run(
            [sys.executable, "-m", "pip", "--python", str(python()), "install", "--quiet", "pip"], check=False
        )
        if helped.returncode:
            sys.exit(ADVICE)


def run(command: list[str], advice: str = "") -> None:
    """Run a command in the checkout; end with its exit code, after the advice, when it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        sys.stderr.write(advice)
        sys.exit(done.returncode)


def try_examples() -> None:
    """Check every example plan and say where the reports are."""
    prepare("")
    plans = sorted(str(p) for end in ("docx", "pdf", "xlsx") for p in (ROOT / "examples").glob(f"*/*.{end}"))
    run([str(python()), "-m", "irmcheck", "check", *plans, "--out", str(REPORTS), "--format", "html"])
    sys.stdout.write(f"\nSelesai. Buka laporannya di peramban: {REPORTS}\n")


def test() -> None:
    """Run the whole test suite; further words go to pytest."""
    prepare("[dev]")
    run([str(python()), "-m", "pytest", *sys.argv[2:]])


def main() -> None:
    """`try` or `test`."""
    commands = {"try": try_examples, "test": test}
    chosen = commands.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if chosen is None:
        sys.exit("Pakai: python3 -m irmcheck.bootstrap try   atau   python3 -m irmcheck.bootstrap test")
    if sys.version_info < OLDEST:
        sys.exit(f"irmcheck perlu Python {OLDEST[0]}.{OLDEST[1]} atau lebih baru; ini Python {sys.version.split()[0]}.")
    chosen()


if __name__ == "__main__":
    main()
