"""Time expressions in running text, as one regular expression over written-out patterns."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\s?\.?"
)
_DAYNAME = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_PART = r"(?:morning|afternoon|evening|night|dawn|noon|midday|midnight|dusk)"
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|month|year|decade)s?"
_NUMBER = (
    r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|few|some|many"
    r"|a couple of|couple of|recent)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"\d{1,2}(?:\s?[:.]\s?\d\d)?\s?(?:a\.?m\.?|p\.?m\.?|gmt|hours|o'clock)\b"
_EDGE = r"(?:(?:early|late|mid|earlier|later|end of|beginning of|middle of|the end of|the start of)[\s-])"
_DATE = (
    rf"(?:{_MONTH}\s{_DAY}(?:\s?,?\s{_YEAR})?(?![\d-])|{_DAY}\s(?:of\s)?{_MONTH}(?:\s?,?\s{_YEAR})?"
    rf"|{_MONTH}\s?,?\s?{_YEAR}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d))"
)
_NAMED = rf"(?:{_EDGE}?(?:{_DATE}|{_YEAR}(?!\s?[-/]?\w)|the\s(?:19|20)\d0s|(?:19|20)\d0s|{_MONTH}(?=[\s,;.)]|$)))"
_WEEKDAY = rf"(?:{_EDGE}?(?:last |next |this |past |the following )?{_DAYNAME}(?:\s{_PART})?(?:\s?,?\s{_DATE})?)"
_POINT = rf"(?:{_DATE}|{_MONTH}|{_WEEKDAY}|{_YEAR})"
_LINK = r"(?:on|since|by|until|before|after|from|in|during|as of|late on|early on|late|early|around|throughout|to)"
_WHICH = r"(?:this|last|next|that|that same|the same|the previous|the following|the next|previous)"
_ABOUT = r"(?:about|nearly|almost|more than|over|some|at least|the past)"
_NEAR = r"(?:before|at|around|after|shortly before|shortly after)"
_PATTERNS = (
    rf"(?:between|from)\s{_POINT}\s(?:and|to|until|through)\s{_POINT}(?:\s{_YEAR})?",
    rf"(?:{_LINK}\s)?(?:{_PART}\s(?:on|of)\s)?(?:the\s{_PART}\sof\s)?{_WEEKDAY}",
    rf"(?:{_LINK}\s)?(?:the\s)?{_NAMED}",
    rf"(?:(?:on|since|by|until|before|after|in|during|at)\s)?(?:the\s)?(?:weekend\sof\s){_DATE}",
    rf"(?:over|in|during|for|within|throughout)\sthe\s(?:last|past|next|coming|previous)\s(?:{_NUMBER}\s)?{_UNIT}",
    r"(?:in|over|during)\srecent\s(?:days|weeks|months|years|hours|times)",
    r"(?:earlier|later)\s(?:this|that|in the|last)\s(?:week|month|year|day|morning)",
    rf"(?:early\s|late\s|earlier\s|later\s)?{_WHICH}\s(?:{_UNIT}|spring|summer|autumn|fall|winter|{_PART})",
    rf"(?:for\s)?(?:{_ABOUT}\s)?{_NUMBER}\s(?:and a half\s)?{_UNIT}\s(?:ago|earlier|later|before|after)",
    rf"for\s(?:the\spast\s|about\s|nearly\s|almost\s|more\sthan\s|over\s|at\sleast\s)?{_NUMBER}\s{_UNIT}",
    rf"in\s(?:the\s)?(?:early|late|mid)[\s-](?:{_YEAR}s?|(?:19|20)\d0s|{_MONTH})",
    r"(?:over|during|at|on)\sthe\sweekend",
    r"the\sday\s(?:before|after)|a\s(?:day|week|month|year)\s(?:earlier|later|ago|before)",
    r"(?:yesterday|today|tomorrow|tonight|overnight)(?:\s(?:morning|afternoon|evening|night))?",
    r"last\snight|(?:early|late)\s(?:yesterday|today)",
    rf"{_NEAR}\s(?:dawn|dusk|noon|midnight|midday|sunrise|sunset)(?:\s(?:on\s)?{_WEEKDAY})?",
    rf"in\sthe\s(?:early\s|late\s)?(?:morning|afternoon|evening|night)(?:\sof\s{_DATE})?",
    rf"(?:(?:at|around)\s(?:about\s)?)?{_CLOCK}",
    rf"so\sfar\sthis\s(?:week|month|year)|since\s(?:last\s)?(?:week|month|year|then|yesterday|{_MONTH})",
)
TIME = re.compile(r"(?<![\w-])(?:" + "|".join(_PATTERNS) + r")(?![\w])", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:\b(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)|[ap]\.m)\s?\.$", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"(?:may|march|mar|sun|sat|in may)", re.IGNORECASE)


def find_times(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the time expressions in `text[start:end]`, longest first at each place."""
    found = []
    position = start
    while match := TIME.search(text, position, end):
        first, last = match.start(), match.end()
        words = text[first:last].rstrip(" ,;")
        if words.endswith(".") and not _ABBREVIATED.search(words):
            words = words.rstrip(" .")
        if not _is_plain_word(words, text[first : first + 1]):
            found.append((first, first + len(words)))
        position = match.end()
    return found


def _is_plain_word(words: str, first: str) -> bool:
    """Lone "may" and "march" are verbs unless written as a name."""
    bare = words.rstrip(" .")
    return bool(_AMBIGUOUS.fullmatch(bare)) and (first.islower() and " " not in bare)
