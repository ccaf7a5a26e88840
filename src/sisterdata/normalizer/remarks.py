"""Read a remark in free text: the instrument, how far it has come, its topic, and what is next.

The words are in `words/notes.json`: those of the Ministry of Interior's tables and of Thai
administration (หนังสือแสดงเจตจำนง is a letter of intent, บันทึกความเข้าใจ and บันทึกข้อตกลง are a
memorandum of understanding, ความตกลง is an agreement), and their English counterparts.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files

from sisterdata.text.repair import repair
from sisterdata.vocabulary import Instrument, NextStep, Stage


@dataclass(frozen=True, slots=True)
class Note:
    """What a remark says.

    signatory
        Who signed, if the remark says so.
    truncated
        Whether the remark ends in a word that needs another one ("ระดับ", "and").
    residue
        The part that no rule understood.
    """

    instrument: Instrument | None = None
    stage: Stage = "not_stated"
    topic: str | None = None
    next_step: NextStep | None = None
    signatory: str | None = None
    truncated: bool = False
    residue: str = ""


def read_note(text: str | None) -> Note:
    """Read one remark, in Thai or English.

    "Established" and "สถาปนา" count as signed; what is only planned does not.

    >>> read_note("ลงนาม LOI แล้ว อยู่ระหว่างยกระดับเป็น MOU")
    Note(instrument='LOI', stage='signed', topic=None, next_step='upgrade_to_mou', ...)
    >>> read_note("ได้รับความเห็นชอบแล้ว รอลงนาม").next_step
    'sign'
    >>> read_note("ลงนาม LOI ด้าน Smart City").topic
    'Smart City'
    >>> read_note("สถาปนาความสัมพันธ์แล้ว").stage, read_note("MOU to be signed").stage
    ('signed', 'not_stated')
    """
    rest = " ".join(repair(text or "").text.split())
    if rest in {"", "-", "–", "—"}:
        return Note()
    truncated = _BREAKS_OFF.search(rest) is not None
    rest, topic = _take(rest, _TOPIC)
    rest, signatory = _take(rest, _SIGNATORY)
    rest, upgrade = _take(rest, _UPGRADE)
    instruments = [kind for kind, words in _INSTRUMENTS if words.search(rest)]
    reached = _PLANNED.sub(" ", rest)
    stages = [
        stage for stage, words in _STAGES if words.search(reached if stage == "signed" else rest)
    ]
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
    """The stage that the heading of a section states for its rows; a row's own remark comes first.

    >>> read_section("ลงนามแล้ว"), read_section("อยู่ระหว่างดำเนินการ (On process: OP)")
    ('signed', 'not_stated')
    """
    return read_note(heading).stage


def _instrument(words: str) -> Instrument | None:
    return next((kind for kind, pattern in _INSTRUMENTS if pattern.search(words)), None)


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, str | None]:
    """`text` without the first match, and the last group of that match."""
    found = pattern.search(text)
    if found is None:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), (
        found[found.lastindex or 0] or ""
    ).strip()


def _residue(text: str) -> str:
    for pattern in (
        dict(_NEXT)["sign"],
        _PLANNED,
        *(p for _, p in (*_STAGES, *_INSTRUMENTS, *_NEXT)),
    ):
        text = pattern.sub(" ", text)
    return " ".join(_FILLERS.sub(" ", text).split()).strip(" ,.;:()/-")


def _compiled(alternatives: list[str]) -> re.Pattern[str]:
    """One pattern for all alternatives; ``@name@`` in them stands for another list."""
    text = "|".join(f"(?:{one})" for one in alternatives)
    while "@" in text:
        text = re.sub("@(\\w+)@", lambda named: f"(?:{'|'.join(_LISTS[named[1]])})", text)
    return re.compile(text, re.I)


_WORDS = json.loads((files("sisterdata") / "normalizer/words/notes.json").read_text("utf-8"))
_LISTS: dict[str, list[str]] = {
    **_WORDS["instruments"], "sign": _WORDS["sign"], "tie": _WORDS["tie"],
}  # fmt: skip
_INSTRUMENTS: tuple[tuple[Instrument, re.Pattern[str]], ...] = tuple(
    (kind, _compiled(words)) for kind, words in _WORDS["instruments"].items()
)
# In order: what has been reached before what is under way, "not yet" before "done".
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = tuple(
    (stage, _compiled(words)) for stage, words in _WORDS["stages"]
)
_NEXT: tuple[tuple[NextStep, re.Pattern[str]], ...] = tuple(
    (step, _compiled(words)) for step, words in _WORDS["next_steps"]
)
# "to be signed" and "to be established" do not say that anything was signed.
_PLANNED = _compiled([dict(_NEXT)["sign"].pattern, *_WORDS["not_established_yet"]])
_FILLERS = _compiled(_WORDS["fillers"])

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

# A topic ends with its phrase. In Thai, a space ends the phrase; a topic in Latin letters ("Smart
# City") may contain spaces.
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
