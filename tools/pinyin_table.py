"""Make the table of readings from pypinyin: ``python -m tools.pinyin_table``.

pypinyin takes 0.2 s and 58 MB to import, too much for a desk that wants a few characters read. The table
holds what names need: for each character the readings that are alive, and the words in which a character is
read otherwise than alone. It is made again when the pinned pypinyin changes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "resources" / "pinyin" / "readings.txt"
HEAD = "# Made by tools/pinyin_table.py from pypinyin's data (MIT, see LICENSE.txt beside this file).\n"
ENOUGH_WORDS = 10  # with fewer words of a character nothing is known about which of its readings are alive
LEAST_SHARE = 0.02  # of a character's words: rarer readings are of old books or of one proverb
MOST_READINGS = 4
LONGEST_WORD = 3  # longer ones are proverbs, and no department or matter is named by one


def table() -> str:
    """The table: lines of readings, a tab, and the characters or words (with blanks between) that have them.

    Readings carry their tone as a digit, 5 for none, and v for ü. A comma stands between the readings of one
    character, the likeliest first; a blank between the syllables of a word.
    """
    alone = {
        chr(code): _split(readings)
        for code, readings in PINYIN_DICT.items()
        if code >= 0x3400 or code == 0x3007
    }
    words = {
        word: [_tone3(place[0]) for place in places]
        for word, places in PHRASES_DICT.items()
        if len(word) == len(places) and all(character in alone for character in word)
    }
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in words.items():
        for character, syllable in zip(word, syllables, strict=True):
            uses[character][_bare(syllable)] += 1
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for character, readings in alone.items():
        lines[",".join(_alive(readings, uses[character]))].append(character)
    texts = [f"{key}\t{''.join(sorted(characters))}" for key, characters in sorted(lines.items())]
    lines.clear()
    for word, syllables in words.items():
        usual = [_bare(alone[character][0]) for character in word]
        if len(word) <= LONGEST_WORD and [_bare(syllable) for syllable in syllables] != usual:
            lines[" ".join(syllables)].append(word)
    texts += [f"{key}\t{' '.join(sorted(found))}" for key, found in sorted(lines.items())]
    return HEAD + "\n".join(texts) + "\n"


def _split(readings: str) -> list[str]:
    return [_tone3(reading) for reading in readings.split(",")]


def _tone3(syllable: str) -> str:
    # ê (欸) is on no keyboard
    return str(to_tone3(syllable, v_to_u=False, neutral_tone_with_five=True)).replace("ê", "e")


def _bare(syllable: str) -> str:
    return re.sub("[0-9]", "", syllable)


def _alive(readings: list[str], uses: Counter[str]) -> list[str]:
    """The first reading, and those others, different by more than the tone, that words bear out."""
    kept = {_bare(readings[0]): readings[0]}
    total = uses.total()
    for reading in readings[1:]:
        if total < ENOUGH_WORDS or uses[_bare(reading)] >= LEAST_SHARE * total:
            kept.setdefault(_bare(reading), reading)
    return list(kept.values())[:MOST_READINGS]


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
