"""What typed words are, in the order in which it is asked: danger, a choice, a command, an answer, a question."""

from __future__ import annotations

from collections.abc import Sequence

from flows import commands, friendly, hearing, joining, letter_calls, office_words, questions, relay, script, tidying
from flows.codes import code_in, invitation_in, like_an_invitation
from flows.courtesy import courtesy
from flows.events import Pressed, Said
from flows.helping import brought
from flows.lists import by_code
from flows.moves import chose_province
from flows.office.stages import BY_BUTTONS, IN_WORDS, HandedBack, Helping
from flows.replies import Choice
from flows.state import Aside, Asking, Naming, Talk, Why
from flows.telling.words import meaning
from flows.turn import Move, Stay, World


def means(talk: Talk, said: Said, choices: Sequence[Choice], world: World) -> Pressed | Move | Stay:
    """What clean words lead to where these choices are shown: a choice made, a move, or only something to be told."""
    words = said.text
    relayed = relay.said(talk, words, choices, world)
    if relayed is not None:
        return relayed
    if not hearing.has_words(words):
        return Stay((Aside("aside.no_words"),))
    number = hearing.number(words)
    alarmed = questions.danger(talk, words, world) if number is None else None
    if alarmed is not None and not isinstance(talk.stage, Helping):  # there it is told beside, nobody is let go for it
        return alarmed
    if number is not None and not 1 <= number <= len(choices):
        return _not_offered(talk, words, world)
    say, known = world.texts[talk.language], world.library.words
    meant = choices[number - 1] if number is not None else hearing.labelled(words, choices)
    meant = meant or hearing.meant(words, talk.stage, choices, known, say)
    if meant is not None:
        return Pressed(meant.id, talk.turn)
    if isinstance(talk.stage, BY_BUTTONS):
        back = office_words.heard(words, talk, world) if isinstance(talk.stage, HandedBack) else None
        return back or Stay((Aside("assist.press_one"),))
    command = hearing.command(words, known, say)
    if command is not None:
        return commands.done(command, talk, world)
    at_work = office_words.heard(words, talk, world)
    if at_work is not None:
        return at_work
    letter = letter_calls.asked(words, talk, world)
    if letter is not None:
        return letter
    if words.startswith("/"):
        return Stay((Aside("aside.unknown_command", words.split(maxsplit=1)[0][:32]),))
    if isinstance(talk.stage, (Why, Naming, *IN_WORDS)):  # there, any words are what is waited for
        return script.hear(talk.stage, talk, said, world) or Stay((Aside("aside.not_understood"),))
    return _about_the_talk(talk, words, world) or _about_the_matter(talk, words, world)


def _not_offered(talk: Talk, words: str, world: World) -> Move | Stay:
    """A number that no choice has: at an ask it may be an age."""
    move = script.hear(talk.stage, talk, Said(words), world) if isinstance(talk.stage, Asking) else None
    return move or Stay((Aside("aside.no_such_number", words),))


def _about_the_talk(talk: Talk, words: str, world: World) -> Move | Stay | None:
    """A code, a province, something about a whole list, a word to be explained: heard at every stage."""
    if code_in(words):
        return brought(talk, world) or by_code(talk, world)
    if invitation_in(words):
        return joining.opened(talk, invitation_in(words), world)
    if like_an_invitation(words):
        return Stay((Aside("joining.unknown"),))
    if hearing.is_a_number_of_somebody(words, world.texts[talk.language]):
        return Stay((Aside("aside.no_numbers"),))
    day = friendly.asked(words, talk, world)
    if day is not None:
        return day
    province = hearing.province(words, world.library.provinces)
    if province is not None:
        return chose_province(talk, province, world)
    tidied = tidying.hear(talk, words, world)
    if tidied is not None:
        return tidied
    say = world.texts[talk.language]
    terms = world.library.terms(hearing.bare(words, say))
    return Stay(tuple(Aside("aside.meaning", meaning(term, say)) for term in terms)) if terms else None


def _about_the_matter(talk: Talk, words: str, world: World) -> Move | Stay:
    """An answer to the stage, a courtesy, or a question."""
    move = script.hear(talk.stage, talk, Said(words), world)
    if move is not None:
        return move
    polite = courtesy(words, world.texts[talk.language])
    if polite is not None:
        return Stay((Aside(f"courtesy.{polite}"),))
    return questions.answer(talk, words, world) or Stay((Aside("aside.not_understood"),))
