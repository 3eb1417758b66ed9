"""Names what a figure measures in Chinese: the subject of its clause and what its verb is done to, or what it goes on about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.text.patterns import grouped
from bot.text.quantity import COUNT, POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.facts.draft import Draft

CLAUSE = re.compile(r"[，；。：（“]")
BRACKET = re.compile(r"（[^（）]{0,60}）|\([^()]{0,60}\)|[①②③④⑤⑥]")
OPENED = re.compile(r"[（(①②③④⑤⑥]")
QUOTED = re.compile(r"“([^“”，。；]{1,14})”")
# Verbs whose object is what is measured: what follows them up to the figure belongs to the name.
DONE_TO = (
    "实现(?!进)|完成|发行|接待|合计|共计|累计|共|新增|办理|运送|发送|监管|查处|减免|发放|惠及|获得|吸引|带动|拉动|节约|撬动|投放|兑现|清理|开展|组织|受理|帮助|支持|设立|新设|开立|建成|开通|签订|成交|处置|"
    "有(?<![国所私拥持占享特没含]有)(?!色|关|限|效|进|土|序|力|机|望)|收到|征收|入库|生产(?<!地区生产)(?<!国内生产)(?!总值)|采购|开行|起降|到港|输送|外送|装卸|增发|募集|审批|受惠|偿还|支付|缴纳|拨付|下达|筹集|补贴|安排"
)
CUT = re.compile(grouped(  # each begins with what it must: the engine skips to those
    rf"分别(?:为|增长|下降|达到?|是|占)?|达到?|突破|超过?|逾|首次|{DONE_TO}|同比|环比|比(?<!可比)(?!重|率|例|值|口径|价)|较(?!快|好|高|低)|约|近(?!年)|将近|接近|为(?!主|了)|是|由|从|升至|降至|升到|降到|提高到?|提升|位居|位列|排名|快于|慢于|"
    r"增长|增加(?!值)|下降|减少|上涨|下跌|回落|上升|扩大|收窄|加快|放缓|贬值|升值|压缩|压减|回升|保持在|不足|不到|占(?!用)|至少|最高|恢复至?|翻了?|高于|低于|超|名义|实际(?!使用|利用|到位|收|投|吸收)|多增|少增|净增|减收|增收|少收|多收|相当于|持平|居(?=第|前|首)|"
    r"平均(?=为)|维持在|控制在|不超过|不低于|不高于|不少于|均(?<![平人月日户年每周]均)|稳定在|增至|减至|增$|降$|升$|涨$|跌$|低$|高$"
))
_DONE = grouped(DONE_TO)
OBJECT = re.compile(rf"(?:{_DONE})(?!.*(?:{_DONE}))(?P<np>[^\d，。；]{{2,24}})$")
LEAD = re.compile(
    r"^(?:不过|然而|但|已经?(?=连续)|其中|此外|同时|另外|截至|目前|主要产品中|主要税种中|方面|全年|全市|全省|全区|全国|我国|我省|我市|当月|当日|单日|累计|仅|就|的|也|且|并|而|到|与|可比|逐季|逐月|努力|力争|争取|确保|预计|计划|推动|推进|连续[\d一二三两四五六七八九十]*个?[月年]|连续[月年]|单月|数据显示|监测显示|据[^，]{0,8}统计|根据[^，]{0,16}|[^，]{0,8}介绍|[^，]{0,6}表示|[^，]{0,6}说|"
    r"按[^，]{0,8}(?:口径|价格|计算)|扣除[^，]{0,10}(?:因素|影响)|受[^，]{0,14}影响|[^，]{1,6}看|[^，]{1,8}方面|"
    r"(?:(?:19|20)\d\d年)?(?:前?[一二三四\d—\-–至]{1,5}(?:个?月份?|季度)|上半年|下半年|年末|年底|末|全年|当月|以来)|(?:19|20)\d\d年(?:末|底)?|\d{1,2}月(?:份|末|底|当月)?(?:\d{1,2}日)?|今年|去年|上年|、|，|\s)+"
)
ADVERBIAL = re.compile(r"^(?:创|连续|在|受|随着|按|据|扣除|剔除|从|面对|截至|与|初步|经|考虑|根据)|(?:下|看|后|时|以来|中|方面|影响|因素|相比|计算|统计|显示|介绍|同期|[年月日季度末底初])$")
QUANTITY = re.compile(r"[\d.,]+(?:万亿|万|亿)?(?:个百分点|元|美元|%|％|家|户|个|笔|台|万|亿|倍|吨|人|成)?")
COMMON = re.compile(r"(?P<tail>(?:贷款|存款|消费品零售额|零售额|增加值|余额|进出口|利率|率|收支|出口|进口|结算|外汇存款余额|产量|收入|支出|人数|金额|资产|保费)+)$")
LIST = re.compile(r"、|和|及|与")
NOUN_AFTER = re.compile(r"^(?:的)?(?P<np>[A-Za-z\u4e00-\u9fff]{2,16})")
NO_NOUN = re.compile(r"左右|以上|以下|多|上下|次|以内|以后|之后|后|的|被|全部|大关|目标|增|减")
BY = re.compile(r"通过|利用|依托|凭借|借助")
HANGING = frozenset(["占比", "比重", "规模", "增速", "增幅", "涨幅", "降幅", "跌幅", "升幅", "均价", "其中", "单户", "平均利率", "加权平均利率", "期末余额", "余额", "占比重", "日均", "月均", "年均"])
WHOLE = re.compile(r"占([\u4e00-\u9fff]{2,14}?)的?(?:比重|约|近|逾|超|$|由)")
PART_OF = re.compile(r"(.{2,}?)占[\u4e00-\u9fff]{0,14}比重$")
PACE = re.compile(r"(?:降幅|增速|增幅|涨幅)$")
EACH = re.compile(r"每[\u4e00-\u9fff]{1,3}")
NOTHING = re.compile(r"(?:分别|其中|同比|环比|元|美元|较上年|[、和]+|占比重|(?:上年|去年)?同期|全省|全市|同时|数量|目标)")
BARE = 2
REACH = 500  # no sentence names its subject further back
FAR = 60  # figures back in a paragraph


def metric_zh(drafts: Sequence[Draft], found: list[str], i: int) -> str:
    """Name the i-th draft's metric; ``found`` names those before it."""
    draft = drafts[i]
    head = i - draft.nth if draft.nth <= i and drafts[i - draft.nth].sentence is draft.sentence else i
    last = head - 1
    text = draft.sentence.text
    here = last >= 0 and drafts[last].sentence is draft.sentence
    earlier = found[last] if last >= 0 and drafts[last].sentence.paragraph == draft.sentence.paragraph else ""
    before = _plain(text[max(0, drafts[head].start - REACH) : drafts[head].start])
    gap = _plain(text[drafts[last].end : drafts[head].start]) if here else before
    if earlier and "（" in gap and "）" not in gap:
        return earlier
    if draft.of == 1 and draft.quantity.unit == COUNT and (noun := _counted(text[draft.end : draft.end + 24])):
        return noun
    clauses = CLAUSE.split(before)
    own = clauses[-1] if len(clauses[-1]) <= len(gap) else gap
    name = _named(own)
    if not name and draft.of > 1 and here and (listed := _distributed(drafts, found, i, last)):
        return listed
    if not name:
        name = _before(clauses[:-1], gap, here=here)
    if not name and not here and earlier and draft.quantity.unit != COUNT:
        earlier = _opening(drafts, found, last)
    if not name:
        return _derived(own, draft, earlier)
    if earlier and (name in HANGING or EACH.fullmatch(name)):
        return _stem(earlier) + name
    return _derived(own, draft, _aimed(_nth(name, draft), draft))


def _plain(text: str) -> str:
    """Leave out what stands in brackets, and the marks around a short quotation."""
    text = BRACKET.sub("", text) if OPENED.search(text) else text
    return QUOTED.sub(r"\1", text) if "“" in text else text


def _opening(drafts: Sequence[Draft], found: list[str], last: int) -> str:
    """Give the first metric of the paragraph that a draft ends."""
    first = last
    while first and last - first < FAR and drafts[first - 1].sentence.paragraph == drafts[last].sentence.paragraph:
        first -= 1
    return found[first]


def _named(clause: str) -> str:
    """Give a clause's subject, and what its verb is done to: 商业银行累计实现净利润 is 商业银行净利润."""
    clause = LEAD.sub("", clause)
    cut = CUT.search(clause)
    subject = _clean(clause[: cut.start()] if cut else clause)
    done = OBJECT.search(clause)
    if not done:
        return subject
    tail = CUT.search(done["np"])
    return (subject if len(subject) <= 12 else "") + _clean(done["np"][: tail.start()] if tail else done["np"])  # noqa: PLR2004 - a longer subject is no name


def _clean(phrase: str) -> str:
    phrase = QUANTITY.sub("", phrase).strip('、，（）()的“”"和 与及对')
    return phrase if len(phrase) >= BARE and not NOTHING.fullmatch(phrase) else ""


def _before(clauses: list[str], gap: str, *, here: bool) -> str:
    """Give the subject of the nearest clause before the figure's that says one, not reaching over another figure."""
    reach = CLAUSE.split(gap)[:-1] if here else clauses
    for clause in reversed(reach[1:] if here else reach[-3:]):
        plain = clause.strip()
        if plain and not ADVERBIAL.search(plain) and (name := _named(plain)):
            return name
    return ""


def _counted(after: str) -> str:
    """Give the noun that stands right after a counted number."""
    match = NOUN_AFTER.match(after)
    if not match:
        return ""
    cut = CUT.search(match["np"])
    noun = BY.split(match["np"][: cut.start()] if cut else match["np"])[0]
    return noun if len(noun) >= BARE and not NO_NOUN.match(noun) else ""


def _distributed(drafts: Sequence[Draft], found: list[str], i: int, last: int) -> str:
    """Name the items of "分别增长" by the amounts just before, one each."""
    draft = drafts[i]
    levels = [n for n in range(max(0, last - draft.of - 3), last + 1) if drafts[n].sentence is draft.sentence and drafts[n].kind not in (FigureKind.CHANGE, FigureKind.SHARE)]
    return found[levels[-draft.of :][draft.nth]] if draft.kind == FigureKind.CHANGE and len(levels) >= draft.of else ""


def _aimed(name: str, draft: Draft) -> str:
    return f"{name}目标" if draft.target and "目标" not in name else name


def _derived(clause: str, draft: Draft, name: str) -> str:
    """Add what a share, a growth of growth or a narrowing decline is of."""
    if draft.kind == FigureKind.SHARE and "占" in clause and "占" not in name and "比重" not in name:
        whole = WHOLE.search(clause)
        return f"{name}占{whole[1].rstrip('的') if whole else ''}比重"
    if draft.quantity.unit == POINT and "降幅" in clause and "降幅" not in name:
        return f"{_stem(name)}降幅"
    if draft.quantity.unit == POINT and "增速" in clause and "增速" not in name:
        return f"{_stem(name)}增速"
    if draft.kind not in (FigureKind.SHARE, FigureKind.CHANGE) and "占" in name and (whole := PART_OF.match(name)):
        return whole[1]
    return name


def _stem(name: str) -> str:
    return PACE.sub("", name)


def _nth(subject: str, draft: Draft) -> str:
    if draft.of == 1:
        return subject
    items = [p for p in LIST.split(subject) if p]
    if len(items) != draft.of:
        return subject
    tail = COMMON.search(items[-1])
    item = items[draft.nth]
    return item + tail["tail"] if tail and draft.nth < draft.of - 1 and not item.endswith(tail["tail"]) else item
