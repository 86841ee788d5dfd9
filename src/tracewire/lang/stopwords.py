"""Function words of English and the verbs of reporting, which stand in news on anything: general knowledge."""

from __future__ import annotations

_WORDS = """
a about above according across added after again against ago all almost along already also although always am among an
and another any are around as asked at away back be became because been before being below between both but by called
came can cannot could day days did do does doing don down during each early either else even ever every few first for
former four from further gave get give given go going got had has have having he her here hers herself him himself his
how however if in into is it its itself just last late later least less like made make makes making many may me might
month months more most much must my near nearly never new next no nor not now of off on once one only or other others
our out over own part per put rather re reported reports said same saw say saying says second see seen several she
should since so some still such take taken taking ten than that the their theirs them themselves then there these they
third this those though three through thus time times to today together told too took toward towards two under until up
upon us use used very via want was way we week weeks well went were what when where whether which while who whom whose
why will with within without would yesterday year years yet you your
"""

STOP_WORDS = frozenset(_WORDS.split())
