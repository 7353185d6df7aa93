"""The composition root of the engine: opens a register and runs one verb per transaction."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from reception import journal, scope, tables
from reception import text as rules
from reception.context import Clock, Present, Session, system_clock
from reception.errors import InputError, RegisterUnusableError
from reception.facts import DepartmentFact
from reception.numbers import DESK_CODE
from reception.operations import absences, directory, site
from reception.store import engine as engines
from reception.store import migrate, places
from reception.store.log import LogKeeper
from reception.store.places import Place
from reception.store.trouble import plain_error, worth_repeating

P = ParamSpec("P")
T = TypeVar("T")


def default_place() -> str:
    """Where the register of this user lies unless another is named: the platform's data folder."""
    import platformdirs

    return str(Path(platformdirs.user_data_dir("reception-desk", appauthor=False)) / "register.sqlite")


class Desk:
    """An open register, seen from one desk.

    One instance serves several threads: each ``do`` and ``ask`` is a transaction of its own on a pooled
    connection.
    """

    def __init__(self, place: Place, engine: Engine, code: str, operator: str, clock: Clock) -> None:
        self.place = place
        self.code = code
        self.clock = clock
        self.engine = engine
        self._writing = engine.execution_options(writes=True)
        self._reading = (
            engine.execution_options(isolation_level="REPEATABLE READ") if place.is_server else engine
        )
        self._log = None if place.is_server else LogKeeper(engine)
        self._file = places.hold(place.path) if place.path is not None else None
        self._writer: Connection | None = None
        self._one_writes = threading.Lock()
        self._operator = rules.clean_line(operator)
        self._named = bool(self._operator)
        self._department: DepartmentFact | None = None
        self._ids: dict[tuple[str, str], int] = {}
        self._epoch: int | None = None
        self.zone = ZoneInfo("UTC")

    @classmethod
    def open(
        cls,
        place: str,
        *,
        desk: str = "",
        operator: str = "",
        department: str = "",
        clock: Clock = system_clock,
        seen: bool = False,
    ) -> Desk:
        """Open the register at a path or URL.

        Args:
            place: a file or a ``postgresql://`` URL.
            desk: the code of this desk; an unknown one is added with its first act.
            operator: who sits here; nobody named means the register's first clerk.
            department: the code of a department whose inbox this is: it sees what was sent to it and nothing
                else (``scope``), its acts stand in a chain of its own, and ``desk`` is of no account.
            clock: what time it is, in UTC.
            seen: the name of who sits here stands before their eyes, as in a window, also where it is
                presumed; otherwise nobody who was not named sees what only supervisors may.

        Raises:
            InputError: a desk code that cannot stand in a number, a department that is not there;
            SurroundingsError kinds: missing, not a register, newer, locked, unreachable.
        """
        code = desk.strip().upper()
        if code and not DESK_CODE.match(code):
            raise InputError("A desk's code is 1 to 8 capital letters or digits, such as B.", field="desk")
        where = places.parse(place)
        if where.path is not None:
            places.inspect_file(where.path)
        engine = engines.connect(where)
        opened: Desk | None = None
        try:
            migrate.ready(engine, where)
            opened = cls(where, engine, code, operator, clock)
            opened.zone = opened.ask(_zone)
            opened._named |= seen
            if department:
                opened.enter(department)
                opened.operator = operator  # not the desk's first clerk
                opened._named |= seen
        except BaseException:
            if opened is not None:
                opened.close()
            engine.dispose()
            raise
        return opened

    def enter(self, code: str) -> None:
        """From now on this is a department's inbox. Raises NotFoundError, InputError."""
        found = self.ask(directory.department, code)
        if found.outside or not found.active:
            raise InputError(
                "{name} has no inbox here: nothing is referred to it.",
                field="department_id",
                name=found.name,
            )
        self._department, self.code = found, inbox_code(found)

    @property
    def department(self) -> DepartmentFact | None:
        """The department whose inbox this is; None for a desk."""
        return self._department

    @property
    def operator(self) -> str:
        """Who sits at the desk; "" until the first transaction when nobody was named."""
        return self._operator

    @operator.setter
    def operator(self, name: str) -> None:
        self._operator = rules.clean_line(name)
        self._named = bool(self._operator)

    def do(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a writing verb in one transaction; all of it is kept, or nothing. Raises DeskError kinds."""
        return self._run(verb, args, kwargs, writes=True)

    def ask(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a reading verb on one snapshot. Raises DeskError kinds."""
        return self._run(verb, args, kwargs, writes=False)

    def close(self) -> None:
        """Let go of every connection."""
        if self._log is not None:
            self._log.close()
        self._drop_writer()
        self.engine.dispose()
        if self._file is not None:
            places.let_go(self._file)
            self._file = None

    def _run(
        self, verb: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object], *, writes: bool
    ) -> T:
        if self._department is not None:
            scope.check(verb)
        try:
            return self._once(verb, args, kwargs, writes=writes)
        except (SQLAlchemyError, journal.RegisterReplacedError) as error:
            if isinstance(error, SQLAlchemyError) and not worth_repeating(error):
                self._say(error)
        # It is safe to repeat: a connection that died in the pool, something that another desk did at the
        # same moment, a register that was restored meanwhile; for an act that was done after all returns its
        # first result.
        try:
            self._forget()
            return self._once(verb, args, kwargs, writes=writes)
        except SQLAlchemyError as error:
            self._say(error)

    def _say(self, error: SQLAlchemyError) -> NoReturn:
        if plain := plain_error(error, self.place):
            raise plain from error
        raise error

    def _forget(self) -> None:
        """What was read once and kept may be out of date: the register may have been restored meanwhile."""
        self._ids, self._epoch = {}, None
        self._drop_writer()
        self.zone = self._once(_zone, (), {}, writes=False)

    def _once(
        self, verb: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object], *, writes: bool
    ) -> T:
        with self._written() if writes else self._reading.begin() as connection:
            session = Session(connection)
            present, fresh = self._present(session, writes=writes)
            session.info["present"] = present
            if self._epoch is not None:
                session.info["epoch"] = self._epoch
            result = verb(session, *args, **kwargs)
        # only after the commit is it certain that these rows are there
        self._ids |= fresh
        if writes:
            head: journal.Head | None = session.info.get("head")
            self._epoch = head.epoch if head else self._epoch
            if self._log is not None:
                self._log.saved()
        return result

    @contextmanager
    def _written(self) -> Iterator[Connection]:
        """A writing transaction, on a connection kept at hand: to fetch one is a sixth of a save."""
        with self._one_writes:
            if self._writer is None:
                self._writer = self._writing.connect()
            with self._writer.begin():
                yield self._writer

    def _drop_writer(self) -> None:
        with self._one_writes:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _present(self, session: Session, *, writes: bool) -> tuple[Present, dict[tuple[str, str], int]]:
        instant, fresh = self.clock(), {}
        desk_id = self._ids.get(("desk", self.code))
        if desk_id is None:
            desk_id = _desk_id(session, self.code)
            if desk_id is None and writes:
                desk_id = add_desk(
                    session, self.code, Present(instant, self.zone, 0, self.code, 0, self._operator or "-")
                )
            fresh = {("desk", self.code): desk_id} if desk_id else {}
        name = self._operator
        if not name:
            name = self._operator = self._somebody(session, desk_id or 0, instant)
        operator_id = self._ids.get(("operator", name), 0)
        if not operator_id and writes:
            session.info["present"] = Present(instant, self.zone, desk_id or 0, self.code, 0, name)
            operator_id = directory.ensure_operator(session, name, clerk=self._department is None)
            fresh[("operator", name)] = operator_id
        mine = self._department.id if self._department is not None else None
        return Present(
            instant, self.zone, desk_id or 0, self.code, operator_id, name, mine, self._named
        ), fresh

    def _somebody(self, session: Session, desk_id: int, instant: dt.datetime) -> str:
        """Who sits here when nobody was named: the first clerk, or who has the department's work today."""
        if self._department is None:
            return directory.first_operator(session)
        session.info["present"] = Present(instant, self.zone, desk_id, self.code, 0, "")
        return absences.officer(session, self._department.id).name or self._department.name


def _zone(session: Session) -> ZoneInfo:
    name = site.values(session).get("zone")
    if name is None:
        raise RegisterUnusableError("This register has lost its settings. Restore the latest backup.")
    return site.zone_of(name)


def inbox_code(department: DepartmentFact) -> str:
    """The code of the chain in which a department's own acts stand; no desk can have it, nor a number.

    It has room for eight signs.
    """
    return f"@{department.code}" if len(department.code) < 8 else f"#{department.id}"


def _desk_id(session: Session, code: str) -> int | None:
    return session.connection().scalar(select(tables.desk.c.id).where(tables.desk.c.code == code))


def add_desk(session: Session, code: str, present: Present) -> int:
    """A desk's first act: its row, with the epoch that binds the whole register, and its first line."""
    desk, connection = tables.desk, session.connection()
    epoch = connection.execute(select(func.max(desk.c.epoch), func.max(desk.c.epoch_day))).one()
    row = {"code": code, "name": code, "epoch": epoch[0] or 0, "epoch_day": epoch[1] or 0}
    result = connection.execute(insert(desk), {**row, "head_sequence": 0, "head_hash": journal.GENESIS})
    desk_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    session.info["present"] = Present(present.instant, present.zone, desk_id, code, 0, present.operator)
    uid = uuid.uuid4()
    journal.open_act(session, uid, "desk")
    changes = {"record": {name: (None, value) for name, value in row.items() if value != ""}}
    journal.append(session, "create", ("desk", desk_id), changes, uid)
    return desk_id
