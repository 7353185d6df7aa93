"""The command that shows and changes the site's settings."""

from __future__ import annotations

import click

from reception import papers
from reception.cli import layout, read
from reception.cli.frame import Command
from reception.cli.state import State, writes
from reception.cli.streams import plain
from reception.errors import InputError, NotFoundError
from reception.wording import N_


@click.command(
    "settings",
    cls=Command,
    help=N_(
        "Show the site's settings, one of them, or change it.\n\n"
        "Those of the paper begin with paper_: paper_letterhead, paper_logo (a PNG or JPEG file), "
        "paper_size, paper_margins; and for each form, such as paper_daily_sheet_columns, its _size, "
        "_turned, _margins, _columns (with widths in millimetres, like 'number time name:22'), _rows and "
        "_signatures. An empty value leaves it to the form."
    ),
)
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("value", metavar="[VALUE]", required=False)
@writes
@click.pass_obj
def settings(
    state: State, *, name: str | None, value: str | None, operator: str | None, uid: str | None
) -> None:
    """Show or change settings."""
    from reception import journal
    from reception.operations import site
    from reception.paper import logos

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        if name is not None:
            name = name.strip().replace("-", "_")
        if name is not None and value is not None:
            changes = {name: value}
            _refuse_unknown(name, value, here.desk.ask(site.values))
            if name == papers.key("logo") and value:
                changes = {name: here.desk.do(logos.keep_file, value, uid=act_uid)}
                act_uid = journal.further(act_uid, 1)
            here.desk.do(site.save, changes, uid=act_uid)
        found = here.desk.ask(site.values)
        if name is not None:
            if name not in found and not papers.part_of(name):
                raise NotFoundError("'{name}' is no setting.", name=name[:60])
            found = {name: found.get(name, "")}
        shown = [[key, plain(text)] for key, text in sorted(found.items())]
        state.tell(dict(sorted(found.items())), layout.table(shown))


def _refuse_unknown(name: str, value: str, found: dict[str, str]) -> None:
    """A mistyped name would be kept and do nothing; so would a column that the form does not have."""
    from reception.paper import forms

    if not name.startswith(papers.PREFIX):
        if name not in found:
            raise NotFoundError("'{name}' is no setting.", name=name[:60])
        return
    form = name.removeprefix(papers.PREFIX).rpartition("_")[0]
    if form and form not in forms.NAMES:
        raise NotFoundError("'{name}' is no setting.", name=name[:60])
    if papers.part_of(name) == "columns" and papers.is_right("columns", value):
        known = {column.key for column in forms.get(form).FORM.columns}
        for one in papers.columns(value):
            if one.key not in known:
                raise InputError(
                    "'{column}' is no column of this form; it has: {columns}.",
                    field=name,
                    column=one.key,
                    columns=" ".join(column.key for column in forms.get(form).FORM.columns),
                )
