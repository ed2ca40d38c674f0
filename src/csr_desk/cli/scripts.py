"""``csr-desk replay``: a file of counter acts, done through the services that the window calls."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from csr_desk.cli import ends


def replay(
    file: Annotated[Path, typer.Argument(help="The script: one JSON object a line.")],
    database: Annotated[str, typer.Option(help="A training office’s database.")],
    stop: Annotated[bool, typer.Option("--stop", help="End at the first surprise.")] = False,
) -> None:
    """Run a counter script against a training office; one JSON object a line comes out, in order.

    Exit 0 when everything came as expected, 1 when something did not, 2 when the file or database could not be used.
    """
    from csr_desk.documents.form_filling import fill_form
    from csr_desk.documents.release_batch import release_batch_pdf
    from csr_desk.services import replay as scripts
    from csr_desk.services.desk import open_desk
    from csr_desk.services.files_read import read_bounded

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # \\udxxx, as JSON writes it
    surprised = False
    with ends.plain_errors():
        script = scripts.read_script(read_bounded(file, scripts.LARGEST_SCRIPT))
        script.draw_batch, script.fill_form = release_batch_pdf, fill_form
        desk = open_desk(database)
        try:
            for outcome in scripts.run(desk, script, stop=stop):
                sys.stdout.write(json.dumps(outcome.as_data(), ensure_ascii=False, default=str) + "\n")
                if outcome.surprise:
                    surprised = True
                    typer.echo(f"line {outcome.line}, step {outcome.step} ({outcome.do}): {outcome.surprise}", err=True)
            sys.stdout.flush()
        finally:
            desk.close()
    if surprised:
        raise typer.Exit(ends.FOUND)
