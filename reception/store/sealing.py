"""What is too big for the journal, beside the digest that the journal tells of it: prints and pictures."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from reception import proofs, tables
from reception.store.comparing import Rows
from reception.wording import N_

_P, _I = tables.printed, tables.picture
_AT_ONCE = 8
"""Rows read at a time: one of a year's ledger is a megabyte."""
_CHANGED = N_("What is kept of the print {code} is not what was printed.")
_COUNT = N_("The print {code} is said to be number {count} of its kind, but another one comes there.")


def seals(rows: Rows) -> Iterator[int]:
    """Compare; yields 0 from time to time."""
    note, few = rows.found.note, rows.connection.execution_options(stream_results=True, yield_per=_AT_ONCE)
    counts: dict[tuple[str, str], int] = {}
    columns = (_P.c.form, _P.c.subject, _P.c["count"].label("number"), _P.c.code, _P.c.lines.label("told"))
    sealed = (_P.c.digest, _P.c.salt_digest, _P.c.salt, _P.c.digests)
    with few.execute(select(*columns, *sealed).order_by(_P.c.id)) as prints:
        for row in prints:
            code = proofs.shown(row.code)
            counts[row.form, row.subject] = counts.get((row.form, row.subject), 0) + 1
            if row.number != counts[row.form, row.subject]:
                note(_COUNT, code=code, count=row.number)
                counts[row.form, row.subject] = row.number  # those that follow go on from it
            if not _whole(row.salt, row.salt_digest, row.digests, row.digest, row.told):
                note(_CHANGED, code=code)
            yield 0
    with few.execute(select(_I.c.name, _I.c.digest, _I.c.content).order_by(_I.c.id)) as kept:
        for one in kept:
            if not isinstance(one.content, bytes) or proofs.sha256(one.content) != one.digest:
                note(N_("The picture {name} is not the one that was chosen."), name=one.name)
            yield 0


def _whole(salt: object, salt_digest: str, digests: object, digest: str, lines: int) -> bool:
    """Whether salt and digests are those that the journal tells of; a salt may have been erased."""
    if salt is not None and (not isinstance(salt, bytes) or proofs.sha256(salt) != salt_digest):
        return False
    if not isinstance(digests, bytes) or proofs.sha256(digests) != digest:
        return False
    try:
        return len(proofs.unpack(digests)[0]) == lines
    except ValueError:
        return False
