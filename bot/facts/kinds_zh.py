"""What the words around a figure of a Chinese text say of its kind and its direction."""

from __future__ import annotations

import re

from bot.facts.model import FigureKind
from bot.text.patterns import grouped

CLAUSE_ZH = re.compile(r"[，；：。]")
_UP = r"增长|增加|上升|上涨|提高|提升|扩大|加快|多增|净增|增幅|增速|涨幅|高于|高出|快于|升值|回升|攀升|新增|较快|增收|多收|增支|增|涨|升|激增|飙升|多|走高|走强|改善|上调|延长|翻|高(?:了|约)?$"
_DOWN = r"下降|减少|回落|下跌|收窄|少增|降低|低于|缩小|贬值|压缩|下滑|萎缩|放缓|下行|慢于|少收|少(?=退|缴|完成|支|销|产|投)|减支|减|降|跌|缩短|回调|走低|走弱|下调|调降|削减|收缩|减收|低(?:了|约)?$"
CHANGE_ZH = re.compile(grouped(f"{_UP}|{_DOWN}"))
DOWN_ZH = re.compile(grouped(_DOWN))
UP_ZH = re.compile(grouped(_UP))
SHARE_ZH = re.compile(r"占(?!用)|比重|占比|份额|贡献|完成|恢复至|恢复到|相当于|增长面|产业结构|惠及面|过半")
RATE_ZH = re.compile(r"率|息差|进度|利差|倍差|强度|利率|比率|指数|中间价|汇率|LPR|PMI|价格锁定|成本|收益率|占用比")
TARGET_ZH = re.compile(r"力争|目标|预计|将|计划(?!的|完成)|努力|拟|预期|有望|争取")
GROWN_TIMES_ZH = re.compile(r"(?:增长|增加|提高|上升|上涨|扩大|缩小|减少|下降|降低|增)(?:了|近|超|逾|约|超过|将近|接近)*$")
RATE_NEXT_ZH = re.compile(r"^的(?:[^，。；]{0,6}(?:利率|费率|税率|汇率|监管要求|监管标准|下限|红线))")
TO_ZH = re.compile(r"(?:个百分点|个基点|BP|bp)(?:至|到)\s*$")
GROWN_ZH = re.compile(r"(?:增长|下降|增速|涨幅|降幅|上涨|下跌|增幅|贬值|升值|压缩|减少|扩大|加快|放缓|回落|上升|增加|增|降)(?:了|约|近|超|逾|至|到|为|分别为|超过|不足|实际|名义|也|仅|由|达|幅)*\s*$")
DIFFERENCE_ZH = re.compile(r"(?:比[^，。]{1,10}|同比|较[^，。]{1,8}|累计|环比|净)?(?:增加|减少|多增|少增|净增|扩大|缩小|上升|下降|上涨|下跌|提高|降低|上调|下调|回升|回落|增长|收窄|高出|多|少增加|减收|增收|[多少](?:收|退|缴|完成|支|销|产|投)|减支|增支|压减|(?:较|比)[^，。]{1,8}新增)(?:了|约|近|超|逾)?\s*$")
PART_ZH = re.compile(r"比重|占比|份额")
STANDS_ZH = re.compile(r"(?:提高|上升|下降|降)(?:至|到)\s*$")
RATIO_ZH = re.compile(r"率|比率|比重|占比")
SHARE_NEXT_ZH = re.compile(r"为个体|是|来自|为[^，]{0,6}(?:企业|户)")
SHARE_OF_ZH = re.compile(r"比重|占比")
SHARED_ZH = re.compile(r"占|比重")
ADDED_ZH = re.compile(r"(?<![较比]年初)(?<![较比]上年末)(?<![较比]去年末)(?<![较比]上年底)新增|增加值")
GROWTH_AT_ZH = re.compile(r"(?:增速|增幅|涨幅|增长率|(?P<less>降幅|跌幅))[^，；。]{0,24}(?:至|到|为|由|从)[^，；。\d]{0,10}$")


def clause_zh(left: str, right: str) -> tuple[str, str]:
    """Cut the words before and after a figure to its clause."""
    cut = max(left.rfind("，"), left.rfind("；"), left.rfind("："), left.rfind("。"))
    stop = CLAUSE_ZH.search(right)
    return left[cut + 1 :], right[: stop.start()] if stop else right


def is_difference_zh(before: str) -> bool:
    """Whether an amount is a difference by the words before it: 比年初增加2283亿元."""
    return bool(DIFFERENCE_ZH.search(before)) and not ADDED_ZH.search(before[-12:] if before.endswith("新增") else before[-4:])


def percent_zh(before: str, after: str, wide: str) -> FigureKind:
    """Tell a percentage's kind by the words of its clause before and after it, and by ``wide``, what goes before its clause."""
    if RATE_NEXT_ZH.match(after):
        return FigureKind.RATE
    if TO_ZH.search(before):
        return FigureKind.SHARE if PART_ZH.search(before) else FigureKind.RATE if RATE_ZH.search(before) or RATE_ZH.search(wide[-60:]) else FigureKind.CHANGE
    if GROWN_ZH.search(before):
        rate = STANDS_ZH.search(before) and RATIO_ZH.search(before)
        return (FigureKind.SHARE if SHARE_OF_ZH.search(before) else FigureKind.RATE) if rate else FigureKind.CHANGE
    if SHARE_ZH.search(before) or SHARE_NEXT_ZH.match(after):
        return FigureKind.SHARE
    if SHARED_ZH.search(wide[-40:]) and not CHANGE_ZH.search(before):
        return FigureKind.SHARE
    if RATE_ZH.search(before) or (RATE_ZH.search(wide[-50:]) and not CHANGE_ZH.search(before)):
        return FigureKind.RATE
    if CHANGE_ZH.search(before) or CHANGE_ZH.search(wide[-60:]):
        return FigureKind.CHANGE
    return FigureKind.SHARE
