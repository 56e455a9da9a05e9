"""Assessment -> files that people and machines use. Nothing here judges; nothing here prints but the terminal summary."""

from irmcheck.report.annotate import annotate
from irmcheck.report.data import to_json
from irmcheck.report.terminal import render_terminal
from irmcheck.report.write import FORMATS, make_reports, write_reports

__all__ = ["FORMATS", "annotate", "make_reports", "render_terminal", "to_json", "write_reports"]
