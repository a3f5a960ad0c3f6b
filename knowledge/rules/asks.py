"""Rules of asks and cases: every answer leads somewhere, and nobody is left without a list of papers."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations as pairs

from knowledge.guide import Pointer, When
from knowledge.problems import Problem, perhaps
from knowledge.rules.page import Page
from knowledge.tailor import UNSURE, Answers, Fit, combinations, diverted, fits, papers
from knowledge.yaml_lines import Path

MOST_COMBINATIONS = 2_000
"""More cases than anyone can read through; a guide with more is refused before they are all made."""


def whens(page: Page) -> Iterator[tuple[Path, When]]:
    """Every `when` of a guide that names anything."""
    for at, ask in enumerate(page.guide.asks):
        if ask.when:
            yield ("asks", at), ask.when
    for path, fact in page.facts():
        if fact.when:
            yield path, fact.when


def when_names_an_ask(page: Page, today: date | None) -> Iterator[Problem]:
    """`when` names asks and choices that exist; an ask's own `when` names only asks before it."""
    asks = {ask.id: ask for ask in page.guide.asks}
    order = {ask.id: at for at, ask in enumerate(page.guide.asks)}
    for path, when in whens(page):
        for ask_id, accepted in when.items():
            place = (*path, "when", ask_id)
            if ask_id not in asks:
                yield page.error(
                    place,
                    f"when trỏ tới câu hỏi “{ask_id}”",
                    "không có câu hỏi này trong asks",
                    perhaps(ask_id, asks, "các câu hỏi đang có"),
                    key=True,
                )
                continue
            if path[0] == "asks" and isinstance(path[1], int) and order[ask_id] >= path[1]:
                yield page.error(
                    place,
                    f"câu hỏi “{page.guide.asks[path[1]].id}” chờ câu “{ask_id}”",
                    "câu đó không đứng trước nó nên chưa được hỏi",
                    f"đưa “{ask_id}” lên trước",
                    key=True,
                )
            for n, choice in enumerate(accepted):
                if choice not in asks[ask_id].choices:
                    yield page.error(
                        (*place, n),
                        f"when trỏ tới câu trả lời “{choice}”",
                        f"câu hỏi “{ask_id}” không có câu trả lời này",
                        perhaps(choice, asks[ask_id].choices, "các câu trả lời đang có"),
                    )


def choices_matter(page: Page, today: date | None) -> Iterator[Problem]:
    """Two choices that lead to the same papers, fees, times and places are one choice.

    One choice of an ask may stand in no `when`: it is the case that is left when the others are not.
    """
    used: dict[tuple[str, str], list[int]] = {}
    for n, (_, when) in enumerate(whens(page)):
        for ask_id, accepted in when.items():
            for choice_id in accepted:
                used.setdefault((ask_id, choice_id), []).append(n)
    for at, ask in enumerate(page.guide.asks):
        alike: dict[tuple[tuple[int, ...], Pointer | None], list[str]] = {}
        for choice_id, choice in ask.choices.items():
            alike.setdefault((tuple(used.get((ask.id, choice_id), ())), choice.instead), []).append(choice_id)
        for names in alike.values():
            if len(names) > 1:
                yield page.error(
                    ("asks", at, "choices", names[1]),
                    f"{', '.join(f'“{name}”' for name in names)} cho cùng một kết quả",
                    "không giấy tờ, phí, thời gian hay nơi nộp nào khác nhau giữa các câu trả lời này (when, instead)",
                    "gộp thành một, thêm when cho mục cần khác, hoặc bỏ câu hỏi",
                    key=True,
                )


def unsure_is_reserved(page: Page, today: date | None) -> Iterator[Problem]:
    """Every ask has "chưa rõ" by itself."""
    for at, ask in enumerate(page.guide.asks):
        if UNSURE in ask.choices:
            yield page.error(
                ("asks", at, "choices", UNSURE),
                f"câu trả lời “{UNSURE}”",
                "mọi câu hỏi đều tự có sẵn nút “Chưa rõ”",
                "xóa dòng này hoặc đặt mã khác",
                key=True,
            )


def everyone_has_papers(page: Page, today: date | None) -> Iterator[Problem]:
    """Every combination of answers that does not lead elsewhere has papers, each once, on every day to come."""
    guide = page.guide
    if guide.status != "published" or not guide.documents or names_unknown(page):
        return
    size = 1
    for ask in guide.asks:
        size *= len(ask.choices)
    if size > MOST_COMBINATIONS:
        yield page.error(
            ("asks",),
            f"{size} trường hợp khác nhau",
            f"tối đa {MOST_COMBINATIONS}",
            "bớt câu hỏi hoặc câu trả lời",
            key=True,
        )
        return
    reached = [answers for answers in combinations(guide) if diverted(guide, answers) is None]
    yield from _without_papers(page, reached, today or guide.checked_on)
    yield from _twice_the_same(page, reached)
    yield from _never_shown(page, reached)


def names_unknown(page: Page) -> bool:
    """Whether some `when` names an ask or a choice that does not exist."""
    return any(True for _ in when_names_an_ask(page, None))


def case_in_words(answers: Answers) -> str:
    """A set of answers as an official reads it."""
    return ", ".join(f"{ask}: {choice}" for ask, choice in answers.items()) or "mọi trường hợp"


def _without_papers(page: Page, reached: list[dict[str, str]], today: date) -> Iterator[Problem]:
    documents = page.guide.documents
    changes = {doc.since for doc in documents if doc.since} | {
        doc.until + timedelta(1) for doc in documents if doc.until and doc.until < date.max
    }
    for day in sorted({today, *(day for day in changes if day > today)}):
        for answers in reached:
            if all(fit is not Fit.YES for _, fit in papers(page.guide, answers, day)):
                yield page.error(
                    ("documents",),
                    f"không có giấy tờ nào khi trả lời {case_in_words(answers)}",
                    f"vào ngày {day:%d/%m/%Y} danh sách của người này trống",
                    "thêm giấy tờ, sửa when, hoặc thêm instead nếu phải làm thủ tục khác",
                    key=True,
                )
                break  # one case tells it; mending it shows the next


def _twice_the_same(page: Page, reached: list[dict[str, str]]) -> Iterator[Problem]:
    by_name: dict[str, list[int]] = {}
    for at, document in enumerate(page.guide.documents):
        by_name.setdefault(document.name.casefold(), []).append(at)
    for same in by_name.values():
        for one, other in pairs(same, 2):
            a, b = page.guide.documents[one], page.guide.documents[other]
            if (a.until and b.since and a.until < b.since) or (b.until and a.since and b.until < a.since):
                continue
            for answers in reached:
                if fits(a.when, answers) is Fit.YES and fits(b.when, answers) is Fit.YES:
                    yield page.error(
                        ("documents", other, "name"),
                        f"“{b.name}” hiện hai lần",
                        f"khi trả lời {case_in_words(answers)}",
                        "sửa when hoặc gộp hai mục",
                    )
                    break


def _never_shown(page: Page, reached: list[dict[str, str]]) -> Iterator[Problem]:
    seen: dict[str, bool] = {}
    for path, when in whens(page):
        if path[0] == "asks" and len(when) == 1:
            continue
        key = repr(sorted(when.items()))
        if key not in seen:
            seen[key] = any(fits(when, answers) is Fit.YES for answers in reached)
        if not seen[key]:
            yield page.error(
                (*path, "when"),
                "mục này không bao giờ hiện",
                _shown_only(when),
                "sửa when: không ai trả lời được như vậy",
                key=True,
            )


def _shown_only(when: Mapping[str, tuple[str, ...]]) -> str:
    return "chỉ hiện khi " + " và ".join(f"{ask}: {'/'.join(accepted)}" for ask, accepted in when.items())
