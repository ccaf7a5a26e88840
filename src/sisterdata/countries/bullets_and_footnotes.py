"""What a list prints around a country's name: bullets, labels, footnote marks, articles."""

from __future__ import annotations

import re


def without_list_marks(text: str) -> str:
    """The text without the mark, number or label that a list sets before a name.

    >>> [without_list_marks(text) for text in ("1) Germany", "• Laos", "ก. ลาว", "Country: Peru")]
    ['Germany', 'Laos', 'ลาว', 'Peru']
    >>> without_list_marks("Spain_x000D_"), without_list_marks("UnitedÊStates")
    ('Spain', 'United States')
    """
    if "_" in text:
        text = _LEFT_BY_EXCEL.sub(" ", text)
    if "Ê" in text:
        text = _LOST_SPACE.sub(" ", text)
    mark = _MARK.match(text)
    if mark is not None:
        text = text[mark.end() :]
    if ":" in text or "=" in text or "-" in text or "–" in text:
        text = _LABEL.sub("", text)
    return text.strip()


# Excel writes a carriage return in a cell as _x000D_.
_LEFT_BY_EXCEL = re.compile(r"_x00[01][0-9A-F]_", re.IGNORECASE)
# The no-break space of Mac OS Roman, read as Latin-1.
_LOST_SPACE = re.compile(r"(?<=[a-z])Ê(?=[A-Z])")
_MARK = re.compile(
    r"^\s*(?:[(\[]?\d{1,3}[.)\]]+\s*|[(\[]?[a-zก-ฮ][)\]]\s*|[ก-ฮ]\.\s+|[•·●○▪➢✓◦*–—-]\s+)(?=[^\W\d_])"
)
_LABEL = re.compile(
    r"^\s*(?:(?:name of )?(?:country|nation)(?: name)?|(?:ชื่อ)?ประเทศ)\s*(?:[:=]|\s[-–])\s*",
    re.IGNORECASE,
)


def without_footnote(text: str) -> str:
    """The text without a footnote mark: "Angola a/", "จีน 2/", "China (1)".

    >>> without_footnote("Angola 2)"), without_footnote("ME1")
    ('Angola', 'ME1')
    """
    text = text.strip()
    if text[-1] not in "0123456789๐๑๒๓๔๕๖๗๘๙/)]":
        return text
    name = _FOOTNOTE.sub("", text)
    # "ME1" is not Montenegro with a footnote.
    return text if len(name) <= _LONGEST_CODE and text[len(name) :].isalnum() else name


_FOOTNOTE = re.compile(r"(?<=[^\s\d(\[])(?:\s+[a-z]/|\s*[(\[]?\d{1,2}[/)\]]?)$")
_LONGEST_CODE = 3


def without_article(text: str) -> str:
    """The text without an article in brackets behind it, as the UN's terminology prints one.

    >>> without_article("Saint-Marin (le)"), without_article("Perú (el)"), without_article("Peru")
    ('Saint-Marin', 'Perú', 'Peru')
    """
    return _ARTICLE_BEHIND.sub("", text) if ")" in text or "]" in text else text


_ARTICLE_BEHIND = re.compile(
    r"(?<=\w)\s*[(\[](?:the|le|la|les|l['’]|el|los|las)[)\]]\s*$", re.IGNORECASE
)
