"""A picture file of the computer becomes one that the register keeps."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from reception.errors import SurroundingsError

if TYPE_CHECKING:
    from reception.context import Session


def keep_file(session: Session, path: str, *, uid: uuid.UUID) -> str:
    """Keep the picture in a file; what it is found by.

    Raises:
        SurroundingsError: the file cannot be read; InputError: it is no picture, or too big.
    """
    from reception.operations import pictures

    place = Path(path)
    try:
        content = place.read_bytes()
    except OSError as error:
        raise SurroundingsError(
            "'{path}' cannot be read: {reason}.", path=path, reason=error.strerror or str(error)
        ) from error
    return pictures.keep(session, place.name, content, uid=uid)
