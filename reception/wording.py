"""The words of windows and paper in one language, from the one gettext catalogue.

Source strings are English; ``zh_CN`` is complete. Nothing is global here: whoever speaks is handed a
``Wording``.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import io
import locale
import os

import resources
from reception.shapes import dataclass

LANGUAGES = ("zh_CN", "en")


def N_(message: str) -> str:
    """Mark a string for translation where it is defined; it is translated where it is shown."""
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


@functools.lru_cache(maxsize=4)  # to read the catalogue takes longer than a page of any list
def load(language: str) -> Wording:
    """The wording of ``zh_CN`` or ``en``; anything else falls back to English."""
    if language == "zh_CN":
        place = resources.FOLDER / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo"
        with io.BytesIO(place.read_bytes()) as file:
            return Wording("zh_CN", gettext.GNUTranslations(file))
    return Wording("en", gettext.NullTranslations())


def system_language() -> str:
    """The language to start with: Chinese where the computer speaks Chinese, else English."""
    words = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    with contextlib.suppress(ValueError):  # a locale that Python cannot read says nothing
        words.append(locale.getlocale()[0] or "")
    first = next((word for word in words if word), "")
    return "zh_CN" if first.lower().startswith(("zh", "chinese")) else "en"
