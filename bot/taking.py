"""One arrival taken through the conversation, inside the store's transaction, and what is to be kept of it."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from pydantic import ValidationError

from bot import privacy
from bot.store import Address, ChannelName, Kept, RemindersSet, SealedPicture, SharedList
from flows import engine, events, facts, replies, state
from flows.codes import invitation_in, without_codes
from flows.events import Event, Left, Look, Reminded, Said, Sent, Started
from flows.facts import Asked, Explained, Fact, HelpNoted
from flows.office import NOBODY, Office, for_many
from flows.replies import Reply
from flows.state import Aside, Language, Picture, Talk
from flows.turn import Reminders, Shared, Turn, World

log = logging.getLogger(__name__)

PUSHED: frozenset[ChannelName] = frozenset({"telegram", "zalo"})
"""Channels that we have to write to. The others ask for the page, so nothing waits to be delivered there."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What arrived: who did what, under which id of the channel's own, so that a second delivery is recognised.

    `about` is the channel's own reference, given back with the answer (a message whose button was pressed). `content`
    is a photo or file that was sent where one was awaited, as it came.
    """

    address: Address
    id: str
    event: Event
    language: Language = "vi"
    about: str = ""
    content: bytes | None = field(default=None, repr=False)
    until: int | None = None
    """Of someone who left: the last message that did not reach them; what is newer is for someone who came back."""


@dataclass
class Taking:
    """An arrival on its way: a store calls `take` or `refuse`, again where the turn before was undone."""

    arrival: Arrival
    world: World
    reminder: int | None = None
    """The number of the reminder that it is."""

    page: Reply | None = None
    taken: bool = False
    """Whether it was taken through the conversation now, and not before; then `page` is what came of it."""

    acted: bool = False
    """Whether something was done at the office."""

    guessed: bool = False
    """Whether it held the code of no invitation."""

    _event: Event = field(init=False)
    _sealed: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        event = self.arrival.event
        hides = isinstance(event, Said) and privacy.hides(event.text)
        self._event = dataclasses.replace(event, masked=True) if isinstance(event, Said) and hides else event

    def looked(self, look: Look | None, sealed: bytes) -> None:
        """What was found on the photo or file that it is."""
        if isinstance(self._event, Sent):
            self._event, self._sealed = dataclasses.replace(self._event, look=look), sealed

    def take(self, kept: str | None, office: Office) -> Kept:
        """Its turn, from the talk as it was kept."""
        here = self._here(office)
        invitation = invitation_in(typed(self._event))
        asked = bool(invitation) and not here.guessed_much
        self.guessed = asked and here.office.people.invitation(invitation) is None
        turn = engine.step(talk_from(kept, self.arrival.language), self._event, here)
        self.page, self.taken, self.acted = turn.reply, True, bool(turn.deeds)
        return self._kept(turn)

    def refuse(self, kept: str | None, office: Office) -> Kept:
        """The turn of somebody who may not do what they asked for: only this is said."""
        turn = engine.refused(talk_from(kept, self.arrival.language), self._here(office))
        self.page, self.taken = turn.reply, True
        return self._kept(turn)

    def _here(self, office: Office) -> World:
        return world_at(self.arrival.address, self.world, office)

    def _kept(self, turn: Turn) -> Kept:
        return Kept(
            talk=state.dump(turn.talk),
            facts=_remembered(turn.facts),
            outgoing=self._outgoing(turn.reply),
            about=self.arrival.about,
            forget=turn.forget,
            shared=_kept_list(turn.shared),
            reminders=None if turn.reminders is None else _reminders(turn.reminders),
            reminded=self.reminder,
            left=isinstance(self._event, Left),
            left_until=self.arrival.until,
            picture=None if turn.attached is None else _sealed(turn.attached, self._sealed),
            erased=turn.detached,
            deeds=turn.deeds,
            after=partial(self._after, turn.talk) if turn.deeds and turn.reply is not None else None,
            apart=_remembered(turn.apart),
        )

    def _after(self, talk: Talk, office: Office) -> tuple[str, ...]:
        """The page once more, when the deeds are done."""
        self.page = engine.show(talk, self._here(office))
        return self._outgoing(self.page)

    def _outgoing(self, reply: Reply | None) -> tuple[str, ...]:
        return (replies.dump(reply),) if reply is not None and self.arrival.address.channel in PUSHED else ()


def talk_from(kept: str | None, language: Language) -> Talk:
    """The talk as it was kept; a new one for a newcomer, or where it cannot be read."""
    if kept is None:
        return Talk(language=language)
    try:
        return state.load(kept)
    except ValidationError:
        log.exception("a kept talk cannot be read; the person starts again and is told so")
        return Talk(language=language, asides=(Aside("aside.talk_lost"),))


def _kept_list(shared: Shared | None) -> SharedList | None:
    return None if shared is None else SharedList(shared.code, shared.until, state.dump_carried(shared.carried))


def typed(event: Event) -> str:
    """The words or the payload that may be a code."""
    match event:
        case Said(text=text) | Started(payload=text):
            return text
        case _:
            return ""


def _reminders(reminders: Reminders) -> RemindersSet:
    return RemindersSet(reminders.list, events.dump(Reminded(reminders.list)), reminders.at)


def world_at(address: Address, world: World, office: Office = NOBODY) -> World:
    """The world as it is for whoever is reached there."""
    reminds = address.channel in PUSHED
    if of_many(address):
        return dataclasses.replace(world, reminds=reminds, keeps_pictures=0, of_many=True, office=for_many(office))
    return dataclasses.replace(world, reminds=reminds, office=office)


def of_many(address: Address) -> bool:
    """Whether others read along or come after, so that no paper of one person belongs there.

    Telegram numbers groups below zero, and a turn at a kiosk begins with k (bot/channels/web/sessions.py).
    """
    return (address.channel, address.id[:1]) in {("telegram", "-"), ("web", "k")}


def _sealed(picture: Picture, body: bytes) -> SealedPicture:
    return SealedPicture(picture.number, picture.list.partition(".")[0], picture.document, picture.until, body)


def _remembered(told: Sequence[Fact]) -> tuple[str, ...]:
    """The facts as they are kept; words that are nothing but a code are no question."""
    return tuple(facts.dump(masked(fact)) for fact in told if not isinstance(fact, Asked) or without_codes(fact.text))


def masked(fact: Fact) -> Fact:
    """The fact with the numbers and addresses in its free text hidden, and the codes in a question."""
    match fact:
        case Asked():
            return dataclasses.replace(fact, text=privacy.masked(without_codes(fact.text)))
        case HelpNoted():
            return dataclasses.replace(fact, text=privacy.masked(fact.text))
        case Explained():
            return dataclasses.replace(fact, comment=privacy.masked(fact.comment))
        case _:
            return fact
