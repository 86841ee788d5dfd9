"""Cases and the order of the stages."""

from tracewire.pipeline.case import Case, open_case
from tracewire.pipeline.stages import STAGES, Pipeline, Progress, Stage, Summary, user_packs

__all__ = ["STAGES", "Case", "Pipeline", "Progress", "Stage", "Summary", "open_case", "user_packs"]
