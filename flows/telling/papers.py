"""A person's own papers: how many, where from, what replaces them, and what goes wrong with each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from flows.replies import Mark, Paper
from flows.telling.plain import case, counted, lower, named, paper_title, remark, short, with_amount
from flows.texts import Say
from knowledge.guide import Document, Guide
from knowledge.library import Library
from knowledge.tailor import Answers, Fit, papers


def paper_list(
    guide: Guide,
    found: Sequence[tuple[Document, Fit]],
    answers: Answers,
    have: Collection[str],
    library: Library,
    say: Say,
) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """The papers as the list shows them, and what is said of several of them, once for all."""
    remarks: dict[str, list[str]] = {}
    for document, _ in found:
        remarks.setdefault(remark(guide, document, say), []).append(lower(short(paper_title(document, say))))
    several = {text: names for text, names in remarks.items() if text and len(names) > 1}
    lines = tuple(
        say("paper.shared", remark=text)
        if len(names) == len(found)
        else say("paper.shared_by_some", names="; ".join(names), remark=text)
        for text, names in several.items()
    )
    return tuple(_paper(guide, one, fit, answers, have, library, several, say) for one, fit in found), lines


def _paper(
    guide: Guide,
    document: Document,
    fit: Fit,
    answers: Answers,
    have: Collection[str],
    library: Library,
    shared: Collection[str],
    say: Say,
) -> Paper:
    """One paper; one that may not be needed is marked open until it is ticked."""
    mark: Mark = "have" if document.id in have else "open" if fit is Fit.MAYBE or document.if_any else "missing"
    return Paper(
        name=paper_title(document, say),
        amount=amount(document, say),
        details=_details(guide, document, fit, answers, library, shared, say),
        mark=mark,
    )


def form_lines(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """The forms to fill in, with where to get each; at least one line."""
    lines = []
    for document, _ in papers(guide, answers, today):
        if document.form is not None:
            url = f" – {document.form.url}" if document.form.url else ""
            where = f". {say('paper.from', where=document.issued_by)}" if document.issued_by else ""
            lines.append(f"{document.form.name}{url}{where}")
    return tuple(dict.fromkeys(lines)) or (say("paper.no_form"),)


def amount(document: Document, say: Say) -> str:
    """How many originals and copies, and whether it is only shown."""
    parts = [say("paper.if_any")] if document.if_any else []
    if document.original:
        parts.append(counted("paper.original", document.original, say))
    if document.copies:
        parts.append(counted("paper.copies", document.copies, say))
    if document.kind == "show" and (document.original or document.copies):
        parts.append(say("paper.show"))
    return ", ".join(parts)


def brief_amount(document: Document, say: Say) -> str:
    """A paper by name, with what is unusual about it: only if there is one, only shown, more than one original."""
    parts = [say("paper.if_any")] if document.if_any else []
    if document.kind == "show":
        parts.append(say("paper.show_only"))
    elif document.original > 1 or (document.original == 0 and document.copies):
        parts.append(amount(document, say).removeprefix(say("paper.if_any")).lstrip(", "))
    return with_amount(paper_title(document, say), ", ".join(parts), say)


def _details(
    guide: Guide, document: Document, fit: Fit, answers: Answers, library: Library, shared: Collection[str], say: Say
) -> tuple[str, ...]:
    lines = []
    if fit is Fit.MAYBE:
        opened = case(guide, document.when, answers, say)
        lines.append(say("paper.maybe", case=opened) if opened else "")
    if document.case:
        lines.append(say("paper.maybe", case=document.case))
    for name, what in (
        ("proven", document.proven_by),
        ("else", document.instead),
        ("looks", document.looks_like),
        ("mistake", document.mistake),
    ):
        if what:
            lines.append(say(f"paper.{name}", what=what))
    if document.issued_by:
        lines.append(say("paper.from", where=document.issued_by))
    if document.form is not None:
        url = f" – {document.form.url}" if document.form.url else ""
        lines.append(say("paper.form", name=document.form.name + url))
    other = library.by_code(document.get) if document.get else None
    if other is not None:
        lines.append(say("paper.get", name=named(other.title, other.en, say)))
    if document.note:
        lines.append(document.note)
    if guide.certainty_of(document) in {"unverified", "unknown"}:
        lines.append(say("paper.ask_desk"))
    sure = remark(guide, document, say)
    if sure and sure not in shared:
        lines.append(sure[0].upper() + sure[1:] + ".")
    return tuple(line for line in lines if line)
