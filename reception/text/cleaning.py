r"""Cleaning of typed and pasted text: what cannot be seen goes, what can be seen stays as it was typed.

No Unicode normalisation here: NFKC would turn the Chinese punctuation of prose into ASCII, and even NFC
replaces the compatibility ideographs (U+F900…) that stand in some people's registered names. Markup (``<b>``)
and formulas (``=1+1``) are text like any other. The sets are written out instead of being asked from
``unicodedata``, so that every Python version, whatever its Unicode tables, cleans alike; unassigned code
points stay, because they may be Han characters that are newer than the tables.
"""

from __future__ import annotations

import re
import unicodedata

from reception.text.patterns import later

LONG = 10_000
"""Limit in code points for subject, request and outcome."""
SHORT = 200
"""Limit in code points for every other text."""

# Controls, soft hyphen, bidi and format controls, Hangul and other fillers, annotation and object anchors,
# noncharacters, lone surrogates, tags. Not U+0600–0605, U+06DD …: Arabic format characters that are seen.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(p + 0xFFFE)}-{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000)
)
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ud800-\udfff\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff" + _NONCHARACTERS
)
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u205f\u2800\u3000"
_BREAKS = "\x0b\x0c\r\x85\u2028\u2029"
_JOINERS = "\u180e\u200c\u200d"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MONGOLIAN = "\u1800-\u18aa"
# Scripts in which a joiner or non-joiner between two letters changes what is read (Arabic as Uyghur and
# Kazakh are written, Indic, Myanmar, Khmer, Mongolian). Anywhere else these characters are an accident of
# copying.
_JOINING = later(
    f"[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff{_MONGOLIAN}\ufb50-\ufdff\ufe70-\ufefc]"
)
_EMOJI = later("[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")

_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
# The supplement has compatibility mappings for two characters only. These are the further ones that look like
# a whole character and that PDF readers hand out in its place (Unicode: EquivalentUnifiedIdeograph.txt).
_SUPPLEMENT = (
    "⺁厂 ⺄乙 ⺈刀 ⺉刂 ⺊卜 ⺎兀 ⺐尢 ⺒巳 ⺓幺 ⺙攵 ⺛旡 ⺝月 ⺟母 ⺠民 ⺧牛 ⺩王 ⺫目 ⺬示 "
    "⺻聿 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑長 ⻓长 ⻔门 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 "
    "⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
)
_RADICALS.update((pair[0], pair[1]) for pair in _SUPPLEMENT.split())

_ODD = later(f"[{_INVISIBLE}{_BLANKS}{_BREAKS}{_JOINERS}{_SELECTORS}\u202f\u2e80-\u2fd5]")
_INVISIBLE_RE = later(f"[{_INVISIBLE}]+")
_BLANK_RE = later(f"[{_BLANKS}]|(?<![{_MONGOLIAN}])\u202f|\u202f(?![{_MONGOLIAN}])")
_BREAK_RE = later(f"\r\n|[{_BREAKS}]")
_JOINER_RE = later(f"[{_JOINERS}]+")
_SELECTOR_RE = later(f"([^\\s{_BLANKS}{_SELECTORS}{_JOINERS}][{_SELECTORS}])[{_SELECTORS}]*|[{_SELECTORS}]+")
_RADICAL_RE = later("[\u2e80-\u2fd5]")
_RUN_RE = later("[ \n]{2,}|\n")
_TRAILING_RE = later(" +(?=\n)")

_SEPARATORS = "•‧・．·･∙⋅․﹒"
# Letters from the CJK blocks on; so written, because a class of all Han ranges takes 5 ms to compile.
_EASTERN = "[^\\W\\d_\x00-\u2e7f]"
_SEPARATOR_RE = later(f"(?<=[^\\W\\d_]|[{_SELECTORS}]) ?[{_SEPARATORS}] ?(?=[^\\W\\d_])")
_STOP_RE = later(f"(?<={_EASTERN})\\.(?={_EASTERN})")
_SPACED_NAME_RE = later(f"{_EASTERN}[{_SELECTORS}]?(?: {_EASTERN}[{_SELECTORS}]?){{1,3}}")
_PRIVATE_RE = later("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def clean_line(text: str) -> str:
    """``text`` fit for a one-line field: breaks and tabs become spaces, runs of spaces one, ends stripped.

    Runs are collapsed because in one line they only ever come from a table's columns or from padding, and
    because two spellings of one address would otherwise be two addresses.
    """
    return _RUN_RE.sub(" ", _visible(text)).strip(" ")


def clean_text(text: str) -> str:
    r"""``text`` fit for subject, request and outcome: line breaks kept as ``\n``, ends of lines stripped.

    Runs of spaces inside a line stay: they align columns or open a paragraph, and formulas stay verbatim.
    """
    return _TRAILING_RE.sub("", _visible(text)).strip(" \n")


def clean_name(text: str) -> str:
    """A person's or an organisation's name: ``clean_line``, one separator ``·`` between the parts of a name.

    • ‧ ・ ． between letters become U+00B7, and so does a full stop between two Han characters
    (阿卜杜拉.买买提). The padding of short names in tables (``王　芳``) goes, because it would make another
    person of the same one.
    """
    name = _STOP_RE.sub("·", _SEPARATOR_RE.sub("·", clean_line(text)))
    return name.replace(" ", "") if _SPACED_NAME_RE.fullmatch(name) else name


def private_use(text: str) -> tuple[str, ...]:
    """The private-use code points in ``text``, each once, as ``U+E81E``: accepted, with a warning."""
    return tuple(dict.fromkeys(f"U+{ord(character):04X}" for character in _PRIVATE_RE.findall(text)))


def length(text: str) -> int:
    """Length in code points: 𬱖 counts one, unlike in Qt's or JavaScript's UTF-16."""
    return len(text)


def _visible(text: str) -> str:
    if not _ODD.search(text):
        return text
    text = _INVISIBLE_RE.sub("", _BREAK_RE.sub("\n", text))
    text = _RADICAL_RE.sub(lambda match: _RADICALS.get(match[0], match[0]), text)
    # One selector belongs to one visible character; more of them, or one without a character, hide data.
    text = _SELECTOR_RE.sub(lambda match: match[1] or "", text)
    # Blanks last: whether U+202F stays depends on what is left beside it.
    return _BLANK_RE.sub(" ", _JOINER_RE.sub(_joiner, text))


def _joiner(match: re.Match[str]) -> str:
    """The one joiner of a run that means something between its neighbours, or nothing."""
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    if _is_joining(before) and _is_joining(after):
        mongolian = re.fullmatch(f"[{_MONGOLIAN}{_SELECTORS}]", before) is not None
        return next((joiner for joiner in match[0] if joiner != "\u180e" or mongolian), "")
    if "\u200d" in match[0] and _EMOJI.match(after) and (_EMOJI.match(before) or before == "\ufe0f"):
        return "\u200d"
    return ""


def _is_joining(character: str) -> bool:
    if not character:
        return False
    return bool(_JOINING.match(character)) and unicodedata.category(character)[0] in "LM"
