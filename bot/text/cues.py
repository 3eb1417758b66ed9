"""What a text must hold for a rule of periods to find anything in it: looked for before the rule's pattern is tried.

A pattern that begins with a choice is tried at every place of a text, a plain string is looked for at once. A rule
that is not named here is always tried.
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURIES = ("19", "20")
_QUARTERS = ("q1", "q2", "q3", "q4")
CUES: dict[str, tuple[str, ...]] = {
    "end of June 2025": _MONTHS,
    "late 2024": _CENTURIES,
    "end of last year": ("year",),
    "mid-2024": ("mid",),
    "February 17, 2025": _MONTHS,
    "17 February 2025": _MONTHS,
    "January-April": _MONTHS,
    "first four months": ("months", "quarters"),
    "over the four months": ("month",),
    "first half": ("half", "h1", "h2", "1h", "2h"),
    "third quarter": ("quarter",),
    "Q3 2024": _QUARTERS,
    "2024 Q3": _QUARTERS,
    "month and year": _MONTHS,
    "month": _MONTHS,
    "months named whole": _MONTHS,
    "fiscal year": ("fy",),
    "relative year": ("year",),
    "'24": ("'",),
    "five years ago": ("ago", "earlier", "before"),
    "6月末": ("月末", "月底"),
    "三季度末": ("季度末",),
    "2024年末": ("年",),
    "1月22日": ("日", "号"),
    "1—8月份": ("月",),
    "前三季度": ("前",),
    "上半年": ("半年",),
    "三季度": ("季",),
    "12月": ("月",),
    "2024年": ("年",),
    "24年": ("年",),
    "去年": ("年",),
    "2024": _CENTURIES,
}


_SETS = [(re.compile("|".join(map(re.escape, cues))), [name for name, own in CUES.items() if own == cues]) for cues in dict.fromkeys(CUES.values())]


def idle(text: str) -> frozenset[str]:
    """Give the names of the rules that cannot find anything in a text.

    >>> "third quarter" in idle("in the Third Quarter"), "third quarter" in idle("in June"), "6月末" in idle("6月末")
    (False, True, False)
    """
    folded = text.casefold()
    return frozenset(name for cue, names in _SETS if not cue.search(folded) for name in names)
