"""The typefaces of paper, and which of them prints which character."""

from reception.paper.fonts.chain import Advances, Chain, chain, library, refresh
from reception.paper.fonts.faces import BOLD, REGULAR, Face, face, to_unicode

__all__ = [
    "BOLD",
    "REGULAR",
    "Advances",
    "Chain",
    "Face",
    "chain",
    "face",
    "library",
    "refresh",
    "to_unicode",
]
