"""Numbers that are no figures: dates, names, document and telephone numbers, ages, ranks, tenors, list and note marks.

Each rule is name + a pattern over the words before the number + a pattern over those after it; the first that fits
leaves the number out. A rule sees at most forty characters on either side, so its cost is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.text.numbers import EN_WORD
from bot.text.patterns import Folded, grouped, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.text.quantity import Found, Quantity

REACH = 40
FURTHER = 70
LARGE = 1_000_000
MANY = 1_000  # 47,000 working days are counted; 28 days are a length of time


class Rule(NamedTuple):
    """A named reason why a number is no figure, by what ends before it and what begins after it; ``counts`` limits it to numbers without a unit of value."""

    name: str
    before: str = ""
    after: str = ""
    counts: bool = True


NUMBERED = (
    r"no\.|nos\.|document|circular|room|table|photo|picture|figure|chart|graph|fig\.|article|chapter|section|codes?|heading|halls?|announcement|gate|line"
    r"|notice|order|decree|floor|level|phase|tier|hs|grade|class|page|annex|item|bpm|covid-?|g|top|its|route|flight|model"
)
RULES = (
    Rule("numbered thing", rf"\b(?:{grouped(NUMBERED)}) ?\(?(?:\d+ and )?"),
    Rule("telephone", r"(?:\btel\b\.?|telephone|hotline|fax|电话|热线|传真|客服|咨询|拨打|专线)[^,，。.;]{0,16}"),
    Rule("part of a code", r"[\d+×/:∶@#][-–—]?|[a-z]-?|\d[-–—]", counts=True),
    Rule("code goes on", "", r"^(?:[-–—]\d|[+×/:]\d|:\d\d|/\d|[-–](?!day|fold)[a-z])"),
    Rule("in a name", r"[“\"‘'«《]", r"^[^\s]{0,6}[”\"’'»》]"),
    Rule("name of an index", r"\b(?:fortune(?: global)?|global|ftse|csi|s&p|nikkei|russell) "),
    Rule("size of a class", r"\b(?:lines?|loans?|accounts?|deposits?|credit) of (?:up to |over |more than |less than |under |below )?", r"^ (?:(?:or|and) (?:below|less|above|more|under|over)|were|was|are)\b", counts=False),
    Rule("end of a name", r"[“《][^”》]{1,20}", r"^[”》]"),
    Rule("note mark", r"[\[〔(（]\s?", r"^\s?[\]〕)）]"),
    Rule("list mark", r"^\s*", r"^[.、)）]\s?(?=\D|$)"),
    Rule("ordinal", r"第|排名|排在|位居|位列|名列|居"),
    Rule("ordinal ending", "", r"^(?:st|nd|rd|th)\b"),
    Rule("age", r"(?-i:\b[A-Z][\w'’.-]+), ", r"^, (?!\d)"),
    Rule("age range", r"\b(?:aged?|ages|over the age of|years? old|aged (?:between|from)) (?:\d+ (?:to|and|or) |\d+[-–])?"),
    Rule("age of", "", r"^(?:[-\s]years?[-\s](?:old|of age))"),
    Rule("address", "", r"^ (?-i:(?:[A-Z][a-z]+ ){1,3}(?:Street|Road|Avenue|Lane|Boulevard|Building|Square|Plaza|District))\b"),
    Rule("tariff heading", "", r"^下(?:的|商品|货物|产品|[。，；]|$)"),
    Rule("age in Chinese", "", r"^岁"),
    Rule("length of time", "", r"^[\s-](?:(?:consecutive|straight|trading|working|business|calendar|full|more|whole|successive) )?(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|quarters?|seconds?)\b|^(?:个)?(?:月|年|天|日|周|小时|分钟|季度|工作日|交易日|年期|月期|日期|秒|世纪|载)", counts=True),
    Rule("length of time, counted in Chinese", "", r"^(?:月|工作日|交易日|小时|季度|学期|年度|月期)"),
    Rule("rank or round", r"\b(?:ranks?|ranked|placed|top|out of|(?:rank\w*|placed|first|second|third|\w{3,}th)\b[^.;]{0,16} among) (?:\w+ )?"),
    Rule("threshold", r"单笔|每|\b(?:per|every|one|each) |满", r"^(?:以下的|及以上的?|的荣枯线|的?线|的?分界线| residents| people| inhabitants)", counts=False),
    Rule("threshold in a definition", "", r"^(?:的荣枯线|的荣枯分界|荣枯线|及以上的(?:工业|企业|法人|单位)| and (?:more|above) from| threshold|-?mark that)", counts=False),
    Rule("threshold of a class", r"(?:单笔|单户|单个|每户|授信(?:总额)?|主营业务收入|规模|面积)[^，。；]{0,8}", r"^(?:及|或)?以[上下](?:的|（含）)", counts=False),
    Rule("size in a note", r"\b(?:sales|revenue|turnover|income|assets|investment)\b[^,;.]{0,24}? of (?:at least )?", r"^ (?:or|and) (?:more|above|over)\b", counts=False),
    Rule("left out of a count", "", r"^ (?:are|is|were|was) (?:excluded|included|not (?:counted|included))\b", counts=False),
    Rule("size in a definition", "", r"^(?:及|或)?以[上下](?:的)?(?:电厂|工业|企业|法人|单位|项目|老年人|人群|学历|水库|机组)", counts=False),
    Rule("sum in a note", r"等于|\b(?:add|sum) (?:up )?to ", counts=False),
    Rule("per so many", r"\b(?:per|every|each) ?|每 ?", counts=False),
    Rule("measures taken", "", r"^(?:项|条)?(?-i:[\u4e00-\u9fff]{0,4})(?:措施|举措|意见|办法|任务|内容|要求|服务措施)|^ points\b|^ (?:\w+ )?(?:measures|steps|articles|rules|questions|guidelines|principles|provisions|tasks|areas|things|reasons|ways|aspects|features|highlights|trends|pages|priorities|pillars|characteristics)\b"),
    Rule("news outlets and years of plans", "", r"^ (?:news )?(?:outlets|reporters|journalists|media)\b|^[-\s]year\b|^五"),
    Rule("digits of a brand", r"[A-Za-z]"),
    Rule("star rating and zone", "", r"^[- ](?:star|way|stop|door|party|point|dimensional|level|tier|pronged|g\b)"),
    Rule("base year", r"(?:at constant|compared with|since|than|than in|relative to|基期|以) ", r"^ prices|^年为"),
)
ONE = re.compile(r"^(?:one|一)(?:[家个名项位种批次所处套只台条场届份笔艘架辆件起国度块列户]|人)?$", re.IGNORECASE)
BASE_UNIT = re.compile(r"^(?:one|an?|1|100|一|百) ?(?:(?:us|hong kong) )?(?:[a-z]+|[^\x00-\x7f]{1,3})$", re.IGNORECASE)
ROUND = re.compile(r"^(?:1|一|10|百|千|万)0*(?:万|亿|百|千)?(?:元|美元|欧元|港元)$")
EACH = re.compile(r"每[\u4e00-\u9fff]{0,3}$")
GROUP = re.compile(r"[\u4e00-\u9fff](?<![与对和的在于有共等及以为至达超约近过自从向了])$")
OF_BASE = re.compile(r"(?:\b(?:to|per|for|against|buys?)|=|兑) ?(?:the )?$", re.IGNORECASE)
TO_BASE = re.compile(r"^ ?(?:兑|对人民币|合人民币|折合|=|buys|fetched|was worth|traded)", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
TOLD = re.compile(
    r"(?:\bnumber of [^,;.]{2,50} (?:at|was|is|were|to|(?:to )?(?:pass|top|exceed|reach|hit|surpass|approach)(?:e[sd]|s|ed)?)|\b(?:increase|rise|decrease|drop|decline|fall) of|\b(?:number(?:ed|ing|s)|totall?(?:ed|ing|s)|reach(?:ed|ing|es)|stood at|came to|exceed(?:ed|ing|s)|topp(?:ed|ing)|surpass(?:ed|ing)|hit|(?:amount|add)(?:ed|ing) (?:up )?to|compared with|against"
    r"|(?:rose|fell|grew|risen|grown|doubled|tripled|increased|decreased|dropped|climbed|expanded|up|down|rising|growing|falling|declined|bringing|taking|total)\b[^,;.]{0,40}\b(?:to|from)))"
    r" (?:(?:more|less|fewer) than |over |nearly |almost |about |around |some |a record |a total of |only |just |at least )?$",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"\s[A-Z]")
STARTS = re.compile(r"[.!?:;\"“”—–-]\s*$")
TITLED = re.compile(r"[A-Z][a-z-]+(?: [A-Z][a-z]+)?")
SINCE_WORD = re.compile(r"\b(?:first|last|next|past|these|those|both|all) $", re.IGNORECASE)
THE_FEW = re.compile(r"\bthe $", re.IGNORECASE)
KNOWN_FEW = re.compile(r" (?:[a-z]+(?:est|ed)|top|most|main|biggest|together|largest|leading|mentioned|of|months|years|days|weeks|quarters)\b", re.IGNORECASE)
FEW = 3  # "the two sides", "the three provinces" are known by their number; "the nine auctions" are counted
YEARLIKE = re.compile(r"(?:19|20)\d\d")
# "between 80 and 100 listed companies"; "the numbers were 51, 74 and 120, respectively".
BETWEEN = re.compile(r"\bbetween $", re.IGNORECASE)
LISTED = re.compile(r"\bnumbers? (?:was|were|had been|stood at) (?:\d[\d,]*+ (?:and )?+)*+$", re.IGNORECASE)
COUNTED_TOO = re.compile(rf"(?: and|, and|,) (?:\d[\d,]*|{EN_WORD})\b|,? respectively", re.IGNORECASE)
OR_MORE = re.compile(r" or (?:more|fewer|above|over) (?!than\b)[a-z]+(?: [a-z]+)?s\b")
WORD_NUMBER = re.compile(r"^[a-z-]+$", re.IGNORECASE)
NOUN_AFTER = re.compile(r"^(?:\s|\s?[\"“])(?!(?:and|or|in|of|to|on|at|by|for|from|with|as|the|is|was|were|are|percent|has|had|have|after|before|until|during|while|which|that|who|per)\b)[\"“]?[A-Za-z]", re.IGNORECASE)
NOT_COUNTED = re.compile(r"^\s(?:more|less|fewer|higher|lower|of (?:the|our|its|their|them|these|those|which|whom)|open|or so|(?:had|have|were|are|joined|took)\b)", re.IGNORECASE)


HAN = re.compile(r"[\u4e00-\u9fff]")
FAR_BEFORE = ("telephone",)  # its words may stand before any others


class Check(NamedTuple):
    """The rules that hold for one sort of number: those of one side as one pattern each, those of both sides one by one where what follows fits any.

    ``ends`` are the Chinese characters that what goes before can end in: after any other, and far from ``far``, it need not be tried.
    """

    before: Folded
    far: Folded | None
    ends: frozenset[str]
    after: re.Pattern[str]
    either: re.Pattern[str]
    both: tuple[tuple[Callable[[str], object], Callable[[str], object]], ...]


def _ending(alternatives: str) -> Folded:
    """Give the pattern of what ends so; what begins with a word is tried where words begin, and nowhere else."""
    every = split(alternatives)
    worded = "|".join(one.removeprefix(r"\b") for one in every if one.startswith(r"\b"))
    others = "|".join(one for one in every if not one.startswith(r"\b"))
    return Folded("|".join(rf"{part}$" for part in (worded and rf"\b(?:{worded})", others and rf"(?:{others})") if part))


def _beginning(alternatives: str) -> re.Pattern[str]:
    return re.compile(alternatives, re.IGNORECASE)


def _check(*, many: bool, counting: bool) -> Check:
    rules = [rule for rule in RULES if not (many and rule.name.startswith(("length of time", "note mark", "measures"))) and (counting or not rule.counts)]
    leading = [rule for rule in rules if not rule.after]
    before = "|".join(rule.before for rule in leading if rule.name not in FAR_BEFORE)
    far = "|".join(rule.before for rule in leading if rule.name in FAR_BEFORE)
    after = "|".join(rule.after for rule in rules if not rule.before)
    two = [rule for rule in rules if rule.before and rule.after]
    both = tuple((re.compile(f"(?:{rule.before})$", re.IGNORECASE).search, _beginning(rule.after).match) for rule in two)
    return Check(_ending(before), _ending(far) if far else None, frozenset(HAN.findall(before)), _beginning(after), _beginning("|".join(rule.after for rule in two)), both)


CHECKS = {(many, counting): _check(many=many, counting=counting) for many in (False, True) for counting in (False, True)}


def is_figure(found: Found, text: str) -> bool:
    """Whether a quantity of a sentence that is part of no period is a figure."""
    quantity = found.quantity
    counting = quantity.unit == "count"
    surface = text[found.start : found.end]
    before = text[max(0, found.start - REACH) : found.start]
    after = text[found.end : found.end + REACH]
    if counting and (ONE.match(surface) or (surface.endswith("国") and GROUP.search(before)) or _in_title(surface, before, after)):
        return False
    if not counting and _of_base(quantity, surface, before, after):
        return False
    check = CHECKS[quantity.amount >= MANY, counting]
    if check.after.match(after) or (check.far and check.far.search(before)) or ((before[-1:] in check.ends or not HAN.match(before[-1:])) and check.before.search(before)):
        return False
    if check.either.match(after) and any(follows(after) and precedes(before) for precedes, follows in check.both):
        return False
    return not counting or _counts(found, surface, text[max(0, found.start - FURTHER) : found.start], after)


def _of_base(quantity: Quantity, surface: str, before: str, after: str) -> bool:
    """Whether an amount is what a rate is told of: "to the dollar", 每百元."""
    if quantity.is_money and BASE_UNIT.match(surface) and (OF_BASE.search(before) or TO_BASE.match(after)):
        return True
    return bool(ROUND.match(surface) and EACH.search(before))


def _in_title(surface: str, before: str, after: str) -> bool:
    """Whether a number word is part of a name: capitalised amid a sentence, before another capital ("Ten Thousand Journeys")."""
    if not TITLED.fullmatch(surface):
        return False
    starts = not before.strip() or STARTS.search(before)
    return not starts and CAPITAL.match(after) is not None


def _counts(found: Found, surface: str, before: str, after: str) -> bool:
    """Whether a bare number counts something: a classifier or measure with it, or a noun after it."""
    if found.quantity.counted:
        return True
    if not surface.isascii():
        return False
    if WORD_NUMBER.match(surface) and (SINCE_WORD.search(before) or (THE_FEW.search(before) and (found.quantity.amount <= FEW or KNOWN_FEW.match(after)))):
        return False
    if COUNTED_TOO.match(after) and (BETWEEN.search(before) or LISTED.search(before)):
        return True
    if found.quantity.amount != found.quantity.amount.to_integral_value():
        return found.quantity.amount >= LARGE or bool(re.match(r"\s[A-Za-z]+s\b", after))
    if found.quantity.amount >= LARGE or GROUPED.fullmatch(surface) or (TOLD.search(before) and not YEARLIKE.fullmatch(surface)):
        return True
    if YEARLIKE.fullmatch(surface):
        return bool(re.match(r"\s[a-z]+s\b", after))
    return bool(NOUN_AFTER.match(after) or OR_MORE.match(after) or NOT_COUNTED.match(after))

