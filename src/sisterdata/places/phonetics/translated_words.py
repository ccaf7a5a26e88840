"""Words of place names that Thai translates instead of spelling: North, New, Bay, Island ...

Each becomes a unit of its own (``<north>``), at the end of the reading, since Thai puts behind
the name what other languages put before it (ซามาร์ตะวันออก: Eastern Samar).
"""

from __future__ import annotations

import re

# Concept -> words. Thai behind the name, Thai before it, and words of the languages that name most
# places (English, French, Spanish, Portuguese, Italian, German, Dutch, Romanian, the Slavic
# languages, Finnish, Hungarian, Turkish, Kazakh, Malay, Arabic), Latin ones without accents; two
# words are joined by a hyphen.
_BEHIND = {
    "northeast": "ตะวันออกเฉียงเหนือ อีสาน", "northwest": "ตะวันตกเฉียงเหนือ พายัพ",
    "southeast": "ตะวันออกเฉียงใต้ อาคเนย์", "southwest": "ตะวันตกเฉียงใต้ หรดี",
    "north": "เหนือ", "south": "ใต้", "east": "ตะวันออก", "west": "ตะวันตก", "central": "กลาง",
    "new": "ใหม่", "old": "เก่า", "great": "ใหญ่", "upper": "บน", "lower": "ล่าง",
}  # fmt: skip
_BEFORE = {
    "islands": "หมู่เกาะ", "island": "เกาะ", "river": "แม่น้ำ", "bay": "อ่าว", "lake": "ทะเลสาบ",
    "sea": "ทะเล", "mountain": "ภูเขา เทือกเขา", "port": "ท่าเรือ", "cape": "แหลม", "valley": "หุบเขา",
    "capital": "เมืองหลวง นครหลวง", "new": "ใหม่", "free": "อิสระ",
}  # fmt: skip
_FOREIGN = {
    "north": "north northern nord norte noord septentrional severni severny severna sever severo "
    "shamal shamali utara jihun soltustik kuzey pohjois eszak norra sjeverna "
    "شمال الشمالية الشمالي северный северная северо северен северна",
    "south": "south southern sud sur sul sued süd zuid meridional yuzhny juzni janub janubi "
    "selatan jizni ontustik guney etela sodra juzna "
    "جنوب الجنوبية الجنوبي южный южная южно южен южна",
    "east": "east eastern est este leste oost ost oriental orientale vostochny istocni sharq "
    "sharqiyah timur vychodni shyghys dogu ita ostra istocna "
    "شرق الشرقية الشرقي восточный восточная восточно източен източна",
    "west": "west western ouest oeste ovest occidental occidentale zapadny zapadni gharb barat "
    "zapad batys bati lansi vastra zapadna "
    "غرب الغربية الغربي западный западная западно западен западна",
    "northeast": "northeast northeastern nordest nordeste noreste timur-laut "
    "الشمالية-الشرقية شمال-شرق",
    "northwest": "northwest northwestern noroeste nordoeste barat-laut الشمالية-الغربية شمال-غرب",
    "southeast": "southeast southeastern sudeste sureste الجنوبية-الشرقية جنوب-شرق",
    "southwest": "southwest southwestern sudoeste suroeste barat-daya الجنوبية-الغربية جنوب-غرب",
    "central": "central centre center centro centrale middle mid tengah zentral sredni wasat "
    "stredni orta keski الوسطى الأوسط وسط центральный центральная централен централна",
    "new": "new nouveau nouvelle nueva nuevo nova novo neu nuova novi novy nova baru الجديدة",
    "old": "old vieux vieille viejo vieja velho velha alt stary stara lama",
    "great": "great greater gran grand grande gross groot",
    "upper": "upper haut haute alto alta ober oberer العليا",
    "lower": "lower bas basse bajo baixo nieder unter السفلى",
    "islands": "islands isles iles islas ilhas inseln eilanden kepulauan جزر острова острови",
    "island": "island isle ile isla ilha isola insel eiland pulau جزيرة остров",
    "river": "river riviere rio rios sungai",
    "bay": "bay baie bahia baia bucht gulf golfe golfo",
    "lake": "lake lac lago see meer danau",
    "sea": "sea mer mar البحر",
    "mountain": "mount mt mont monte mountain mountains berg gunung montagne pegunungan جبل",
    "port": "port porto puerto hafen harbour harbor",
    "cape": "cape cap cabo capo kap tanjung",
    "valley": "valley vallee valle vale tal",
    "capital": "capital metropolitan",
    "free": "free libre الحرة",
}
_CONCEPT = {word: f"<{concept}>" for concept, words in _FOREIGN.items() for word in words.split()}

CONCEPTS = tuple(f"<{concept}>" for concept in _FOREIGN)


def _alternatives(words: dict[str, str]) -> dict[str, str]:
    return {word: concept for concept, listed in words.items() for word in listed.split()}


_THAI_BEHIND, _THAI_BEFORE = _alternatives(_BEHIND), _alternatives(_BEFORE)
_AT_END = re.compile(
    "(?P<name>.*?) ?(?:ทาง|ด้าน|ฝั่ง|ภาค|ส่วน)?(?:ทิศ)?(?:ตอน)?(?P<word>"
    + "|".join(sorted(_THAI_BEHIND, key=len, reverse=True)) + ")$",
    re.S,
)  # fmt: skip
_AT_START = re.compile("(?P<word>" + "|".join(_THAI_BEFORE) + ") ?(?P<name>.*[ก-ฮ].+)$", re.S)


def translated_thai(name: str) -> tuple[str, tuple[str, ...]] | None:
    """The name without its translated word, and that word's unit; None where it has none.

    >>> translated_thai("ซามาร์ตะวันออก")
    ('ซามาร์', ('<east>',))
    >>> translated_thai("อ่าวแคมบริดจ์")
    ('แคมบริดจ์', ('<bay>',))
    >>> translated_thai("เชียงใหม่ใต้")
    ('เชียง', ('<new>', '<south>'))
    """
    units: list[str] = []
    while len(units) < 3:
        found = _AT_END.match(name)
        concepts = _THAI_BEHIND
        if found is None or (found["name"] and not re.search("[ก-ฮ]", found["name"])):
            found, concepts = _AT_START.match(name), _THAI_BEFORE
        if found is None:
            break
        units.insert(0, f"<{concepts[found['word']]}>")
        name = found["name"].strip()
    return (name, tuple(units)) if units else None


def translated_foreign(words: list[str]) -> tuple[list[str], tuple[str, ...]] | None:
    """The same for the words of a name in another language, in lower case and without accents.

    >>> translated_foreign(["eastern", "samar"])
    (['samar'], ('<east>',))
    >>> translated_foreign(["papua", "barat", "daya"])
    (['papua'], ('<southwest>',))
    """
    units: list[str] = []
    rest: list[str] = []
    words = [*words]
    while words:
        pair = "-".join(words[:2])
        if pair in _CONCEPT and len(words) > 1:
            units.append(_CONCEPT[pair])
            words = words[2:]
        elif words[0] in _CONCEPT:
            units.append(_CONCEPT[words.pop(0)])
        else:
            rest.append(words.pop(0))
    return (rest, tuple(units)) if units else None
