"""`tracewire serve` and `tracewire token`: the review application, on this machine unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracewire.cli.options import CasePath
from tracewire.cli.output import say

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any that is free.")]
PORT = 8765


def register(app: typer.Typer) -> None:
    """Add the serving commands to the app."""
    for command, example in ((serve, "tracewire serve my.case"), (token, "tracewire token Ana --role reviewer")):
        app.command(epilog=f"Example: {example}")(command)


def serve(
    case: CasePath,
    port: Port = PORT,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; any but this machine's own needs --token or --users.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            "--token", help="Ask for this token; best given as the variable TRACEWIRE_TOKEN.", envvar="TRACEWIRE_TOKEN"
        ),
    ] = None,
    users: Annotated[Path | None, typer.Option("--users", help="TOML file of users, roles and token hashes.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Who signs the judgements, if no users file says.")] = None,
) -> None:
    """Read, judge and see a case in the browser. Nothing is fetched from elsewhere; Ctrl-C stops it."""
    serve_case(case, port, host=host, token=token, users=users, name=name)


def serve_case(
    case: Path,
    port: int,
    *,
    host: str = "127.0.0.1",
    token: str | None = None,
    users: Path | None = None,
    name: str | None = None,
) -> None:
    """Serve until stopped; says the address."""
    from tracewire.web.server import make_access
    from tracewire.web.server import serve as run

    access = make_access(host, token, users, name)

    def ready(address: str) -> None:
        say(f"serving {case} at {address} (open it in a browser; Ctrl-C stops it)")

    run(case, host=host, port=port, access=access, ready=ready)


def token(
    name: Annotated[str, typer.Argument(help="The person's name, as it will sign judgements.", show_default=False)],
    role: Annotated[str, typer.Option("--role", help="reader, coder (judges blind), reviewer or admin.")] = "reviewer",
) -> None:
    """A new token for a person (stderr), and the row that lets them in, for the file of --users (stdout)."""
    import json
    from typing import get_args

    from tracewire.errors import UsageError
    from tracewire.web.access import Role, new_token

    if role not in get_args(Role):
        raise UsageError(f"--role {role}: no such role; there are {', '.join(get_args(Role))}")
    made, digest = new_token()
    say(f"token of {name}, shown this once: {made}")
    print(f'[[user]]\nname = {json.dumps(name, ensure_ascii=False)}\nrole = "{role}"\ntoken_sha256 = "{digest}"')


def publish_case(case: Path, output: Path | None, mask: Path | None) -> None:
    """`tracewire export --format site`: a folder of pages, names masked where a file says so."""
    from tracewire.errors import UsageError
    from tracewire.web.publish import load_mask, publish

    if output is None:
        raise UsageError("--format site writes a folder: name a new one with --output")
    count = publish(case, output, load_mask(mask) if mask else None)
    say(f"wrote {count} pages to {output}; open {output / 'index.html'}")
