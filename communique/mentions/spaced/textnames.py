"""How the name of a text goes on where its words are syllables, or where a dash joins two states."""

from __future__ import annotations

from communique.mentions.spaced.line import STOP, TEXT, TEXT_WORD, VERB, Line


def syllables(line: Line, end: int) -> int:
    """Where a text's name ends whose words are syllables, of which only the first has a capital."""
    while True:
        nxt = line.skip(end)
        word = text_word(line, nxt)
        if nxt < 0 or word < 0 or any(s.classes & (STOP | VERB) and s.end >= word for s in line.spots.get(nxt, ())):
            return end
        if line.text[nxt:word] in line.vocabulary.links:
            after = line.skip(word)
            if after < 0 or not line.capital(after) or line.longest(after, TEXT) is not None:
                return end
            end = line.word[after]
        elif line.capital(nxt) or (line.text[nxt:word].isalpha() and line.cased[_last(line, end)].isupper()):
            end = word
        else:
            return end


def text_word(line: Line, at: int) -> int:
    """Where a word at ``at`` ends, of several syllables where names of texts are made of it, or -1."""
    spot = line.longest(at, TEXT_WORD)
    return max(spot.end if spot else -1, line.word.get(at, -1))


def _last(line: Line, end: int) -> int:
    return line.word_at_end.get(end, end - 1)


def onward(line: Line, at: int) -> int:
    """Where the next word of a text's name begins, behind a dash too: one with blanks stands between two states."""
    if line.text[at : at + 1] in ("-", "\u2013"):
        return line.skip(at + 1)
    paired = line.text[at : at + 3] in (" - ", " \u2013 ") and at in line.known_at_end and at + 3 in line.known
    return at + 3 if paired else line.skip(at)
