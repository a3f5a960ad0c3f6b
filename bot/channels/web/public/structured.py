"""What search engines are told of a guide, in the words of schema.org: a public service, and questions with answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from markupsafe import Markup

from flows.leaflet import Leaflet
from flows.replies import Papers, Rows
from flows.texts import Say
from knowledge.guide import Channel, Guide

ASKED: Final = ("fee", "time", "place", "online", "deadline")
"""The facts that people ask for, beside the papers, by the name of their row."""

Thing = dict[str, Any]


def of_guide(guide: Guide, leaflet: Leaflet, address: str, trail: Sequence[tuple[str, str]], say: Say) -> Markup:
    """GovernmentService, FAQPage and the trail that leads to it; every address absolute where that is known."""
    service: Thing = {
        "@type": "GovernmentService",
        "@id": address + "#dich-vu",
        "name": leaflet.title,
        "alternateName": leaflet.official,
        "description": leaflet.summary,
        "identifier": guide.code,
        "url": address,
        "areaServed": {"@type": "Country", "name": "Việt Nam"},
        "provider": {"@type": "GovernmentOrganization", "name": guide.agency} if guide.agency else None,
        "availableChannel": [_channel(channel) for channel in guide.channels],
    }
    faq: Thing = {
        "@type": "FAQPage",
        "@id": address + "#hoi-dap",
        "inLanguage": say.language,
        "dateModified": guide.checked_on.isoformat(),
        "mainEntity": [_answered(question, answer) for question, answer in questions(leaflet, say)],
    }
    return _data([service, faq, _trail(trail)])


def of_trail(trail: Sequence[tuple[str, str]]) -> Markup:
    """The trail alone, for a page that is a list."""
    return _data([_trail(trail)])


def questions(leaflet: Leaflet, say: Say) -> Iterator[tuple[str, str]]:
    """What people ask about a procedure and what the page answers, word for word."""
    papers = [one for block in leaflet.papers.blocks if isinstance(block, Papers) for one in block.papers]
    if papers:
        listed = "; ".join(f"{one.name} ({one.amount})" if one.amount else one.name for one in papers)
        yield say("question.papers", name=leaflet.title), listed
    rows = {row.label: row for block in leaflet.facts.blocks if isinstance(block, Rows) for row in block.rows}
    for asked in ASKED:
        row = rows.get(say(f"guide.{asked}"))
        if row is not None:
            yield say(f"question.{asked}", name=leaflet.title), " ".join(row.values)


def _channel(channel: Channel) -> Thing:
    where: Thing = {"@type": "ServiceChannel", "name": channel.where}
    if channel.url:
        where["serviceUrl"] = channel.url
    if channel.how == "counter":
        where["serviceLocation"] = {"@type": "Place", "name": channel.where}
    return where


def _answered(question: str, answer: str) -> Thing:
    return {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def _trail(trail: Sequence[tuple[str, str]]) -> Thing:
    places = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": places}


def _data(graph: Sequence[Thing]) -> Markup:
    things = [{key: value for key, value in thing.items() if value} for thing in graph]
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    # Inside a script element only "</" and "<!--" could end or change it; as an escape "<" is the same JSON.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no letter of it can be markup any more
