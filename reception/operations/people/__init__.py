"""People who return: recalled while they are typed, merged and noted in the Directory."""

from __future__ import annotations

from reception.operations.people.knowing import find, history, notes_on, person
from reception.operations.people.noting import merge, save_note, unmerge
from reception.operations.people.recalling import recall

__all__ = ["find", "history", "merge", "notes_on", "person", "recall", "save_note", "unmerge"]
