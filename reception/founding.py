"""Making a new register: the schema, settings and directory of a site from a template, all or nothing."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from reception import desk as desks
from reception import templates
from reception.context import Clock, Present, Session, system_clock
from reception.errors import InputError, SurroundingsError
from reception.facts import DepartmentFact, MatterFact
from reception.operations import directory, limiting, site, working_days
from reception.store import engine as engines
from reception.store import migrate, places
from reception.store.places import Place
from reception.store.trouble import plain_error


def create(
    place: str,
    *,
    template: str = "hrss",
    site_name: str = "",
    language: str = "zh_CN",
    operator: str = "",
    zone: str = "",
    clock: Clock = system_clock,
) -> None:
    """Make a register where there is none.

    Args:
        place: a file or a ``postgresql://`` URL.
        template: ``hrss`` or ``office``.
        site_name: the organisation's name; the template's when empty.
        language: ``zh_CN`` or ``en``: of the settings and of the template's words.
        operator: the first clerk's name; the template's word for one when empty.
        zone: IANA name; the template's, or the computer's, when empty. It is fixed from then on.
        clock: what time it is, in UTC.

    Raises:
        InputError: there is one already, or a value cannot be taken; SurroundingsError kinds: it cannot be
        made there.
    """
    seed = templates.load(template, language)
    where = places.parse(place)
    zone_name = zone or seed.zone or site.computer_zone()
    site.zone_of(zone_name)
    first = {
        **seed.settings,
        "uid": uuid.uuid4().hex,
        "name": site_name.strip() or seed.name,
        "zone": zone_name,
        "language": language,
        "template": template,
        "footer": seed.footer,
        "estimates_from": f"{clock().astimezone(site.zone_of(zone_name)):%Y%m%d}",
    }
    clerk = operator.strip() or seed.operator
    try:
        if where.path is not None:
            _create_file(where.path, seed, first, clerk, clock)
        else:
            _create_tables(where, seed, first, clerk, clock)
    except SQLAlchemyError as error:
        if plain := plain_error(error, where):
            raise plain from error
        raise


def _create_file(
    path: Path, seed: templates.SiteTemplate, first: dict[str, str], clerk: str, clock: Clock
) -> None:
    if os.path.lexists(path):
        raise InputError(
            "There is something at {place} already; it was left as it is.", field="place", place=path
        )
    places.refuse_network(path)
    unfinished = places.unfinished(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished.touch(mode=0o600)
        _create_tables(Place(str(unfinished), unfinished), seed, first, clerk, clock)
        _move_exclusively(unfinished, path)
    except OSError as error:
        raise SurroundingsError(
            "A register cannot be made at {place} ({reason}). Name a folder that you may write to.",
            place=path,
            reason=error.strerror or str(error),
        ) from error
    finally:
        places.remove(unfinished)


def _move_exclusively(source: Path, target: Path) -> None:
    """Rename without ever replacing what somebody else put there meanwhile."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise InputError(
            "There is something at {place} already; it was left as it is.", field="place", place=target
        ) from None
    except OSError:  # a file system without hard links; on Windows rename refuses an existing target itself
        if target.exists():
            raise InputError(
                "There is something at {place} already; it was left as it is.", field="place", place=target
            ) from None
        source.rename(target)


def _create_tables(
    place: Place, seed: templates.SiteTemplate, first: dict[str, str], clerk: str, clock: Clock
) -> None:
    engine = engines.connect(place)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            migrate.alone(connection)
            if place.is_server:
                _refuse_server(connection, place)
            migrate.upgrade(connection)
            _seed(connection, seed, first, clerk, clock)
    finally:
        engine.dispose()


def _refuse_server(connection: Connection, place: Place) -> None:
    """Raises InputError where there is a register, SurroundingsError where Chinese cannot be kept."""
    if migrate.version(connection, place):
        raise InputError(
            "There is a register at {place} already; it was left as it is.", field="place", place=place.shown
        )
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise SurroundingsError(
            "The database of {place} keeps text as {encoding}. Ask who runs it for one that keeps UTF8.",
            place=place.shown,
            encoding=encoding,
        )


def _seed(
    connection: Connection, seed: templates.SiteTemplate, first: dict[str, str], clerk: str, clock: Clock
) -> None:
    session = Session(connection)
    zone = site.zone_of(first["zone"])
    present = Present(clock(), zone, 0, "", 0, clerk)
    desk_id = desks.add_desk(session, "", present)
    session.info["present"] = Present(present.instant, zone, desk_id, "", 0, clerk)
    directory.ensure_operator(session, clerk)
    site.found(session, first)
    working_days.learn(session)
    ids: dict[str, int] = {}
    for one in seed.departments:
        fact = DepartmentFact(
            0, one.code, one.name, outside=one.outside, room=one.room, phone=one.phone, note=one.note
        )
        ids[one.code] = directory.save_department(session, fact, uid=uuid.uuid4()).id
    for matter in seed.matters:
        fact_of = MatterFact(
            0,
            matter.name,
            keywords=" ".join(matter.keywords),
            department_id=ids.get(matter.department),
            materials="\n".join(matter.materials),
            basis=matter.basis,
            limit=matter.limit,
            note=matter.note,
            steps=matter.steps,
            fee=matter.fee,
        )
        directory.save_matter(session, fact_of, uid=uuid.uuid4())
    limiting.enter(session, seed.limits)
