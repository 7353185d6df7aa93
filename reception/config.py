"""What belongs to this installation and not to the site: desk code, language, look, place of the register.

Kept as one small JSON file in the user's configuration folder. It is never shared: two desks of one site have
two of them. Losing it loses nothing but comfort: an unreadable file is set aside and the defaults are used.
"""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

import platformdirs

from reception.shapes import dataclass

THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of this installation.

    ``scale`` is the size of everything in per cent; ``language`` is ``""`` to follow the computer; ``place``
    is ``""`` for the usual place; ``geometry`` is what ``QWidget.saveGeometry`` gave, in hexadecimal;
    ``operator`` is who sat here last, ``officer`` who did at a department's inbox, whose geometry is
    ``inbox``; ``spoken`` is the language of the register that was open last, in which the next start begins.
    """

    desk: str = ""
    language: str = ""
    theme: str = "system"
    scale: int = 100
    place: str = ""
    geometry: str = ""
    operator: str = ""
    spoken: str = ""
    officer: str = ""
    inbox: str = ""


def default_path() -> Path:
    """Where the file lies on this computer."""
    return platformdirs.user_config_path("reception-desk", appauthor=False) / "desk.json"


def backup_folder() -> Path:
    """Where the automatic backups of this installation lie."""
    return platformdirs.user_data_path("reception-desk", appauthor=False) / "backups"


def drafts_folder() -> Path:
    """Where what is typed and not saved lies, for this user only."""
    return platformdirs.user_data_path("reception-desk", appauthor=False) / "drafts"


def load(path: Path | None = None) -> Config:
    """Read the settings; whatever is missing or makes no sense has its default.

    A file that is not JSON is renamed to ``desk.json.unreadable`` so that it can still be looked at.
    """
    path = path or default_path()
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError:
        return Config()
    except ValueError:
        _set_aside(path)
        return Config()
    return _sensible(found) if isinstance(found, dict) else Config()


def save(config: Config, path: Path | None = None) -> None:
    """Write the settings; the file is either the old one or the new one, never half of either.

    Raises:
        OSError: the folder cannot be written.
    """
    path = path or default_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(dataclasses.asdict(config), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def change(path: Path | None = None, **values: Any) -> Config:
    """Change some of the settings and keep the others as they lie on the disk now.

    Raises:
        OSError: the folder cannot be written.
    """
    config = dataclasses.replace(load(path), **values)
    save(config, path)
    return config


def _sensible(found: dict[str, Any]) -> Config:
    defaults = dataclasses.asdict(Config())
    kept: dict[str, Any] = {
        name: found[name] for name in defaults if type(found.get(name)) is type(defaults[name])
    }
    if kept.get("theme") not in THEMES:
        kept.pop("theme", None)
    if not 50 <= kept.get("scale", 100) <= 400:
        kept.pop("scale")
    return Config(**kept)


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".unreadable"))
    except OSError:
        return  # it stays where it is and is written over by the next change
