"""A form as it would look by settings that are being typed, with the latest of its kind in the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reception import papers
from reception.facts.printing import Stamp
from reception.paper import forms, style
from reception.paper.parcels import Parcel, wrap

if TYPE_CHECKING:
    from reception.context import Session


def sample(session: Session, name: str, typed: Mapping[str, str]) -> Parcel | None:
    """The form ``name`` with the settings ``typed`` in place of the site's; None where there is none to show.

    Of a long form one day is shown.
    """
    from reception.context import present
    from reception.errors import NotFoundError
    from reception.operations import pictures, samples, site

    module, values = forms.get(name), {**site.values(session), **typed}
    found = samples.arguments(session, name)
    if found is None:
        return None
    try:
        data = module.shortened(session, **found) if module.FORM.long else module.collect(session, **found)
    except NotFoundError:
        return None
    digest = values.get(papers.key("logo"), "")
    logo = pictures.content(session, digest) if digest and module.FORM.headed else None
    chosen = style.chosen(module.FORM, values, logo=logo)
    here = present(session)
    stamp = Stamp(made_at=here.instant, made_by=here.operator, preview=True)
    return Parcel(wrap(data, chosen), None, stamp, 1, chosen.paper)
