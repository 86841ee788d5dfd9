"""Pictures drawn on this side: they need no script, print well, and load nothing."""

from tracewire.web.draw.flow import Flow, draw_flow
from tracewire.web.draw.timeline import Timeline, draw_timeline
from tracewire.web.draw.worldmap import Map, draw_map, outline

__all__ = ["Flow", "Map", "Timeline", "draw_flow", "draw_map", "draw_timeline", "outline"]
