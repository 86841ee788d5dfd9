"""What every exporter is: a function from a record to lines of text, or to a file or folder that is no text."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from tracewire.errors import PluginError
from tracewire.model import Record


class Exporter(Protocol):
    """Writes one format. `suffix` is the usual file ending, with its dot.

    It may also have `notes`, what to tell the user after a write (what was left out and why), and `encoding`, where
    the format has another than UTF-8.
    """

    name: str
    suffix: str

    def write(self, record: Record) -> Iterator[str]:
        """The file as text chunks, in an order that depends on nothing but the record."""
        ...


class FileExporter(Protocol):
    """Writes a format that is no text: one file, or a folder of files where `suffix` is empty."""

    name: str
    suffix: str

    def save(self, record: Record, path: Path) -> None:
        """Write the file or folder at `path`, which is not there yet."""
        ...


def need(module: str, format: str) -> Any:
    """A module of the `exports` extra; PluginError that says how to install it where it is not there."""
    try:
        return import_module(module)
    except (ImportError, OSError) as error:  # OSError: a native library that the package itself cannot find
        raise PluginError(
            f"--format {format} needs {module.partition('.')[0]}, which cannot be loaded ({error}); "
            "install it with: pip install 'tracewire[exports]'"
        ) from error
