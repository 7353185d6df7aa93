"""The build's own step: translations are compiled where they lie and go into the wheel."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every ``messages.po`` below ``root``; fuzzy translations are left out.

    A file that is already right is left alone, so that builds side by side do not disturb readers.
    """
    compiled = []
    for source in sorted(root.glob("resources/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        content = io.BytesIO()
        write_mo(content, catalogue)
        target = source.with_suffix(".mo")
        if target.exists() and target.read_bytes() == content.getvalue():
            target.touch()
        else:
            unfinished = target.with_suffix(".mo.part")
            unfinished.write_bytes(content.getvalue())
            unfinished.replace(target)
        compiled.append(target)
    return compiled


class TranslationsBuildHook(BuildHookInterface[Any]):
    """Makes the ``.mo`` files before hatchling collects what goes into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; `artifacts` in pyproject.toml lets the git-ignored results in."""
        compile_catalogues(Path(self.root))
