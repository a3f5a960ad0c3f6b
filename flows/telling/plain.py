"""The small words of every fact: money, dates, cases, and the remark that says how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.state import Case
from flows.telling.tongues import with_official
from flows.texts import Say
from knowledge.english import marked
from knowledge.guide import Certainty, Choice, Document, Fact, Guide, When
from knowledge.tailor import Answers, Fit


def money(amount: int, say: Say) -> str:
    """8000 -> 8.000 (Vietnamese) or 8,000 (English)."""
    grouped = f"{amount:,}"
    return grouped.replace(",", ".") if say.language == "vi" else grouped


def day(value: date) -> str:
    """2026-11-22 -> 22/11/2026, which both languages read here."""
    return f"{value.day}/{value.month}/{value.year}"


def named(text: str, en: str, say: Say) -> str:
    """The English where it is wanted and written; where it is not, the Vietnamese, marked as such."""
    if say.language == "vi" or not text:
        return text
    return en or marked(text)


def plainly(text: str, en: str, say: Say) -> str:
    """As `named`, without marks: for what is no part of a page whose marks are read."""
    return en if en and say.language == "en" else text


def counted(name: str, n: int, say: Say) -> str:
    """A sentence about so many things, with a form of its own for one where the language has one."""
    return say(f"{name}_one") if n == 1 else say(name, n=n)


OFFICIAL_FITS = 60
"""A longer official name is told by its short form behind the English one."""


def title(guide: Guide, say: Say) -> str:
    """What a heading calls a guide: in English with the official name, which is what to ask for at the desk."""
    bare = guide.name.split(" (")[0]
    known = bare if len(bare) <= OFFICIAL_FITS else guide.title
    return with_official(named(guide.title, guide.en, say), known, say)


LONGEST_NAME = 30
"""Characters of what a person calls a list."""


def list_name(guide: Guide, case: Case, say: Say, length: int = 1000) -> str:
    """A list by its guide, and by what the person calls it, or its number where it is not the first.

    Where it has to be cut to `length` characters, the guide's name is, since the rest tells the lists apart.
    """
    name = title(guide, say)
    if len(name) > length:
        name = named(guide.title, guide.en, say)
    if not case.called and case.nth == 1:
        return short(name, length)
    own = case.called or say("my_lists.nth", n=case.nth)
    return say("my_lists.called", name=short(name, length - len(own) - 3), called=own)


def label(choice: Choice, say: Say) -> str:
    """What the button of an answer says."""
    return named(choice.label, choice.en, say)


def short(text: str, length: int = 60) -> str:
    """A text cut at a word to fit a button."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def first_sentence(text: str) -> str:
    """The first sentence of a text, with its full stop."""
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."


def paper_name(document: Document, say: Say) -> str:
    """The name of a paper in the person's language."""
    return named(document.name, document.en, say)


def paper_title(document: Document, say: Say) -> str:
    """The name of a paper as a list shows it: in English with the name that stands on the paper."""
    return with_official(paper_name(document, say), document.name, say)


def with_amount(name: str, amount: str, say: Say) -> str:
    """A paper and how many of it; in English after the brackets of the official name."""
    if not amount:
        return name
    return f"{name}, {amount}" if say.language == "en" and name.endswith(")") else f"{name} ({amount})"


def case(guide: Guide, when: When, answers: Answers, say: Say) -> str:
    """In which case something holds, by the labels of the answers that are still open."""
    parts = []
    for id, accepted in when.items():
        ask = guide.ask(id)
        if ask is None or answers.get(id) in accepted or _is_implied(guide, id, when):
            continue
        others = [other for other, choice in ask.choices.items() if other not in accepted and choice.instead is None]
        if len(others) == 1 and len(accepted) > 2:
            parts.append(say("fact.unless", case=lower(label(ask.choices[others[0]], say))))
        else:
            parts.append(f" {say('fact.or')} ".join(lower(label(ask.choices[id], say)) for id in accepted))
    return f", {say('fact.and')} ".join(parts)


def _is_implied(guide: Guide, id: str, when: When) -> bool:
    """Whether another ask of the case is put only to people who gave one of these answers, so that it says enough."""
    asks = (guide.ask(other) for other in when if other != id)
    return any(ask is not None and id in ask.when and set(ask.when[id]) <= set(when[id]) for ask in asks)


NAMES = (
    "Bảo hiểm xã hội", "Bộ ", "Chi nhánh", "Cần Thơ", "Công an", "Cơ sở dữ liệu", "Cổng Dịch", "Hà Nội", "Hải Phòng",
    "Hội đồng", "Luật ", "Nghị ", "Quốc hội", "Sở ", "Thành phố", "Thông tư", "Trung tâm", "Tòa án", "Việt Nam",
    "Văn phòng", "Ủy ban",
)  # fmt: skip
"""How names begin that keep their capital in the middle of a sentence."""

ENGLISH_NAMES = (
    "Article", "Circular", "Civil Code", "Decision", "Decree", "Department", "Hồ Chí Minh", "Immigration Department",
    "Land Law", "Law ", "Ministry", "Monday", "National", "Office of the President", "People", "Phòng", "Portal",
    "Public Service Portal", "Resolution", "Vietnam",
)  # fmt: skip
"""The same in English."""


def lower(text: str) -> str:
    """A sentence or label as it stands inside another sentence; names and words in capitals stay."""
    if len(text) < 2 or text[1].isupper() or text.startswith((*NAMES, *ENGLISH_NAMES)):
        return text
    return text[0].lower() + text[1:]


def remark(guide: Guide, fact: Fact, say: Say) -> str:
    """How sure a fact is and until when it holds, in words to stand behind it; empty when there is nothing to say."""
    parts = []
    if fact.since is not None:
        parts.append(say("fact.since", date=day(fact.since)))
    if fact.until is not None:
        parts.append(say("fact.until", date=day(fact.until)))
    sure = guide.certainty_of(fact)
    if sure == "copied":
        copied = guide.source(fact.source).data_date
        parts.append(say("fact.copied", date=day(copied)) if copied else say("fact.copied_undated"))
    elif sure == "conflicting":
        parts.append(say("fact.conflicting"))
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in words, and apart from it the remark that says how sure it is."""

    text: str
    remark: str


def told(guide: Guide, fact: Fact, fit: Fit, text: str, answers: Answers, say: Say) -> Told:
    """A fact in words: its case first if that is still open, then the text and the note."""
    line = ". ".join(part.rstrip(".") for part in (text, fact.note) if part) + "."
    opened = case(guide, fact.when, answers, say) if fit is Fit.MAYBE else ""
    return Told(say("fact.if", case=opened, text=lower(line)) if opened else line, remark(guide, fact, say))


def lines(facts: Iterable[Told], say: Say) -> tuple[str, ...]:
    """The facts of one row as lines; a remark that they all share stands once, as a line of its own at the end."""
    told = tuple(dict.fromkeys(facts))
    remarks = {one.remark for one in told}
    if len(told) > 1 and len(remarks) == 1:
        shared = remarks.pop()
        return tuple(one.text for one in told) + ((say("fact.shared", remark=shared),) if shared else ())
    return tuple(f"{one.text.rstrip('.')} ({one.remark})." if one.remark else one.text for one in told)


def worst(certainties: Iterable[Certainty]) -> Certainty:
    """The least sure of several; unsure of nothing at all is `unknown`."""
    order: tuple[Certainty, ...] = ("verified", "copied", "conflicting", "unverified", "unknown")
    return max(certainties, key=order.index, default="unknown")
