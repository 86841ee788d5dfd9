"""The command line: one command per verb; parses, calls, prints. Data go to stdout, talk to stderr."""

from __future__ import annotations

import os
import sys

from tracewire.errors import TracewireError

EXIT_FINE, EXIT_FAILED_DOCUMENTS, EXIT_USAGE, EXIT_CASE, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    from tracewire.cli.app import app
    from tracewire.cli.output import complain, say_notes

    try:
        app(args=arguments)
    except TracewireError as error:
        complain(str(error))
        say_notes(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, SystemExit) as error:
        stopped = _interruption(error)
        if stopped is None:
            raise
        complain("stopped; what was done is kept: run the same command again to go on")
        say_notes(stopped)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FINE)


def _interruption(error: BaseException | None) -> KeyboardInterrupt | None:
    """The Ctrl-C behind an error: the command line library turns it into an exit of its own."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error


__all__ = ["main"]
