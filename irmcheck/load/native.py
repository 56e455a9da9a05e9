"""Failures of native (Rust) readers as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from irmcheck.errors import InputError


def broken(path: Path) -> str:
    """The sentence for a file that cannot be opened."""
    return f"{path.name}: berkas rusak, terpotong, atau bukan jenis yang dikatakan namanya. Minta salinan lain dari pengirim."


def locked(path: Path) -> str:
    """The sentence for a file that asks for a password."""
    return f"{path.name}: berkas ini terkunci kata sandi. Buka dengan kata sandinya, simpan tanpa kata sandi, lalu periksa lagi."


@contextmanager
def no_panic(path: Path) -> Iterator[None]:
    """Turn a panic inside a Rust library into InputError; it is no Exception and its class cannot be imported."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(broken(path)) from error
