"""English noun phrases around a figure: where they end, which only point back, and the subject of a verb."""

from __future__ import annotations

import re

from bot.text.patterns import Folded, grouped, words

UP_DOWN = (
    "rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|surged|slipped|shrank|expanded|contracted|widened|narrowed|quickened|eased|slowed|gained|lost|doubled|tripled|halved|soared|plunged|"
    "rebounded|recovered|advanced|retreated|strengthened|weakened|improved|slid|accelerated|moderated|edged (?:up|down|higher|lower)|went (?:up|down)|crept (?:up|down)|picked up|inched (?:up|down)|ticked (?:up|down)|"
    "grows|rises|falls|climbs|jumps|surges|slips|shrinks|expands|widens|narrows|slows|eases|drops|declines|increases(?= (?:by|to|\\d))|decreases|quickens|rebounds|gains|hits|tops|reaches|exceeds|nears|edges (?:up|down)|"
    "put on|puts on|gave up|turned out|took in|swung to|fared|continued (?:growing|rising|falling|declining|expanding|to [a-z]+)|kept (?:growing|rising|falling|declining)"
)
STATING = (
    "added up to|adds up to|was|were|is|are|has been|have been|had been|came to|come to|came in at|came in|amounted to|amount to|totall?ed|reached|hit|stood at|stood|stayed|remained|held steady|neared|exceeded|exceeds|has exceeded|topped|surpassed|"
    "averaged|averages|numbered|accounted for|accounts for|account for|made up|makes up|make up|took|posted|ran|recorded|registered|reported|yielded|fetched|represented|represents|represent|equall?ed|comprised|carried|bore|ended|closed|settled at"
)
DOING = (
    "secured|facilitated|raised|bought|sold|waived|attracted|granted|received|spent|saved|signed|handled|approved|created|issued|paid|welcomed|held|pulled in|brought|contributed|supplied|used|leveraged|cost|put|drew|disbursed|"
    "extended|set|aims? for|expects?|will|can|may|now|collected|processed|opened|supported|settled|lent|borrowed|invested|exported|imported|produced|shipped|generated|could|would|have|has|had|called|left|served|operated|employs?|employed|"
    "transported|moved|loaded|launched|completed|(?<!value )(?<!value-)added|outpaced|outperformed|lagged|drawn|earmarked|bucked|hopes?|wants?|plans?|gathered|swelled|exchanged|cleared|inched|carries|came (?:down|out|up)|come down|beat|passed|dwindled|led|imposed|delivered|generated|earned|booked|returned|delivered|installed|commissioned|built|sent|visited|stayed|arrived|do|does|did|handed out|injected|withdrew|repaid|owed|responded|covers?|has been|led|ran to|brought to"
)
_VERBS = grouped(f"{STATING}|{UP_DOWN}|{DOING}")
VERB = Folded(rf"(?<![\w-])(?:{_VERBS})(?![\w-])")
_HEDGES = Folded(
    r"(?:(?<![a-z])(?:about|around|some|over|nearly|almost|roughly|approximately|approx\.?|more than|(?:no |not )?less than|(?:no )?fewer than|at least|at most|up to|no more than|just|only|well|under|above|below|a total of|an estimated|a combined|a record|another|"
    r"a further|as (?:many|much) as|close to|an average of|a cumulative|a net|slightly|broadly|still|already|a mere|a|an|the)\s*)*$"
)
_HEDGES_END = ("about", "around", "some", "over", "nearly", "almost", "roughly", "approximately", "approx", "approx.", "than", "least", "most", "to", "just", "only", "well", "under", "above", "below", "of", "estimated", "combined", "record", "another", "further", "as", "cumulative", "net", "slightly", "broadly", "still", "already", "mere", "a", "an", "the")
_LONGEST_HEDGES = 60


def unhedged(text: str) -> str:
    """Leave out the small words that a text ends with: hedges and articles.

    >>> unhedged("rose to more than a "), unhedged("rose to ")
    ('rose to ', 'rose to ')
    """
    if not text.rstrip().lower().endswith(_HEDGES_END):
        return text
    hedges = _HEDGES.search(text, max(0, len(text) - _LONGEST_HEDGES))
    return text[: hedges.start()] if hedges else text


TIME = (
    "january|february|march|april|may|june|july|august|september|october|november|december|sept|dec|nov|oct|aug|jan|feb|month|months|year|years|quarter|quarters|half|week|period|day|the|a|an|same|previous|last|this|earlier|ago|before|"
    "first|second|third|fourth|end|beginning|start|of|in|by|at|for|during|over|between|since|as|on|until|through|and|year-on-year|month-on-month|quarter-on-quarter|yoy|y/y|annual|annually|annualised|annualized|past|preceding|prior|turn|within|value|volume|number|terms of|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|seasonally|adjusted|basis|unadjusted|nominal|real|terms|constant|prices|corresponding|whole|full|full-year|year-ago|year-earlier|date"
)
JOINING = (
    "up|down|rising|falling|growing|higher|lower|more|less|fewer|faster|slower|stronger|weaker|wider|narrower|to|from|with|or|compared|against|versus|than|which|that|it|they|but|while|also|respectively|increase|increases|rise|gain|drop|decline|decrease|"
    "yet|stayed|remained|fall|growth|jump|surge|expansion|reduction|climb|dip|rate|pace|equal|equivalent|representing|accounting|up by|percent|point|points|after|reaching|totalling|hitting|bringing|exceeding|topping|nearly|almost|about|around|some|over|roughly|"
    "approximately|approx|just|only|well|under|above|below|total|an|estimated|record|another|further|still|slightly|then|namely|ie|twice|either|was|were|is|are|has|have|had|been|be|being|did|not|no|each|both|in turn|now|"
    "increasing|decreasing|declining|climbing|expanding|slowing|easing|quickening|accelerating|averaging|taking|making|covering|comprising|constituting|narrowing|widening|edging|edged|year-earlier|unchanged|little|changed|"
    "rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|surged|slipped|shrank|expanded|contracted|widened|narrowed|quickened|eased|slowed|gained|lost|reached|hit|totalled|totaled|amounted|came|stood|exceeded|topped|neared|set|"
    "reflecting|representing|marking|registering|showing|posting|recording|surpassing|outpacing|national|nationwide|country|level|levels|figure|one|out|revised|upwards?|downwards?|net|cumulative|cumulatively|average|at|old|new|latest|what|when|so|far|there|having|their|its|rates|grown|risen|fallen|shrunk|exceed|reach|hit|top|rise|grow|fall|stand"
)
CONNECTIVE = frozenset(f"{TIME}|{JOINING}".replace("|", " ").replace("?", "").split()) | {"upward", "downward", "s", "yoy", "month", "term"}
TOKEN = re.compile(r"[^\W\d_][\w/]*|\d+|[^\s,;:()'’–—-]")
DATE_NUMBER = re.compile(r"(?:19|20)\d\d|\d{1,2}")


def connects(gap: str) -> bool:
    """Whether words only join a figure to the one before: connectives, time, direction, hedges.

    >>> connects(" year on year, to "), connects(", while imports fell "), connects("; ")
    (True, False, True)
    """
    return all(word in CONNECTIVE or DATE_NUMBER.fullmatch(word) for word in TOKEN.findall(gap.casefold()))


DIRECTED = re.compile(
    r"\b(?:increases?|rises?|gains?|drops?|declines?|decreases?|fall|jump|surge|expansion|reduction|climb|dip|(?:annual|annualised|annualized|monthly|yearly|growth|same|faster|slower|quicker) (?:rate|pace)|^rate|pace|total|record|record high|record low|new high|new low|all-time high|peak|trough|level|average|maximum|minimum|ceiling|up|down|at|by|to|net tightening|range|slump|rebound|recovery|margin|tune|equivalent)$",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:[\s\"“(•·*–-]|meanwhile,?|additionally,?|moreover,?|overall,?|in addition,?|by contrast,?|thus,?|also,?|together,? |though |although |because |since then,? |today,? |now,? |currently,? |at present,? |so far(?: this year)?,? |elsewhere,? |instead,? |in particular,? |as a result,? |notably,? |separately,? |similarly,? |likewise,? |however,? |and |but |while |whereas |with |where |when |as |(?:month|year|quarter)[- ]on[- ](?:month|year|quarter),? |of which,? |among (?:them|these|those|the total),? |however,?|notably,?|after |that |"
    r"(?:\w+ (?:years?|months?) (?:ago|earlier),? )|in total,?|in all,?|of (?:that|this|these|the total),? |(?:excluding|including|by|on|under|among|looking at|as for|in terms of|following|despite|besides|in) [^,]{1,60}, (?=[a-z])|"
    r"(?:in|by|as of|as at|at|during|over|for|since|through|until|between) (?:the )?(?:[a-z-]+ ){0,5}?(?:\d{4}|months?|quarter|half|year|january|february|march|april|may|june|july|august|september|october|november|december|period|day)(?: of (?:the|this|last|next) year)?(?: alone)?,? (?!was\b|were\b)|"
    r"(?:19|20)\d\d |according to [^,]{1,60}, )+",
    re.IGNORECASE,
)
STRONG = r"; |: |\. | while | whereas | and that (?!of\b)|, (?:al)?though | because |\s[-–—•·]\s|[\"“”]|\bmean(?:s|ing) that |\bso (?:that )?(?=the|every|its|their)|\bso that | as (?=[a-z]+ (?:volumes?|sales|prices|exports|imports)\b)"
FIGURED = "billion|million|trillion|percent|yuan|%|points|bn|cent|higher|lower|dearer|cheaper|faster|respectively|tonnes|TEU|months|year|2\\d"
_AFTER_FIGURE = "|".join(rf"(?<={word} and )" for word in FIGURED.replace("2\\d", "").strip("|").split("|"))
BOUND = re.compile(rf"{STRONG}|, (?!and [a-z]+ed )|, and | and (?:{_AFTER_FIGURE})")
WIDE_BOUND = re.compile(STRONG)
SAYING = (" that ", "aid ", "dded ", "nnounced ", "oted ")  # one of these it has
SAID_THAT = re.compile(words(r"said|added|adding|told|noted|noting|saying|stressed|stressing|announced|show(?:s|ed|ing)?|indicat(?:es|ed|ing)|estimates?|explained|reported|confirmed") + r"(?: (?!that)[^\s,;:.\"]+){0,4} that (?=[a-z]|\d)|\b(?:said|added|noted|announced)\b ", re.IGNORECASE)
GENERIC = re.compile(
    r"^(?:(?:half-year|full-year|four-month|annual|daily|average|total|combined|cumulative|the|its|their|quarterly|monthly|overall|all|same|latest) )*"
    r"(?:volume|pace|drop|growth|increase|decline|rise|total|value|amount|figure|flow|stock|ratio|rate|number|trade|gap|gain|surplus|deficit|average|rates|growth rates?|shares|values|them|these|those|level|result|balance|latter|fall|increment|whole|target|amount involved|sum involved)(?: in the [a-z ]*(?:quarters?|months?|years?))?$",
    re.IGNORECASE,
)
OF_STOP = frozenset(["a", "an", "the", "its", "their", "our", "and", "or", "with", "at", "by", "to", "in", "for", "of", "on", "from", "while", "when", "that", "were", "was", "is", "are", "has", "have", "had", "a", "as", "than"])


def noun_of(near: str) -> str:
    """Give the noun phrase that "of" joins a figure to: what stands before it, back to an article, a verb or a preposition.

    >>> noun_of("the Bank recorded operating income of"), noun_of("rose to")
    ('operating income', '')
    """
    words = near.rstrip().split()
    if not words or words[-1].casefold() != "of":
        return ""
    kept: list[str] = []
    for word in reversed(words[-8:-1]):
        if word.casefold() in OF_STOP or VERB.fullmatch(word) or word[-1] in ",;:.(":
            break
        kept.insert(0, word.lstrip('("“'))
    return " ".join(kept)


DRIVERS = "lifts?|raises?|brings|pushes|takes|bring down|reduce|increase|boost|expand|aims? for|work for|works for|target(?:s|ing)?|expects?|expected|means to attract|driving|leaves?|leaving|lifting|lifted|putting|puts?|pushing|pushed|bringing|brought|taking|making|sending|raising|raised|with|keeping|kept|cutting|cut|boosting|lowered|lowering|hold|holds|see|sees|left|reported|bring|take|leave|estimated|trimmed|holding|keep|keeps|maintain|maintains|want|wants"
AIMED = r"(?:to(?: (?:average|reach|be|grow|rise|fall|stand at|exceed|total|come in at|expand|increase|hit|stay at))?(?: by| at)?|at|by|of|up|down|from|contributing|accounting for|over|above|exceeding|reaching|worth|between|(?:surging|jumping|soaring|climbing|dropping|plunging|expanding|shrinking|slipping|growing|rising|falling|increasing|declining|decreasing|gaining|widening|narrowing)(?: by| to)?)"
# Longest first and possessive: what was taken is never tried again, so blanks and small words cost their number once.
HEDGED = r"(?:more than|no less than|no more than|no fewer than|not less than|at least|between|around|nearly|about|up to|over|some|just|only|an|a|\s)*+"
PARTICIPLE = re.compile(r"(?:^|\b(?:of|the|a|an|its|their|our|for|in|on|newly|and|by)) [a-z-]+ed$", re.IGNORECASE)


def has_verb(phrase: str) -> bool:
    """Whether a phrase has a verb that is none beside a noun: "loans rose", not "the value of facilitated settlement"."""
    return any(not PARTICIPLE.search(f" {phrase[: verb.end()]}") for verb in VERB.finditer(phrase))


DRIVEN = Folded(rf"\b(?:{grouped(DRIVERS)})\s")  # what DRIVING begins with
DRIVING = re.compile(rf"\b(?:{DRIVERS})\s++(?P<np>(?!by\b|to\b|at\b|up\b|down\b|from\b|in\b)[^,;.]{{3,70}}?)\s++{AIMED}?{HEDGED}$", re.IGNORECASE)
DRIVING_LIST = re.compile(rf"\bwith\s++(?P<np>[^;.]{{3,160}}?)\s++(?:up|down|at|growing|rising|falling|increasing|declining)(?: by)?{HEDGED}$", re.IGNORECASE)
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
OF_AFTER = re.compile(
    rf"^\s(?:this year |last year )?(?:of|in|worth of|for)\s(?P<np>(?!the (?:first|second|third|fourth|same|year|month|quarter|previous|last|three|six)|[a-z]+ months|number|value|volume|cash|fees\b|(?:the )?(?:{MONTHS})|20\d\d|that|total|all|it|gdp|which|(?:the )?(?:year|months?|quarter)\b|every|new york)[a-z][^,;.()]{{2,80}}?)"
    r"(?=,|;|\.|\(|$| (?:in|at|by|from|during|over|under|up|down|as|and|to|through|benefiting|while|with|last|this|a year|was|were|on|since|\d|abroad|here|went|pulled)\b)",
    re.IGNORECASE,
)
NP_STOP = r"and|or|in|of|to|on|at|by|for|from|with|as|now|was|were|is|are|has|had|have|can|could|may|will|would|took|take|that|who|which|worth|through|under|over|between|during|against|compared|up|down|but|while|than|the|a|an|after|before|because|since|when|where|each|called|left|fewer|more|less|higher|lower|across|per|among|within|without|about|still|did|do|tell|tells|say|pay|pays|use|uses|used|made|held|run|runs|joined|paid|got|lost|won|went|came|set|open|opened|[a-z]{2,}(?<!r)(?<!n)(?<!d)ed"
NP_AFTER = re.compile(
    rf"^\s[\"“]?(?P<np>(?:(?:more|new|additional|further|other) )?(?!(?:{NP_STOP.rsplit('|', 1)[0]})\b)[A-Za-z][\w’'/-]*[\"”]?(?: (?!(?:{NP_STOP})\b)[A-Za-z0-9\"“][\w’'/-]*[\"”]?){{0,5}})",
    re.IGNORECASE,
)
ARTICLED = re.compile(r"\W*(?:the|an?|its|their|our) (?=$|[a-z])", re.IGNORECASE)
ENDS_ARTICLED = re.compile(r"\b(?:the|an?|its|their|our) $", re.IGNORECASE)
PRONOUN = re.compile(
    r"^(?:it|they|this|these|that|those|which|the (?:figure|number|volume|amount|total|pace|growth|rate|value|increase|half-year volume|last|former|latter|currency|sector|city|province|bank|banks|branch|region|market|stock|flow|year)|(?:trillion|billion|million|thousand)(?: (?:yuan|dollars|euros))?|growth|she|he|we|there|both|of that|well|note|you|i|who|what|march|april|may|june|july|august|september|october|november|december|january|february)?\s*$",
    re.IGNORECASE,
)
BARE_IT = re.compile(r"it|they", re.IGNORECASE)
BEFORE_IT = 8
POINTING = re.compile(r"\b(?:it|they|this|these)$", re.IGNORECASE)
ORDINAL = re.compile(r"^(?:the )?(first two|first three|former|latter|last|first|second)$", re.IGNORECASE)
ANAPHOR = re.compile(r"^(?P<p>their|its) (?P<rest>.+)$", re.IGNORECASE)
OF_SEVERAL = re.compile(r"(?:^|[.;:] |[.;:]\s?[\"“])(?P<np>[A-Z][^.;:,\d]{2,60} (?:of|by|from|to) [a-z][^,.;:\d]{2,40}(?:, [^,.;:\d]{2,40}){1,4},? and [^,.;:\d]{2,50}) $")
THAT_OF = re.compile(r"(?:^|[,;] |\b(?:while|and|but|whereas) )(?P<that>(?:that|those) (?:of|with|for|from|to|in|under) [^\d,;]{2,60}?) $", re.IGNORECASE)
RELATING = re.compile(r"(?:which|who|that)(?: (?:now|still|also|already|currently|together|alone))?", re.IGNORECASE)
ANTECEDENT = re.compile(r"(?:^|[,;:.] |, and )(?P<np>[a-z][^,;:.\d]{2,60}), which$", re.IGNORECASE)
RELATIVE = re.compile(r",? (?:which|that|who)\b.*$", re.IGNORECASE)
SHARE_OF = re.compile(r"^\s(?:of|in)\s(?P<np>[^,;.()]{2,60}?)(?=,|;|\.|\(|$| (?:in|at|by|from|during|over|under|up|down|as|and|to|was|were|on|since|compared|while|with|last|this)\b)", re.IGNORECASE)
ITSELF = re.compile(r"^(?:doubl|halv|tripl|quadrupl|trebl)", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:resulting|corresponding|respective|yet|and|but|while|or|the|a|an|its|their|our|some|another|total|all|every|only|just|over|about|nearly|more than|new record|\d[\d,.]*(?! (?:months?|years?|days?)\b)(?= [a-z])|(?:that|those) of|the city's|the province's|(?:january|february|march|april|may|june|july|august|september|october|november|december)['’]s)\s+", re.IGNORECASE)
TRAIL = Folded(rf"(?<!\s)\s+(?:{grouped('also|now|still|alone|already|then|only|each|again|recently|together|thus|respectively|more than|nearly|almost|about|in june|in april|in march|by itself|than|further|just|itself|would|could|will|can|may|might|should|has|have|had|was|were|been|to|and|or|of|steadily|slightly|sharply|modestly|edged|inched|crept|ticked|stays?|remains?|stands?|will be|would be|can be|could be|may be')})$")
_TRAIL_ENDS = ("was", "were", "been", "about", "again", "almost", "alone", "be", "stay", "stays", "remain", "remains", "stand", "stands", "edged", "inched", "crept", "ticked", "already", "also", "and", "april", "can", "could", "each", "further", "had", "has", "have", "itself", "june", "just", "march", "may", "might", "modestly", "nearly", "now", "of", "only", "or", "recently", "respectively", "sharply", "should", "slightly", "steadily", "still", "than", "then", "thus", "to", "together", "will", "would")
_LONGEST_TRAIL = 24
OWNER = re.compile(r"^\w+[’']s (?=cross|external|financial|foreign)")
SIDE = re.compile(r"(?:^|[.;] )on the (?P<side>import|export)s? side,? ", re.IGNORECASE)


def cut(phrase: str) -> str:
    """Cut a noun phrase to what a reader would call it.

    >>> cut("the total value of loans,"), cut("3,260 ATMs in the city"), cut("exports also")
    ('value of loans', 'ATMs in the city', 'exports')
    """
    phrase = phrase.strip(' ,;:"“”()•·')
    for _ in range(2):
        phrase = _untrailed(ARTICLE.sub("", phrase))
    phrase = phrase.removeprefix("whose ")
    if "s " in phrase:
        phrase = OWNER.sub("", phrase)
    return phrase.strip(' ,;:"“”()')


def _untrailed(phrase: str) -> str:
    if not phrase.lower().endswith(_TRAIL_ENDS):
        return phrase
    trail = TRAIL.search(phrase, max(0, len(phrase) - _LONGEST_TRAIL))
    return phrase[: trail.start()] if trail else phrase


def topic_of(before: str) -> str:
    """Give the phrase before a figure that no verb leads to: the last part of its clause."""
    cuts = [m.end() for m in BOUND.finditer(before)]
    phrase = LEAD.sub("", before[cuts[-1] :] if cuts else before)
    return re.split(r"(?<=\w)\s(?=[a-z]{3,}ed\b)", phrase, maxsplit=1)[0]


def subject_of(before: str, *, wide: bool = False) -> str:
    """Give the noun phrase before the last finite verb that has one of its own.

    >>> subject_of("In May, total deposits with banks increased by ")
    'deposits with banks'
    """
    for verb in reversed(list(VERB.finditer(before))[-6:]):
        head = before[: verb.start()]
        if ENDS_ARTICLED.search(head):
            continue  # "the cost per unit": no verb
        cuts = [m.end() for m in (WIDE_BOUND if wide else BOUND).finditer(head)]
        phrase = LEAD.sub("", head[cuts[-1] :] if cuts else head)
        if not wide and (several := OF_SEVERAL.search(head)) and not VERB.search(several["np"]):
            return cut(several["np"])
        if RELATING.fullmatch(phrase.strip()) and (noun := ANTECEDENT.search(head.rstrip().removesuffix(phrase.strip()) + "which")):
            return cut(noun["np"])
        if that := THAT_OF.search(head):
            return that["that"]
        articled = ARTICLED.match(phrase)
        phrase = cut(RELATIVE.sub("", phrase))
        leading = VERB.match(phrase) and not articled
        if leading or DIRECTED.fullmatch(phrase) or re.fullmatch(r"\W*(?:to|by|not|than|from)?\W*", phrase):
            continue
        if ORDINAL.match(phrase):
            return phrase
        if phrase and (PRONOUN.match(phrase) or POINTING.search(phrase)):
            return subject_of(head[: head.rindex(": ")]) if BARE_IT.fullmatch(phrase) and ": " in head[-BEFORE_IT:] else ""
        if len(phrase) > 2:  # noqa: PLR2004 - shorter is no noun phrase
            side = SIDE.search(before)
            return f"{phrase} {side['side']}s" if side and "port" not in phrase else phrase
    return ""


def nth_item(subject: str, nth: int, of: int) -> str:
    """Give the n-th item of a subject that lists as many things as there are figures.

    >>> nth_item("exports and imports", 1, 2), nth_item("trade", 0, 2)
    ('imports', 'trade')
    """
    if of == 1:
        return subject
    items = [p for p in re.split(r", and |, | and ", subject) if p]
    if len(items) != of:
        return subject
    head, last = re.match(r"^(.*\b(?:of|with|from|in|to)\s)?(.*)$", items[0]), items[-1].split()
    prefix = head[1] or "" if head else ""
    item = items[nth]
    tail = " " + " ".join(last[-2:]) if len(last) > 2 and nth < of - 1 and not prefix else ""  # noqa: PLR2004 - a plain count
    return (item if nth == 0 else prefix + item) + tail
