"""What tests of commands share: a command run in this process, and what a terminal may be shown."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from gvc import cli


def fails(monkeypatch, capsys, *words: object) -> str:
    """Run the command line as the shell does, and return its one error."""
    return refused(cli.main, monkeypatch, capsys, *words)


def refused(main: Callable[[], None], monkeypatch, capsys, *words: object) -> str:
    """Run some command line so."""
    monkeypatch.setattr("sys.argv", ["gvc", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    (line,) = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("note: ")]
    assert line.startswith("error: ")
    return line


def run(*arguments: object, code: int = 0) -> Result:
    """Run a command of gvc, or one that the book adds."""
    return invoked(cli.app(), *arguments, code=code)


def invoked(app: typer.Typer, *arguments: object, code: int = 0) -> Result:
    """Run a command of some command line."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


#: What sets a terminal's title and its colour, and turns the direction of text.
HOSTILE = "\x1b]0;pwned\x07\x9b31m\u202e\x7f"


def is_shown(output: str) -> bool:
    """Whether a terminal obeys nothing of an output but the ends of its lines."""
    return all(line.isprintable() for line in output.split("\n"))


def shell(*words: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("gvc"), *map(str, words)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done
