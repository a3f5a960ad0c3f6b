"""A list as a person takes it along: papers ready and missing, fee, time, place, and what to check before leaving."""

from __future__ import annotations

from datetime import date

from flows.replies import Block, Heading, Line, Notice, Papers, Row, Rows
from flows.replies import Bullets as BulletList
from flows.state import Case
from flows.telling.fees import fee_lines
from flows.telling.papers import paper_list
from flows.telling.places import online_lines, place_lines
from flows.telling.plain import counted, list_name
from flows.telling.times import notice_lines, time_lines
from flows.telling.tongues import official
from flows.telling.trust import trust_line
from flows.texts import Say
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.tailor import papers


def taken_along(guide: Guide, case: Case, today: date, place: str, library: Library, say: Say) -> tuple[Block, ...]:
    """The blocks of the summary; `place` is the name of the province, empty while it is not known."""
    answers = case.answers
    listed, shared = paper_list(guide, papers(guide, answers, today), answers, case.have, library, say)
    missing = tuple(one for one in listed if one.mark == "missing")
    blocks: list[Block] = [Heading(say("summary.title", name=list_name(guide, case, say)))]
    count = counted("summary.missing_count", len(missing), say)
    blocks.append(Line(count if missing else say("summary.complete")))
    for title, mark in (("missing", "missing"), ("ready", "have"), ("may_need", "open")):
        some = tuple(one for one in listed if one.mark == mark)
        if some:
            title_text = say(f"summary.{title}")
            blocks.append(Papers(some, title_text[0].upper() + title_text[1:]))
    blocks += (Notice(text) for text in shared)
    rows = (
        ("fee", fee_lines(guide, answers, today, say, place=place)),
        ("time", time_lines(guide, answers, today, say)),
        ("place", place_lines(guide, answers, today, say)),
        ("online", online_lines(guide, answers, today, say)),
        ("deadline", notice_lines(guide, guide.deadlines, answers, today, say)),
    )
    blocks.append(Rows(tuple(Row(say(f"guide.{name}"), values) for name, values in rows if values)))
    before = notice_lines(guide, guide.mistakes, answers, today, say)
    if before:
        blocks.append(BulletList(before, say("summary.before")))
    blocks.append(Notice(say("guide.official", name=official(guide.name, say), code=guide.code), "source"))
    blocks.append(Notice(trust_line(guide, answers, today, say), "source"))
    return tuple(blocks)
