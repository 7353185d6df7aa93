"""The process that lays forms out for the window: ``python -m reception.paper.worker``.

ReportLab holds the interpreter lock while it lays out, which in the window's own process would stop the
window. The child lives as long as its standard input. Each message is a pickle after its length in eight
bytes, big-endian:

- ``("warm",)``: answered as soon as everything is read that a form needs
- ``("make", form, parcel, language, stamp, path, first)``: ``parcel`` is ``reception.paper.parcels.wrap``;
  ``first`` makes a document of the first page alone, to be looked at while the others are laid out
- ``("ledger", place, desk, operator, form, arguments, language, paper, uid, path)``: the child opens the
  register and collects by itself; with a uid (text) it commits the print, else it makes a preview
- answered: ``("progress", n, of)``, any number of times, then ``("done", pages, stamp, unprinted)``, the
  last two None where nothing is to be said, or ``("error", template, values)`` of the DeskError that stopped
  it

Anything else that goes wrong is a bug: the child says what on standard error and ends, and its owner starts
another.
"""

from __future__ import annotations

import os
import pickle
import sys
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from reception.errors import DeskError
from reception.facts.printing import Stamp

if TYPE_CHECKING:
    from reception.paper.making import Progress

HEAD = 8
"""Bytes of the length before each pickle."""
_TOLD = 10
"""After so many pages it is told how far it is."""


def send(stream: BinaryIO, message: object) -> None:
    """Write one message and push it out."""
    content = pickle.dumps(message)
    stream.write(len(content).to_bytes(HEAD, "big") + content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message. Raises EOFError when the other side has closed, or broke off in the middle."""
    return pickle.loads(_exactly(stream, int.from_bytes(_exactly(stream, HEAD), "big")))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    jobs: Mapping[str, Callable[..., tuple[object, ...]]] = {"warm": warm, "make": make, "ledger": ledger}
    while True:
        try:
            kind, *request = receive(requests)
        except EOFError:
            return
        try:
            answer = jobs[kind](*request, answers)
        except DeskError as error:
            values = {name: str(value) for name, value in error.values.items()}
            send(answers, ("error", error.template, values))
        else:
            send(answers, ("done", *answer))


def warm(_answers: BinaryIO) -> tuple[object, ...]:
    """Read what every form needs, before the first is wanted."""
    from reception import wording
    from reception.paper import daily_layout, fonts, making, page  # noqa: F401 - to have them read

    for name in (fonts.REGULAR, fonts.BOLD):
        fonts.chain(name)
    for language in wording.LANGUAGES:
        wording.load(language)
    return 0, None, None


def make(
    form: str,
    parcel: bytes,
    language: str,
    stamp: Stamp,
    path: str,
    first: bool,
    answers: BinaryIO,
) -> tuple[object, ...]:
    """Lay a form out of what was collected."""
    from reception import wording
    from reception.paper import fonts, making

    fonts.refresh()  # somebody may just have installed the font that was lacking
    data, style = pickle.loads(parcel)
    if first:
        return making.write(form, data, wording.load(language), style, stamp, path, first=True), None, None
    pages = making.write(form, data, wording.load(language), style, stamp, path, partial(_progress, answers))
    return pages, None, _unprinted(form, data)


def ledger(
    place: str,
    desk: str,
    operator: str,
    form: str,
    arguments: Mapping[str, Any],
    language: str,
    paper: str,
    uid: str,
    path: str,
    answers: BinaryIO,
) -> tuple[object, ...]:
    """Collect, commit and lay out in one go, with the register open only as long as it is read."""
    from reception import wording
    from reception.desk import Desk, default_place
    from reception.operations import printing
    from reception.paper import making, prints

    tell: Progress = partial(_progress, answers)
    act = uuid.UUID(uid) if uid else None
    opened = Desk.open(place or default_place(), desk=desk, operator=operator, seen=True)
    try:
        gathered = opened.ask(prints.gather, form, language, paper=paper, uid=act, **arguments)
        stamp = gathered.preview_stamp
        if act is not None:
            stamp = opened.do(printing.commit, gathered.promise, uid=act)
    finally:
        opened.close()
    if (reach := getattr(gathered.data, "reach", None)) is not None:
        tell = partial(_entries, answers, reach)
    pages = making.write(form, gathered.data, wording.load(language), gathered.style, stamp, path, tell)
    return pages, stamp, _unprinted(form, gathered.data)


def _unprinted(form: str, data: object) -> object:
    """What no font of this computer can print of it; None when everything can."""
    from reception.paper import fonts, forms

    if not any(fonts.chain(name).boxed for name in (fonts.REGULAR, fonts.BOLD)):
        return None  # nothing was boxed in this process, so there is no need to look
    from reception.paper.fonts import missing

    return missing.find(forms.get(form).lines(data)) or None


def _progress(answers: BinaryIO, pages: int) -> None:
    if pages % _TOLD == 0:
        send(answers, ("progress", pages, 0))


def _entries(answers: BinaryIO, reach: Any, pages: int) -> None:
    """Tell of a long form how many of its entries are laid out: how many pages there will be nobody knows."""
    if pages % _TOLD == 0:
        send(answers, ("progress", reach.told, reach.count))


def _exactly(stream: BinaryIO, count: int) -> bytes:
    content = stream.read(count)
    if len(content) < count:
        raise EOFError
    return content


def main() -> None:
    """Serve standard input and output; whatever prints is sent to standard error, not between the answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
