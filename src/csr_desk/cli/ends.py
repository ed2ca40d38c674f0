"""How a command ends: 0 done, 1 looked and found something wrong, 2 could not be done; never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from csr_desk.domain.errors import Refusal, Trouble

FOUND, USELESS = 1, 2
"""Exit codes: something was found wrong; the command could not be done at all."""


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a person can mend into a sentence on stderr and exit code 2."""
    try:
        yield
    except Refusal as refusal:
        stop(refusal.message)
    except Trouble as trouble:
        stop(str(trouble))
    except BrokenPipeError:
        # the reader of our output went away (| head); nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FOUND) from None
    except OSError as error:
        stop(f"{error.filename or 'The file'}: {error.strerror or error}.")


def stop(sentence: str) -> None:
    """Say why, and end with exit code 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(USELESS)
