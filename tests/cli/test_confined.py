"""What the command line keeps to itself: the desk's work, and accusations before nobody in particular."""

from __future__ import annotations

import uuid
from contextlib import closing
from pathlib import Path

import click
import pytest

from reception.cli.frame import Command
from reception.cli.tree import reception as tree
from reception.desk import Desk
from reception.operations import site
from tests.cli.running import InProcess

OPEN = {"referrals", "receive", "answer", "return", "ask", "absent", "undo", "redo", "departments"}
"""Whoever opens another command to departments sees to it that it shows only what is theirs."""
SUPERVISOR = "周主任"


def typed(command: click.Command, file: Path) -> list[str]:
    """The command with something in each place that wants something."""
    words = [str(command.name)]
    for param in command.params:
        if param.required:
            value = str(file) if param.name == "file" else "1"
            words += [value] if isinstance(param, click.Argument) else [param.opts[0], value]
    return words


def test_every_command_is_closed_to_departments_unless_it_was_opened(
    cli: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = {name for name, one in tree.commands.items() if isinstance(one, Command) and one.for_departments}
    assert opened == OPEN
    monkeypatch.setenv("RECEPTION_DEPARTMENT", "JC")
    whole = Path(cli.register).read_bytes()
    written = tmp_path / "整册.sqlite"
    for name in tree.commands.keys() - OPEN:
        said = cli.refused(*typed(tree.commands[name], written))
        assert "only what was sent" in said, name
        monkeypatch.chdir(tmp_path)
    assert not written.exists()
    assert Path(cli.register).read_bytes() == whole
    assert cli.done("backup", "--help").out


def test_the_option_closes_as_the_environment_does_and_names_one_department(
    cli: InProcess, tmp_path: Path
) -> None:
    number = cli.add()
    cli.done("refer", number, "--to", "GS")
    at_jc = ("--department", "JC")
    for command in (("backup", str(tmp_path / "副本")), ("migrate",), ("matters",), ("list",), ("check",)):
        result = cli(*command, before=at_jc)
        assert (result.code, result.out) == (2, ""), command
        assert "only what was sent" in result.err
    other = cli("referrals", "--department", "GS", before=at_jc)
    assert (other.code, other.out) == (2, "")
    assert "only what was sent" in other.err
    assert cli.done("referrals", "--department", "jc", before=at_jc).out
    both = cli("referrals", before=(*at_jc, "--department", "GS"))
    assert (both.code, both.out) == (2, "")
    assert "GS, JC" in both.err
    assert "JC" in cli.done("departments", before=at_jc).out
    assert cli.json("referrals", "--department", "GS")


def test_a_sealed_accusation_opens_to_a_supervisor_who_is_named_and_to_nobody_else(
    empty: InProcess,
) -> None:
    empty.done("init", "--operator", SUPERVISOR)
    secret = "某局长收受财物"
    number = empty.done(
        *("add", "visit", "--subject", secret, "--category", "accusation"),
        *("--request", "请求查处", "--name", "李四光", "--operator", SUPERVISOR),
    ).word
    _name_supervisor(empty.register)
    reads = {
        "show": (number,),
        "list": (),
        "trail": (number,),
        "here": (),
        "referrals": (),
        "to-do": (),
        "callbacks": (),
    }
    for name, arguments in reads.items():
        for json in ((), ("--json",)):
            told = empty.done(name, *arguments, *json).out
            assert secret not in told, name
            assert "李四光" not in told, name
    assert secret not in empty.done("search", number, "--json").out
    assert empty.json("search", secret) == []
    assert secret not in empty.done("search", number, "--operator", SUPERVISOR).out  # the clerk it looks for
    assert secret in empty.done("show", number, "--operator", SUPERVISOR).out
    assert secret in empty.done("list", "--operator", SUPERVISOR).out
    assert secret not in empty.done("show", number, "--operator", "王小明").out
    assert secret in empty.done("search", number, before=("--operator", SUPERVISOR)).out
    assert "sealed" in empty.refused("outcome", number, "已转纪检")
    empty.done("outcome", number, "已转纪检", "--operator", SUPERVISOR)
    empty.done("refer", number, "--to", "JC", "--operator", SUPERVISOR)
    at_jc = ("--department", "JC")
    (sent,) = empty.done("referrals", "--json", before=at_jc).document
    assert (sent["number"], sent["sealed"], sent["instruction"], sent["name"]) == (
        number,
        True,
        None,
        "某＊＊",
    )
    assert sent["due"]
    assert SUPERVISOR in sent["subject"]
    (part,) = sent["parts"]
    assert (part["referral"], part["department"], part["status"]) == (f"{number}/JC", "JC", "sent")
    assert secret not in empty.done("receive", number, "--by", "赵强", before=at_jc).out
    assert SUPERVISOR in empty("answer", number, "查实", before=at_jc).err
    (desk,) = empty.json("referrals")
    assert (desk["sealed"], desk["parts"]) == (True, [])


def _name_supervisor(place: str) -> None:
    with closing(Desk.open(place)) as desk:
        desk.do(site.save, {"supervisors": SUPERVISOR}, uid=uuid.uuid4())
