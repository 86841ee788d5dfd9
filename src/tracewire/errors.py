"""Every error Tracewire raises on purpose.

TracewireError                 the root: catch this to catch all of them
├── UsageError                 wrong use: an option, a metadata file, a source that is not there   (exit code 2)
├── CaseError                  the case cannot be used as it is                                    (exit code 3)
│   ├── CaseLocked             another run is writing to it
│   ├── Conflict               another reviewer judged the same thing meanwhile
│   ├── CaseTooNew             it was written by a newer version
│   └── CaseDamaged            a file of the case is missing or was changed
├── DocumentError              one document cannot be processed; the run goes on                   (exit code 1)
├── CodebookError              a codebook, knowledge pack or language file breaks its own rules    (exit code 2)
├── ReaderError                a reader cannot work: its weights, its runtime or its service          (exit code 2)
└── PluginError                no reader, store or exporter of that name                           (exit code 2)
"""

from __future__ import annotations

__all__ = [
    "CaseDamaged",
    "CaseError",
    "CaseLocked",
    "CaseTooNew",
    "CodebookError",
    "Conflict",
    "DocumentError",
    "PluginError",
    "ReaderError",
    "TracewireError",
    "UsageError",
]


class TracewireError(Exception):
    """Root of all errors raised on purpose; `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(TracewireError):
    """The call was wrong; the message says what to do instead."""

    exit_code = 2


class CaseError(TracewireError):
    """The case cannot be used as it is."""

    exit_code = 3


class CaseLocked(CaseError):
    """Another process is writing to the case."""


class Conflict(CaseError):
    """What is judged was judged by somebody else since it was read; nothing was written."""


class CaseTooNew(CaseError):
    """The case was written by a newer version of Tracewire."""


class CaseDamaged(CaseError):
    """A file that the case relies on is missing or no longer has the hash that was recorded."""


class DocumentError(TracewireError):
    """One document cannot be processed; `stage` and `name` say where."""

    def __init__(self, name: str, stage: str, reason: str) -> None:
        super().__init__(f"{name}: {stage}: {reason}")
        self.name = name
        self.stage = stage
        self.reason = reason


class CodebookError(TracewireError):
    """A codebook, knowledge pack or language file breaks its own rules; names the file and the row."""

    exit_code = 2


class ReaderError(TracewireError):
    """A reader cannot work at all: its weights, its runtime or its service; the message says what to do."""

    exit_code = 2


class PluginError(TracewireError):
    """No reader, store or exporter has that name."""

    exit_code = 2
