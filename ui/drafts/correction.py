"""What is changed in an entry that is shown, as a draft: only the changes, upon the version that was seen."""

from __future__ import annotations

import dataclasses
import uuid

from ui.today.drafts import Draft
from ui.today.form import EntryForm

_PEOPLE = "correction.people"
_AGAIN = "correction.again"


def changes(
    form: EntryForm, shown: Draft, *, uid: uuid.UUID, entry_id: int, version: int | None, again: bool
) -> Draft:
    """The changes of a form.

    Args:
        form: as it stands now.
        shown: as it was when the entry had been read.
        uid: of the correction.
        entry_id: the entry.
        version: the version that was shown.
        again: another referral is being written.
    """
    now = form.draft()
    raw = {
        name: field.raw
        for name, field in form.fields.items()
        if field.raw != shown.raw.get(name, field.empty)
    }
    people: dict[str, bool] = {_PEOPLE: True} if now.people != shown.people else {}
    referring: dict[str, bool] = {_AGAIN: True} if again else {}
    return dataclasses.replace(
        now, uid=uid, raw={**raw, **people, **referring}, entry_id=entry_id, version=version
    )


def upon(shown: Draft, kept: Draft) -> Draft:
    """The entry as the register has it now, with the changes that were kept."""
    people = kept.people if _PEOPLE in kept.raw else shown.people
    raw = {name: value for name, value in kept.raw.items() if name not in (_PEOPLE, _AGAIN)}
    return dataclasses.replace(kept, kind=shown.kind, raw={**shown.raw, **raw}, people=people, by_hand=True)


def refers_again(kept: Draft) -> bool:
    """Whether another referral was being written."""
    return _AGAIN in kept.raw
