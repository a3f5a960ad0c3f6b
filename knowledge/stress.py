"""How much each word of a message is its matter: what is only asked or wanted for counts less."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from knowledge.everyday import Hit
from knowledge.vietnamese import Word

_ASIDE_STRESS: Final = 0.35
_IF_STRESS: Final = 0.8
_WHEN_STRESS: Final = 0.5
_AGE_STRESS: Final = 0.35
_YEARS: Final = frozenset(("tuoi", "t"))
_DOING: Final = frozenset(("di", "lam", "dang", "lap", "xin", "nop"))
_PURPOSE_STRESS: Final = 1.0
_PURPOSE: Final = frozenset(
    ("dang", "vay", "mua", "di", "nop", "xin", "ket", "cuoi", "lay", "bo", "ban", "huong", "duoc")
)
_NO_PURPOSE: Final = frozenset(("lam", "lai", "o", "y", "danh", "quen", "mat", "khai", "cap"))
_LONG: Final = 18
"""From this many words on, a message is a story and the clauses that ask for something are its matter."""
_ASKING: Final = frozenset(("muon", "xin", "can", "hoi", "doi", "bat", "dinh"))
STORY: Final = 29
"""From this many words on, it is searched by its parts, too."""
STORY_STRESS: Final = 0.6


def wanting(said: Sequence[Word]) -> set[int]:
    """The clauses with a word that asks or wants; the "cần" of a name spelt "can cuoc" is none."""
    return {
        word.clause
        for at, word in enumerate(said)
        if word.plain in _ASKING
        and not (word.plain == "can" and said[at + 1 : at + 2] and said[at + 1].plain == "cuoc")
    }


def stressed(said: Sequence[Word], meant: Sequence[Hit], asking: set[int]) -> list[float]:
    """How much each word is the matter of its clause: what is only asked or wanted for counts less.

    "Kết hôn có cần giấy độc thân không" is about marrying; "xin giấy độc thân để kết hôn" about the certificate; "đến
    xã để kết hôn" still about marrying, as nothing before the purpose means anything of its own; "chứng minh nơi ở khi
    làm khai sinh" is about the birth; "mẹ 75 tuổi làm căn cước" about the card; "làm khai sinh, vợ chồng đã đăng ký kết
    hôn rồi" about the birth.
    """
    stress = [1.0] * len(said)
    if meant:
        for at in ages(said) - {at for hit in meant for at in hit.places}:
            stress[at] = _AGE_STRESS
    over = _over(said)
    if any(over.isdisjoint(hit.places) for hit in meant):
        for at in over:
            stress[at] = _ASIDE_STRESS
    named = [hit.places[-1] for hit in meant]
    begun = [hit.places[0] for hit in meant]
    for at, word in enumerate(said):
        after = said[at + 1].plain if at + 1 < len(said) else ""
        if word.plain == "co" and after in ("can", "bat") and at > 1:
            end = next((i for i in range(at + 2, len(said)) if said[i].plain in ("khong", "ko", "k")), None)
            for i in range(at + 2, end or at + 2):
                stress[i] = _ASIDE_STRESS
        if word.plain == "neu" or (word.plain == "sau" and after == "khi"):
            for i in range(at + 1, len(said)):
                if said[i].clause != word.clause or is_word(said[i], "thi", "thi2"):
                    break
                stress[i] = min(stress[i], _IF_STRESS)
        if at > 2 and after in _DOING and is_word(word, "khi", "khi0") and any(first > at for first in begun):
            for i in range(at):
                if said[i].clause == word.clause:
                    stress[i] = min(stress[i], _WHEN_STRESS)
        if at > 2 and (
            (word.marked == "đê3" and after not in _NO_PURPOSE)
            or (not word.marked and word.plain == "de" and after in _PURPOSE)
        ):
            aside = _ASIDE_STRESS if any(last < at for last in named) else _PURPOSE_STRESS
            for i in range(at + 1, len(said)):
                if said[i].clause != word.clause:
                    break
                stress[i] = min(stress[i], aside)
    if len(said) >= _LONG:
        for at, word in enumerate(said):
            if asking and word.clause not in asking:
                stress[at] *= STORY_STRESS
    return stress


def _over(said: Sequence[Word]) -> set[int]:
    """Places of what is over and done: "đã đăng ký kết hôn rồi", "co dkkh r"."""
    found: set[int] = set()
    for end, word in enumerate(said):
        if not (is_word(word, "roi", "rôi2") or word.plain == "r"):
            continue
        clause = [at for at in range(end) if said[at].clause == word.clause]
        begins = [at for at in clause if is_word(said[at], "da", "đa3") or is_word(said[at], "co", "co1")]
        if begins:
            found.update(range(begins[-1], end + 1))
    return found


def ages(said: Sequence[Word]) -> set[int]:
    """Places of ages, which tell whose paper it is and not what paper: "75 tuổi", "80t"."""
    found: set[int] = set()
    for at, (number, unit) in enumerate(pairwise(said)):
        if number.plain.isdecimal() and unit.plain in _YEARS:
            found.update((at, at + 1))
    return found


def is_word(word: Word, plain: str, marked: str) -> bool:
    """Whether a word is this one, typed with its marks or with none."""
    return word.plain == plain and word.marked in ("", marked)
