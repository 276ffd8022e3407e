"""``conflict-map batch``: millions of articles in, parts that can be filtered out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain
from geo.commands.texts import Country, Language, Published, Quiet, country_code
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from geo.batch.run import PoolMaker


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Folders of text and HTML, JSONL (.gz, .zst), Parquet; paths or s3:// addresses.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", help="Folder or address that the result goes to.")
    ],
    published: Published = None,
    lang: Language = None,
    country: Country = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one for each core when not given.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="Processor time that one document may take.")
    ] = 60.0,
    max_megabytes: Annotated[
        float, typer.Option(min=0.001, help="Size that one document may have.")
    ] = 8.0,
    part_documents: Annotated[
        int, typer.Option(min=1, help="Documents in one part of the result.")
    ] = 1000,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask scheduler (tcp://host:8786) to work on."),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Replace a run with other inputs or settings.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Read any number of articles into parts of GeoParquet.

    A stopped run goes on where it was. The result is for "map", "convert" and "reconcile". Exit
    code 2: some documents were rejected; rejects.jsonl names each with its reason.
    """
    from geo.batch import BatchSettings, run_batch
    from geo.commands.batch_progress import shown
    from geo.readers.documents import Given, parse_day

    given = Given(published=parse_day(published), language=lang)
    settings = BatchSettings(
        published=given.published, language=given.language, country=country_code(country),
        seconds=seconds, megabytes=max_megabytes, documents=part_documents,
    )  # fmt: skip
    gazetteer = opened(quiet=quiet)
    try:
        with shown(quiet=quiet) as progress:
            summary = run_batch(
                inputs, output, settings, gazetteer=gazetteer, workers=workers, restart=restart,
                progress=progress, pool=_cluster(scheduler),
            )  # fmt: skip
    except KeyboardInterrupt:
        complain(f"interrupted; the parts in {output} are whole: the same command goes on there")
        raise typer.Exit(code=130) from None
    if not quiet:
        again = f", {summary.skipped} of them from before" if summary.skipped else ""
        print(
            f"{summary.documents:,} documents · {summary.events:,} events · "
            f"{summary.parts:,} parts{again} in {summary.address}"
        )
    if summary.rejects:
        complain(f"{summary.rejects:,} documents were rejected; see rejects.jsonl there")
        raise typer.Exit(code=2)


def _cluster(scheduler: str | None) -> PoolMaker | None:
    if scheduler is None:
        return None
    from geo.batch.cluster import ClusterPool

    return lambda settings, address, run: ClusterPool(settings, address, run, scheduler=scheduler)
