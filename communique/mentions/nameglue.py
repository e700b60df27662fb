"""What a tagger glued to a name, or parted from it: an office before it, a word or a ruler's number behind it."""

from __future__ import annotations

from communique.mentions.namegrammar import NameGrammar
from communique.mentions.scan import Sentence, Token

LETTER = frozenset({"noun", "adverb", "verb", "position", "adjective"})
"""What a tagger may call the last letter of a foreign name."""


def titled(words: str, g: NameGrammar) -> int:
    """How many letters of a name are a state and an office that the tagger glued to it (*A's emperor B*)."""
    head = g.heads.search(words) if g.heads else None
    whole = head is not None and (not head.start() or words[: head.start()] in g.elsewhere)
    return head.end() if head and whole and head.end() - head.start() > 1 and head.end() < len(words) - 1 else 0


def stuck(words: str, g: NameGrammar) -> int:
    """How many letters at the end of a name are none of it: an office, a word that ends it (*A [with] his wife*)."""
    cut = next((k for k in range(2, len(words) - 1) if g.heads and g.heads.fullmatch(words, k)), 0)
    if cut:
        return len(words) - cut
    if len(words) < 4 and words.startswith(g.surnames):
        return 0
    foreign = len(words) > 2 and words[-1] not in g.letters and set(words[:-1]) <= g.letters | g.particles
    return int(foreign and g.stops is not None and g.stops.fullmatch(words[-1]) is not None)


def numbered(text: str, end: int, edges: tuple[int, int], g: NameGrammar) -> int:
    """Where a name ends with the number of a ruler that the tagger parted from it (*A [the third]*).

    ``edges`` are where its token and its sentence end.
    """
    m = g.reigns.match(text, end, edges[1]) if g.reigns and end == edges[0] else None
    return m.end() if m else end


def closed(text: str, sentence: Sentence, cut: int, g: NameGrammar) -> bool:
    """Whether the tagger ends a name at ``cut``, before a small word that may be a letter of one (*at*, *together*)."""
    i = sentence.token_at(cut)
    if i < 1 or sentence.tokens[i].start != cut or sentence.tokens[i - 1].tag != "person":
        return False
    word = sentence.tokens[i]
    small = word.tag in ("preposition", "adverb")
    return small and (word.end - cut > 1 or bool(g.stops and g.stops.match(text, cut, word.end)))


def whole(text: str, sentence: Sentence, i: int, end: int, g: NameGrammar) -> int:
    """Where the foreign name of token ``i`` ends, with a last letter that the tagger took for a word of its own."""
    if end != sentence.tokens[i].end or i + 1 >= len(sentence.tokens):
        return end
    letter, behind = sentence.tokens[i + 1], text[end + 1 : end + 2]
    foreign = (
        letter.end - end == 1 and letter.tag in LETTER and set(text[sentence.tokens[i].start : letter.end]) <= g.letters
    )
    if not foreign or (g.stops and g.stops.fullmatch(text, end, letter.end)):
        return end
    joined = i + 2 < len(sentence.tokens) and sentence.tokens[i + 2].tag in ("conjunction", "punctuation", "time")
    return letter.end if joined or not behind else end


def halved(words: str, g: NameGrammar) -> bool:
    """Whether the tagger left letters of a native name behind: a surname of two letters alone or with one more."""
    return words in g.surnames or (len(words) == 3 and words[:2] in g.surnames)


def offices(text: str, at: int, g: NameGrammar) -> bool:
    """Whether an office stands right behind three letters that may be three states (*A's, B's and C's ministers*)."""
    return g.heads is not None and g.heads.match(text, at) is not None


def bracketed_day(text: str, token: Token, g: NameGrammar) -> bool:
    """Whether the word behind a name is the head of a day that goes on in a bracket: *B [yesterday (the 25th)]*."""
    word = g.stops.match(text, token.start) if g.stops and text[token.end : token.end + 1] == "(" else None
    return word is not None and word.end() > token.end


def town(text: str, sentence: Sentence, i: int, g: NameGrammar) -> bool:
    """Whether what the tagger takes for somebody is a town that no list knows: *met B in A's [southern town] X*.

    It is written with the letters of foreign names, and a verb follows it; where it is, a state or a place right
    before it says, behind a word such as *in*.
    """
    tokens = sentence.tokens
    if i < 2 or i + 1 >= len(tokens) or tokens[i + 1].tag != "verb" or not g.at:
        return False
    j = i - 1
    while j > 1 and text[tokens[j].start : tokens[j].end] in g.kinds:
        j -= 1
    told = tokens[j].tag == "place" and text[tokens[j - 1].start : tokens[j - 1].end] in g.at
    return told and set(text[tokens[i].start : tokens[i].end]) <= g.letters
