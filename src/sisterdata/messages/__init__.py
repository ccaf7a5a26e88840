"""The library's messages in Thai, for people: English stays the language of written data.

A message is found by its English wording: ``th.csv`` has a template a line, with its parameters in
braces, and ``th_words.json`` the words that some parameters take. `translate` finds the template
that a message was made of, and fills the Thai one in.
"""

from __future__ import annotations

from sisterdata.messages.output_language import LANGUAGES, choose_language, current_language
from sisterdata.messages.translate import is_translated, translate

__all__ = ["LANGUAGES", "choose_language", "current_language", "is_translated", "translate"]
