"""How the guides of a later folder lie over those of an earlier one: an office's own over the product's."""

from collections.abc import Mapping, Sequence

from knowledge.rules.page import Shelved


def laid_over(laid: Mapping[str, Shelved], pages: Sequence[Shelved], *, drafts: bool) -> dict[str, Shelved]:
    """The pages of a folder, each in the place of one of the same id or code; by id.

    An imported record never takes the place of what officials wrote, and a draft never that of what citizens see,
    unless `drafts` asks for the view of its author.
    """
    if not drafts:
        pages = _without_hiding_drafts(pages, laid)
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


def _without_hiding_drafts(pages: Sequence[Shelved], laid: Mapping[str, Shelved]) -> list[Shelved]:
    seen = [page.guide for page in laid.values() if page.guide.status in {"published", "imported"}]
    taken = {name for card in seen for name in (card.id, card.code)}
    return [
        page for page in pages if page.guide.status != "draft" or taken.isdisjoint((page.guide.id, page.guide.code))
    ]


def without_superseded(laid: Mapping[str, Shelved]) -> dict[str, Shelved]:
    """Without imported records of codes that a guide of officials holds or has replaced."""
    ours = (page.guide for page in laid.values() if page.guide.status in {"published", "withdrawn"})
    held = {code for card in ours for code in (card.code, *card.same, *card.replaces)}
    return {own: page for own, page in laid.items() if page.guide.status != "imported" or page.guide.code not in held}
