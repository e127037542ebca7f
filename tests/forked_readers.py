"""Workbooks read in a fork of this process, which reads hundreds of small ones."""

import os
import signal
import subprocess
import sys
import traceback
from types import SimpleNamespace
from typing import IO, NoReturn

import psutil

from gvc.sources import apart


class Forked:
    """A process as :class:`subprocess.Popen` has it, but forked off this one, which has loaded the libraries already.

    To load them is nine tenths of what reading a small workbook takes. All else is as it is: a process for each
    workbook, under its limits.
    """

    def __init__(self, command: list[str], *, stderr: IO[bytes], **_: object) -> None:
        self.args = command
        asked, asks = os.pipe()
        answers, answered = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        if not self._process:
            for given, place in ((asked, 0), (answered, 1), (stderr.fileno(), 2)):
                os.dup2(given, place)
            os.closerange(3, 100)
            _as_a_program(command)
        os.close(asked)
        os.close(answered)
        self.stdin, self.stdout = os.fdopen(asks, "wb"), os.fdopen(answers, "rb")

    def __enter__(self) -> "Forked":
        return self

    def __exit__(self, *_: object) -> None:
        self.stdin.close()
        self.stdout.close()
        self.wait()

    def wait(self) -> None:
        if self._process:
            os.waitpid(self._process, 0)
            self._process = 0

    def kill(self) -> None:
        if self._process:
            os.kill(self._process, signal.SIGKILL)


def _as_a_program(command: list[str]) -> NoReturn:
    """Do in a process that was forked off what a new one does that is started with this command."""
    try:
        *sys.argv, limit = command[command.index(apart.__file__) :]
        # Whatever draws has 35 GB mapped, and uses next to none: the limit is for what comes on top.
        sys.argv.append(str(int(limit) + psutil.Process().memory_info().vms))
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(at, mode) for at, mode in enumerate("rww"))
        apart.main()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(1)


def fork() -> None:
    """Let this process read workbooks in others that it forks off."""
    apart.subprocess = SimpleNamespace(Popen=Forked, PIPE=subprocess.PIPE, TimeoutExpired=subprocess.TimeoutExpired)


def start() -> None:
    """Let it start a program for each again, as everybody else does."""
    apart.subprocess = subprocess
