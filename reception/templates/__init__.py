"""The site templates: what a new register starts with, from ``resources/templates/*.toml``.

A text in a template is one string, or a table of strings by language. Nothing of a template is law to the
program: all of it can be changed once the register is made, but for the zone.
"""

from __future__ import annotations

from importlib import resources

from reception.errors import InputError
from reception.templates.reading import parse
from reception.templates.seeds import DepartmentSeed, LimitSeed, MatterSeed, SiteTemplate
from reception.templates.toml import LANGUAGES, TemplateError

__all__ = [
    "LANGUAGES",
    "DepartmentSeed",
    "LimitSeed",
    "MatterSeed",
    "SiteTemplate",
    "TemplateError",
    "available",
    "load",
    "parse",
]


def available() -> tuple[str, ...]:
    """The templates there are, in the order in which they are offered."""
    files = (resources.files("resources") / "templates").iterdir()
    return tuple(sorted((file.name[:-5] for file in files if file.name.endswith(".toml")), key=_offered))


def load(code: str, language: str) -> SiteTemplate:
    """The template ``code`` in ``language`` (``zh_CN`` or ``en``).

    Raises:
        InputError: there is no such template or language.
        TemplateError: the template itself is wrong.
    """
    if code not in available():
        raise InputError(
            "There is no template '{name}'; there are: {known}.",
            field="template",
            name=code[:60],
            known=", ".join(available()),
        )
    if language not in LANGUAGES:
        raise InputError("'{value}' is not known here.", field="language", value=language[:60])
    text = (resources.files("resources") / "templates" / f"{code}.toml").read_text(encoding="utf-8")
    return parse(code, text, language)


def _offered(code: str) -> tuple[bool, str]:
    return code != "hrss", code  # the model site first
