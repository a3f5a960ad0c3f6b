"""How folders of guides lie over each other: which guide is seen, and which lies under another."""

from collections.abc import Iterable, Mapping, Sequence

from knowledge.rules.page import Shelved


def laid_out(shelves: Iterable[Sequence[Shelved]], *, drafts: bool = False) -> dict[str, Shelved]:
    """The guides that are seen, by id, when the later shelves lie over the earlier.

    A guide takes the place of one of the same id or code, but an imported record never that of one by officials, and
    a draft never that of one which citizens see, unless `drafts` asks for the view of its author.
    """
    laid: dict[str, Shelved] = {}
    for pages in shelves:
        laid = _lie_over(laid, pages if drafts else _without_hiding_drafts(pages, laid))
    return _without_superseded(laid)


def _without_hiding_drafts(pages: Sequence[Shelved], laid: Mapping[str, Shelved]) -> list[Shelved]:
    seen = [page.guide for page in laid.values() if page.guide.status in {"published", "imported"}]
    taken = {name for card in seen for name in (card.id, card.code)}
    drafts = {page.guide.id for page in pages if page.guide.status == "draft"}
    hiding = {page.guide.id for page in pages if not taken.isdisjoint((page.guide.id, page.guide.code))}
    return [page for page in pages if page.guide.id not in drafts & hiding]


def _lie_over(laid: dict[str, Shelved], pages: Sequence[Shelved]) -> dict[str, Shelved]:
    codes = {page.guide.code for page in pages if page.guide.status != "imported"}
    kept = {own: page for own, page in laid.items() if page.guide.code not in codes}
    held = {page.guide.code: own for own, page in kept.items()}
    for page in pages:
        under = kept.get(held.get(page.guide.code, page.guide.id))
        if under is None or page.guide.status != "imported":
            kept[page.guide.id] = page
        elif under.guide.status == "imported":
            del kept[under.guide.id]
            kept[page.guide.id] = page
    return kept


def _without_superseded(laid: dict[str, Shelved]) -> dict[str, Shelved]:
    """Without imported records of codes that a guide of officials holds or has replaced."""
    ours = (page.guide for page in laid.values() if page.guide.status in {"published", "withdrawn"})
    held = {code for card in ours for code in (card.code, *card.same, *card.replaces)}
    return {own: page for own, page in laid.items() if page.guide.status != "imported" or page.guide.code not in held}
