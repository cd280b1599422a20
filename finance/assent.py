"""Words by which people think they have approved: they have not, only a button approves."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60  # characters: whoever writes more says more than yes

_YES = """
ok okay okey okei k kk yes yep yeah yup sure fine good approve approved approving lgtm
joo juu jep kyllä kyl hyvä hyväksyn hyväksy hyväksytty hyväksytään hyväksyä selvä sopii käy kunnossa oikein passaa
ja japp jo jepp godkänner godkänn godkänd godkänt godkännes okej bra stämmer
"""
_AROUND = """
thanks thank you it this that is looks look all to for me kiitos minun puolesta puolestani on se tämä asia asiallinen
tack jag ser ut den det här för mig min del från
"""
_SURE = frozenset(_YES.split())
_WORDS = _SURE | frozenset(_AROUND.split())
_SIGNS = re.compile(r":(?:\+1|thumbsup|white_check_mark|heavy_check_mark|ok_hand|ok|100):(?::skin-tone-\d:)?|[👍👌✅✔]")


def is_assent(text: str) -> bool:
    """Whether somebody says yes in so many words (or with a thumb), in Finnish, Swedish or English."""
    if len(text) > LONGEST:
        return False
    bare = _SIGNS.sub(" ok ", unicodedata.normalize("NFC", text).casefold())
    words = re.findall(r"[^\W_]+", bare)
    return bool(words) and all(word in _WORDS for word in words) and any(word in _SURE for word in words)
