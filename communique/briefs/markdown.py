"""A brief as Markdown with footnotes."""

from __future__ import annotations

import re

from communique.briefs.frame import Brief, Note, linked, marked, shown

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render(brief: Brief) -> bytes:
    """Return a brief as Markdown; what a source wrote can form no mark-up."""
    numbers = iter(brief.numbered())
    out = [f"# {escaped(brief.title)}", f"*{escaped(brief.kind)}*", *map(escaped, brief.head)]
    notes: list[str] = []
    for section in brief.sections:
        if not section.sentences:
            continue
        out.append(f"## {escaped(section.title)}")
        for sentence in section.sentences:
            marks = ""
            for _ in sentence.notes:
                n, note, before = next(numbers)
                marks += f"[^{n}]"
                said = brief.as_note.format(n=before) if before else _note(brief, note)
                notes.append(f"[^{n}]: {said}")
            out.append(f"- {escaped(marked(sentence))}{marks}")
        if section.id in brief.left_out:
            out.append(f"- *{escaped(brief.left_out[section.id])}*")
    text = "\n\n".join([*out, "\n".join(notes)])
    return (re.sub(r"(\n- [^\n]*)\n(?=\n- )", r"\1", text) + "\n").encode()


def _note(brief: Brief, note: Note) -> str:
    first, last = brief.quotes
    words = ". ".join(escaped(w) for w in brief.words_of(note))
    return f"{words}: {first}{escaped(note.quote)}{last}" + (f" <{url}>" if (url := linked(note.url)) else "")


def escaped(text: str) -> str:
    """Return text as one line in which no letter is mark-up."""
    return _SPECIAL.sub(r"\\\1", shown(text))
