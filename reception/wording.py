"""The words of windows and paper in one language, from the one gettext catalogue.

Source strings are English; ``zh_CN`` is complete. Nothing is global here: whoever speaks is handed a
``Wording``.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import os
import struct

import resources
from reception.shapes import dataclass

LANGUAGES = ("zh_CN", "en")


def N_(message: str) -> str:
    """Mark a string for translation where it is defined; it is translated where it is shown."""
    return message


def NP_(_context: str, message: str) -> str:
    """As ``N_``, for a message that is translated as it is meant in a context."""
    return message


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words."""

    language: str
    translations: gettext.NullTranslations

    def gettext(self, message: str) -> str:
        """The message in this language; itself where there is no translation."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The message in the form that ``n`` asks for."""
        return self.translations.ngettext(one, many, n)

    def pgettext(self, context: str, message: str) -> str:
        """The message as it is meant in ``context``."""
        return self.translations.pgettext(context, message)


class _Compiled(gettext.NullTranslations):
    """A compiled catalogue, of which each message is read when it is first said.

    Python's own reader takes all of them apart at once, which takes longer than a page of any list, and the
    window says a tenth of them before it is painted. The language has one form for all numbers.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self._known: dict[str, str] = {}
        order = "<" if data[:1] == b"\xde" else ">"  # as the machine that compiled it writes numbers
        count, ids, words = struct.unpack_from(f"{order}3I", data, 8)
        self._words = struct.unpack_from(f"{order}{2 * count}I", data, words)
        places = struct.unpack_from(f"{order}{2 * count}I", data, ids)
        self._at = {
            # Of a message with a plural the one is enough to find it by.
            data[place : place + length].partition(b"\0")[0]: at
            for at, (length, place) in enumerate(zip(places[::2], places[1::2], strict=True))
        }

    def _said(self, key: str, otherwise: str) -> str:
        found = self._known.get(key)
        if found is None:
            at = self._at.get(key.encode("utf-8", "surrogatepass"))
            if at is None:
                return otherwise
            length, place = self._words[2 * at : 2 * at + 2]
            found = self._known[key] = self._data[place : place + length].decode()
        return found

    def gettext(self, message: str) -> str:
        return self._said(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._said(msgid1, msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._said(f"{context}\4{message}", message)


@functools.lru_cache(maxsize=4)
def load(language: str) -> Wording:
    """The wording of ``zh_CN`` or ``en``; anything else falls back to English."""
    if language == "zh_CN":
        place = resources.FOLDER / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo"
        return Wording("zh_CN", _Compiled(place.read_bytes()))
    return Wording("en", gettext.NullTranslations())


def system_language() -> str:
    """The language to start with: Chinese where the computer speaks Chinese, else English."""
    import locale  # the first start asks, later ones know

    words = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    with contextlib.suppress(ValueError):  # a locale that Python cannot read says nothing
        words.append(locale.getlocale()[0] or "")
    first = next((word for word in words if word), "")
    return "zh_CN" if first.lower().startswith(("zh", "chinese")) else "en"
