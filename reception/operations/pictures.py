"""Pictures for the head of a form. A picture stays as it is; a setting says which one stands there."""

from __future__ import annotations

import uuid

from sqlalchemy import insert, select

from reception import journal, proofs, tables
from reception.context import Session
from reception.errors import InputError
from reception.operations import cleaning, touching

MOST = 1_000_000
"""Bytes: a logo on paper is a few square centimetres, and the register carries it in every backup."""
_P = tables.picture
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def keep(session: Session, name: str, content: bytes, *, uid: uuid.UUID) -> str:
    """Keep a picture; what it is found by. The same bytes again are the same picture.

    Raises:
        InputError: it is neither PNG nor JPEG, or too big.
    """
    done = journal.open_act(session, uid, "picture")
    digest = proofs.sha256(content)
    if done is not None or has(session, digest):
        return digest
    if not content.startswith(_BEGINNINGS):
        raise InputError("'{name}' is no picture that can be printed: take a PNG or JPEG file.", name=name)
    if len(content) > MOST:
        raise InputError("'{name}' is too big for a logo; it may have a megabyte at most.", name=name)
    values = {"name": cleaning.required(name, "name")[:200], "digest": digest, "content": content}
    result = session.connection().execute(insert(_P), values)
    picture_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    told = {"record": touching.created(values, skip=frozenset({"content"}))}
    journal.append(session, "create", ("picture", picture_id), told, uid)
    return digest


def has(session: Session, digest: str) -> bool:
    """Whether the register holds this picture."""
    return session.connection().scalar(select(_P.c.id).where(_P.c.digest == digest)) is not None


def content(session: Session, digest: str) -> bytes | None:
    """The bytes of a picture; None for one that is not there."""
    found = session.connection().scalar(select(_P.c.content).where(_P.c.digest == digest))
    return bytes(found) if found is not None else None
