"""The words for the tie of two places, the same in headings and in sentences.

Patterns, to be put into larger ones; the English words in lower case.
"""

UNITS = (
    r"(?:cit(?:y|ies)|towns?|provinces?|prefectures?|states?|municipalit(?:y|ies)|ports?"
    r"|count(?:y|ies)|districts?|regions?)"
)
# What a place is to the other: "sister city", "twinned towns".
TWIN = (
    r"(?:sister|twin(?:ned|ning)?|friend(?:ship|ly)?|partner(?:ship)?|brother(?:ly)?)"
    rf"[\s-]*{UNITS}"
)
TIE = (
    rf"\b{TWIN}\b|\btwinnings?\b|\bsister[- ]relation"
    r"|(?:เมือง|บ้าน)(?:พี่|คู่|มิตร)|คู่ความสัมพันธ์|คู่มิตร"
)
