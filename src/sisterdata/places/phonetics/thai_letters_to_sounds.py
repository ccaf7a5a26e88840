"""Thai letters to units of sound: one spelling, its possible readings.

A reading is a tuple of units in the order they are spoken: consonants as they are written (ภ
sounds like พ, but writes a foreign bh), each vowel as one unit wherever its signs stand (เ-า), tone
marks, and letters silenced by a thanthakhat (ร์). Nothing is folded together here; how near two
units are is learned (`sound_costs.py`), so that ส่านซี and ชานซี keep their distance.
"""

from __future__ import annotations

import re
import unicodedata

CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
TONES = "่้๊๋"
_SIGNS = "ะัาำิีึืฺุูๅ็" + TONES
_BEFORE = "เแโใไ"
# Onsets of two letters: a vowel sign written before the first may be spoken behind the second.
_ONSET = re.compile(
    "[กขคฆปพผบฟภดตทธสซ]ร|[กขคฆปพผบฟภสซต]ล|[กขคจชซดตทสฉห]ว(?=.)|[สศ][กขคตถทนปผพม]|"
    "ห[ลรมนงยญ]|อย|[กขคงจชซฟมนลทตดบปพร]ย(?=.)"
)
_IGNORED = re.compile(r"[\s\-–—.,'\"’‘ๆฯฺ\u200b-\u200f\u2060\ufeff]+")
_TONE_LAST = re.compile(rf"([ัิีึืุู็]+)([{TONES}])")
_VOWEL = re.compile(
    rf"(?P<tone>[{TONES}]?)(?P<sign>ัว|ัย(?![{_SIGNS}])|ั|็อ|็|ำ|[ะาๅิีึืุู]|รร(?=[{CONSONANTS}]|$)|"
    rf"อ(?![{_SIGNS}์]))?"
)
_AROUND = re.compile(rf"(?P<tone>[{TONES}]?)(?P<sign>ีย|ือ|าะ|า|อ(?![{_SIGNS}์])|ิ(?!์)|็)?ะ?")


def read_thai(text: str) -> tuple[tuple[str, ...], ...]:
    """The possible readings of a Thai spelling, the plain one first; each a tuple of units.

    >>> read_thai("ฉางชุน")
    (('ฉ', '-า', 'ง', 'ช', '-ุ', 'น'),)
    >>> read_thai("เมลเบิร์น")
    (('ม', 'เ-', 'ล', 'บ', 'เ-อ', 'ร์', 'น'),)
    >>> read_thai("เพลง")  # two syllables, or one onset of two letters
    (('พ', 'เ-', 'ล', 'ง'), ('พ', 'ล', 'เ-', 'ง'))
    """
    spelt = _IGNORED.sub("", unicodedata.normalize("NFC", text).replace("ํา", "ำ"))
    spelt = _TONE_LAST.sub(r"\2\1", spelt)
    return tuple(dict.fromkeys((_read(spelt, clusters=False), _read(spelt, clusters=True))))


def _read(spelt: str, *, clusters: bool) -> tuple[str, ...]:
    units: list[str] = []
    at = 0
    while at < len(spelt):
        letter = spelt[at]
        at += 1
        if letter in _BEFORE and at < len(spelt) and spelt[at] in CONSONANTS:
            at = _vowel_around(spelt, at, letter, units, clusters=clusters)
        elif letter in CONSONANTS:
            at = _vowel_behind(spelt, at, letter, units)
        elif letter in "ฤฦ":
            units += ["ร" if letter == "ฤ" else "ล", "-ึ"]
            at += spelt[at : at + 1] == "ๅ"
        elif letter in TONES:
            units.append(letter)
        elif letter in "ะาๅิีึืุู":  # a sign without its consonant
            units.append(f"-{'า' if letter == 'ๅ' else letter}")
    return tuple(units)


def _vowel_around(spelt: str, at: int, before: str, units: list[str], *, clusters: bool) -> int:
    """Read a consonant (or an onset of two) that a vowel sign stands before."""
    onset = spelt[at]
    if _ONSET.match(spelt, at):
        # A tone mark, or signs that only go with this vowel, show where the syllable goes on.
        follows = spelt[at + 2 : at + 3]
        if clusters or (follows and follows in TONES + "็" and spelt[at + 1] != "อ"):
            onset = spelt[at : at + 2]
    at += len(onset)
    if spelt[at : at + 1] == "์":  # เ in front of a silenced letter
        units += [*onset[:-1], f"{onset[-1]}์"]
        return at + 1
    found = _AROUND.match(spelt, at)
    assert found is not None  # noqa: S101 - every part of the pattern may be empty
    sign = found["sign"] or ""
    if before == "เ":
        vowel = {"ีย": "เ-ีย", "ือ": "เ-ือ", "าะ": "เ-าะ", "า": "เ-า", "อ": "เ-อ", "ิ": "เ-อ"}.get(
            sign, "เ-"
        )
        at = found.end()
        if vowel == "เ-" and spelt[at : at + 1] == "ย" and not _is_sign(spelt, at + 1):
            vowel, at = "เ-ย", at + 1
    else:
        # Only เ takes signs behind the consonant; with the others they open the next syllable.
        vowel = {"แ": "แ-", "โ": "โ-"}.get(before, "ไ-")
        at = found.end() if sign in ("", "็") else found.end("tone")
        if vowel == "ไ-" and spelt[at : at + 1] == "ย" and not _is_sign(spelt, at + 1):
            at += 1
    units += [*onset, vowel, *found["tone"]]
    return at


def _vowel_behind(spelt: str, at: int, letter: str, units: list[str]) -> int:
    """Read a consonant and the vowel signs over, under or behind it, if there are any."""
    silent = re.compile("[ิุ]?์").match(spelt, at)
    if silent:
        units.append(f"{letter}์")
        return silent.end()
    found = _VOWEL.match(spelt, at)
    assert found is not None  # noqa: S101 - every part of the pattern may be empty
    sign = found["sign"] or ""
    units.append(letter)
    if sign == "อ" and letter == "อ" and not units[:-1]:
        units.append("-อ")
    elif sign:
        units += {
            "ัว": ["-ัว"], "ัย": ["ไ-"], "ั": ["-ะ"], "็อ": ["-อ"], "็": ["-อ"], "ำ": ["-ะ", "ม"],
            "รร": ["-ะ"], "ๅ": ["-า"],
        }.get(sign, [f"-{sign}"])  # fmt: skip
    units += found["tone"]
    return found.end()


def _is_sign(spelt: str, at: int) -> bool:
    return at < len(spelt) and spelt[at] in _SIGNS + "์"
