"""The words of a country's name: which carry it, which only join, which say the form of state."""

from __future__ import annotations

# Articles and particles of the languages that lists are printed in. "El" is not one of them:
# San Salvador's country is El Salvador, and Salvador is a city.
_JOINING = frozenset(
    "the of and & et y e und en och og a for de du des d da do dos das del della di der la le les "
    "los las".split()
)

# One spelling for words that lists abbreviate or translate.
_SPELLING = {
    "rep": "republic", "repub": "republic", "republics": "republic", "republica": "republic",
    "republique": "republic", "republik": "republic", "repubblica": "republic",
    "republiek": "republic", "republika": "republic", "repulic": "republic",
    "dem": "democratic", "democratique": "democratic", "democratica": "democratic",
    "democratico": "democratic", "demokratische": "democratic", "demokratik": "democratic",
    "democrat": "democratic", "fed": "federal", "federale": "federal",
    "federated": "federal", "federative": "federal", "peop": "peoples", "people": "peoples",
    "ppl": "peoples", "populaire": "peoples", "popular": "peoples", "socialista": "socialist",
    "soc": "socialist", "socialiste": "socialist", "islamique": "islamic", "islamica": "islamic",
    "isl": "islands", "isls": "islands", "is": "islands", "island": "islands", "isle": "islands",
    "isles": "islands", "ile": "islands", "iles": "islands", "islas": "islands", "isla": "islands",
    "ter": "territory", "terr": "territory", "territories": "territory", "territoire": "territory",
    "utd": "united", "sts": "state", "states": "state", "st": "state", "usa": "us",
    "britain": "britain", "brit": "british", "brazzavile": "brazzaville",
    "n": "north", "s": "south", "w": "west", "c": "central",
    "nth": "north", "sth": "south", "autonomous": "autonomous", "adm": "administrative",
}  # fmt: skip

# Words for the form of a state, in the languages of the formal names.
_STATE_FORMS = frozenset(
    "republic kingdom commonwealth federation confederation principality sultanate emirate "
    "union royaume reino regno koninkrijk konigreich rzeczpospolita respublika "
    "confederacion fürstentum furstentum principato principado principaute grand duchy "
    "cooperative republik empire".split()
)
_STATE_QUALITIES = frozenset(
    "democratic peoples socialist islamic arab federal bolivarian plurinational independent "
    "hashemite sovereign unitary united bundes".split()
)


def words(key: str) -> list[str]:
    """The words of a key that carry meaning, in their order.

    >>> words("republic of the congo"), words("china 1")
    (['republic', 'congo'], ['china'])
    """
    return [
        word
        for word in key.split()
        if word not in _JOINING and not (word.isdigit() and len(word) <= 2)
    ]


def bag(key: str) -> str:
    """The words in one order and spelling, so that inversion, brackets and commas do not matter.

    >>> bag("korea rep") == bag("republic of korea")
    True
    """
    return " ".join(sorted({_SPELLING.get(word, word) for word in words(key)}))


def without_state_form(key: str) -> tuple[str, list[str]]:
    """The name without the words that say the form of the state, and those words.

    The words are empty where no noun ("republic", "kingdom") is among them.

    >>> without_state_form("socialist republic of vietnam")
    ('vietnam', ['socialist', 'republic'])
    """
    core, form = [], []
    for word in words(key):
        spelt = _SPELLING.get(word, word)
        (form if spelt in _STATE_FORMS or spelt in _STATE_QUALITIES else core).append(
            spelt if spelt in _STATE_FORMS or spelt in _STATE_QUALITIES else word
        )
    if not _STATE_FORMS.intersection(form):
        return key, []
    return " ".join(core), form
