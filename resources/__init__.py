"""Fonts, icons, translations and site templates, read with `importlib.resources`."""
