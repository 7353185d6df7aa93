"""Makes the document of any form: a pure function of what was collected, style, stamp and language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reception.facts.printing import Stamp
from reception.paper import forms
from reception.paper.style import Style, default
from reception.wording import Wording

Progress = Callable[[int, int], None]
"""Is told how many pages are laid out, and how many there will be (0 while that is not known)."""


def write(
    name: str,
    data: Any,
    wording: Wording,
    style: Style | None,
    stamp: Stamp,
    path: str | Path,
    progress: Progress | None = None,
) -> int:
    """Write the form ``name`` into the PDF ``path`` and say how many pages it has.

    The same data, language, style and stamp give the same bytes. Without a ``style`` the form's own is taken.

    Raises:
        SurroundingsError: it cannot be saved there; nothing half-made is left behind.
    """
    from reception.paper import output

    content, pages = render(name, data, wording, style, stamp, progress)
    output.replace(Path(path), content)
    return pages


def render(
    name: str,
    data: Any,
    wording: Wording,
    style: Style | None,
    stamp: Stamp,
    progress: Progress | None = None,
) -> tuple[bytes, int]:
    """The document, and its number of pages."""
    from reception.paper import page

    form = forms.get(name)
    style = style or default(form.FORM)
    story = form.story(data, wording, style, stamp)
    return page.render(story, form.dress(data, wording, style, stamp), wording, style, stamp, progress)
