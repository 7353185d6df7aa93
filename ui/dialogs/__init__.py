"""Dialogs that are opened by a classmethod and return data."""
