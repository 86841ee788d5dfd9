"""The language model reader: asks a service the user names, and keeps only what stands in the text word for word."""

from tracewire.read.llm.reader import LLMReader
from tracewire.read.llm.service import check_service

__all__ = ["LLMReader", "check_service"]
