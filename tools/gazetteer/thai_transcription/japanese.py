"""Japanese place names in Thai, from kana where there are some, or from Hepburn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from anyascii import anyascii
from wunsen import ThapSap

from sisterdata.text.fold_names import fold

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]+")
_TYPE = re.compile("-(?:shi|ku|gun|cho|chō|machi|son|mura|ken|fu|to|jima|shima)$")
_KANA_TYPES = ("", "shi", "ku", "gun", "cho", "chou", "machi", "son", "mura", "ken", "fu")
_LONG = (("ou", "ō"), ("oo", "ō"), ("uu", "ū"), ("aa", "ā"), ("ii", "ī"))
_SYSTEMS = tuple(ThapSap("ja", system=system) for system in ("ORS61", "RI35"))
_SMALL = str.maketrans("ァィゥェォャュョヮヵヶ", "アイウエオヤユヨワカケ")
_YOON = {"ャ": "a", "ュ": "u", "ョ": "o"}


def spell(primary: str, names: Iterable[str]) -> tuple[str, ...]:
    """A place's Thai spellings by the rules of 2018 and of 1992.

    `names` are its other names: kana that read like the primary one, or the same name with
    macrons, tell which vowels are long.

    >>> spell("Nagasaki", []), spell("Osaka", ["Ōsaka"]), spell("Niigata", ["にいがた"])
    (('นางาซากิ', 'นะงะซะกิ'), ('โอซากะ', 'โอซะกะ'), ('นีงาตะ', 'นีงะตะ'))
    """
    reading = _with_long_vowels(_TYPE.sub("", primary.lower()), list(names))
    words = re.split("[ -]+", re.sub("ii", "ī", reading))
    plain = [word.replace("’", "'") for word in words]
    return tuple(dict.fromkeys("".join(map(system.thap, plain)) for system in _SYSTEMS))


def _with_long_vowels(primary: str, names: list[str]) -> str:
    """The primary name with the vowels that another of its names shows to be long."""
    plain = _letters(primary)
    for name in names:
        if _KANA.fullmatch(name):
            read = hepburn(name)
            for ending in _KANA_TYPES:
                stem = read.removesuffix(ending)
                if stem and _letters(stem) == plain:
                    return stem
    accented = (
        _TYPE.sub("", name.lower()) for name in names if not name.isascii() and _is_latin(name)
    )
    return next((name for name in accented if _letters(name) == plain), primary)


def hepburn(kana: str) -> str:
    """Kana in Hepburn with macrons.

    >>> hepburn("よこはま"), hepburn("トウキョウ"), hepburn("ほっかいどう"), hepburn("しんじゅく")
    ('yokohama', 'tōkyō', 'hokkaidō', 'shinjuku')
    """
    katakana = "".join(
        chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in kana
    )
    spelt = ""
    for letter, after in pairwise(katakana + " "):
        if letter in _YOON:
            continue
        if letter == "ッ":
            nxt = _plain(after)
            spelt += "t" if nxt.startswith("ch") else nxt[:1]
        elif letter == "ー":
            spelt += spelt[-1:]
        elif letter == "ン":
            spelt += "n'" if _plain(after)[:1] in tuple("aiueoy") else "n"
        else:
            sound = _plain(letter)
            if after in _YOON:
                glide = "" if sound in ("shi", "chi", "ji") else "y"
                sound = sound[:-1] + glide + _YOON[after]
            spelt += sound
    for written, long in _LONG:
        spelt = spelt.replace(written, long)
    return spelt


def _plain(letter: str) -> str:
    """One kana in Hepburn."""
    fixed = {
        "シ": "shi",
        "チ": "chi",
        "ツ": "tsu",
        "フ": "fu",
        "ジ": "ji",
        "ヂ": "ji",
        "ヅ": "zu",
        "ヲ": "o",
    }
    return fixed.get(letter) or anyascii(letter.translate(_SMALL)).lower()


def _letters(name: str) -> str:
    """What is left of a name where long vowels are not told from short ones."""
    plain = fold(name).replace(" ", "").replace("'", "")
    return re.sub("ou|oo", "o", re.sub("uu", "u", plain))


def _is_latin(name: str) -> bool:
    return all(
        unicodedata.name(letter, "").startswith("LATIN") for letter in name if letter.isalpha()
    )
