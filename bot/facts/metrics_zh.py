"""Names what a figure measures in Chinese: the words of its clause before the verb, or the clause that it continues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.text.quantity import COUNT, POINT

if TYPE_CHECKING:
    from bot.facts.draft import Draft

CLAUSE = re.compile(r"[，；。：（“]")
CUT = re.compile(
    r"分别(?:为|增长|下降|达到?|是|占)?|达到?|突破|超过?|逾|首次|合计|共计|共|累计|同比|环比|比(?!重|率|例|值)|较|约|近(?!年)|将近|接近|为(?!主|了)|是|由|从|升至|降至|升到|降到|提高到?|"
    r"增长|增加(?!值)|下降|减少|上涨|下跌|回落|上升|扩大|收窄|加快|放缓|贬值|升值|压缩|回升|实现(?!进)|完成|有(?!色|关|限|效|进)|保持在|不足|不到|占|至少|最高|恢复至?|翻了?|高于|低于|超|名义|实际|名义增长|多增|少增|净增|平均(?=为)|维持在|控制在|不超过|不少于|均|稳定在|增至|减至|增$|降$|升$|涨$|跌$"
)
LEAD = re.compile(
    r"^(?:其中|此外|同时|另外|截至|目前|主要产品中|分项目看|分季度看|方面|全年|全市|全省|全区|全国|当月|累计|仅|的|也|且|并|而|到|与|数据显示|据[^，]{0,8}统计|根据[^，]{0,16}|[^，]{0,8}介绍|[^，]{0,6}表示|[^，]{0,6}说|进口方面|主要贸易伙伴方面|"
    r"(?:(?:19|20)\d\d年)?(?:前?[一二三四\d—\-–]{1,5}(?:个?月份?|季度)|上半年|下半年|年末|年底|末|全年|当月|以来)|(?:19|20)\d\d年(?:末|底)?|\d{1,2}月(?:份|末|底|当月)?|、|，|\s)+"
)
QUANTITY = re.compile(r"[\d.,]+(?:万亿|万|亿)?(?:个百分点|元|美元|%|％|家|户|个|笔|台|万|亿|倍|吨|人|成)?")
COMMON = re.compile(r"(?P<tail>(?:贷款|存款|消费品零售额|零售额|增加值|余额|进出口|利率|率|收支|出口|进口|结算|外汇存款余额)+)$")
LIST = re.compile(r"、|和|及|与")
REACH = 400  # no clause is longer, and a sentence may be without end


def metric_zh(draft: Draft, earlier: str) -> str:
    """Name the metric of a Chinese figure; ``earlier`` is the one before it in the paragraph."""
    before = draft.sentence.text[max(0, draft.start - REACH) : draft.start]
    cuts = [m.end() for m in CLAUSE.finditer(before)]
    clause = before[cuts[-1] :] if cuts else before
    subject = _subject(clause)
    if draft.kind == FigureKind.COUNT and draft.quantity.unit == COUNT and len(subject) < 2:  # noqa: PLR2004 - no name
        after = re.match(r"[\u4e00-\u9fff]{2,14}", draft.sentence.text[draft.end :])
        subject = (after[0] if after else "") or subject
    if not subject:
        return _derived(clause, draft, earlier)
    if earlier and subject in ("占比", "比重", "规模", "增速", "降幅", "均价", "其中", "贸易顺差", "顺差", "支出", "收入", "单户", "平均利率", "加权平均利率"):
        return subject if subject in ("顺差", "支出", "收入", "贸易顺差") else _stem(earlier) + subject
    return _derived(clause, draft, _nth(subject, draft))


def _subject(clause: str) -> str:
    clause = LEAD.sub("", clause)
    found = CUT.search(clause)
    phrase = clause[: found.start()] if found else clause
    phrase = QUANTITY.sub("", phrase).strip('、，（）()的“”"和 ')
    return phrase if len(phrase) > 1 and not re.fullmatch(r"(?:分别|其中|同比|环比|元|美元|[、和]+)", phrase) else ""


def _derived(clause: str, draft: Draft, name: str) -> str:
    """Add what a share, a growth of growth or a narrowing decline is of."""
    if draft.kind == FigureKind.SHARE and re.search(r"占", clause) and "占" not in name and "比重" not in name:
        whole = re.search(r"占([\u4e00-\u9fff]{2,14}?)的?(?:比重|约|近|逾|超|$|由)", clause)
        return f"{name}占{whole[1].rstrip('的') if whole else ''}比重"
    if draft.quantity.unit == POINT and re.search(r"降幅", clause) and "降幅" not in name:
        return f"{_stem(name)}降幅"
    if draft.quantity.unit == POINT and re.search(r"增速", clause) and "增速" not in name:
        return f"{_stem(name)}增速"
    return name


def _stem(name: str) -> str:
    return re.sub(r"(?:降幅|增速|增幅)$", "", name)


def _nth(subject: str, draft: Draft) -> str:
    if draft.of == 1:
        return subject
    items = [p for p in LIST.split(subject) if p]
    if len(items) != draft.of:
        return subject
    tail = COMMON.search(items[-1])
    item = items[draft.nth]
    return item + tail["tail"] if tail and draft.nth < draft.of - 1 and not item.endswith(tail["tail"]) else item
