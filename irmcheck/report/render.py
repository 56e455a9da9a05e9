"""Jinja: the environment, its filters, and an assessment through a template. No markup is written in Python."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from irmcheck.errors import UsageError
from irmcheck.report.text import sentence, shortened
from irmcheck.report.view import View
from irmcheck.report.words import Words, template_folders
from irmcheck.settings import Settings
from irmcheck.text import printable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|#"} | {"<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Asset:
    """A style or script that goes into the page as it is; `hash` allows it, and only it, in the page's security policy."""

    text: Markup
    hash: str


def render(view: View, template: str, **more: object) -> str:
    """The assessment through a template of the user's or our template folder; `more` are further values for it.

    Raises UsageError when a user's template is faulty.
    """
    values = more | {"v": view, "a": view.assessment, "identity": view.assessment.plan.identity}
    return render_page(template, view.words, view.settings, "report", values)


def render_page(template: str, words: Words, settings: Settings, look: str, values: Mapping[str, object]) -> str:
    """Any values through a template, with the wording as `s`; `look` names its style and script (report.css, report.js).

    Raises UsageError when a user's template is faulty.
    """
    from jinja2 import TemplateError

    environment = _environment(template_folders(settings), words, template.endswith(".md.j2"))
    try:
        return environment.get_template(template).render(
            s=words.strings, style=_asset(environment, f"{look}.css"), script=_asset(environment, f"{look}.js"), **values
        )
    except TemplateError as error:
        where = f" (baris {error.lineno})" if hasattr(error, "lineno") else ""
        raise UsageError(f"Templat laporan {template}{where} tidak dapat dipakai: {error}.") from error


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...], words: Words, markdown: bool) -> Environment:
    """Autoescape for markup; for Markdown its own signs are escaped. Values are cleaned of unsafe characters in both."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=not markdown,
        undefined=StrictUndefined,
        finalize=_in_markdown if markdown else _in_markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _filters(words)
    return environment


def _filters(words: Words) -> Mapping[str, Callable[..., str]]:
    return {
        "rupiah": words.rupiah,
        "percent": words.percent,
        "score": words.score,
        "short": shortened,
        "sentence": sentence,
        "fill": lambda sentence, **values: str(sentence).format(**values),
        "label": lambda key, group: words.label(group, key),
    }


def _in_markup(value: Any) -> Any:
    """Plain text without unsafe characters; markup that templates made themselves passes; nothing for None."""
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _in_markdown(value: Any) -> Any:
    """Text on one line with Markdown's signs escaped; output of our own macros passes."""
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return re.sub(r"\s+", " ", printable(value)).translate(_MARKDOWN_SIGNS)
    return value


def _asset(environment: Environment, name: str) -> Asset:
    from markupsafe import Markup

    loader = environment.loader
    text = loader.get_source(environment, name)[0] if loader else ""
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Asset(Markup(text), f"sha256-{digest}")
