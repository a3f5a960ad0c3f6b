"""Pictures of papers: which may be sent, what a person agreed to, what is kept of them and until when.

The talk knows a picture by its number alone. Its pixels are the desk's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from flows import ticking
from flows.events import Look, Sent, Sort
from flows.facts import Attached, Consented, Erased
from flows.lists import case_of
from flows.phrases import find, hear, phrase
from flows.replies import Paper
from flows.state import Aside, Attaching, Collecting, Consent, Consenting, Picture, Talk, list_id
from flows.telling.plain import day, named, paper_name
from flows.texts import Say
from flows.turn import VIETNAM, Move, Stay, World
from knowledge.attaching import named_in, refused
from knowledge.guide import Document, Guide
from knowledge.tailor import papers

ATTACH: Final = "t:"
"""A choice whose id begins so leads to where a picture of the paper named behind it can be sent."""

EACH: Final = 4
"""Pictures of one paper: as many pages as a PDF may have."""


def may_be_sent(document: Document, world: World) -> bool:
    """Whether a picture of a paper is taken here: the guide allows it, nothing speaks against it, and it is not off."""
    return world.keeps_pictures > 0 and document.attach and refused(document) is None


def on_list(talk: Talk, list: str, document: str = "") -> tuple[Picture, ...]:
    """The pictures kept of a list, or of one paper on it."""
    return tuple(one for one in talk.pictures if one.list == list and document in {"", one.document})


def agreed(talk: Talk, list: str, document: str, world: World) -> bool:
    """Whether a picture of that paper may be kept as long as it would be now."""
    return any(
        one.list == list and one.document == document and one.days >= world.keeps_pictures for one in talk.consents
    )


def kept_line(kept: tuple[Picture, ...], say: Say) -> str:
    """How many pictures of a paper are kept, until when, and their numbers."""
    until = day(min(one.until for one in kept).astimezone(VIETNAM).date())
    return say("attaching.kept", n=len(kept), until=until, numbers=", ".join(one.number for one in kept))


def with_pictures(
    shown: Sequence[Paper], documents: Sequence[Document], kept: tuple[Picture, ...], say: Say
) -> tuple[Paper, ...]:
    """The papers of a list as they are shown, each with what was sent of it."""
    own = [tuple(one for one in kept if one.document == document.id) for document in documents]
    return tuple(
        dataclasses.replace(paper, details=(kept_line(some, say), *paper.details)) if some else paper
        for paper, some in zip(shown, own, strict=True)
    )


def current(talk: Talk, world: World) -> Talk:
    """The talk without pictures whose time is over or whose list is gone, standing where it still may stand."""
    lists = {case.id for case in talk.cases}
    if talk.pictures or talk.consents:
        talk = dataclasses.replace(
            talk,
            pictures=tuple(one for one in talk.pictures if one.until > world.now and one.list in lists),
            consents=tuple(one for one in talk.consents if one.list in lists),
        )
    at = talk.stage
    if not isinstance(at, Consenting | Attaching):
        return talk
    guide = world.library.local(at.guide, talk.province)
    document = guide.document(at.document) if guide is not None else None
    if document is None or not may_be_sent(document, world):
        return dataclasses.replace(talk, stage=Collecting(at.guide, at.nth))
    if isinstance(at, Attaching) and not agreed(talk, list_id(at.guide, at.nth), at.document, world):
        return dataclasses.replace(talk, stage=Consenting(at.guide, at.document, at.nth))
    return talk


def wanted(guide: Guide, document: str, nth: int, talk: Talk, world: World) -> Move:
    """To where a picture of that paper is sent, over the question whether the person agrees."""
    if agreed(talk, list_id(guide.id, nth), document, world):
        return Move(Attaching(guide.id, document, nth))
    return Move(Consenting(guide.id, document, nth))


def answered(at: Consenting, talk: Talk, *, given: bool, world: World) -> Move:
    """The person agreed, or did not; either is remembered."""
    guide = world.guide(at.guide)
    fact = Consented(at.guide, at.document, "look", world.keeps_pictures, given)
    if not given:
        return Move(Collecting(at.guide, at.nth), (fact,), asides=(Aside("aside.no_consent"),), back=False)
    case = case_of(talk, guide, at.nth)
    others = tuple(one for one in talk.consents if (one.list, one.document) != (case.id, at.document))
    consents = (*others, Consent(case.id, at.document, world.keeps_pictures))
    return Move(Attaching(at.guide, at.document, at.nth), (fact,), case, back=False, consents=consents)


def withdrawn(at: Attaching, talk: Talk, world: World) -> Move:
    """The consent for one paper is taken back, and its pictures go."""
    list = list_id(at.guide, at.nth)
    gone = on_list(talk, list, at.document)
    back = Consented(at.guide, at.document, "look", world.keeps_pictures, False)
    return Move(
        Collecting(at.guide, at.nth),
        (Erased(at.guide, len(gone)), back) if gone else (back,),
        asides=(Aside("aside.erased" if gone else "aside.no_consent"),),
        back=False,
        pictures=tuple(one for one in talk.pictures if one not in gone),
        consents=tuple(one for one in talk.consents if (one.list, one.document) != (list, at.document)),
    )


def erased(talk: Talk) -> Move | Stay:
    """All pictures go, and what was agreed to with them; the talk stays where it is."""
    if not talk.pictures and not talk.consents:
        return Stay((Aside("aside.no_pictures"),))
    guides = {one.list.partition(".")[0] for one in talk.pictures}
    counted = ((guide, sum(one.list.partition(".")[0] == guide for one in talk.pictures)) for guide in sorted(guides))
    facts = tuple(Erased(guide, count) for guide, count in counted)
    at = talk.stage
    to = Collecting(at.guide, at.nth) if isinstance(at, Attaching) else at
    return Move(to, facts, asides=(Aside("aside.all_erased"),), back=False, pictures=(), consents=())


def sent(talk: Talk, event: Sent, world: World) -> Move | Stay:
    """What becomes of something that is not words: taken, told why not, or only answered."""
    at, plain = talk.stage, f"aside.{event.sort}"
    if isinstance(at, Attaching) and event.look is not None:
        return _looked_at(at, talk, event.look, world)
    if event.sort not in {"photo", "file"}:
        return Stay((Aside(plain),))
    match at:
        case Consenting():
            return Stay((Aside("aside.consent_first"),))
        case Collecting() if world.keeps_pictures:
            return Stay((Aside("aside.paper_first" if _sendable(at, talk, world) else "aside.no_paper_to_send"),))
        case _:
            return Stay((Aside(plain),))


def beside(sort: Sort) -> str:
    """What is said of something that came with words and stays closed."""
    return f"aside.beside_{sort if sort in {'photo', 'file'} else 'other'}"


def _looked_at(at: Attaching, talk: Talk, look: Look, world: World) -> Move:
    list = list_id(at.guide, at.nth)
    enough = look.verdict == "good" and len(on_list(talk, list, at.document)) >= EACH
    verdict = "no_room" if enough else look.verdict
    fact = Attached(at.guide, at.document, verdict)
    if verdict != "good" or not look.number:
        return Move(at, (fact,), asides=(Aside("look.enough") if enough else Aside(f"look.{verdict}"),))
    until = world.now + timedelta(days=world.keeps_pictures)
    picture = Picture(list, at.document, look.number, until)
    asides = (Aside("look.good", look.number),)
    return Move(at, (fact,), asides=asides, pictures=(*talk.pictures, picture))


def asked(at: Collecting, guide: Guide, talk: Talk, text: str, world: World) -> Move | None:
    """Words that ask to send a picture: to where it can be sent, or why not; None when they ask something else."""
    say, known = world.texts[talk.language], world.library.words
    heard = hear(text, known)
    if not any(find(heard, phrase(one)) for one in say("command.attach").split("|")):
        return None
    sensitive = named_in(text)
    listed = [document for document, _ in papers(guide, case_of(talk, guide, at.nth).answers, world.today)]
    meant = [document for document in listed if document.id in ticking.named(text, listed, known)]
    if sensitive is None and meant and not may_be_sent(meant[0], world):
        sensitive = refused(meant[0])
    if sensitive is not None:
        return Move(at, asides=(Aside("aside.no_picture_of", named(sensitive.why, sensitive.en, say)),))
    possible = [document for document in meant or listed if may_be_sent(document, world)]
    if len(possible) == 1:
        return wanted(guide, possible[0].id, at.nth, talk, world)
    if meant and not possible:
        return Move(at, asides=(Aside("aside.not_wanted", paper_name(meant[0], say)),))
    return Move(at, asides=(Aside("aside.paper_first" if possible else "aside.no_paper_to_send"),))


def _sendable(at: Collecting, talk: Talk, world: World) -> bool:
    guide = world.guide(at.guide)
    listed = papers(guide, case_of(talk, guide, at.nth).answers, world.today)
    return any(may_be_sent(document, world) for document, _ in listed)
