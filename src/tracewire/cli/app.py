"""The commands that make, change and leave a case; `tables.py` has those that ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from tracewire import plugins
from tracewire.cli import tables
from tracewire.cli.actor import actor_app
from tracewire.cli.casework import register as register_casework
from tracewire.cli.gazetteer import gazetteer_app
from tracewire.cli.keeping import register as register_keeping
from tracewire.cli.knowledge import knowledge_app
from tracewire.cli.llm import LLMModel, LLMPriceIn, LLMPriceOut, LLMTimeout, LLMUrl, llm_settings
from tracewire.cli.options import AsJson, CasePath, Output
from tracewire.cli.output import metadata_beside, print_summary, progress_bar, say
from tracewire.cli.serving import PORT, Port, serve_case
from tracewire.cli.serving import register as register_serving
from tracewire.config import Cleaning, Favour, Settings
from tracewire.errors import UsageError
from tracewire.pipeline import STAGES, open_case

app = typer.Typer(
    name="tracewire",
    help="Conflict reporting in, an evidence-linked record out: what happened, who says so, how many sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(actor_app, name="actor")
tables.register(app)
register_keeping(app)
register_casework(app)
register_serving(app)

Sources = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, addresses of pages, feeds and sitemaps, - for stdin: .txt .html .pdf .jsonl .warc.gz.",
        show_default=False,
    ),
]
MetadataFile = Annotated[
    Path | None, typer.Option("--metadata", help="CSV or JSONL: file, published, url, outlet, author, title, language.")
]
UntilStage = Annotated[str, typer.Option("--until", help=f"Stop after a stage: {', '.join(STAGES)}.")]
REPORT_ENDINGS = ("", ".md", ".markdown", ".txt", ".html", ".htm", ".pdf")
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def _version(value: bool) -> None:
    if value:
        from tracewire import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(epilog="Example: tracewire run reports/*.txt --case my.case --metadata metadata.csv")
def run(
    sources: Sources,
    case: Annotated[Path, typer.Option("--case", help="The case to make or add to.")],
    metadata: MetadataFile = None,
    until: UntilStage = "assemble",
    reader: Annotated[str, typer.Option("--reader", help="Which reader reads: model, rules, both, llm.")] = "model",
    favour: Annotated[
        str, typer.Option("--favour", help="What the trained reader favours: balanced, precision, recall.")
    ] = "balanced",
    llm_url: LLMUrl = None,
    llm_model: LLMModel = None,
    llm_price_in: LLMPriceIn = None,
    llm_price_out: LLMPriceOut = None,
    llm_timeout: LLMTimeout = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Read tokenised and lower-case reports as their authors wrote them.")
    ] = False,
    clean: Annotated[
        str, typer.Option("--clean", help="How HTML is cleaned: best, or fast for crawls (one extractor, not three).")
    ] = "best",
    follow: Annotated[bool, typer.Option("--follow", help="Fetch the pages that a feed in a file names.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, help="Most pages taken from one feed or sitemap.")] = 500,
    delay: Annotated[float, typer.Option("--delay", min=0, help="Seconds between two requests to one host.")] = 1.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from private and local network addresses.")
    ] = False,
    copy_window: Annotated[
        int | None,
        typer.Option("--copy-window", min=0, help="Most days between two reports compared for copies. [default: any]"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read reports into a case: ingest, clean, dedupe, read, resolve, assemble. Run it again to add or to go on."""
    if until not in STAGES:
        raise UsageError(f"--until {until}: no such stage; the stages are {', '.join(STAGES)}")
    if favour not in get_args(Favour):
        raise UsageError(f"--favour {favour}: no such choice; there are {', '.join(get_args(Favour))}")
    if reader not in plugins.names("readers"):
        raise UsageError(f"--reader {reader}: no such reader; there are {', '.join(plugins.names('readers'))}")
    if clean not in get_args(Cleaning):
        raise UsageError(f"--clean {clean}: no such choice; there are {', '.join(get_args(Cleaning))}")
    llm = llm_settings(reader, llm_url, llm_model, llm_price_in, llm_price_out, llm_timeout)
    with progress_bar(quiet) as progress:
        settings = Settings(
            reader=reader,
            favour=cast(Favour, favour),
            llm=llm,
            restore=restore,
            clean=cast(Cleaning, clean),
            follow=follow,
            max_listed=most,
            delay=delay,
            allow_private=allow_private,
            copy_window_days=copy_window,
        )
        opened = open_case(case, settings)
        summary = opened.add_and_run(*sources, metadata=metadata, until=until, progress=progress)
    print_summary(summary)
    beside = metadata_beside(sources) if metadata is None else None
    if beside is not None and any(not d.published or not d.published.given for d in opened.record().documents):
        say(f"{beside} was not used: --metadata {beside} gives the reports their outlets and dates")
    if until == "assemble" and summary.documents:
        say(f"next: tracewire report {case}")
    raise typer.Exit(1 if summary.failed else 0)


@app.command(epilog="Example: tracewire export my.case --format acled --output acled.csv")
def export(
    case: Annotated[
        Path | None, typer.Argument(help="The case, a folder that `tracewire run` made.", show_default=False)
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="acled, claims, csv, ftm, geojson, site, ...; --list has all.")
    ] = "claims",
    output: Output = None,
    only: Annotated[
        str | None, typer.Option("--only", help="accepted: only what a reviewer accepted, no candidates.")
    ] = None,
    mask: Annotated[
        Path | None, typer.Option("--mask", help="With --format site: names to mask, one a line, `name = mask`.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="The formats that there are, and what each is.")] = False,
) -> None:
    """Write the record in a format that other programs read; what has no room in it is counted on stderr."""
    from tracewire.cli.exporting import print_formats, write_format

    if list_:
        print_formats()
    elif case is None:
        raise UsageError("name the case to export, or ask for the formats with --list")
    elif format == "site":
        from tracewire.cli.serving import publish_case

        publish_case(case, output, mask)
    elif mask is not None:
        raise UsageError("--mask: only with --format site; the other formats are the record as it is")
    else:
        write_format(case, format, output, only)


@app.command(epilog="Example: tracewire report my.case --output report.html")
def report(
    case: CasePath,
    output: Output = None,
    html: Annotated[
        bool, typer.Option("--html", help="HTML instead of Markdown (also by an .html output name; .pdf gives PDF).")
    ] = False,
) -> None:
    """A sourced brief: story, timeline, claims with evidence, contradictions, open questions."""
    from tracewire.cli.exporting import write_format

    ending = "" if output is None else output.suffix.lower()
    if ending not in REPORT_ENDINGS and not html:
        raise UsageError(f"--output {output}: a report is written as .md, .html or .pdf")
    as_pdf = ending == ".pdf" and not html
    as_html = html or ending in (".html", ".htm")
    write_format(case, "report-pdf" if as_pdf else "report-html" if as_html else "report", output)


@app.command(epilog="Example: tracewire evaluate claims.jsonl gold.jsonl")
def evaluate(
    claims: Annotated[Path, typer.Argument(help="A claims file, or annotated sentences.", show_default=False)],
    gold: Annotated[
        Path, typer.Argument(help="A claims file or annotated sentences to measure against.", show_default=False)
    ],
    as_json: AsJson = False,
    per_type: Annotated[bool, typer.Option("--per-type", help="Also each claim type, role and mention type.")] = False,
) -> None:
    """Precision, recall and F1 of mentions, triggers, roles, sources, modality and polarity, with counts."""
    from tracewire.cli.evaluation import print_evaluation

    print_evaluation(claims, gold, as_json=as_json, per_type=per_type)


@app.command(epilog="Example: tracewire demo --case demo.case")
def demo(
    case: Annotated[Path, typer.Option("--case", help="Where to make the case.")] = Path("demo.case"),
    quiet: Quiet = False,
    serve: Annotated[bool, typer.Option("--serve", help="Then show the case in the browser.")] = False,
    port: Port = PORT,
) -> None:
    """The whole line on a small corpus that ships with the package, ending in the report or in the browser."""
    from tracewire.cli.demonstration import run_demo

    code = run_demo(case, quiet=quiet, report=not serve)
    if serve:
        serve_case(case, port)
    raise typer.Exit(code)
