"""A remark in free text: which instrument, how far it has come, on what topic, what is next.

The words are those of the Ministry of Interior's tables and of Thai administrative usage:
หนังสือแสดงเจตจำนง is a letter of intent (LOI), บันทึกความเข้าใจ and บันทึกข้อตกลง a memorandum of
understanding (MOU), ความตกลง an agreement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sisterdata.text.repair import repair
from sisterdata.vocabulary import Instrument, NextStep, Stage


@dataclass(frozen=True, slots=True)
class Note:
    """What a remark says; `residue` is the part that no rule understood.

    `signatory` names who signed where the remark says so, and `truncated` is true where the
    remark breaks off behind a word that needs another one.
    """

    instrument: Instrument | None = None
    stage: Stage = "not_stated"
    topic: str | None = None
    next_step: NextStep | None = None
    signatory: str | None = None
    truncated: bool = False
    residue: str = ""


def read_note(text: str | None) -> Note:
    """Read one remark, Thai or English.

    >>> read_note("ลงนาม LOI แล้ว อยู่ระหว่างยกระดับเป็น MOU")
    Note(instrument='LOI', stage='signed', topic=None, next_step='upgrade_to_mou', ...)
    >>> read_note("ได้รับความเห็นชอบแล้ว รอลงนาม").next_step
    'sign'
    >>> read_note("ลงนาม LOI ด้าน Smart City").topic
    'Smart City'
    """
    rest = " ".join(repair(text or "").text.split())
    if rest in {"", "-", "–", "—"}:
        return Note()
    truncated = _BREAKS_OFF.search(rest) is not None
    rest, topic = _take(rest, _TOPIC)
    rest, signatory = _take(rest, _SIGNATORY)
    rest, upgrade = _take(rest, _UPGRADE)
    instruments = [kind for kind, words in _INSTRUMENTS if words.search(rest)]
    stages = [stage for stage, words in _STAGES if words.search(rest)]
    next_step: NextStep | None = None
    if upgrade is not None:
        next_step = _UPGRADES[_instrument(upgrade) or "MOU"]
    else:
        next_step = next((step for step, words in _NEXT if words.search(rest)), None)
    if signatory is not None:
        stages.insert(0, "signed")
    return Note(
        instrument=instruments[0] if instruments else None,
        stage=stages[0] if stages else "not_stated",
        topic=topic,
        next_step=next_step,
        signatory=signatory,
        truncated=truncated,
        residue=_residue(_BREAKS_OFF.sub("", rest)),
    )


def read_section(heading: str | None) -> Stage:
    """The stage that a section's heading gives to rows whose remark is silent.

    >>> read_section("ลงนามแล้ว"), read_section("อยู่ระหว่างดำเนินการ (On process: OP)")
    ('signed', 'not_stated')
    """
    return read_note(heading).stage


def _instrument(words: str) -> Instrument | None:
    return next((kind for kind, pattern in _INSTRUMENTS if pattern.search(words)), None)


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, str | None]:
    """Cut the first match out of `text`; its group is what was meant."""
    found = pattern.search(text)
    if found is None:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), (
        found[found.lastindex or 0] or ""
    ).strip()


def _residue(text: str) -> str:
    for _, pattern in (*_INSTRUMENTS, *_NEXT, *_STAGES):
        text = pattern.sub(" ", text)
    return " ".join(_FILLERS.sub(" ", text).split()).strip(" ,.;:()/-")


_INSTRUMENTS: tuple[tuple[Instrument, re.Pattern[str]], ...] = (
    ("LOI", re.compile(r"\bL\.?O\.?I\b\.?|letter of intent|หนังสือแสดงเจตจำนงค?์?", re.I)),
    (
        "MOU",
        re.compile(
            r"\bM\.?O\.?[UA]\b\.?|memorandum of (?:understanding|agreement)"
            r"|บันทึกความเข้าใจ(?:ระหว่างกัน|ร่วมกัน)?|บันทึกข้อตกลง(?:ความร่วมมือ)?",
            re.I,
        ),
    ),
    (
        "agreement",  # with the words of its own title before it
        re.compile(
            r"(?:\b[A-Z][\w-]+\s+(?:(?:of|on|for|and)\s+)*)*(?i:\bagreements?\b)|ความตกลง|ข้อตกลง"
        ),
    ),
)

# Ordered: what has been reached before what is under way, "not yet" before "done".
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("approved", re.compile(r"(?:ได้รับความ)?เห็นชอบ(?:แล้ว)?(?=.*รอ\s*(?:การ)?ลงนาม)")),
    ("not_stated", re.compile(r"ยังไม่(?:ได้|มีการ)?\s*ลงนาม|not (?:yet )?signed", re.I)),
    ("approved", re.compile(r"(?:ได้รับ(?:ความ)?|ครม\.\s*)เห็นชอบ(?:แล้ว)?|\bapproved\b", re.I)),
    (
        "signed",
        re.compile(
            r"(?<!รอ)(?<!รอการ)(?<!พิธี)(?:ได้|มีการ)?ลงนาม(?!ใน\s*ร่าง)(?:ใน)?"
            r"|(?<!to be )\b(?:signed|concluded|inked|entered into)\b",
            re.I,
        ),
    ),
    ("negotiating", re.compile(r"(?:โต้ตอบ|เจรจา|หารือ|พิจารณา|แลกเปลี่ยน)(?:ต่อรอง)?\s*ร่าง", re.I)),
    ("drafting", re.compile(r"(?:จัดทำ|ยก)?ร่าง(?!กาย)|\bdraft(?:ing|ed)?\b", re.I)),
    ("negotiating", re.compile(r"(?:อยู่)?ระหว่าง(?:การ)?(?:เจรจา|ประสาน(?:งาน)?)|negotiat\w+", re.I)),
)

_NEXT: tuple[tuple[NextStep, re.Pattern[str]], ...] = (
    ("sign", re.compile(r"รอ\s*(?:การ|พิธี)?ลงนาม|awaiting signature|to be signed", re.I)),
    ("approve", re.compile(r"(?:รอ|ขอ|เสนอขอ)(?:รับ)?(?:ความ)?เห็นชอบ|awaiting approval", re.I)),
    ("discuss", re.compile(r"หารือ(?:ระดับ)?(?!\s*ร่าง)|under discussion", re.I)),
)

_UPGRADE = re.compile(
    r"(?:อยู่)?(?:ใน)?(?:ระหว่าง)?(?:การ)?(?:ยกระดับ|พัฒนา|upgrad\w+)\s*(?:เป็น|สู่|ไปสู่|to|into)?\s*"
    r"(?:an?\s+)?(L\.?O\.?I|M\.?O\.?[UA]|บันทึกความเข้าใจ|บันทึกข้อตกลง|ความตกลง|agreement)",
    re.I,
)
_UPGRADES: dict[str, NextStep] = {
    "LOI": "upgrade_to_mou",
    "MOU": "upgrade_to_mou",
    "agreement": "upgrade_to_agreement",
}

# A topic runs to the end of its phrase: Thai sets a blank where a clause ends, but a Latin
# topic ("Smart City") has blanks of its own.
_TOPIC = re.compile(
    r"(?:ใน)?(?:ด้าน|ครอบคลุม(?:ด้าน)?|เกี่ยวกับ|เรื่อง|\bon\b(?!\s*(?:\d|the draft|draft)))\s*"
    r"([A-Za-z][A-Za-z&/ -]*?[A-Za-z]"
    r"(?=\s*(?:\b(?:signed|concluded|approved|draft|negotiat)|[^A-Za-z&/ -]|$))"
    r"|[^\s,;]+(?:\s*(?:และ|,)\s*[^\s,;]+)*)"
)
_SIGNATORY = re.compile(r"ลงนามโดย\s*([^\s,;]+)|signed by ([^,;]+)")
_BREAKS_OFF = re.compile(
    r"(?:ระดับ|เป็น|ด้าน|โดย|กับ|และ|หรือ|ร่าง|ระหว่าง|เพื่อ|ของ|ที่|ใน|ครอบคลุม|รอ|(?:^|(?<= )|(?<=ระหว่าง))การ"
    r"|\b(?:and|or|of|to|by|with|for|the|on|a)|[,(/])$"
)
_FILLERS = re.compile(r"\b(?:an?|the|was|were)\b|ดำเนินการ|แล้ว|อยู่|ระหว่าง|การ|จะ|ได้|ใน|เมื่อวันที่|ฉบับ")
