"""``conflict-map batch``: millions of articles in, parts that can be filtered out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, counted
from geo.commands.option_groups import grouped
from geo.commands.texts import Country, Language, Published, Quiet, country_code
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from geo.batch import BatchSettings
    from geo.batch.run import PoolMaker, Summary

Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes; one for each core when not given.")
]
Seconds = Annotated[float, typer.Option(min=0.1, help="Processor time that one document may take.")]
Megabytes = Annotated[
    float, typer.Option("--max-megabytes", min=0.001, help="Size that one document may have.")
]
PartDocuments = Annotated[
    int, typer.Option("--part-documents", min=1, help="Documents in one part of the result.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Dask scheduler (tcp://host:8786) to work on."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """Hold how the documents of a batch are read, and by whom."""

    published: Published = None
    lang: Language = None
    country: Country = None
    workers: Workers = None
    seconds: Seconds = 60.0
    megabytes: Megabytes = 8.0
    part_documents: PartDocuments = 1000
    scheduler: Scheduler = None

    def settings(self) -> BatchSettings:
        """Return what decides the result; raise :class:`geo.errors.InputError` for nonsense."""
        from geo.batch import BatchSettings
        from geo.readers.documents import Given, parse_day

        given = Given(published=parse_day(self.published), language=self.lang)
        return BatchSettings(
            published=given.published, language=given.language,
            country=country_code(self.country), seconds=self.seconds,
            megabytes=self.megabytes, documents=self.part_documents,
        )  # fmt: skip

    def pool(self) -> PoolMaker | None:
        """Return who works, where that is a cluster."""
        if self.scheduler is None:
            return None
        from geo.batch.cluster import ClusterPool

        address = self.scheduler
        return lambda settings, result, run: ClusterPool(settings, result, run, scheduler=address)


@grouped
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Folders of text and HTML, JSONL (.gz, .zst), Parquet; paths or s3:// addresses.",
        ),
    ],
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="Folder or address that the result goes to.")
    ],
    reading: BatchOptions,
    restart: Annotated[
        bool, typer.Option("--restart", help="Replace a run with other inputs or settings.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Read any number of articles into parts of GeoParquet.

    A stopped run goes on where it was. The result is for "map", "convert" and "reconcile". Exit
    code 2: some documents were rejected; rejects.jsonl names each with its reason.
    """
    from geo.batch import run_batch
    from geo.commands.batch_progress import shown

    settings = reading.settings()
    gazetteer = opened(quiet=quiet)
    try:
        with shown(quiet=quiet) as progress:
            summary = run_batch(
                inputs, output, settings, gazetteer=gazetteer, workers=reading.workers,
                restart=restart, progress=progress, pool=reading.pool(),
            )  # fmt: skip
    except KeyboardInterrupt:
        complain(f"interrupted; the parts in {output} are whole: the same command goes on there")
        raise typer.Exit(code=130) from None
    if not quiet:
        print(_said(summary))
    if summary.rejects:
        rejected = counted(summary.rejects, "document was", "documents were")
        complain(f"{rejected} rejected; see rejects.jsonl there")
        raise typer.Exit(code=2)


def _said(summary: Summary) -> str:
    again = f", {summary.skipped} of them from before" if summary.skipped else ""
    return (
        f"{counted(summary.documents, 'document')} · {counted(summary.events, 'event')} · "
        f"{counted(summary.parts, 'part')}{again} in {summary.address}"
    )
