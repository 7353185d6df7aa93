"""Makes the document of any form: a pure function of what was collected, style, stamp and language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from reception.facts.printing import Stamp
from reception.paper import forms
from reception.paper.style import Style, default
from reception.wording import Wording

Progress = Callable[[int], None]
"""Is told after each page how many are laid out; what it raises ends the work, leaving nothing half-made."""


def write(
    name: str,
    data: Any,
    wording: Wording,
    style: Style | None,
    stamp: Stamp,
    path: str | Path,
    progress: Progress | None = None,
    *,
    first: bool = False,
) -> int:
    """Write the form ``name`` into the PDF ``path`` and say how many pages it has.

    The same data, language, style and stamp give the same bytes. Without a ``style`` the form's own is taken;
    ``first`` writes the first page only, for who waits to see it.

    Raises:
        SurroundingsError: it cannot be saved there; nothing half-made is left behind.
    """
    from reception.paper import output

    work = partial(render, name, data, wording, style, stamp, progress=progress, first=first)
    return output.write(Path(path), work, lasting=not stamp.preview)


def render(
    name: str,
    data: Any,
    wording: Wording,
    style: Style | None,
    stamp: Stamp,
    file: BinaryIO,
    *,
    progress: Progress | None = None,
    first: bool = False,
) -> int:
    """As `write`, into an open file."""
    from reception.paper import document

    form = forms.get(name)
    style = style or default(form.FORM)
    story = form.story(data, wording, style, stamp)
    dress = form.dress(data, wording, style, stamp)
    return document.write(file, story, dress, wording, style, stamp, progress, first=first)
