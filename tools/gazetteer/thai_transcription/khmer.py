"""Khmer place names in Thai, letter by letter from Khmer, or from the romanised form.

No rules of a Thai authority are used here. Thais write Khmer names with the letters of the same
origin (พระสีหนุ), or as they are pronounced (กำปงจาม). `spell` gives both:

- spoken: ค, ช, ท and พ are pronounced, and written, ก, จ, ต and ป.
- written: each consonant becomes the Thai letter of the same origin.
- ំ is -ำ after some consonants and -ม after the others (ธม).
- A consonant without a vowel sign takes อ where a final consonant follows (กำปอต), a short o where
  that carries the mark ់ (กำปง), and -ะ where none follows.
"""

from __future__ import annotations

import re

_TYPE = re.compile("^(?:ខេត្ត|ក្រុង|រាជធានី|ស្រុក|ភូមិ|ឃុំ)(?=..)")
_CONSONANTS = dict(
    zip("កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ", "กขคฆงจฉชฌญดถดธนตถทธนบผพภมยรลวสหลอ", strict=True)
)
_DEEP = "គឃងជឈញឌឍទធនពភមយរលវ"  # consonants that ំ follows as -om, not as -am
_SPOKEN = str.maketrans("คชทพ", "กจตป")
_OWN_VOWELS = {
    "ឥ": "អិ",
    "ឦ": "អី",
    "ឧ": "អុ",
    "ឩ": "អូ",
    "ឯ": "អែ",
    "ឱ": "អោ",
    "ឪ": "អៅ",
    "ឫ": "រឹ",
    "ឬ": "រឺ",
}
# A vowel sign -> Thai before a final consonant, and without one; "-" is where the onset goes.
_VOWELS = {
    "ា": ("-า", "-า"), "ិ": ("-ิ", "-ิ"), "ី": ("-ี", "-ี"), "ឹ": ("-ึ", "-ึ"), "ឺ": ("-ื", "-ือ"),
    "ុ": ("-ุ", "-ุ"), "ូ": ("-ู", "-ู"), "ួ": ("-ว", "-ัว"), "ើ": ("เ-ิ", "เ-อ"),
    "ឿ": ("เ-ือ", "เ-ือ"), "ៀ": ("เ-ีย", "เ-ีย"), "េ": ("เ-", "เ-"), "ែ": ("แ-", "แ-"),
    "ៃ": ("ไ-", "ไ-"), "ោ": ("โ-", "โ-"), "ៅ": ("เ-า", "เ-า"), "ុំ": ("-ุม", "-ุม"), "ំ": ("-ำ", "-ำ"),
    "ាំ": ("-ั", "-ำ"), "ះ": ("-ะ", "-ะ"), "ុះ": ("-ุ", "-ุ"), "េះ": ("เ-ะ", "เ-ะ"),
    "ោះ": ("เ-าะ", "เ-าะ"), "័": ("-ั", "-ะ"), "": ("-อ", "-ะ"),
}  # fmt: skip
_CONSONANT = "[ក-អ]"
_SYLLABLE = re.compile(
    rf"(?P<onset>{_CONSONANT}[៉៊]?(?:្{_CONSONANT})*[៉៊]?)(?P<vowel>ាំ|ុំ|ុះ|េះ|ោះ|[ំះ័]|[ា-ៅ]?)"
    rf"(?P<coda>(?<!ះ)(?<![^ា]ំ){_CONSONANT}(?P<short>់)?(?![ា-ៈ្៉៊]))?"
)


def spell(name: str) -> tuple[str, ...]:
    """A name in Khmer letters, in Thai without its type word: as spoken, and as written.

    >>> spell("កំពង់ចាម"), spell("កំពត"), spell("សៀមរាប")
    (('กำปงจาม', 'กำพงจาม'), ('กำปอต', 'กำพอต'), ('เสียมราบ',))
    """
    khmer = re.sub("[\u200b\\s]", "", name)
    khmer = _TYPE.sub("", khmer)
    for letter, parts in _OWN_VOWELS.items():
        khmer = khmer.replace(letter, parts)
    khmer = re.sub(f"{_CONSONANT}៍|[៌៏]", "", khmer)  # silent letters and marks of emphasis
    khmer = re.sub("(?<=.)([ងញណនមត])្(?!រ)", r"\1", khmer)  # the upper of a stack is a coda
    spelt, at = "", 0
    while at < len(khmer):
        match = _SYLLABLE.match(khmer, at)
        if match is None:
            return ()
        spelt, at = spelt + _syllable(match), match.end()
    return tuple(dict.fromkeys((spelt.translate(_SPOKEN), spelt)))


def _syllable(match: re.Match[str]) -> str:
    letters = re.findall(f"({_CONSONANT})([៉៊]?)", match["onset"])
    onset = "".join(
        "ป" if letter == "ប" and mark == "៉" else _CONSONANTS[letter] for letter, mark in letters
    )
    coda = _CONSONANTS[match["coda"][0]] if match["coda"] else ""
    form = _VOWELS[match["vowel"]][0 if coda else 1]
    if match["vowel"] == "ំ" and letters[-1][0] in _DEEP:
        form = "-ม"
    if match["short"]:
        form = {"": "-", "ា": "-ั"}.get(match["vowel"], form)
    return form.replace("-", onset) + coda
