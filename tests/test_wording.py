"""The words of a language, as the compiled catalogue has them."""

from __future__ import annotations

import gettext

import resources
from reception.wording import load

PLACE = resources.FOLDER / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo"


def test_every_message_is_said_as_pythons_own_reader_says_it() -> None:
    with PLACE.open("rb") as file:
        whole = gettext.GNUTranslations(file)
    ours = load("zh_CN")
    keys = [key for key in whole._catalog if key]  # type: ignore[attr-defined]
    assert len(keys) > 1000
    for key in keys:
        if isinstance(key, tuple):  # a message with a plural, and which of its forms
            for number in (0, 1, 2, 100):
                assert ours.ngettext(key[0], "?", number) == whole.ngettext(key[0], "?", number)
        elif "\x04" in key:
            assert ours.pgettext(*key.split("\x04")) == whole.pgettext(*key.split("\x04"))
        else:
            assert ours.gettext(key) == whole.gettext(key)


def test_what_is_not_translated_is_said_as_it_is_written() -> None:
    ours = load("zh_CN")
    assert ours.gettext("no message of ours 王") == "no message of ours 王"
    assert ours.gettext("\ud800") == "\ud800"
    assert ours.pgettext("window", "no message of ours") == "no message of ours"
    assert [ours.ngettext("{n} ours", "{n} of ours", n) for n in (0, 1, 2)] == [
        "{n} of ours",
        "{n} ours",
        "{n} of ours",
    ]
    assert load("fr").gettext("Settings") == "Settings"
