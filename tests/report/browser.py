"""A real browser for the HTML report: headless Chromium, its DOM after scripts, its console, its print-out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
)
MARK = "hasil-uji"


def run(folder: Path, page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Chromium on a page, with a profile of its own; skips the test where there is no Chromium."""
    if PROGRAM is None:
        pytest.skip("no Chromium on this machine")
    command = [PROGRAM, *OPTIONS, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)


def console(result: subprocess.CompletedProcess[str]) -> list[str]:
    """What the page wrote to the console, errors and security-policy refusals included."""
    return [line for line in result.stderr.splitlines() if "CONSOLE" in line]


def ask(folder: Path, html: str, script: str, library: str = "") -> object:
    """The JSON value that `script` (an async function body) returns in the page; only here the page's policy is lifted."""
    probe = folder / "probe.html"
    open_page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    ask_script = f"""<script>{library}</script><script>addEventListener("load", async () => {{
      const answer = await (async () => {{ {script} }})().catch((error) => "error: " + error);
      const place = document.createElement("pre");
      place.id = "{MARK}";
      place.textContent = JSON.stringify(answer);
      document.body.append(place);
    }});</script>"""
    probe.write_text(open_page.replace("</body>", ask_script + "</body>"), encoding="utf-8")
    dom = run(folder, probe, "--virtual-time-budget=15000", "--dump-dom").stdout
    found = re.search(rf'<pre id="{MARK}">(.*?)</pre>', dom, re.DOTALL)
    assert found, "the page gave no answer"
    answer = found[1]
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        answer = answer.replace(entity, sign)
    return json.loads(answer)
