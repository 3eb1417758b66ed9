"""What unseen texts taught, one sentence a way: names by what was done, times told by since and by holidays, tables of growth alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.facts.reading import read_facts
from bot.releases.model import Masthead
from bot.releases.reading import release_of

if TYPE_CHECKING:
    from bot.facts.model import Figure

HEAD = "Payments and Trade\n\nTANGZHOU, October 20, 2025 -- "


def figures(text: str, head: str = HEAD) -> dict[str, Figure]:
    """Read a text as the body of a release of 20 October 2025; give its figures by their surfaces."""
    release = release_of("ways", head + text, Masthead(published=date(2025, 10, 20)))
    return {figure.quantity.surface: figure for figure in read_facts(release).figures}


@pytest.mark.parametrize(
    ("text", "surface", "metric"),
    [
        ("Inbound tourists spent 512 million yuan in the first half.", "512 million yuan", "spending of Inbound tourists"),
        ("Some 58 companies raised a combined US$1.24 billion abroad.", "US$1.24 billion", "funds raised by companies"),
        ("The city spent 150 million yuan on payment facilities in 2025.", "150 million yuan", "spending on payment facilities"),
        ("Banks bought $64.2 billion of foreign exchange from clients and sold $61.5 billion.", "$64.2 billion", "foreign exchange bought by Banks"),
        ("Banks bought $64.2 billion of foreign exchange from clients and sold $61.5 billion.", "$61.5 billion", "foreign exchange sold by Banks"),
        ("Bonds worth 5.1 billion yuan were issued in January.", "5.1 billion yuan", "Bonds issued"),
        ("Firms invested USD 1.28 billion in 41 countries, down 7.3%.", "7.3%", "investment by Firms"),
        ("Fees have been capped at 30 yuan (about HK$33) per withdrawal.", "30 yuan", "Fees per withdrawal"),
        ("Converted at 7.2586 yuan to one US dollar.", "7.2586 yuan", "exchange rate"),
        ("Exports rose 5.1% this year. The third quarter contributed 217.9 billion yuan.", "217.9 billion yuan", "Exports"),
    ],
)
def test_a_name_says_what_was_done(text: str, surface: str, metric: str) -> None:
    """An amount is named by the verb before it, never by a time alone."""
    assert figures(text)[surface].metric.casefold().startswith(metric.casefold())


@pytest.mark.parametrize(
    ("text", "surface", "period"),
    [
        ("Visitors have opened 418,000 wallets since the trial began in 2022.", "418,000", "since 2022"),
        ("The number of firms has doubled since 2022 to 9,430.", "9,430", None),
        ("As of July 31, a total of 1,286 ATMs took foreign cards.", "1,286", "July 31, 2025"),
        ("The National Day holiday brought 236,000 visitors to the city.", "236,000", "National Day holiday 2025"),
        ("Investors put US$6.2 billion into firms between January and September.", "US$6.2 billion", "January to September 2025"),
        ("Claims rose by 12.5% in the first half, owing to the hailstorms in May.", "12.5%", "first half of 2025"),
        ("Two offerings raised 312 million yuan in the second quarter, the first such deals since the autumn of 2023.", "312 million yuan", "second quarter of 2025"),
    ],
)
def test_a_time_is_the_one_said(text: str, surface: str, period: str | None) -> None:
    """What is counted since a time is of the time since then; what only tells how rare something is is no time of it."""
    found = figures(text)[surface].period
    assert found is not None
    assert found.text.startswith(period) if period else not found.text.startswith("since")


def test_a_currency_without_a_name_lends_and_borrows_nothing() -> None:
    """An amount in an unknown currency does not take the one before it; a known code keeps its own."""
    found = figures("They spent MYR 214 million, AED 150 million and QQQ 90 million there.")
    assert [found[s].quantity.unit for s in ("MYR 214 million", "AED 150 million")] == ["MYR", "AED"]
    assert all(f.quantity.unit != "AED" or "AED" in s for s, f in found.items())


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("Inflation was half a percentage point above the forecast.", "half a percentage point", "0.5", "percentage_point"),
        ("Exports were two and a half times the level of 2020.", "two and a half times", "2.5", "multiple"),
        ("The fund drew half a billion dollars.", "half a billion dollars", "500000000", "USD"),
        ("The fair drew more than a million visitors.", "a million", "1000000", "count"),
        ("The fund lent two and a half billion yuan.", "two and a half billion yuan", "2500000000", "CNY"),
    ],
)
def test_a_number_in_words_keeps_its_scale(text: str, surface: str, value: str, unit: str) -> None:
    """Halves and scales in words are one figure."""
    quantity = figures(text)[surface].quantity
    assert (format(quantity.amount.normalize(), "f"), quantity.unit) == (value, unit)


def test_cells_are_what_the_title_says_they_are() -> None:
    """A title with a unit for each part gives each column its own; one of changes alone makes every cell a change."""
    stocks = figures("Text.\n\nTable 1. Stocks at the end of August (trillion yuan) and growth at the end of August and July (percent)\nItem Stock August July\nLoans 269.3 6.7 6.9\nDeposits 321.8 8.5 8.4\n")
    assert (stocks["269.3"].quantity.unit, stocks["6.7"].quantity.unit, str(stocks["6.7"].kind)) == ("CNY", "percent", "change")
    prices = figures("Text.\n\nTable 1. Consumer prices in 2024 (change from the previous year, per cent)\nItem Urban Rural\nFood -0.5 -0.9\nTransport -1.8 -1.6\n")
    assert {(f.quantity.unit, str(f.kind), f.sign) for f in prices.values()} == {("percent", "change", "-")}
    turnover = figures("Text.\n\nTable 1. Turnover, Q3 2024 (billion US dollars; change in percent)\nProduct Turnover Year on year Quarter on quarter\nSpot 3,447 8.1 1.9\nSwaps 6,392 15.6 4.4\n")
    assert (turnover["3,447"].quantity.unit, turnover["8.1"].basis, turnover["1.9"].basis) == ("USD", "yoy", "qoq")


def test_trade_is_said_in_full_and_a_short_name_with_what_it_stands_for() -> None:
    """Where a release says what its short name stands for, the figure's name says both."""
    trade = figures("Imports and exports of the port rose 5.1%. In June alone trade reached 15.9 billion yuan.")
    assert trade["15.9 billion yuan"].metric == "trade (imports and exports)"
    product = figures("The gross domestic product (GDP) of the city rose. GDP reached 15.9 billion yuan.")
    assert product["15.9 billion yuan"].metric == "GDP (gross domestic product)"
