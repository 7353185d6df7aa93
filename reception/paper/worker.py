"""The process that lays forms out for the window: ``python -m reception.paper.worker``.

ReportLab holds the interpreter lock while it lays out, which in the window's own process would stop the
window. The child lives as long as its standard input. Each message is a pickle after its length in eight
bytes, big-endian:

- asked: ``(form, data, language, path, style, stamp)``: ``("daily_sheet", DaySheet(…), "en", "/…/day.pdf",
  Style(…), Stamp(…))``; without a style (None) the form's own is taken
- answered: ``("done", pages)``, or ``("error", template, values)`` of the DeskError that stopped it

Anything else that goes wrong is a bug: the child says what on standard error and ends, and its owner starts
another.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any, BinaryIO

from reception.errors import DeskError

HEAD = 8
"""Bytes of the length before each pickle."""


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
    from reception import wording
    from reception.paper import daily_layout, fonts, making, page  # noqa: F401 - read before the first request, not during it

    for name in (fonts.REGULAR, fonts.BOLD):
        fonts.chain(name)
    while True:
        try:
            form, data, language, path, style, stamp = receive(requests)
        except EOFError:
            return
        try:
            pages = making.write(form, data, wording.load(language), style, stamp, path)
        except DeskError as error:
            send(
                answers, ("error", error.template, {name: str(value) for name, value in error.values.items()})
            )
        else:
            send(answers, ("done", pages))


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
