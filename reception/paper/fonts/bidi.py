"""In which order a line with letters from right to left is drawn (Unicode Standard Annex 9).

The rules for what people type: W1-W7, N0-N2, I1-I2, L1-L2. Marks that embed, override and isolate are not
among them: the register keeps none (``reception.text.cleaning``).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

_PAIRS = "()[]{}⁅⁆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_MIRRORED = {**_CLOSING, **_OPENING, "<": ">", ">": "<", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_NESTED = 63
"""Brackets open at once, beyond which the rest is not paired (BD16)."""
_STRONG = frozenset(("L", "R", "AL"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON"))
_RIGHT = frozenset(("R", "AL"))
_STEERING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


@functools.lru_cache(4096)
def kind(char: str) -> str:
    """The bidirectional class (UAX 9, table 4); what has none, or steers only, is ``BN``."""
    found = unicodedata.bidirectional(char) or "L"
    return "BN" if found in _STEERING else found


def turns(text: str) -> bool:
    """Whether any of it runs from right to left."""
    return not {"R", "AL", "AN"}.isdisjoint(map(kind, text))


def base(text: str) -> int:
    """1 for a line all of whose letters run from right to left, else 0.

    The forms run from left to right, and a Uyghur name before Chinese words belongs before them; a line in
    Uyghur alone has its full stop at its left.
    """
    kinds = set(map(kind, text))
    return 1 if kinds & _RIGHT and "L" not in kinds else 0


def mirrored(char: str) -> str:
    """The character that is drawn for it from right to left (L4)."""
    return _MIRRORED.get(char, char)


def runs(of: Sequence[int]) -> list[tuple[int, int, int]]:
    """``(level, start, end)`` of a line with these levels, from left to right as they are drawn (L2).

    What has an odd level is drawn from right to left.
    """
    found: list[tuple[int, int, int]] = []
    for index, level in enumerate(of):
        if found and found[-1][0] == level:
            found[-1] = level, found[-1][1], index + 1
        else:
            found.append((level, index, index + 1))
    highest = max((level for level, _start, _end in found), default=0)
    for threshold in range(highest, 0, -1):
        start = None
        for place in range(len(found) + 1):
            inside = place < len(found) and found[place][0] >= threshold
            if inside and start is None:
                start = place
            elif not inside and start is not None:
                found[start:place] = found[start:place][::-1]
                start = None
    return found


def levels(text: str, paragraph: int) -> list[int]:
    """The embedding level of each character of a line."""
    all_kinds = [kind(char) for char in text]
    kept = [index for index, one in enumerate(all_kinds) if one != "BN"]
    original = [all_kinds[index] for index in kept]
    kinds = list(original)
    outside = "R" if paragraph % 2 else "L"
    _weak(kinds, outside)
    _brackets([text[index] for index in kept], original, kinds, outside)
    _neutral(kinds, outside)
    of_kept = {index: paragraph + _above(one, paragraph) for index, one in zip(kept, kinds, strict=True)}
    found, last = [], paragraph
    for index in range(len(text)):
        last = of_kept.get(index, last)
        found.append(last)
    for index in range(len(text) - 1, -1, -1):  # L1
        if all_kinds[index] not in ("WS", "BN", "B", "S"):
            break
        found[index] = paragraph
    for index, one in enumerate(all_kinds):
        if one in ("B", "S"):
            found[index] = paragraph
    return found


def _above(one: str, level: int) -> int:
    """I1, I2."""
    if level % 2 == 0:
        return 1 if one == "R" else 2 if one in ("AN", "EN") else 0
    return 0 if one == "R" else 1


def _weak(kinds: list[str], outside: str) -> None:
    previous, strong = outside, outside
    for index, one in enumerate(kinds):  # W1, W2, W3 at once: each looks back only
        if one == "NSM":
            one = kinds[index] = previous
        if one in _STRONG:
            strong = one
        elif one == "EN" and strong == "AL":
            kinds[index] = one = "AN"
        previous = one
    kinds[:] = ["R" if one == "AL" else one for one in kinds]
    for index in range(1, len(kinds) - 1):  # W4
        before, one, after = kinds[index - 1 : index + 2]
        if before == after and ((one == "ES" and before == "EN") or (one == "CS" and before in ("EN", "AN"))):
            kinds[index] = before
    _terminators(kinds)
    strong = outside
    for index, one in enumerate(kinds):  # W6, W7
        if one in ("ES", "ET", "CS"):
            kinds[index] = "ON"
        elif one in ("L", "R"):
            strong = one
        elif one == "EN" and strong == "L":
            kinds[index] = "L"


def _terminators(kinds: list[str]) -> None:
    """W5: signs of currency and per cent go with the number beside them."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > index and "EN" in (
            kinds[index - 1] if index else "",
            kinds[end] if end < len(kinds) else "",
        ):
            kinds[index:end] = ["EN"] * (end - index)
        index = max(end, index + 1)


def _strength(one: str) -> str:
    return "R" if one in ("R", "EN", "AN") else one


def _brackets(text: Sequence[str], original: Sequence[str], kinds: list[str], outside: str) -> None:
    """N0: a pair of brackets takes the direction of what it holds."""
    for start, end in sorted(_pairs(text, kinds)):
        inside = {_strength(one) for one in kinds[start + 1 : end]} & {"L", "R"}
        if not inside:
            continue
        direction = outside
        if outside not in inside:
            before = (_strength(one) for one in reversed(kinds[:start]))
            context = next((one for one in before if one in ("L", "R")), outside)
            direction = context if context != outside else outside
        for place in (start, end):
            kinds[place] = direction
            after = place + 1
            while after < len(kinds) and original[after] == "NSM":
                kinds[after] = direction
                after += 1


def _pairs(text: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for index, char in enumerate(text):
        if kinds[index] != "ON":
            continue
        if char in _CLOSING:
            if len(opened) == _NESTED:
                return found
            opened.append((_CLOSING[char], index))
        elif char in _OPENING:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == char:
                    found.append((opened[depth][1], index))
                    del opened[depth:]
                    break
    return found


def _neutral(kinds: list[str], outside: str) -> None:
    """N1, N2: what is neutral goes with its neighbours where they agree, else with the line."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > index:
            before = _strength(kinds[index - 1]) if index else outside
            after = _strength(kinds[end]) if end < len(kinds) else outside
            kinds[index:end] = [before if before == after else outside] * (end - index)
        index = max(end, index + 1)
