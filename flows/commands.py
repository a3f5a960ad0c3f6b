"""What can be asked for anywhere: back, start again, help, a person, one's lists, a language, a stop, oblivion."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from flows.facts import HelpWanted
from flows.hearing import Command
from flows.office.request_stages import InQueue, WithPerson
from flows.office.stages import CLOSED, Reporting
from flows.pictures import erased
from flows.state import Aside, Forgetting, Help, Home, MyLists, Person, Talk, guide_of
from flows.turn import Move, Stay, World
from flows.undoing import undone


def done(command: Command, talk: Talk, world: World) -> Move | Stay:
    """Where a command leads; "back" first takes back what words were understood as."""
    match command:
        case "home":
            return Move(Home())
        case "back" if isinstance(talk.stage, CLOSED):
            return Stay((Aside("assist.no_way_back"),))
        case "back":
            move = undone(talk, world) if talk.meant else None
            if move is not None:
                return move
            if isinstance(talk.stage, Reporting) and talk.stage.view != "summary":
                return Move(replace(talk.stage, view="summary", file=False), back=False)
            return Move(talk.past[-1], returns=True) if talk.past else Stay((Aside("aside.nothing_back"),))
        case "help":
            return Move(Help())
        case "person" if (request := world.office.requests.mine()) is not None and not request.ended:
            return Move(WithPerson() if request.member is not None else InQueue(request.id, request.desk))
        case "person":
            about = guide_of(talk.stage)
            return Move(Person(about), facts=(HelpWanted(about),))
        case "mine":
            return Move(MyLists())
        case "later":
            return Move(Home(), asides=(Aside("aside.kept_for_later"),) if talk.cases else ())
        case "vi" | "en":
            return Move(talk.stage, language=command)
        case "forget":
            return Move(Forgetting())
        case "erase":
            return erased(talk)
        case _:
            assert_never(command)
