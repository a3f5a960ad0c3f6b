"""What a citizen lets be seen of their talk: the procedure, the answers, the papers, the last question."""

from __future__ import annotations

from flows.moves import named_answers
from flows.office.requests import Request
from flows.replies import Row, Rows
from flows.state import Carried, Case, load_carried
from flows.telling.plain import paper_name, title
from flows.texts import Say
from flows.turn import World
from knowledge.tailor import papers


def shown_of(guide: str, case: Case | None, province: str, question: str, world: World, say: Say) -> tuple[Rows, ...]:
    """The same to who agrees to it and to who sees it."""
    read = world.library.translated if say.language == "en" else world.library.local
    known = read(guide, province)
    rows: list[Row] = []
    if known is not None:
        rows.append(Row(say("requests.about"), (title(known, say),)))
    if known is not None and case is not None:
        answers = named_answers(known, tuple(case.answers.items()), say)
        listed = [document for document, _ in papers(known, case.answers, world.today)]
        have = [paper_name(document, say) for document in listed if document.id in case.have]
        missing = [paper_name(document, say) for document in listed if document.id not in case.have]
        told = (("answers", [answers] if answers else []), ("have", have), ("missing", missing))
        rows.extend(Row(say(f"requests.{name}"), ("; ".join(values),)) for name, values in told if values)
    if question:
        rows.append(Row(say("requests.question"), (question,)))
    return (Rows(tuple(rows)),) if rows else ()


def story(request: Request, world: World, say: Say) -> tuple[Rows, ...]:
    """What was agreed to be shown with a request; nothing where it was not."""
    carried = load_carried(request.story) if request.story else None
    case, province = (carried.case, carried.province) if isinstance(carried, Carried) else (None, "")
    return shown_of(request.guide, case, province, request.question, world, say)
