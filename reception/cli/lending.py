"""Commands on things lent at the desk: given, given back, kept longer, listed."""

from __future__ import annotations

import datetime as dt

import click

from reception import office_words, words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, Topic, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.facts.lending import Loan
from reception.wording import N_, Wording

_LOAN = click.argument("loan", metavar="N")
lend = Topic(
    "lend",
    help=N_(
        "Things lent at the desk: keys, umbrellas, projectors, passes.\n\n"
        "N is the number that 'list' shows. What is not back when it should be stands at the handover."
    ),
)


@click.command("give", cls=Command, help=N_("Lend a thing; the last word printed is its number."))
@click.argument("thing", metavar="TEXT")
@option("--to", "whom", metavar="NAME", required=True, help=N_("Who has it."))
@option("--phone", metavar="PHONE", default="", help=N_("Their telephone."))
@option("--department", metavar="CODE", help=N_("Their department."))
@option("--visit", metavar="NUMBER", help=N_("The visit by which they came."))
@option("--pieces", metavar="N", default="1", help=N_("How many pieces."))
@option("--back-by", metavar="TIME", help=N_("When it should be back, like 17:30 or 2026-11-24T09:00."))
@option("--note", metavar="TEXT", default="", help=N_("What else there is to say."))
@writes
@click.pass_obj
def give(
    state: State,
    *,
    thing: str,
    whom: str,
    phone: str,
    department: str | None,
    visit: str | None,
    pieces: str,
    back_by: str | None,
    note: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Lend a thing."""
    from reception.operations.office import loans

    act_uid, count = read.uid(uid), read.whole(pieces, "pieces")
    with state.open(operator) as here:
        known = here.catalogue.departments if department is not None else ()
        one = here.desk.do(
            loans.lend,
            thing=thing,
            whom=whom,
            pieces=count,
            phone=phone,
            department_id=read.department(department, known) if department is not None else None,
            entry_id=here.find(visit) if visit is not None else None,
            back_by=here.moment(back_by, "back_by"),
            note=note,
            uid=act_uid,
        )
        _tell(state, here, one, N_("Lent as number {id}"))


@click.command("back", cls=Command, help=N_("Note that it is back."))
@_LOAN
@option("--note", metavar="TEXT", default="", help=N_("In what state, or what is missing."))
@option("--at", metavar="TIME", help=N_("When, if not now."))
@writes
@click.pass_obj
def back(
    state: State, *, loan: str, note: str, at: str | None, operator: str | None, uid: str | None
) -> None:
    """It is back."""
    from reception.operations.office import loans

    act_uid, number = read.uid(uid), read.positive(loan, "loan")
    with state.open(operator) as here:
        one = here.desk.do(loans.give_back, number, note=note, at=here.moment(at, "at"), uid=act_uid)
        _tell(state, here, one, N_("Back: number {id}"))


@click.command("longer", cls=Command, help=N_("Let it be kept longer; without a time as long as is wished."))
@_LOAN
@option("--back-by", metavar="TIME", help=N_("When it should be back, like 17:30 or 2026-11-24T09:00."))
@writes
@click.pass_obj
def longer(state: State, *, loan: str, back_by: str | None, operator: str | None, uid: str | None) -> None:
    """It may stay out longer."""
    from reception.operations.office import loans

    act_uid, number = read.uid(uid), read.positive(loan, "loan")
    with state.open(operator) as here:
        one = here.desk.do(loans.prolong, number, back_by=here.moment(back_by, "back_by"), uid=act_uid)
        _tell(state, here, one, N_("Kept longer: number {id}"))


@click.command("list", cls=Command, help=N_("List what is lent, what is due first first."))
@option("--overdue", is_flag=True, help=N_("Only what should be back."))
@option("--all", "every", is_flag=True, help=N_("Also what is back, the newest first."))
@option("--with", "sought", metavar="TEXT", default="", help=N_("Only those with this text."))
@option("--limit", metavar="N", default="200", help=N_("How many at most; 200 if not given."))
@reads
@click.pass_obj
def listed(state: State, *, overdue: bool, every: bool, sought: str, limit: str) -> None:
    """List loans."""
    from reception.operations.office import loans

    most = read.positive(limit, "limit")
    which = "overdue" if overdue else "all" if every else "out"
    with state.open() as here:
        found = here.desk.ask(loans.rows, which=which, words=sought, limit=most)
        lines = layout.table([cells(one, state.wording, here.zone) for one in found])
        state.tell([document(one, here.zone) for one in found], lines)


lend.holds(give, back, longer, listed)


def _tell(state: State, here: AtDesk, one: Loan, message: str) -> None:
    state.tell(document(one, here.zone), [state.wording.gettext(message).format(id=one.id)])


def document(one: Loan, zone: dt.tzinfo) -> documents.Document:
    """A loan as JSON; the keys are a promise."""
    moments = ("lent_at", "back_by", "returned_at")
    return {
        "id": one.id,
        "thing": one.thing,
        "pieces": one.pieces,
        "whom": one.whom,
        **{name: getattr(one, name) or None for name in ("phone", "department", "visit", "note")},
        **{name: documents.instant(getattr(one, name), zone) for name in moments},
        "status": one.status.value,
        "overdue": one.overdue,
        "operator": one.operator,
    }


def cells(one: Loan, wording: Wording, zone: dt.tzinfo) -> list[str]:
    """The cells of its line."""
    _ = wording.gettext
    pieces = _("{count} pieces").format(count=one.pieces) if one.pieces > 1 else ""
    whom = " · ".join(filter(None, (one.whom, one.department, one.phone)))
    due = one.back_by.astimezone(zone).strftime("%Y-%m-%d %H:%M") if one.back_by else ""
    status = _("overdue") if one.overdue else words.small(_(office_words.LOANS[one.status]))
    return [plain(text) for text in (str(one.id), one.thing, pieces, whom, due, status, one.note)]
