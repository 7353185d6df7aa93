"""Whether a text bears a security marking (密级标志): 绝密, 机密, 秘密, as they stand on a classified paper.

A marking stands alone, before or behind a title, between brackets, after 密级, or with its star and period
(保守国家秘密法实施条例: 机密★10年). In prose the same words are innocent: 商业秘密, 窃取国家机密, 秘密侦查.
"""

from __future__ import annotations

from reception.text.patterns import later

_WORD = r"(?P<word>绝\s*密|机\s*密|秘\s*密)"
_SPAN = r"(?:长期|永久|启封前|公布前|解密前|[\d一二三四五六七八九十]+\s*(?:年|个?月|日))"
_PERIOD = rf"(?:\s*级)?(?:\s*[★☆⭐✩✭✮✯*＊]\s*{_SPAN}?)?"
_STAR = later(_WORD + r"(?:\s*级)?\s*[★☆⭐✩✭✮✯]")
_DEGREE = later(r"(?:密\s*级|涉密等级|保密等级)\s*[:：=\s]\s*" + _WORD)
_OPENING, _CLOSING = r"[（(【\[〔《<＜「『﹝｛{]", r"[）)】\]〕》>＞」』﹞｝}]"
_BRACKETS = later(_OPENING + r"\s*" + _WORD + _PERIOD + r"\s*" + _CLOSING)
_APART = r"[\s,，:：;；、·•|/\\\-—–_]"
_FIRST = later(r"\s*" + _WORD + _PERIOD + r"(?:" + _APART + r"|关于|$)")
_LAST = later(r"(?:^|" + _APART + r")" + _WORD + _PERIOD + r"\s*$")
_ANYWHERE = later(_WORD)
_NONE = frozenset({"", "无", "没有", "公开", "非密", "普通", "一般", "-", "—", "none", "no", "public"})


def marking(text: str) -> str | None:
    """The marking that a title or another line bears, such as ``机密``; None for none."""
    for line in text.splitlines():
        for pattern in (_STAR, _DEGREE, _BRACKETS):
            if found := pattern.search(line):
                return _plain(found["word"])
        if found := _FIRST.match(line) or _LAST.search(line):
            return _plain(found["word"])
    return None


def marking_in_number(text: str) -> str | None:
    """The marking that a document number bears, where it stands in no prose; None for none."""
    found = _ANYWHERE.search(text)
    return _plain(found["word"]) if found else None


def is_marked(field: str) -> bool:
    """Whether the field in which a register has the marking says that there is one."""
    return "".join(field.split()).casefold() not in _NONE


def _plain(word: str) -> str:
    return "".join(word.split())
