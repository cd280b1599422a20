"""What strangers send is opened by a program of its own, in a process that may die of it (reliability.md D4, J4)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PATIENCE = 10.0  # seconds by the clock on the wall; of the processor's the programs take two at most


class Ended(Exception):
    """The program could not be started, or took too long; the words say which."""


def run(program: Path, content: bytes) -> tuple[int, bytes]:
    """Its exit code and what it wrote. The file goes in by its standard input, and it is given no environment."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what it is given goes in by its standard input
            [sys.executable, "-I", str(program)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as failed:
        raise Ended(type(failed).__name__) from failed
    return done.returncode, done.stdout
