"""The words of a text: stop words, stems, rarity, spelling variants."""

from __future__ import annotations

from functools import lru_cache

import Stemmer

_english = Stemmer.Stemmer("english", 0)

STOP_WORDS = frozenset(
    """a about above after again against all am an and any are as at be because been before being below between
    both but by can cannot could did do does doing down during each few for from further had has have having he
    her here hers herself him himself his how i if in into is it its itself let me more most my myself no nor not
    of off on once only or other ought our ours ourselves out over own same she should so some such than that the
    their theirs them themselves then there these they this those through to too under until up upon us very was
    we were what when where which while who whom why with would you your yours yourself yourselves shall will may
    might must also unto thee thou thy thine ye hath doth hast dost art wilt shalt dont didnt doesnt isnt wasnt
    arent werent cant couldnt wouldnt shouldnt wont havent hasnt hadnt im ive id youre youve hes shes theyre
    theyve weve thats theres whats lets mr mrs ms yet just even now still however whose whether though although
    already within without among around""".split()
)
"""English words that carry order but no subject, folded as `fold_word` folds them."""


@lru_cache(1 << 18)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a folded English word."""
    stemmed: str = _english.stemWord(word)
    return stemmed
