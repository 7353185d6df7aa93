"""What the files are called that are saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reception.paper.forms import TITLES
from reception.wording import load
from ui.sheet.wanted import Wanted

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What Windows does not take in a name, which others do not like either."""


def file_name(wanted: Wanted, language: str) -> str:
    """The form's title in the paper's language, and what it is of: ``接待登记表-20261122.pdf``."""
    args = [(name, str(value)) for name, value in wanted.args.items() if value not in ("", None)]
    values = dict.fromkeys(_period(value, language) if name == "period" else value for name, value in args)
    title = load(language).pgettext("paper", TITLES[wanted.name])
    return _UNFIT.sub("-", "-".join((title, *values))) + ".pdf"


def _period(value: str, language: str) -> str:
    from reception.facts.reports import Period
    from reception.report_words import PERIODS

    return load(language).gettext(PERIODS[Period(value)])


def free(folder: Path, names: Sequence[str]) -> list[Path]:
    """A path for each name in ``folder`` where nothing is yet; ``name (2).pdf`` beside one that is."""
    taken: list[Path] = []
    for name in names:
        path, number = folder / name, 2
        while path.exists() or path in taken:
            path = folder / f"{Path(name).stem} ({number}).pdf"
            number += 1
        taken.append(path)
    return taken
