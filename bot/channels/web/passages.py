"""The Vietnamese passages of an English page, marked up as such, so that a voice reads each in its own language."""

from __future__ import annotations

import re
from dataclasses import replace

from markupsafe import Markup, escape

from flows.replies import Choice, Reply, mapped


def passages_told(reply: Reply) -> Reply:
    """The reply with each Vietnamese passage of its texts in an element that says so; itself where there is none.

    The labels of papers stay as they are: they stand in an attribute too.
    """
    if not reply.vietnamese:
        return reply
    longest_first = sorted(reply.vietnamese, key=len, reverse=True)
    passage = re.compile("|".join(map(re.escape, longest_first)))

    def told(text: str) -> str:
        found = passage.search(text)
        if found is None:
            return text
        shown, end = Markup(), 0
        for found in passage.finditer(text):
            span = Markup('<span lang="vi">{}</span>').format(found[0])
            shown += Markup("{}{}").format(text[end : found.start()], span)
            end = found.end()
        return shown + escape(text[end:])

    def labelled(choice: Choice) -> Choice:
        return choice if choice.group == "paper" else replace(choice, label=told(choice.label))

    return replace(reply, blocks=mapped(reply.blocks, told), choices=tuple(map(labelled, reply.choices)))
