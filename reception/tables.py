"""The tables as Core sees them: everyday statements skip the mapper, which costs more than the database."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table

from reception import records

setting = cast(Table, records.Setting.__table__)
desk = cast(Table, records.DeskRecord.__table__)
operator = cast(Table, records.Operator.__table__)
department = cast(Table, records.Department.__table__)
matter = cast(Table, records.Matter.__table__)
entry = cast(Table, records.Entry.__table__)
party = cast(Table, records.EntryParty.__table__)
referral = cast(Table, records.Referral.__table__)
part = cast(Table, records.ReferralPart.__table__)
journal = cast(Table, records.JournalLine.__table__)
private = cast(Table, records.JournalPrivate.__table__)
