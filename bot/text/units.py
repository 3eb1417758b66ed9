"""Units as releases print them: currencies before and after the number, percent, points, multiples, classifiers."""

from __future__ import annotations

import re

BEFORE = {
    "us$": "USD", "usd": "USD", "$": "USD", "hk$": "HKD", "hkd": "HKD", "s$": "SGD", "sgd": "SGD", "a$": "AUD", "aud": "AUD",
    "c$": "CAD", "nt$": "TWD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "rmb": "CNY", "cny": "CNY", "¥": "CNY",
    "jpy": "JPY", "krw": "KRW", "chf": "CHF", "cad": "CAD", "inr": "INR", "thb": "THB", "myr": "MYR", "rub": "RUB", "sdr": "XDR", "人民币": "CNY",
    # by their codes: of the world's others, those that are no English word
    **{code.lower(): code for code in ["AED", "SAR", "QAR", "KWD", "BHD", "OMR", "IDR", "PHP", "VND", "BRL", "ZAR", "MXN", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "PKR", "BDT", "KZT", "EGP", "NGN", "KES", "CLP", "ILS", "MNT", "KHR", "MMK", "LKR", "NPR", "UAH", "UZS", "KGS", "JOD", "TWD", "MOP", "LAK", "RON", "BGN", "ISK"]},
}
AFTER = {
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "cny": "CNY", "元人民币": "CNY", "人民币元": "CNY", "人民币": "CNY", "元": "CNY", "圆": "CNY",
    "us dollars": "USD", "us dollar": "USD", "u.s. dollars": "USD", "dollars": "USD", "dollar": "USD", "usd": "USD", "美元": "USD", "美金": "USD",
    "hong kong dollars": "HKD", "hk dollars": "HKD", "hkd": "HKD", "港元": "HKD", "港币": "HKD",
    "singapore dollars": "SGD", "新加坡元": "SGD", "新元": "SGD", "australian dollars": "AUD", "澳元": "AUD", "canadian dollars": "CAD", "加元": "CAD",
    "euros": "EUR", "euro": "EUR", "eur": "EUR", "欧元": "EUR", "pounds": "GBP", "pounds sterling": "GBP", "gbp": "GBP", "英镑": "GBP",
    "japanese yen": "JPY", "yen": "JPY", "jpy": "JPY", "日元": "JPY", "日圆": "JPY", "won": "KRW", "韩元": "KRW", "swiss francs": "CHF", "瑞士法郎": "CHF",
    "roubles": "RUB", "rubles": "RUB", "卢布": "RUB", "baht": "THB", "泰铢": "THB", "ringgit": "MYR", "林吉特": "MYR", "rupees": "INR", "卢比": "INR",
    "pence": "GBX", "cents": "USX", "台币": "TWD", "新台币": "TWD", "dong": "VND", "越南盾": "VND",
    "dirhams": "AED", "迪拉姆": "AED", "saudi riyals": "SAR", "沙特里亚尔": "SAR", "patacas": "MOP", "澳门元": "MOP", "澳门币": "MOP", "rupiah": "IDR", "印尼盾": "IDR", "reais": "BRL", "雷亚尔": "BRL",
    "rand": "ZAR", "兰特": "ZAR", "tenge": "KZT", "坚戈": "KZT", "新西兰元": "NZD", "瑞典克朗": "SEK", "挪威克朗": "NOK", "丹麦克朗": "DKK", "菲律宾比索": "PHP", "土耳其里拉": "TRY",
}
PERCENTS = {"%": "percent", "％": "percent", "percent": "percent", "per cent": "percent", "pct": "percent", "pc": "percent"}
POINTS = {
    "percentage points": "percentage_point", "percentage point": "percentage_point", "percentage-point": "percentage_point",
    "percent points": "percentage_point", "pp": "percentage_point", "ppt": "percentage_point", "ppts": "percentage_point",
    "个百分点": "percentage_point", "百分点": "percentage_point", "个点": "percentage_point",
}
BASIS_POINTS = {"basis points": "bp", "basis-point": "bp", "basis-points": "bp", "basis point": "bp", "bps": "bp", "bp": "bp", "个基点": "bp", "基点": "bp", "个bp": "bp"}
TIMES = {"times": "multiple", "-fold": "multiple", "fold": "multiple", "x": "multiple", "倍": "multiple"}
CLASSIFIERS = (
    "人次", "亿人次", "千瓦时", "标准箱", "标箱", "立方米", "平方米", "公里", "平方公里", "万人", "笔", "户", "家", "台", "个", "件", "起", "辆", "列", "块", "吨", "项", "条", "名",
    "人", "所", "处", "套", "只", "宗", "单", "次", "架次", "辆次", "班次", "航次", "户次", "车次", "列次", "间夜", "件次", "笔次", "架", "艘", "场", "批", "份", "张", "位", "股", "头", "公斤", "千克", "千瓦", "亩", "箱", "册", "款", "国", "度", "例",
    "斤", "公顷", "吉瓦", "兆瓦", "桶", "盎司", "班", "米", "平米", "克", "吨公里", "人公里", "枚", "趟", "瓶", "立方",
)
MEASURES = ("tonnes", "tons", "kWh", "units", "pieces", "barrels", "TEUs", "TEU", "GWh", "MWh", "kilometres", "kilometers", "km", "square metres", "square meters", "hectares", "metric tons",
    "metric tonnes", "deadweight tons", "deadweight tonnes", "dwt", "gross tons", "cubic metres", "cubic meters", "kilowatt-hours", "kilowatt hours", "TWh", "MW", "GW", "kilowatts", "megawatts", "gigawatts", "ounces", "kilograms", "kg", "mu", "tonne-kilometres", "passenger-kilometres", "gigajoules", "carats", "acres", "bales", "bushels", "bpd", "barrels per day", "litres", "liters",
)
SUBUNITS = {"GBX": "GBP", "USX": "USD"}
ALL_AFTER = AFTER | PERCENTS | POINTS | BASIS_POINTS | TIMES


def alternatives(words: object) -> str:
    """Give a pattern of alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


def unit_of(before: str | None, after: str | None) -> str | None:
    """Give the unit that a word before or after the number stands for; a currency after it wins.

    >>> unit_of("US$", None), unit_of(None, "个百分点"), unit_of(None, "basis points"), unit_of(None, "家")
    ('USD', 'percentage_point', 'bp', 'count')
    """
    if after:
        known = ALL_AFTER.get(after.casefold())
        return known or "count"
    return BEFORE.get(before.casefold()) if before else None
