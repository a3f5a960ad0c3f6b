"""What is wrong in life_events.yaml: a procedure that nobody knows, an order in a circle, a foreign answer."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from knowledge.guide import Part
from knowledge.library import Library
from knowledge.life_event import FILE, LifeEvent
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem, perhaps
from knowledge.yaml_lines import DATA_LIMIT, Document, read
from knowledge.yaml_lines import Path as Place


class Journeys(Part):
    """The file of life events."""

    life_events: tuple[LifeEvent, ...]


def journeys(library: Library, file: Path = FILE) -> tuple[Problem, ...]:
    """Everything that is wrong with the life events of a file, beside the guides of the library."""
    yaml = read(file.read_bytes(), file.as_posix(), limit=DATA_LIMIT)
    if not yaml.ok or not isinstance(yaml.value, Mapping):
        empty = problem_at(yaml, (), "tệp không có life_events", "không có việc nào trong đời", "thêm life_events:")
        return yaml.problems or (empty,)
    try:
        found = Journeys.model_validate(yaml.value, strict=True).life_events
    except ValidationError as error:
        return (*yaml.problems, *misfits(error, yaml, Journeys))
    return (*yaml.problems, *_wrong(found, yaml, library))


def _wrong(events: tuple[LifeEvent, ...], yaml: Document, library: Library) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, event in enumerate(events):
        place: Place = ("life_events", at)
        if event.id in seen:
            yield problem_at(yaml, (*place, "id"), f"id “{event.id}” dùng hai lần", "mỗi việc một tên ngắn", "đổi tên")
        seen.add(event.id)
        if event.one_go is not None:
            yield from _unknown(event.one_go, (*place, "one_go"), yaml, library)
        before: list[str] = []
        for number, step in enumerate(event.steps):
            here = (*place, "steps", number)
            yield from _unknown(step.code, (*here, "code"), yaml, library)
            for one, code in enumerate(step.after):
                if code not in before:
                    why = "việc phải xong trước phải đứng trên trong cùng danh sách"
                    cure = perhaps(code, before, "các mã ở trên") if before else "bỏ after"
                    yield problem_at(yaml, (*here, "after", one), f"after trỏ tới mã {code}", why, cure)
            before.append(step.code)
            yield from _answers(step.answers, step.code, (*here, "answers"), yaml, library)


def _unknown(code: str, place: Place, yaml: Document, library: Library) -> Iterator[Problem]:
    if library.by_code(code) is None and library.name_only(code) is None:
        known = [card.code for card in library.cards.values()]
        why = "không có hướng dẫn, cũng không có tên trong names.yaml"
        yield problem_at(yaml, place, f"mã lạ “{code}”", why, perhaps(code, known, "xem mã trong các tệp hướng dẫn"))


def _answers(
    answers: Mapping[str, str], code: str, place: Place, yaml: Document, library: Library
) -> Iterator[Problem]:
    guide = library.by_code(code)
    if guide is None:
        return
    for id, choice in answers.items():
        ask = guide.ask(id)
        if ask is None:
            cure = perhaps(id, [one.id for one in guide.asks], f"các câu hỏi của {code}")
            yield problem_at(
                yaml, (*place, id), f"câu hỏi lạ “{id}”", f"không có trong asks của {code}", cure, key=True
            )
        elif choice not in ask.choices:
            cure = perhaps(choice, list(ask.choices), f"các câu trả lời của “{id}”")
            yield problem_at(yaml, (*place, id), f"câu trả lời lạ “{choice}”", f"không có trong asks của {code}", cure)
