"""TOML tables that are read strictly, with the line of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
LANGUAGES = ("zh_CN", "en")


class TemplateError(ValueError):
    """A template is wrong; the message begins with its file and line. A bug of ours, not of the user's."""


class Lines:
    """Where things stand in a template's text: tomllib does not tell."""

    def __init__(self, code: str, text: str) -> None:
        self._code = code
        self._lines = text.splitlines()

    def at(self, header: str, index: int = 0) -> Callable[[str, str], TemplateError]:
        """What makes the error for a key of the ``index``-th table under ``header``."""

        def wrong(key: str, message: str) -> TemplateError:
            start = self._headers(header)[index : index + 1] or [0]
            line = next(self._with(key, start[0]), start[0])
            return TemplateError(f"{self._code}.toml:{line + 1}: {key}: {message}")

        return wrong

    def _headers(self, header: str) -> list[int]:
        return [number for number, line in enumerate(self._lines) if line.strip() == header]

    def _with(self, key: str, start: int) -> Iterator[int]:
        for number in range(start, len(self._lines)):
            line = self._lines[number].strip()
            if number > start and line.startswith("[["):
                return
            if re.match(rf"(\[\w+\.)?{re.escape(key)}\s*[=\]]", line):
                yield number


class Table:
    """One TOML table, emptied as it is read, so that a misspelt key is noticed."""

    def __init__(self, data: Any, language: str, wrong: Callable[[str, str], TemplateError]) -> None:
        self._data: dict[str, Any] = dict(data)
        self._language = language
        self._wrong = wrong

    def expect(self, right: bool, key: str, message: str) -> None:
        """Raise TemplateError at the line of ``key`` unless it is ``right``."""
        if not right:
            raise self._wrong(key, message)

    def take(self, key: str, kind: type[T], default: T) -> T:
        """The value of ``key``, which must be of this very ``kind``."""
        value = self._data.pop(key, default)
        if type(value) is not kind:
            raise self._wrong(key, f"is no {kind.__name__}")
        return value

    def text(self, key: str, *, needed: bool = False) -> str:
        """The text of ``key`` in the table's language, ``""`` where there is none."""
        value = self._in_language(key, "")
        self.expect(isinstance(value, str), key, "is no text")
        self.expect(bool(value) or not needed, key, "is needed")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts of ``key`` in the table's language."""
        value = self._in_language(key, [])
        self.expect(isinstance(value, list), key, "is no list")
        self.expect(all(isinstance(one, str) and one for one in value), key, "is a list of texts")
        return tuple(value)

    def done(self) -> None:
        """Raise TemplateError for a key that nobody has asked for."""
        for key in self._data:
            raise self._wrong(key, "is not known")

    def _in_language(self, key: str, default: Any) -> Any:
        value = self._data.pop(key, default)
        if not isinstance(value, dict):
            return value
        self.expect(set(value) == set(LANGUAGES), key, f"needs {' and '.join(LANGUAGES)}")
        return value[self._language]
