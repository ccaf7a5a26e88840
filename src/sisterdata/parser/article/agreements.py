"""The pairs that a sentence says were tied: who signed what with whom, and who became whose twin.

A sentence that speaks of a tie, but of one that is planned, denied or ended, or between parties
that are no places, or that does not say certainly who is tied with whom, gives no pair: it gives
a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sisterdata.parser.article.parties import NAME, PHRASE, Parties, bare_name, read_parties
from sisterdata.parser.headings import TIE, TWIN, UNITS
from sisterdata.text.dates import without_dates
from sisterdata.text.scripts import THAI_LETTERS, has_thai


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a sentence says of a tie: its pairs, and what was signed; or why no pair is certain.

    `pairs` are printed as in the sentence. `weak` says that the words fit any two bodies ("signed
    a memorandum"): it is a pair of places only where something else says that they are such.
    `vague` says that the doubt is in the words, which may speak of a pair told of elsewhere.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    said: str = ""
    weak: bool = False
    doubt: str | None = None
    vague: bool = False


def read_agreement(sentence: str) -> Agreement | None:
    """The tie a sentence tells of; None where it tells of none.

    >>> read_agreement("Busan signed sister city agreements with Fukuoka and Osaka in 1989.").pairs
    (('Busan', 'Fukuoka'), ('Busan', 'Osaka'))
    >>> read_agreement("Oxford and Bonn signed the cancellation of their twin city pact.").doubt
    'it tells of a tie that ended, or never was'
    >>> read_agreement("The delegation visited Fukuoka.") is None
    True
    """
    if len(sentence) > _LONGEST_STATEMENT or not (
        _SIGNING.search(sentence) or _TIE.search(sentence)
    ):
        return None
    statement = _undated(sentence)
    found = _thai(statement) if has_thai(statement) else _english(statement)
    if found is not None:
        reason = _unreal(statement, found.said) or found.doubt
        return Agreement(doubt=reason) if reason is not None else found
    # No form fits; names among the words of a tie are still worth a look.
    thai = has_thai(statement)
    tie = _TIE.search(statement) or (thai and _THAI_TIE.search(statement))
    if tie and _TYING.search(statement) and (thai or len(named(statement)) > 1):
        unreal = _unreal(statement)
        why = unreal or "it does not say certainly who is tied"
        return Agreement(doubt=why, vague=unreal is None)
    return None


def clauses(sentence: str) -> list[str]:
    """A sentence's parts between semicolons, where each has a verb of its own; else the sentence.

    >>> clauses("Oxford and Bonn were twinned in 1947; Perm and Leiden signed a pact in 1950.")
    ['Oxford and Bonn were twinned in 1947', 'Perm and Leiden signed a pact in 1950.']
    >>> len(clauses("Oxford was twinned with Bonn, Germany; Perm, Russia; and Leiden."))
    1
    """
    parts = sentence.split("; ")
    return parts if all(map(_TYING.search, parts)) else [sentence]


def places_named(text: str) -> frozenset[str]:
    """The names that a text treats as places: "in Busan", "the mayor of Busan", "Busan City".

    >>> sorted(places_named("The mayor of Busan met Huawei in Osaka."))
    ['Busan', 'Osaka']
    """
    phrases = (found["behind"] or found["before"] for found in _PLACE_NAMED.finditer(text))
    names = (bare_name(name[0]) for phrase in phrases for name in _NAMES.finditer(phrase))
    return frozenset(name for name in names if not _OPENING.fullmatch(name))


def named(sentence: str) -> list[str]:
    """The places that a sentence may name, each without the word for its kind.

    >>> named("The City of Austin is a sister city of Chiang Mai.")
    ['Austin', 'Chiang Mai']
    """
    latin = (name[0] for name in _NAMES.finditer(_undated(sentence)))
    names = [bare_name(name) for name in latin if not _KEYWORD_RE.search(name)]
    thai = [name[0] for name in _THAI_NAMES.finditer(sentence)]
    return [name for name in names if name and not _OPENING.fullmatch(name)] + thai


def _undated(sentence: str) -> str:
    """A sentence without its dates and what led to them ("On May 5, ")."""
    left = _DATE_LEFT.sub("", without_dates(sentence, years=True))
    left = re.sub(r"\s+(?=[\s,.;])", "", left).strip()
    return re.sub(",{2,}", ",", left).removeprefix(",").strip()


def _english(statement: str) -> Agreement | None:
    for form in _forms():
        found = form.search(statement)
        if found is None:
            continue
        parts = found.groupdict()
        said = " ".join(filter(None, (parts["said"], parts.get("verb")))).strip(" .")
        within = statement[: found.start("first")].rstrip().endswith(",")
        first = read_parties(parts["first"], within=within)
        second = read_parties(parts["second"]) if parts.get("second") else None
        clause = _CLAUSE_ENDS.split(statement[found.start("said") :], maxsplit=1)[0]
        weak = _TIE.search(clause) is None
        if _GOES_ON.match(statement, found.end()):
            return Agreement(doubt="it goes on with a further party")
        return _paired(first, second, said, weak, statement)
    return None


def _paired(
    first: Parties, second: Parties | None, said: str, weak: bool, statement: str
) -> Agreement:
    doubt = first.doubt or (second.doubt if second is not None else None)
    if doubt is not None:
        return Agreement(doubt=doubt)
    ours, theirs = first.names, second.names if second is not None else ()
    if second is not None and (len(ours) == 1 or len(theirs) == 1):
        pairs = [(one, other) for one in ours for other in theirs]
    elif second is not None and len(ours) == len(theirs) and _RESPECTIVELY.search(statement):
        pairs = list(zip(ours, theirs, strict=True))
    elif second is not None:
        return Agreement(doubt="it does not say which party is tied with which")
    elif len(ours) == 2:
        pairs = [(ours[0], ours[1])]
    elif len(ours) > 2 and _all_together(statement, len(ours)):
        pairs = [(one, other) for at, one in enumerate(ours) for other in ours[at + 1 :]]
    elif len(ours) > 2:
        return Agreement(doubt=f"it names {len(ours)} parties, and not which is tied with which")
    else:
        return Agreement(doubt=f"it names {ours[0]}, and nobody else as a party")
    return Agreement(tuple(pairs), said, weak)


def _all_together(statement: str, count: int) -> bool:
    words = {
        3: r"trilateral|three[- ]way|tripartite|(?:all|the) three",
        4: r"four-way|(?:all|the) four",
    }
    return count in words and re.search(rf"\b(?:{words[count]})\b", statement, re.I) is not None


def _thai(statement: str) -> Agreement | None:
    if _THAI_UNREAL.search(statement):
        return Agreement(doubt="it tells of a tie that is planned, denied or not certain")
    for form in _THAI_FORMS:
        found = form.search(statement)
        if found is None:
            continue
        if found["more"]:
            return Agreement(doubt="it names several parties, and not which is tied with which")
        if not _THAI_TIE.search(found["said"]):
            return None
        return Agreement(((found["first"], found["second"]),), found["said"].strip())
    return None


def _unreal(statement: str, said: str | None = None) -> str | None:
    """Why a tie is none, or none any more, though the sentence names one.

    `said` are the words for what was done; None where no form tells which those are.
    """
    if _ENDED.search(statement):
        return "it tells of a tie that ended, or never was"
    if _NOT_SO.search(statement) if said is None else _NOT_YET.search(said):
        return "it tells of a tie that is planned, denied or not certain"
    if _CONDITION.match(statement):
        return "it tells of a tie on a condition"
    if said is not None and _AGAIN.search(said):
        return "it tells of a tie that was there before"
    if said is not None and _DEAL.search(said):
        return "what was signed is no tie of places"
    return None


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form) for form in _FORMS)


_LONGEST_STATEMENT = 1000
_NAMES = re.compile(NAME)
# Capitalised where they open a sentence.
_OPENING = re.compile(
    r"A|After|All|An|As|At|Both|But|By|For|From|He|If|In|Its?|On|Since|She|So|The|Their|Then|There"
    r"|These|They|This|To|Two|We|When|While|With"
)
_GOES_ON = re.compile(
    rf"(?: (?:in|on|since))?[,;]?\s(?:and|as well as)\s(?:later\s)?(?:with\s)?{NAME}"
)
_CLAUSE_ENDS = re.compile("[,;]")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
# What is left of a date phrase: "On , ", "(on )", "เมื่อวันที่ ".
_DATE_LEFT = re.compile(
    r"\b(?:on|in|since|as of|from|during)\s*(?=[,.;)]|$)|(?:เมื่อ)?(?:วันที่|เดือน)\s|\(\s*\)",
    re.I,
)
_TIE = re.compile(
    rf"{TIE}|\btwinned\b|\bfriend(?:ship|ly)\b.{{0,20}}\brelations|สถาปนาความสัมพันธ์", re.I
)
_SIGNING = re.compile(
    r"\b(?:signed|concluded|inked|sealed|established|entered|formed|forged|set up|formali[sz]ed)\b"
    r"|ลงนาม"
)
_TYING = re.compile(
    rf"{_SIGNING.pattern}|\b(?:as|becoming) {TWIN}|\b{TWIN} (?:of|with|to)\b"
    r"|\b(?:sign|signing|conclude|establish|establishing|form|become|became"
    r"|twinn?(?:ed|ing)?|renew\w*|cancel\w*|terminat\w*|end(?:ed|s)?|suspend\w*|dissolv\w*)\b"
    r"|สถาปนา|ยกเลิก|สิ้นสุด|ยุติ"
)
_KEYWORD = (
    r"(?i:agreements?|memorand(?:um|a)|mous?|letters? of intent|lois?|protocols?|declarations?"
    r"|sister|twin(?:ning)?|friendship|relations|ties|pacts?)"
)
_KEYWORD_RE = re.compile(rf"\b{_KEYWORD}\b")
_BEHIND = r"(?:with|between|in|to|for|on|at|during|which|covering|after|following)"
_ADVERB = r"(?:(?:have|had|has|also|officially|formally|jointly|recently|later|first|together) )*"
_SIGNED = (
    rf"{_ADVERB}(?:signed|concluded|inked|sealed|established|entered into|formed|forged|set up"
    r"|formali[sz]ed)"
)
_INSTRUMENT = rf"(?:the |a |an |their )?[^,.;]*?\b{_KEYWORD}\b[^,.;]*?(?=\s+{_BEHIND}\b|[,.;]|$)"
_END = r"(?=\s*[,.;)]|$| (?:on|in|to|for|at|by|since|during|as|after|following|respectively|and)\b)"
# A clause begins with the sentence or behind a comma; those who act for a place stand for it.
_CLAUSE = r"(?:^|[,;] )(?:(?:When|After|As|Once|Since|While|Although|Today|Yesterday|Later),? )?"
_FOR = (
    r"(?:[Bb]oth )?(?:[Tt]he )?(?:(?:two |three |four )?(?i:cities|towns|provinces"
    r"|municipalities|prefectures|mayors|governors|governments|councils|leaders"
    r"|representatives) of )?(?:[Tt]he )?"
)
_SUBJECT = rf"{_CLAUSE}{_FOR}(?P<first>{PHRASE})(?: {UNITS})?,? "
_BOTH = rf"(?:between|by) {_FOR}(?P<first>{PHRASE}){_END}"
_WITH = rf",? with {_FOR}(?P<second>{PHRASE}){_END}"
_PLACE_OF_SIGNING = rf"(?: (?:in|at) {NAME})?"
_WAS = r"(?:was|were|has been|have been|is|are)(?: (?:officially|formally|first|also))?"
_FIRST = r"(?:(?:an?|the|its) )?(?:(?:first|second|third|newest|latest|official) )?"
_FORMS = (
    rf"{_SUBJECT}(?P<said>{_SIGNED} {_INSTRUMENT}){_PLACE_OF_SIGNING}{_WITH}",
    rf"{_SUBJECT}(?P<said>{_SIGNED} {_INSTRUMENT})(?![^.;]* with\b)",
    rf"(?:^|, )(?:[Tt]he |[Aa]n? )?(?P<said>[^,.;]*?\b{_KEYWORD}\b[^,.;]*? {_WAS} "
    rf"(?:signed|concluded|established|formed)){_PLACE_OF_SIGNING} {_BOTH}",
    rf"(?:^|, )(?:[Tt]he |[Aa]n? )?(?P<said>[^,.;]*?\b{_KEYWORD}\b[^,.;]*?) between {_FOR}"
    rf"(?P<first>{PHRASE}),? (?P<verb>{_WAS} (?:signed|concluded|established|formed)"
    r"|began|dates (?:back|from))\b",
    rf"{_SUBJECT}(?P<said>(?:has|have|maintains?|enjoys?) [^,.;]*?{TWIN} (?:agreements|ties"
    rf"|relations(?:hips?)?|partnerships?)){_WITH}",
    rf"{_SUBJECT}{_ADVERB}(?:became|become|been|are|is) (?P<said>{_FIRST}{TWIN}(?: partners?)?)"
    rf" (?:of|to|with) {_FOR}(?P<second>{PHRASE}){_END}",
    rf"{_SUBJECT}{_ADVERB}(?:became|become|been|are) (?P<said>{_FIRST}{TWIN}(?: partners?)?)"
    r"(?=\s*[,.;]|$| (?:on|in|since|by|for|as)\b)",
    rf"{_SUBJECT}(?:{_WAS} )?(?P<said>twinned){_WITH}",
    rf"{_SUBJECT}{_WAS} (?P<said>twinned)(?=\s*[,.;]|$| (?:on|in|since|by|for|as)\b)",
)
# Ends, plans, conditions: what makes a tie none. "The end of May" ends nothing.
_ENDED = re.compile(
    r"\b(?:cancel\w*|terminat\w*|dissol\w*|suspend\w*|suspension|(?<!the )end(?:s|ed|ing)?|expir\w*"
    r"|revo[ck]\w*|annul\w*|rescind\w*|sever(?:ed|s|ing)|withdr[ae]w\w*|broke(?:n)? off|abrogat\w*"
    r"|discontinu\w*|lapsed?|no longer|never|renounc\w*|former(?:ly)?)\b|ยกเลิก|สิ้นสุด|ยุติ|เพิกถอน",
    re.I,
)
_NOT_SO = re.compile(
    r"\b(?:not|never|neither|nor|plan(?:s|ned|ning)?|will|would|(?-i:may)|might|could|should|shall"
    r"|hop(?:e|es|ed|ing)|expect\w*|intend\w*|propos\w*|consider\w*|aim\w*|about to|if|wants?"
    r"|wish\w*|seeks?|talks|discuss\w*|negotiat\w*|prepar\w*|draft\w*|refus\w*|declin\w*|reject\w*|fail\w*"
    r"|postpon\w*|is to|are to)\b|n['’]t\b|ไม่|จะ|เตรียม|คาดว่า|แผน|ปฏิเสธ|เลื่อน",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:not|explor\w*|possib\w*|consider\w*|towards?|plans? (?:for|to)|propos\w*|petition"
    r"|request|talks|application|draft|prepar\w*|road ?map|feasib\w*|could|(?-i:may)|might|would)\b"
    r"|ไม่|จะ|ร่าง",
    re.I,
)
_CONDITION = re.compile(r"(?:If|Unless|Until|Before|Whether|Had|Should|Reportedly|Allegedly)\b")
_AGAIN = re.compile(
    r"\b(?:renew\w*|extension|extend\w*|amend\w*|supplement\w*|reaffirm\w*)\b", re.I
)
_DEAL = re.compile(
    r"\b(?:licen[cs]\w*|loans?|lease|purchase|sales?|supply|merger|franchis\w*|confidentiality"
    r"|non-?disclosure|settlement|insurance|employment|extradition|ceasefire|armistice)\b|สัญญา",
    re.I,
)
_PLACE_NAMED = re.compile(
    rf"\b(?:(?i:in|near|outside)|(?i:mayors?|governors?|cit(?:y|ies)|towns?|provinces?|municipality"
    rf"|prefecture|capital|people|citizens|residents|ports?) of)(?: the)? (?P<behind>{PHRASE})"
    rf"|(?P<before>{NAME})(?=(?:['’]s)? (?:mayor|governor|city council|citizens)\b)"
)
_THAI_NAME = f"(?:กรุง|จังหวัด|เทศบาล|เมือง|นคร|มณฑล|รัฐ|แขวง)[{THAI_LETTERS}]+?"
_THAI_SIGNED = (
    rf"(?P<said>(?:ลงนาม(?:ใน)?|สถาปนาความสัมพันธ์)\s?[{THAI_LETTERS}]*?(?: \(?[A-Z]{{3}}\)?)?)"
)
_THAI_BEFORE = r"\s?(?:ได้)?(?:ร่วมกัน|ร่วม)?"
_THAI_FORMS = (
    re.compile(
        rf"(?:^|\s)(?P<more>{_THAI_NAME}[,\s]\s?)?(?P<first>{_THAI_NAME})\s?(?:และ|กับ)\s?"
        rf"(?P<second>{_THAI_NAME}){_THAI_BEFORE}{_THAI_SIGNED}(?=[\s.]|$)"
    ),
    re.compile(
        rf"(?:^|\s)(?P<first>{_THAI_NAME}){_THAI_BEFORE}{_THAI_SIGNED}\s?(?:กับ|ร่วมกับ)\s?"
        rf"(?P<second>{_THAI_NAME})(?P<more>,? ?(?:และ|,)\s?{_THAI_NAME})?(?=[\s.]|$)"
    ),
)
_THAI_NAMES = re.compile(
    f"(?<![{THAI_LETTERS}])(?:กรุง|จังหวัด|เทศบาล|นคร|มณฑล|แขวง)[{THAI_LETTERS}]+"
)
_THAI_UNREAL = re.compile(
    "(?:ไม่|จะ|เตรียม|คาดว่า|แผน|ปฏิเสธ|เลื่อน)(?:ได้|การ|ร่วมกัน|ร่วม){0,2}(?:ลงนาม|สถาปนา)"
)
_THAI_TIE = re.compile(
    r"ความสัมพันธ์|เมืองพี่|คู่มิตร|มิตรภาพ|ความร่วมมือ|บันทึก|ความตกลง|ข้อตกลง|เจตจำนง|[A-Z]{3}"
)
