"""What a schema cannot say: RULES of one guide and SHELF_RULES between guides, in the order in which they are told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from knowledge.problems import Problem
from knowledge.rules.asking import asked_can_be_said
from knowledge.rules.asks import choices_matter, everyone_has_papers, unsure_is_reserved, when_names_an_ask
from knowledge.rules.attaching import no_pictures_of_sensitive_papers
from knowledge.rules.facts import (
    dates_run_forward,
    fees_are_honest,
    figures_are_known,
    ids_are_unique,
    online_is_for_online,
    published_is_complete,
    reviews_are_not_late,
    sources_exist,
    what_is_replaced_ends,
)
from knowledge.rules.lists import (
    asks_change_the_answer,
    no_paper_beside_its_replacement,
    nothing_stays_open,
    one_figure_for_one_thing,
)
from knowledge.rules.page import Page, Shelved
from knowledge.rules.shelf import (
    codes_are_unique,
    phrases_are_not_shared,
    replaced_codes_lead_forward,
    successors_lead_on,
)
from knowledge.rules.words import jargon_is_explained, polite_and_neutral, quiet_at_a_death, sentences_are_short

RULES: Final[tuple[Callable[[Page, date | None], Iterator[Problem]], ...]] = (
    ids_are_unique,
    sources_exist,
    when_names_an_ask,
    unsure_is_reserved,
    choices_matter,
    everyone_has_papers,
    asks_change_the_answer,
    no_paper_beside_its_replacement,
    nothing_stays_open,
    one_figure_for_one_thing,
    figures_are_known,
    fees_are_honest,
    dates_run_forward,
    online_is_for_online,
    published_is_complete,
    reviews_are_not_late,
    what_is_replaced_ends,
    polite_and_neutral,
    sentences_are_short,
    jargon_is_explained,
    quiet_at_a_death,
    no_pictures_of_sensitive_papers,
    asked_can_be_said,
)

SHELF_RULES: Final[tuple[Callable[[Sequence[Shelved]], Iterator[Problem]], ...]] = (
    codes_are_unique,
    replaced_codes_lead_forward,
    successors_lead_on,
    phrases_are_not_shared,
)


def of_one(page: Page, today: date | None) -> tuple[Problem, ...]:
    """What is wrong with a guide by itself; without a day, nothing is told that depends on it."""
    return tuple(problem for rule in RULES for problem in rule(page, today))


def of_all(pages: Sequence[Shelved]) -> tuple[Problem, ...]:
    """What is wrong between guides, told at the later of two."""
    return tuple(problem for rule in SHELF_RULES for problem in rule(pages))
