"""Drafts as bytes and back: one line of check sum, one of JSON.

What another version of the program wrote and this one does not know is left out field by field, so that one
strange value never costs the rest of what was typed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from reception import facts
from ui.today.drafts import Draft

_FORMAT = 1
_log = logging.getLogger(__name__)


class Unreadable(ValueError):
    """These bytes are no drafts, or only a part of them."""


def to_bytes(drafts: Iterable[Draft]) -> bytes:
    """The drafts with a check sum before them."""
    import hashlib  # opens OpenSSL: not before the first paint

    body = json.dumps([_draft(one) for one in drafts], ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    return f"{_FORMAT} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def from_bytes(found: bytes) -> tuple[Draft, ...]:
    """The drafts of ``to_bytes``. Raises Unreadable."""
    import hashlib  # opens OpenSSL: not before the first paint

    head, _sep, body = found.partition(b"\n")
    if head != f"{_FORMAT} {hashlib.sha256(body).hexdigest()}".encode():
        raise Unreadable("the check sum differs")
    try:
        rows = json.loads(body.decode("utf-8", "surrogatepass"))
        return tuple(_undraft(row) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)) from error


def _draft(one: Draft) -> dict[str, Any]:
    # By the fields that a draft has, so that a new one is kept without a word here.
    names = (field.name for field in dataclasses.fields(one) if field.name not in ("raw", "error"))
    found = {name: _pack(getattr(one, name)) for name in names}
    return {**found, "raw": {name: _pack(value) for name, value in one.raw.items()}}


def _undraft(row: dict[str, Any]) -> Draft:
    names = {field.name for field in dataclasses.fields(Draft)} - {"raw", "error"}
    found = {name: _unpack(value) for name, value in row.items() if name in names}
    raw: dict[str, Any] = {}
    for name, value in row["raw"].items():
        try:
            raw[name] = _unpack(value)
        except (ValueError, KeyError, TypeError, AttributeError):
            _log.warning("the kept field %s was written by another version and is left out", name)
    return Draft(**found, raw=raw)


def _pack(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return {"enum": type(value).__name__, "value": value.value}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, uuid.UUID):
        return {"uuid": str(value)}
    if isinstance(value, dt.datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, tuple | list):
        return [_pack(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: _pack(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return {"fact": type(value).__name__, "fields": fields}
    raise TypeError(f"a field of a form holds a {type(value).__name__}, which cannot be kept")


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpack(one) for one in value)
    if not isinstance(value, dict):
        return value
    if "enum" in value:
        return _fact(value["enum"])(value["value"])
    if "uuid" in value:
        return uuid.UUID(value["uuid"])
    if "instant" in value:
        return dt.datetime.fromisoformat(value["instant"])
    cls = _fact(value["fact"])
    known = {one.name for one in dataclasses.fields(cls)}
    return cls(**{name: _unpack(one) for name, one in value["fields"].items() if name in known})


def _fact(name: str) -> Any:
    # Those of people are no part of `reception.facts`, which every start imports.
    from reception.facts import people

    return getattr(facts, name, None) or getattr(people, name)
