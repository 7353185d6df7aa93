"""What proves a print: the code that a sheet bears, and a salted digest of each line on it.

A code has seven signs of Crockford's base 32 and one that checks them: over GF(32) it tells every mistyped
sign and every two that changed places. A line's digest is the first 16 bytes of SHA-256 over the print's
salt, the line's key and its values as canonical JSON. Without the salt nobody can guess a name from it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import unicodedata
import uuid
import zlib
from collections.abc import Iterable, Mapping
from enum import Enum

from reception.errors import InputError

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(SIGNS)} | {"O": 0, "I": 1, "L": 1}
_LENGTH = 8
_SIZE = 16
_FORMER, _FORMAT = b"\x01", b"\x02"
"""How digests are packed: formerly without the shape of their lines."""
_HEAD = 4


def code_of(uid: uuid.UUID, attempt: int = 0) -> str:
    """The code of a print by its act's uid; another one with each ``attempt``."""
    seed = hashlib.sha256(uid.bytes + attempt.to_bytes(2, "big")).digest()
    number = int.from_bytes(seed[:5], "big")
    values = [number >> 5 * place & 31 for place in range(_LENGTH - 1)]
    return "".join(SIGNS[value] for value in (*values, _times_x(_folded(values))))


def shown(code: str) -> str:
    """A code as it stands on paper: ``7K3Q-9ZTB``."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str:
    """The code that was typed or scanned, in any case, with or without dashes and blanks.

    Raises:
        InputError: it is too short or too long, holds a sign that no code has, or was mistyped.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    signs = "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Pd")
    values = [_VALUES.get(sign, -1) for sign in signs]
    if len(values) != _LENGTH or -1 in values:
        raise InputError(
            "'{text}' is no code of a sheet; it has eight letters and digits, like 7K3Q-9ZTB.",
            field="code",
            text=text.strip()[:40],
        )
    if _folded(values):
        raise InputError(
            "'{text}' is mistyped: its last sign does not fit the others. Look at the sheet again.",
            field="code",
            text=text.strip()[:40],
        )
    return "".join(SIGNS[value] for value in values)


def _folded(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total = _times_x(total) ^ value
    return total


def _times_x(value: int) -> int:
    """Multiply by x in GF(32) with x⁵ + x² + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def digests(salt: bytes, lines: Iterable[tuple[str, object]]) -> dict[str, bytes]:
    """The digest of each line by its key, in their order.

    Raises:
        ValueError: two lines have one key, or a key could not be kept.
    """
    begun = hashlib.sha256(salt)
    found: dict[str, bytes] = {}
    for key, values in lines:
        if key in found or "\n" in key or not key:
            raise ValueError(f"no key for a line, or not a second time: {key!r}")
        one = begun.copy()
        one.update(f"{key}\n{_canonical(values)}".encode("utf-8", "surrogatepass"))
        found[key] = one.digest()[:_SIZE]
    return found


def pack(lines: Mapping[str, bytes], corrected: Iterable[str] = (), shape: int = 0) -> bytes:
    """Digests as they are kept, and which of the lines were marked as corrected.

    ``shape`` (0 to 255) says which values the lines are made of (``Form.shape``).
    """
    marked = frozenset(corrected)
    keys = zlib.compress("\n".join(lines).encode())
    marks = bytearray((len(lines) + 7) // 8)
    for place, key in enumerate(lines):
        if key in marked:
            marks[place >> 3] |= 1 << (place & 7)
    head = (_FORMAT, bytes((shape,)), len(keys).to_bytes(_HEAD, "big"))
    return b"".join((*head, keys, *lines.values(), zlib.compress(marks)))


def shape_of(packed: bytes) -> int:
    """Which values the lines were made of; 0 of those that were packed without saying it."""
    return packed[1] if packed[:1] == _FORMAT else 0


def unpack(packed: bytes) -> tuple[dict[str, bytes], frozenset[str]]:
    """What was packed. Raises ValueError for what was not."""
    start = 2 if packed[:1] == _FORMAT else 1
    begin = start + _HEAD
    end = begin + int.from_bytes(packed[start:begin], "big")
    try:
        text = zlib.decompress(packed[begin:end]).decode()
        keys = text.split("\n") if text else []
        marks = zlib.decompress(packed[end + _SIZE * len(keys) :])
    except zlib.error as error:
        raise ValueError("no packed digests") from error
    if packed[:1] not in (_FORMER, _FORMAT) or len(marks) != (len(keys) + 7) // 8:
        raise ValueError("no packed digests")
    lines = {key: packed[end + _SIZE * at : end + _SIZE * (at + 1)] for at, key in enumerate(keys)}
    return lines, frozenset(key for at, key in enumerate(keys) if marks[at >> 3] >> (at & 7) & 1)


def sha256(content: bytes) -> str:
    """The SHA-256 of something, as the journal tells of what is too big for it."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be told apart on paper")


_canonical = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
).encode
