"""Rules between guides: one code and one phrase lead to one guide, and old codes lead forward."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.problems import Problem
from knowledge.rules.page import Shelved
from knowledge.vietnamese import fold
from knowledge.yaml_lines import Path


def _in_use(pages: Sequence[Shelved]) -> list[Shelved]:
    return [page for page in pages if page.guide.status != "withdrawn"]


def _codes(page: Shelved) -> Iterator[tuple[Path, str]]:
    yield ("code",), page.guide.code
    for at, code in enumerate(page.guide.same):
        yield ("same", at), code


def codes_are_unique(pages: Sequence[Shelved]) -> Iterator[Problem]:
    """A code is the code of one guide in use."""
    owner: dict[str, Shelved] = {}
    for page in _in_use(pages):
        for path, code in _codes(page):
            first = owner.setdefault(code, page)
            if first is page and path == ("code",):
                continue
            if first is page:
                if code == page.guide.code:
                    yield page.error(path, f"mã {code} ghi lại chính mã của thủ tục", "same là mã ở cấp khác", "xóa")
                continue
            yield page.error(
                path,
                f"mã {code} đã có ở {first.yaml.name}",
                "mỗi mã chỉ thuộc một thủ tục",
                "sửa mã, hoặc ghi status: withdrawn cho tệp cũ",
            )


def replaced_codes_lead_forward(pages: Sequence[Shelved]) -> Iterator[Problem]:
    """A replaced code has one successor, is no longer in use, and no chain of codes comes back to itself."""
    using = _in_use(pages)
    owner = {code: page for page in reversed(using) for _, code in _codes(page)}
    successor: dict[str, Shelved] = {}
    leads_to = {old: page.guide.code for page in reversed(pages) for old in page.guide.replaces}
    for page in pages:
        for at, old in enumerate(page.guide.replaces):
            path: Path = ("replaces", at)
            if chain := _circle(old, leads_to):
                yield page.error(path, "mã cũ trỏ vòng tròn", " → ".join(chain), "bỏ một mã khỏi replaces")
            elif page.guide.status == "withdrawn":
                continue
            elif (first := successor.setdefault(old, page)) is not page:
                yield page.error(
                    path,
                    f"mã {old} đã được thay ở {first.yaml.name}",
                    "mỗi mã cũ chỉ dẫn tới một thủ tục",
                    "giữ ở một tệp thôi",
                )
            elif old in owner:
                yield page.error(
                    path,
                    f"mã {old} vẫn đang dùng ở {owner[old].yaml.name}",
                    "mã bị thay không thể còn dùng",
                    "ghi status: withdrawn ở tệp đó, hoặc bỏ mã khỏi replaces",
                )


def _circle(start: str, leads_to: dict[str, str]) -> list[str]:
    chain = [start]
    while (code := leads_to.get(chain[-1])) is not None and len(chain) <= len(leads_to) + 1:
        chain.append(code)
        if code == start:
            return chain
    return []


def successors_lead_on(pages: Sequence[Shelved]) -> Iterator[Problem]:
    """What takes the place of a guide that ends is another procedure, and no chain of such comes back to itself."""
    leads_to = {page.guide.code: [code for code, _ in page.guide.successors] for page in pages if page.guide.successors}
    for page in pages:
        for at, (code, _) in enumerate(page.guide.successors):
            if page.guide.code in _reached(code, leads_to):
                why, cure = "người dân sẽ bị chỉ đi vòng", "bỏ một mã khỏi replaced_by"
                yield page.error(("replaced_by", at, "code"), f"mã {code} dẫn về {page.guide.code}", why, cure)


def _reached(start: str, leads_to: Mapping[str, Sequence[str]]) -> set[str]:
    reached: set[str] = set()
    open_codes = [start]
    while open_codes:
        code = open_codes.pop()
        if code not in reached:
            reached.add(code)
            open_codes += leads_to.get(code, ())
    return reached


def phrases_are_not_shared(pages: Sequence[Shelved]) -> Iterator[Problem]:
    """A phrase (or a name) that means two guides opens the wrong one; said twice in one guide it says nothing."""
    owner: dict[str, Shelved] = {}
    published = [page for page in pages if page.guide.status == "published"]
    for page in published:
        owner.setdefault(fold(page.guide.name), page)
    for page in published:
        said: set[str] = set()
        for at, phrase in enumerate(page.guide.phrases):
            folded = fold(phrase)
            first = owner.setdefault(folded, page)
            if first is not page:
                yield page.error(
                    ("phrases", at),
                    f"cách gọi “{phrase}” đã có ở {first.yaml.name}",
                    "một cách gọi chỉ dẫn tới một thủ tục",
                    "giữ ở thủ tục đúng hơn, hoặc nói rõ hơn",
                )
            elif phrase.casefold() in said:
                yield page.warning(("phrases", at), f"cách gọi “{phrase}” ghi hai lần", "không giúp tìm tốt hơn", "xóa")
            said.add(phrase.casefold())
