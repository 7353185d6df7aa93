"""Fonts, icons, translations and site templates.

Read with ``importlib.resources``, or from `FOLDER` where the start of the window would wait for that.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where they lie; an installed wheel is unpacked."""
