"""Take off what a web page prints around a name: flags, links, footnote marks, templates."""

from __future__ import annotations

import re

from sisterdata.countries.index import english_name
from sisterdata.countries.match import match_country, split_country
from sisterdata.text.thai_letters import name_separator

_ANY_MARK = re.compile(r"[\[{<^*†‡§¹²³\U0001f1e6-\U0001f1ff\U0001f3f4]|''")
_TEMPLATE = re.compile(r"\{\{\s*(?P<name>[^{}|]+?)\s*(?:\|(?P<arguments>[^{}]*))?\}\}")
_REFERENCE = re.compile(r"<ref\b[^<>]*/>|<ref\b[^<>]*>.*?</ref>|<!--.*?-->", re.I | re.S)
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.I)
_FILE = re.compile(r"\[\[(?:file|image|ไฟล์|ภาพ):[^\[\]]*\]\]", re.I)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<shown>[^\[\]|]*)\]\]")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)")
_LINK = re.compile(r"\[(?P<shown>[^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_FOOTNOTE = re.compile(r"\s*\[\s*(?:\d{1,3}|[a-z]|[ก-ฮ]|(?:note|nb|หมายเหตุ)\s?\d{0,3})\s*\]", re.I)
_QUOTES = re.compile(r"'{2,5}|\*\*")
_BEHIND = re.compile(r"(?<=\S)\s*[\^*†‡§¹²³]+(?=\s*(?:$|[,;(|–—-]))")
_BEFORE = re.compile(r"^\s*[\^†‡§]+\s*")
_FLAG = re.compile("(?P<code>[\U0001f1e6-\U0001f1ff]{2})|\U0001f3f4[\U000e0020-\U000e007f]*")
_FLAG_TEMPLATE = re.compile(r"flag|ธง", re.I)
_SHOWS_NAME = re.compile(r"^flag(?:country|u|list)?$|^ธง(?:ชาติ)?$", re.I)
_CODE = re.compile(r"[A-Z]{3}")


def without_marks(text: str) -> str:
    """Take flags, links, templates and footnote marks off a printed name.

    A flag that stands for the country is written out where the text names none.

    >>> without_marks("{{flagicon|CHN}} [[Kunming]]<ref>x</ref>")
    'Kunming, China'
    >>> without_marks("🇹🇭 Bangkok, Thailand[1]"), without_marks("🇯🇵 Osaka*")
    ('Bangkok, Thailand', 'Osaka, Japan')
    >>> without_marks("Uzbekistan Bukhara, Uzbekistan")
    'Bukhara, Uzbekistan'
    """
    plain, flag = read_marks(text)
    return with_country(without_flag_name(plain), flag)


def read_marks(text: str) -> tuple[str, str | None]:
    """A text without its marks, and the country whose flag stands before it.

    >>> read_marks("🇯🇵 Osaka (1980)")
    ('Osaka (1980)', 'JP')
    """
    if not _ANY_MARK.search(text):
        return text, None
    flags: list[str] = []

    def template(found: re.Match[str]) -> str:
        name, arguments = found["name"], (found["arguments"] or "").split("|")
        if _CODE.fullmatch(name):
            return english_name(code) if (code := match_country(name).id) else name
        if not _FLAG_TEMPLATE.search(name):
            return arguments[0] if name.lower() in _SHOWN_TEMPLATES else ""
        country = match_country(arguments[0].strip())
        if _SHOWS_NAME.search(name):
            known = _CODE.fullmatch(arguments[0].strip()) and country.id
            return english_name(country.id) if known and country.id else arguments[0]
        if country.id is not None:
            flags.append(country.id)
        return " "

    def flag(found: re.Match[str]) -> str:
        if found["code"]:
            flags.append("".join(chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in found["code"]))
        return " "

    text = _TEMPLATE.sub(template, _REFERENCE.sub("", text))
    text = _LINK.sub(r"\g<shown>", _IMAGE.sub("", _FILE.sub("", text)))
    text = _TAG.sub(" ", _WIKI_LINK.sub(r"\g<shown>", text))
    text = _FOOTNOTE.sub("", _QUOTES.sub("", _FLAG.sub(flag, text)))
    text = " ".join(_BEFORE.sub("", _BEHIND.sub("", text)).split()).strip()
    return text, flags[0] if len(set(flags)) == 1 else None


_SHOWN_TEMPLATES = frozenset(("nowrap", "nobr", "small", "lang", "sort", "dts", "date"))


def without_flag_name(text: str) -> str:
    """Take off the country that a flag's alternative text puts before a place.

    >>> without_flag_name("Georgia (country) Batumi, Georgia")
    'Batumi, Georgia'
    >>> without_flag_name("Mexico City, Mexico"), without_flag_name("ญี่ปุ่น โอซากา ญี่ปุ่น")
    ('Mexico City, Mexico', 'โอซากา ญี่ปุ่น')
    """
    first, _, behind = text.partition(" ")
    if not behind or not first[:1].isalpha():
        return text
    # Cheap first: the words of the country stand twice, or "(country)" does.
    if not ("(country)" in text or behind.count(first.removesuffix("'s"))):
        return text
    before, country_text, country = split_country(text)
    if country is None or country.id is None or not before:
        return text
    if before.startswith(country_text):
        rest = before[len(country_text) :].removeprefix(" (country)").strip(" :–-")
    elif "(country)" in before and match_country(before.partition(" (")[0]).id == country.id:
        rest = before.partition("(country)")[2].strip(" :–-")
    else:
        return text
    if not rest or rest.split()[0].lower() in _PART_OF_NAME or not rest[0].isalnum():
        return text
    return rest + text[len(before) :]


# "Mexico City": the country's name is the place's too.
_PART_OF_NAME = frozenset(
    ("city", "state", "province", "region", "district", "town", "island", "islands", "north",
     "south", "east", "west", "northern", "southern", "eastern", "western", "central", "and", "of")
)  # fmt: skip


def with_country(text: str, code: str | None) -> str:
    """A name with the country of its flag, where the name says none.

    >>> with_country("Osaka", "JP"), with_country("Osaka, Japan", "JP")
    ('Osaka, Japan', 'Osaka, Japan')
    """
    if code is None:
        return text
    country = english_name(code) if match_country(code).id == code else None
    if not text or country is None or split_country(text)[2] is not None:
        return text
    return f"{text}{name_separator(text)}{country}"
