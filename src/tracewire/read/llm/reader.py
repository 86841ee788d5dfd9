"""Read documents by asking a language model, stretch by stretch; nothing is sent before a document is to be read."""

from __future__ import annotations

from tracewire.errors import UsageError
from tracewire.model import Document, Reading, stable_id
from tracewire.read.base import Account, ReaderContext
from tracewire.read.llm.account import Tally
from tracewire.read.llm.answer import parse_answer
from tracewire.read.llm.cache import Cache, cache_key
from tracewire.read.llm.grounding import Grounding
from tracewire.read.llm.prompt import PROMPT_VERSION, answer_schema, question, system_prompt
from tracewire.read.llm.service import NoAnswerError, Service
from tracewire.read.llm.stretches import Stretch, stretches

ATTEMPTS = 2
"""Answers asked for where the first one is cut or no JSON."""
_AGAIN = "Your last answer was not one complete JSON object. Answer again, with that object alone."
CACHE_FOLDER = "llm-cache"


class LLMReader:
    """Asks the service that the settings name; keeps what stands in the text word for word and counts the rest."""

    name = "llm@1"

    def __init__(self, context: ReaderContext) -> None:
        if context.llm is None:
            raise UsageError(
                "the reader llm asks a language model over the network: name it with --llm-url and --llm-model"
            )
        self._settings, self._codebook = context.llm, context.codebook
        self._system = system_prompt(context.codebook)
        self._service = Service(context.llm, answer_schema(context.codebook))
        self._cache = Cache(context.home / CACHE_FOLDER) if context.home is not None else None
        self._tally = Tally()
        self.fingerprint = stable_id("", self.name, context.llm.model, PROMPT_VERSION, self._system)

    def read(self, document: Document) -> Reading:
        """Mentions and claims of all readable blocks; stretches without a usable answer are its gaps."""
        grounding = Grounding(document, self._codebook, self._tally)
        gaps = []
        for stretch in stretches(document):
            self._tally.stretches += 1
            try:
                grounding.take(stretch, self._answer(question(document.reading.text, stretch)))
            except NoAnswerError as error:
                self._tally.failed += 1
                gaps.append(f"{_named(stretch)}: {error}")
        return grounding.reading(self.name, tuple(gaps))

    def account(self) -> Account:
        """Questions, tokens, cost and what was dropped since the reader was made."""
        return self._tally.account(self._settings, self._service.host)

    def _answer(self, asked: str) -> dict[str, object]:
        """The parsed answer, kept or new; raises NoAnswerError where none can be used."""
        key = cache_key(self._settings.model, PROMPT_VERSION, self._system, asked)
        kept = parse_answer(self._cache.get(key)) if self._cache else None
        if kept is not None:
            self._tally.cached += 1
            return kept
        messages = [{"role": "system", "content": self._system}, {"role": "user", "content": asked}]
        for _ in range(ATTEMPTS):
            reply = self._service.ask(messages)
            self._tally.answered(reply.tokens_in, reply.tokens_out)
            answer = None if reply.cut else parse_answer(reply.content)
            if answer is not None and reply.content is not None:
                self._keep(key, reply.content)
                return answer
            messages = [*messages[:2], {"role": "user", "content": _AGAIN}]
        raise NoAnswerError("the answer was cut" if reply.cut else "the answer was no JSON of the form asked for")

    def _keep(self, key: str, content: str) -> None:
        if self._cache is None:
            return
        try:
            self._cache.put(key, self._settings.model, content)
        except OSError as error:
            self._tally.cache_fault = f"{self._cache.folder}: {error.strerror or error}"


def _named(stretch: Stretch) -> str:
    first, last = stretch.lines[0].number, stretch.lines[-1].number
    return f"sentence {first}" if first == last else f"sentences {first} to {last}"
