"""What a figure is of, when, who said it and against what: sentences made up for this test, each with the one thing it is about."""

from __future__ import annotations

from datetime import date

import pytest

from bot.facts.reading import read_facts
from bot.facts.scopes import scope_of
from bot.releases.model import Masthead, Release
from bot.releases.reading import release_of

METRICS = [
    ("Port posts 12 percent rise in container throughput\n\nThe port grew.", "12 percent", "container throughput"),
    ("Imports grew 4 percent to 20 billion yuan, while those of services fell 3 percent.", "3 percent", "imports of services"),
    ("Kenya remained the largest trading partner, with bilateral trade rising 9 percent to 4 billion yuan.", "9 percent", "bilateral trade with kenya"),
    ("State firms continued to lead. They recorded a turnover of 5 billion yuan.", "5 billion yuan", "turnover of state firms"),
    ("Local shops saw their sales edge up 2 percent.", "2 percent", "sales of local shops"),
    ("Sales of tickets, which can be paid in 17 currencies, rose 65 percent.", "65 percent", "sales of tickets"),
    ("Farm loans, which represent one in nine loans, grew.", "one in nine", "share of farm loans"),
    ("Banks welcomed 112 new clients, including 14 hospitals, against 68 in 2024.", "68", "new clients"),
    ("Spending fell as a 13 percent slide in house building outweighed a gain.", "13 percent", "house building"),
    ("The city received 738,000 guests in the first eight months of 2025, an increase of 52 percent.", "52 percent", "guests"),
    ("Firms registered 146 foreign loans during the year, worth 3 billion yuan.", "3 billion yuan", "foreign loans"),
    ("The cost per hundred yuan of revenue was 85 yuan.", "85 yuan", "cost per hundred yuan of revenue"),
    ("Foreign investment reached 8 billion yuan. In May alone, the province took in 2 billion yuan.", "2 billion yuan", "foreign investment"),
    ("Bonds in custody reached 9 trillion yuan. Of this, 7 trillion yuan was in the interbank market and 2 trillion in the exchange market.", "2 trillion", "bonds in custody"),
    ("Foreign investment reached 8 billion yuan. We will strive to meet the full-year target of 20 billion yuan.", "20 billion yuan", "foreign investment"),
    ("银行通过资金池办理业务，实际使用外资8.36亿美元。", "8.36亿美元", "实际使用外资"),
    ("对欧盟、美国分别进出口896亿元、588亿元，分别增长7.2%、下降11.8%。", "11.8%", "美国"),
]
PERIODS = [
    ("Exports grew 4 percent in H1 2025.", "4 percent", "first half of 2025"),
    ("From January to October 2025, exports grew 4 percent.", "4 percent", "January to October 2025 (first ten months)"),
    ("Funds raised came to HK$268 billion in 2025, 3.1 times the HK$86 billion raised in 2024.", "HK$86 billion", "2024"),
    ("In the first eight months of 2025 the share was 48 percent, compared with 39 percent in the same period of 2024.", "39 percent", "first eight months of 2024"),
    ("Firms have put back 640 million dollars over the past three years.", "640 million dollars", "past three years"),
    ("The scheme, approved as a national pilot in 2019, has 17 parks.", "17", None),
    ("In the third quarter of 2025 the surplus was 5 billion yuan.\n\nIn October, 22 billion yuan changed hands. Of this, banks took 3 billion yuan.", "3 billion yuan", "October 2025"),
    ("Sales rose 3 percent in November.\n\nIn the first 11 months of 2025, trade grew 4 percent.\n\nAfrica was the main buyer during the period, taking 8 percent.", "8 percent", "first eleven months of 2025"),
    ("In June, loans rose 4 percent. The bank saved 600,000 yuan in conversion costs last year, it said.", "600,000 yuan", "2024"),
    ("In June, loans rose 4 percent. The volume was 3.6 times the figure of last year.", "3.6 times", "June 2025"),
    ("An eligible firm will receive up to 3 million yuan.", "3 million yuan", None),
    ("Exports climbed 5 percent to 2 trillion yuan last month.", "2 trillion yuan", "November 2025"),
]
# A release of December about the first half of the year.
IN_FORCE = [
    ("The scheme now covers 27 towns and 538 firms.", "538", "December 2025"),
    ("Pilot banks, now 17, processed 214,000 transactions.", "214,000", "first half of 2025"),
    ("Loans for farms, now a fifth of the total, rose by 4 billion yuan.", "4 billion yuan", "first half of 2025"),
    ("The network was opened in May and now reaches 180 cities.", "180", "December 2025"),
    ("Small firms may borrow up to 3 million yuan each.", "3 million yuan", "December 2025"),
    ("The limit on a card payment stays at 500 yuan.", "500 yuan", "December 2025"),
    ("The ceiling on card payments was raised from 1,000 yuan to 5,000 yuan.", "5,000 yuan", "December 2025"),
    ("The ceiling on card payments was raised from 1,000 yuan to 5,000 yuan.", "1,000 yuan", None),
    ("The annual cap rose to 9,000 yuan from 7,000 yuan.", "7,000 yuan", None),
    ("The ratio was 184.1 percent, well above the regulatory minimum of 100 percent.", "100 percent", None),
    ("The ratio was 184.1 percent, well above the regulatory minimum of 100 percent.", "184.1 percent", "first half of 2025"),
    ("Exports rose from 4 billion yuan to 5 billion yuan.", "4 billion yuan", "first half of 2025"),
    ("The card limit has gone up fourfold, from 1,000 yuan to 4,000 yuan.", "fourfold", "December 2025"),
    ("Travellers from 54 countries can stay without a visa.", "54", "December 2025"),
    ("Markets where cards can be used passed 900 in number, and 17 closed.", "17", "first half of 2025"),
    ("Licences have been granted to 189 firms.", "189", "end of June 2025"),
    ("So far 23 groups have joined.", "23", "end of June 2025"),
    ("Exports have reached 5 billion yuan.", "5 billion yuan", "first half of 2025"),
    ("Fees have been capped at 30 yuan (roughly HK$33) per withdrawal.", "HK$33", "December 2025"),
]
BASES = [
    ("上半年住户贷款增加486亿元。", "486亿元", None),
    ("上半年住户贷款同比多增486亿元。", "486亿元", "yoy"),
    ("Deposits increased by RMB 431 billion in the first half.", "RMB 431 billion", None),
    ("Deposits increased by RMB 431 billion year on year.", "RMB 431 billion", "yoy"),
    ("Deposits increased by 4 percent.", "4 percent", "yoy"),
]


def release(text: str, published: date | None = date(2025, 12, 9)) -> Release:
    """Make a release of a text."""
    language = "en" if text.isascii() else "zh"
    return release_of("made", text, Masthead(language=language, published=published))


@pytest.mark.parametrize(("text", "surface", "metric"), METRICS)
def test_the_metric_is_what_a_reader_would_call_it(text: str, surface: str, metric: str) -> None:
    """Its words hold the phrase expected, in whatever case."""
    figure = next(f for f in read_facts(release(text)).figures if f.quantity.surface == surface)
    assert metric in figure.metric.casefold()


@pytest.mark.parametrize(("text", "surface", "period"), PERIODS)
def test_the_period_is_the_figures_own(text: str, surface: str, period: str | None) -> None:
    """Of several periods about, the one that is meant, named in full; none where none is."""
    figure = next(f for f in read_facts(release(text)).figures if f.quantity.surface == surface)
    assert (figure.period.text if figure.period and figure.period.origin != "document" else None) == period


@pytest.mark.parametrize(("text", "surface", "period"), IN_FORCE)
def test_what_is_in_force_is_of_the_releases_own_month(text: str, surface: str, period: str | None) -> None:
    """A limit, and what is so "now", is of the day one reads of it; the limit before is of no period; all else is of the document's."""
    whole = f"In the first half of 2025, banks lent 80 billion yuan.\n\n{text}"
    figure = next(f for f in read_facts(release(whole)).figures if f.quantity.surface == surface)
    assert (figure.period.text if figure.period else None) == period


@pytest.mark.parametrize(("text", "surface", "basis"), BASES)
def test_an_amount_added_over_a_time_is_no_growth_on_the_year(text: str, surface: str, basis: str | None) -> None:
    """Only what its words compare with the year before is year on year; a bare percentage is, as releases write."""
    figure = next(f for f in read_facts(release(text)).figures if f.quantity.surface == surface)
    assert figure.basis == basis


def test_a_dateline_without_a_year_has_the_year_of_its_weekday() -> None:
    """Nov. 12 is a Wednesday in 2025, whatever other years the text speaks of."""
    text = "HENGYUE, Nov. 12 (News) -- Loans rose 4 percent by the end of October, officials said on Wednesday.\n\nA scheme of October 2024 goes on until 2026."
    period = read_facts(release(text, None)).figures[0].period
    assert period is not None
    assert period.end == date(2025, 10, 31)


@pytest.mark.parametrize(("text", "speaker"), [
    ('Sales rose, according to Ann Bell, director of the bureau. "We paid out 640 million dollars in all," Bell said.', "Ann Bell"),
    ('"In May we ran 300 trains," Ann Bell recalled.', "Ann Bell"),
    ("The rate is 110 basis points lower, according to its president, Ann Bell.", "Ann Bell"),
    ("Under Bond Connect, 842 investors had been admitted by June.", None),
])  # fmt: skip
def test_who_said_it(text: str, speaker: str | None) -> None:
    """A family name is whom the release introduced; what comes before a passive is nobody."""
    assert read_facts(release(text)).figures[-1].speaker == speaker


@pytest.mark.parametrize(("text", "place"), [
    ("人民银行岚川省分行举行发布会，介绍岚川省情况。外汇市场平稳，公司上市。", "岚川省"),
    ("三季度江汇市外贸增长。江汇市出口增长。", "江汇市"),
    ("我国外汇市场运行平稳，记者从省文旅厅获悉，可节省费用。", None),
])  # fmt: skip
def test_the_place_of_a_chinese_release_is_no_piece_of_a_word(text: str, place: str | None) -> None:
    """Two characters before 省 or 市, neither a market nor the end of another word."""
    assert scope_of(release(text)) == place


def test_a_byline_has_its_date_in_digits() -> None:
    """A date of digits alone in a short line is the release's; one in a sentence is not."""
    text = "Exports up\n\nBy Ann Bell | Daily | Updated: 2026-03-05 07:42\n\nExports rose 4 percent last month. The scheme runs until 2027-12-31, officials say."
    period = read_facts(release(text, None)).figures[0].period
    assert period is not None
    assert period.end == date(2026, 2, 28)


def test_rows_with_long_labels_are_a_tables() -> None:
    """Lines that end in as many numbers as their neighbours are read as cells; a lone one is no table."""
    text = "Issuance by type (billion yuan; change in %)\nType Amount Change\nBonds 10.5 8.6\nLocal government special bonds 6.5 -4.9\nInterbank certificates of deposit 13.5 -11.7\n"
    found = [(f.quantity.surface, f.quantity.unit, f.kind, f.sign) for f in read_facts(release(text)).figures]
    assert found[2:4] == [("6.5", "CNY", "level", None), ("-4.9", "percent", "change", "-")]
    assert len(found) == 6


def test_triple_the_level_is_a_multiple() -> None:
    """The bare word counts before what it is a multiple of, and nowhere else."""
    figures = read_facts(release("Capacity was nearly triple the level of 2020. The triple jump was won.")).figures
    assert [(f.quantity.surface, f.quantity.unit) for f in figures] == [("triple", "multiple")]
