"""What the command line says about itself, and how it answers a wrong order of words."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest

from reception.cli import layout, main
from reception.cli.frame import Topic
from reception.cli.tree import reception as tree
from tests.cli.running import environment, one_line, run

TOPICS = {name: one for name, one in tree.commands.items() if isinstance(one, Topic)}
COMMANDS = sorted(tree.commands)
EACH = [*COMMANDS, *(f"{name} {below}" for name, one in TOPICS.items() for below in one.commands)]
PROMISED = {
    *("init", "check", "backup", "restore", "migrate", "demo", "settings"),
    *("add", "answer-now", "point", "put-through", "outcome", "leave", "correct", "void"),
    *("undo", "redo", "waiting", "received", "here", "roll-call", "close-day"),
    *("callbacks", "call-back", "called", "give-up", "reveal", "inform"),
    *("due", "extend", "ask", "deny", "pause", "resume", "limits", "calendar", "absent"),
    *("referrals", "refer", "told", "receive", "answer", "return", "reroute"),
    *("seen", "callback", "close", "reopen", "slip"),
    *("to-do", "check-line", "remind", "reply", "decide"),
    *("handover", "pin", "unpin", "on-duty"),
    *("document", "parcel", "notice", "urgent", "job", "instruction", "expect", "lend"),
    *("show", "trail", "list", "search", "people", "departments", "matters", "print-day", "index"),
    *("print", "verify-sheet", "fonts", "report"),
}
_SENTENCE = re.compile(r"[A-Za-z]{2,}( [A-Za-z]{2,}){2,}")


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_every_promised_command_is_there() -> None:
    assert set(COMMANDS) == PROMISED


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_words_at_all_show_every_command(capsys: pytest.CaptureFixture[str], language: str) -> None:
    code, out, err = _said(capsys, "--language", language)
    assert (code, err) == (0, "")
    for name in PROMISED:
        assert re.search(rf"^  {name} ", out, re.MULTILINE), name


@pytest.mark.parametrize("name", EACH)
def test_each_command_explains_every_option_in_english(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = _said(capsys, "--language", "en", *name.split(), "--help")
    assert (code, err) == (0, "")
    topic, _blank, below = name.partition(" ")
    for param in (TOPICS[topic].commands[below] if below else tree.commands[name]).params:
        if isinstance(param, click.Option):
            assert param.help
            assert param.opts[-1] in out
    assert all(layout.width(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("name", ["", *EACH])
def test_each_command_explains_itself_in_chinese(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = _said(capsys, "--language", "zh_CN", *name.split(), "--help")
    assert (code, err) == (0, "")
    assert out.startswith("用法：")
    said = out.replace(f"reception {name}", "reception")
    assert not [line for line in said.splitlines() if _SENTENCE.search(line)]
    assert all(layout.width(line) <= 80 for line in out.splitlines())


def test_the_language_is_the_environments_or_the_systems() -> None:
    chinese = run("--help", env=environment(LC_ALL="zh_CN.UTF-8"))
    assert chinese.out.startswith("用法：")
    english = run("--help", env=environment(LC_ALL="zh_CN.UTF-8", RECEPTION_LANGUAGE="en"))
    assert english.out.startswith("Usage:")
    again = run("--language=zh_CN", "--help", env=environment(LC_ALL="C", RECEPTION_LANGUAGE="en"))
    assert again.out.startswith("用法：")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _said(capsys, "--version")
    assert code == 0
    assert re.fullmatch(r"reception \d+\.\d+\.\d+\n", out)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["ad"], "There is no command 'ad'. Did you mean: add?"),
        (["qqqq"], "There is no command 'qqqq'."),
        (["add"], "KIND is missing"),
        (["list", "--dy", "x"], "no option --dy here. Did you mean: --day?"),
        (["list", "-x"], "no option -x here"),
        (["--frob", "list"], "no option --frob here"),
        (["add", "visit", "--subject"], "The option --subject needs a value."),
        (["list", "--json=1"], "The option --json takes no value."),
        (["list", "today"], "'today' is one word too many"),
        (["void", "20261122-001"], "The option --reason is missing."),
        (["refer", "20261122-001"], "The option --to is missing."),
        (["correct", "20261122-001"], "FIELD=VALUE… is missing"),
        (["answer", "20261122-001/JC"], "TEXT is missing"),
        (["--language", "fr", "list"], "'fr' is not a language of this program. Choose one of: zh_CN, en."),
        (["--language"], "The option --language needs a value."),
    ],
)
def test_wrong_words_are_answered_with_one_plain_line(
    capsys: pytest.CaptureFixture[str], words: list[str], answer: str
) -> None:
    code, out, err = (
        _said(capsys, *words) if "--language" in words else _said(capsys, "--language", "en", *words)
    )
    assert (code, out) == (2, "")
    assert answer in one_line(err)


def test_wrong_words_are_answered_in_chinese_too(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = _said(capsys, "--language", "zh_CN", "list", "--dy", "x")
    assert one_line(err) == "这里没有选项 --dy。是不是：--day？"


def test_help_does_not_load_the_database() -> None:
    code = (
        "import sys; from reception.cli import main; main(['--help']); main(['add', '--help']); "
        "heavy = {'sqlalchemy', 'alembic', 'psycopg', 'reportlab', 'pypinyin'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
