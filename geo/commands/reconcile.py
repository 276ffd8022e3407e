"""``conflict-map reconcile``: each occurrence of a batch once, over all its documents."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.commands.option_groups import grouped
from geo.commands.texts import NearnessOptions, Quiet


@grouped
def reconcile(
    result: Annotated[
        str, typer.Argument(metavar="OUT", help="Folder or address that batch wrote to.")
    ],
    *,
    nearness: NearnessOptions,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one for each core when not given.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Join what documents of a batch tell of one event.

    The parts of the batch stay as they are.
    """
    from geo.batch.reconcile import processes, reconcile_batch
    from geo.commands.batch_progress import shares

    rules = nearness.rules()
    with shares(quiet=quiet) as tell, processes(workers) as executor:
        made = reconcile_batch(result, rules=rules, tell=tell, executor=executor)
    if not quiet:
        print(
            f"{made.before:,} events · {made.after:,} after joining · {made.blocks:,} blocks, the "
            f"largest of {made.largest:,}"
        )
