"""Names what a figure measures, in the release's own words, cut to what a reader would call it (English; Chinese beside)."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.facts.metrics_zh import metric_zh
from bot.facts.model import FigureKind

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release

VERB = re.compile(
    r"\b(?:was|were|is|are|has been|have been|had been|came to|come to|came in at|amounted to|amount to|totall?ed|reached|hit|stood at|stayed|remained|neared|exceeded|exceeds|has exceeded|topped|"
    r"surpassed|rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|surged|slipped|shrank|expanded|widened|narrowed|edged (?:up|down)|went (?:up|down)|picked up|"
    r"quickened|eased|slowed|gained|lost|averaged|numbered|accounted for|made up|took|posted|ran|recorded|registered|reported|secured|facilitated|raised|bought|sold|"
    r"waived|attracted|granted|received|spent|saved|signed|handled|approved|created|issued|paid|carried|welcomed|held|pulled in|brought|contributed|used|leveraged|doubled|"
    r"tripled|halved|cost|put|drew|disbursed|extended|set|aims? for|expects?|will|can|may|now|equall?ed|collected|processed|opened|supported|settled|lent|borrowed|invested|exported|imported|produced|sold|shipped|generated|could|have|has|had)\b",
    re.IGNORECASE,
)
ACTIVE = re.compile(r"\b(?:recorded|registered|reported|secured|facilitated|raised|bought|sold|waived|attracted|granted|received|spent|saved|signed|handled|approved|created|issued|posted|ran|paid|collected|processed|disbursed|extended|held|drew|pulled in|carried|welcomed|have|has|had|used|put|opened|lent|invested|handed out)\b(?: a| an| some| over| about| more than| nearly| up to| the| around| roughly| at least|\s)*$", re.IGNORECASE)
LEAD = re.compile(
    r"^(?:[\s\"“(]|meanwhile,?|additionally,?|moreover,?|overall,?|in addition,?|by contrast,?|thus,?|also,?|and |but |while |whereas |with |of which,? |among them,? |however,?|notably,?|"
    r"(?:\w+ (?:years?|months?) (?:ago|earlier),? )|in total,?|in all,?|excluding [^,]{1,30},|(?:in|by|as of|at|during|over|for|since|through|until) (?:the )?(?:[a-z]+ ){0,5}?(?:\d{4}|months?|quarter|half|year|january|february|march|april|may|june|july|august|september|october|november|december|period|day)(?: alone)?,? |"
    r"(?:19|20)\d\d |according to [^,]{1,60}, )+",
    re.IGNORECASE,
)
FIGURE_END = r"(?:billion|million|trillion|percent|yuan|points|%|\bbn|\d\))"
STRONG = r"; |: |\. | while | whereas |\s[-–—]\s|\b(?:said|added|told|noted|announced)\b(?: reporters| the press)?(?: that)?|[\"“”]"
BOUND = re.compile(rf"{STRONG}|, (?!and [a-z]+ed )|, and |(?<=billion) and |(?<=million) and |(?<=trillion) and |(?<=percent) and |(?<=yuan) and |(?<=%) and |(?<=points) and | so (?=the|every)")
WIDE_BOUND = re.compile(STRONG)
ELIDED = re.compile(
    rf"{FIGURE_END},? (?:and|while|with) (?P<np>(?!by |to |of |in |a |an |up|down|more|from|less|some|about|over|nearly|around|was|were)[a-z][a-z' -]{{2,55}}?)(?: to| at| of| a deficit of| a surplus of| the remaining| contributing)?(?: about| over| nearly| some)? $",
    re.IGNORECASE,
)
GENERIC = re.compile(r"^(?:(?:half-year|four-month|annual|daily|average|total|combined|the|its|their|quarterly|monthly) )*(?:volume|pace|drop|growth|increase|decline|rise|total|value|amount|figure|flow|stock|ratio|rate|number|trade|gap|gain|surplus|deficit)$", re.IGNORECASE)
DRIVING = re.compile(r"\b(?:aims? for|work for|works for|target(?:s|ing)?|expects?|means to attract|driving|leaving|lifting|putting|pushing|bringing|taking|making|sending|raising|with|keeping|cutting|boosting)\s+(?P<np>[^\s,;.][^,;.]{2,69}?)\s+(?:(?:to|at|by|of|up|down|from|contributing|accounting for|over|above|exceeding|reaching|worth)\s*)?(?:a |an |more than |over |about |nearly |some |around |between |at least |up to )*$", re.IGNORECASE)
OF_AFTER = re.compile(r"^\s(?:in|of|worth of|for)\s(?P<np>(?!the (?:first|second|third|fourth|same|year|month|quarter)|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d|that|total|all|it|gdp)[a-z][^,;.()]{2,80}?)(?=,|;|\.|\(|$| (?:in|at|by|from|during|over|under|up|down|as|and|to|through|benefiting|while|with|last|this|a year|was|were|on|since|\d)\b)", re.IGNORECASE)
NOUNS_AFTER = re.compile(r"^\s(?P<np>[\"“]?[A-Za-z][^,;.()]{2,140}?)(?=,|;|\.|\(|$)", re.IGNORECASE)
CONTINUED = re.compile(
    r",? ?(?:or |and )?(?:up|down|rising|growing|falling|(?:a|an) (?:[\w-]+ )?(?:rise|increase|gain|drop|decline|fall|growth|jump)(?: of)?|equal to|at)(?: by)?(?: about| some| over| nearly| more than| around)? ",
    re.IGNORECASE,
)
VERB_OR_MORE = re.compile(r"\b(?:stayed|remained|kept|continued|went on|held|became|improved|strengthened|recovered|rebounded|moved|was|were|rose|fell|grew|is|are|has|have)\b", re.IGNORECASE)
ASIDE = re.compile(r", (?:by contrast|however|meanwhile|in turn|too|also|for example|in particular|by comparison),", re.IGNORECASE)
ITSELF = re.compile(r"^(?:doubl|halv|tripl|quadrupl|trebl)", re.IGNORECASE)
PRONOUN = re.compile(r"^(?:it|they|this|these|that|those|which|the (?:figure|number|volume|amount|total|pace|growth|rate|value|increase|half-year volume|last|former|latter|currency|sector|city|province|bank|banks|branch|region|market|stock|flow|year|first two)|growth|she|he|we|there|both|of that|well|note)?\s*$", re.IGNORECASE)
ANAPHOR = re.compile(r"^(?P<p>their|its) (?P<rest>.+)$", re.IGNORECASE)
RELATIVE = re.compile(r",? (?:which|that|who)\b.*$", re.IGNORECASE)
SHARE_OF = re.compile(r"^\s(?:of|in)\s(?P<np>[^,;.()]{2,60})", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:the|a|an|its|their|some|another|total|chongqing's|the city's|the province's)\s+", re.IGNORECASE)
# No sentence of a release names its subject further back than this; it keeps a text without full stops linear.
REACH = 500
TRAIL = re.compile(r"(?<!\s)\s+(?:also|now|still|alone|already|then|only|each|again|recently|together|thus|respectively|in june|in april|in march|by itself)$", re.IGNORECASE)
RATE_SENSE = re.compile(r"percentage_point|percent")
BRACKETED = re.compile(r"\s?\([^()]{0,80}\)")
MOST = 120


def metrics_of(release: Release, drafts: list[Draft]) -> list[str]:
    """Name the metric of each draft in order; one that its words leave out is the one before it."""
    found: list[str] = []
    for i, draft in enumerate(drafts):
        earlier = found[i - 1] if i and drafts[i - 1].sentence.paragraph == draft.sentence.paragraph else ""
        fresh = bool(i) and drafts[i - 1].sentence is not draft.sentence
        if draft.label is not None:
            metric = _cell(draft, release.language)
        elif draft.equivalent_of is not None and found:
            metric = found[-1]
        elif release.language == "zh":
            metric = metric_zh(draft, earlier)
        elif i and not fresh and CONTINUED.fullmatch(BRACKETED.sub("", draft.sentence.text[drafts[i - 1].end : draft.start])) and draft.of == 1:
            metric = earlier
        else:
            metric = _metric(draft, earlier or _lead(release, draft))
        found.append((metric or earlier or _heading(draft)).strip()[:MOST])
    return found


def _lead(release: Release, draft: Draft) -> str:
    """Name what the sentences before a paragraph's first figure are about: their subject, else the heading above."""
    at = bisect_left(release.sentences, draft.sentence.span.start, key=lambda s: s.span.start)
    for sentence in reversed(release.sentences[max(0, at - 2) : at]):
        verb = VERB_OR_MORE.search(sentence.text)
        if sentence.role == "headline":
            return cut(sentence.text)
        if sentence.paragraph == draft.sentence.paragraph and verb:
            return cut(LEAD.sub("", sentence.text[: verb.start()]))
    return ""


def _cell(draft: Draft, language: str) -> str:
    row, _, column = (draft.label or "").partition("\t")
    if not column or column in row:
        return row
    joiner = " " if language == "en" else ""
    return f"{column}{joiner}{'with ' if language == 'en' and column[0].isupper() else ''}{row}"


def _heading(draft: Draft) -> str:
    return draft.sentence.text[: draft.start].strip(" ,;:(") or draft.sentence.text[draft.end :].strip(" ,;:.")


def _metric(draft: Draft, earlier: str) -> str:
    text = draft.sentence.text
    before, after = ASIDE.sub("", BRACKETED.sub("", text[max(0, draft.start - REACH) : draft.start])), text[draft.end :]
    before += "rose " if ITSELF.match(draft.quantity.surface) else ""
    near = before[-160:]
    if draft.kind == FigureKind.COUNT and (noun := NOUNS_AFTER.match(after[:160])) and not draft.nth and not re.match(r"\s(?:and|or|in|of|from|a year|or above|compared|while|by|more|open)\b", after):
        return _counted_metric(near, cut(noun["np"]))
    driving = DRIVING.search(near)
    if driving and not VERB.search(driving["np"]):
        return _named(cut(driving["np"]), earlier)
    elided = ELIDED.search(near)
    if elided and not VERB.search(elided["np"]) and draft.nth == 0:
        return _named(cut(elided["np"]), earlier)
    if re.search(r"\b(?:accounted for|contributed|made up) (?:about |over |nearly |some )?$", near) and draft.kind == FigureKind.LEVEL and (named := OF_AFTER.match(after[:120])):
        return cut(named["np"])
    if ACTIVE.search(near) and (named := OF_AFTER.match(after[:120])):
        return cut(named["np"])
    if draft.kind == FigureKind.SHARE and re.search(r"(?:^|[,;.(] |while |and |that )(?:over |about |nearly |some |more than |almost |around )?$", near) and (of := SHARE_OF.match(after[:100])):
        return cut(of["np"])
    if draft.kind == FigureKind.LEVEL and not VERB.search(near) and (named := OF_AFTER.match(after[:120])):
        return cut(named["np"])
    subject = _subject(before, wide=draft.of > 1)
    if subject and GENERIC.match(subject):
        return f"{subject} of {earlier}" if earlier and subject.casefold() not in earlier.casefold() else earlier or subject
    if draft.kind == FigureKind.SHARE and subject:
        of = SHARE_OF.match(after[:100])
        whole = f" of {cut(of['np'])}" if of else ""
        return subject if "share" in subject else f"share of {subject}{whole}"
    if subject:
        return _nth(_named(subject, earlier), draft)
    return earlier


def _counted_metric(before: str, noun: str) -> str:
    """Name a bare noun counted by what is done to it: "benefiting 480 enterprises"."""
    doing = re.search(r"\b([a-z]+ing) (?:over |about |more than |some |nearly )?$", before)
    return f"{doing[1]} {noun}" if doing and " " not in noun else noun


def _subject(before: str, *, wide: bool = False) -> str:
    """Give the noun phrase before the last finite verb that has one of its own."""
    for verb in reversed(list(VERB.finditer(before))[-5:]):
        head = before[: verb.start()]
        cuts = [m.end() for m in (WIDE_BOUND if wide else BOUND).finditer(head)]
        phrase = LEAD.sub("", head[cuts[-1] :] if cuts else head)
        phrase = cut(RELATIVE.sub("", phrase))
        if phrase and not PRONOUN.match(phrase) and len(phrase) > 2 and not VERB.fullmatch(phrase):  # noqa: PLR2004 - shorter is no noun phrase
            return phrase
        if phrase and PRONOUN.match(phrase):
            return ""
    return ""


def _named(phrase: str, earlier: str) -> str:
    """Resolve "their share" by what was measured before."""
    anaphor = ANAPHOR.match(phrase)
    if anaphor and earlier:
        return f"{anaphor['rest']} of {earlier}"
    return phrase


def _nth(subject: str, draft: Draft) -> str:
    """Give the n-th item of a subject that lists as many things as there are figures."""
    if draft.of == 1:
        return subject
    items = [p for p in re.split(r", and |, | and ", subject) if p]
    if len(items) != draft.of:
        return subject
    head, last = re.match(r"^(.*\b(?:of|with|from|in|to)\s)?(.*)$", items[0]), items[-1].split()
    prefix = head[1] or "" if head else ""
    item = items[draft.nth]
    tail = " " + " ".join(last[-2:]) if len(last) > 2 and draft.nth < draft.of - 1 and not prefix else ""  # noqa: PLR2004 - a plain count
    return (item if draft.nth == 0 else prefix + item) + tail


def cut(phrase: str) -> str:
    """Cut a noun phrase to what a reader would call it."""
    phrase = phrase.strip(' ,;:"“”()')
    for _ in range(2):
        phrase = TRAIL.sub("", ARTICLE.sub("", phrase))
    phrase = re.sub(r"^\w+(?:’|')s (?=(?:cross|external|financial|foreign))", "", phrase)
    return phrase.strip(' ,;:"“”()')
