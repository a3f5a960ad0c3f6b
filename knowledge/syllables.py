"""The toneless Vietnamese syllables: every onset that may stand before every rhyme, by the rules of spelling."""

from typing import Final

_ONSETS: Final = (
    " b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ")  # "" is an onset too
)

_RHYMES: Final = """
a ac ach ai am an ang anh ao ap at au ay
e ec ech em en eng enh eo ep et eu
i ia ic ich iec iem ien ieng iep iet ieu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot
u ua uac uai uan uang uat uau uay uc ue uech uen uenh ueo uet ui um un ung uo uoc uoi uom uon uong uop uot uou
up ut uu uy uya uych uyen uyet uynh uyp uyt uyu uan uang
y yem yen yeng yet yeu
""".split()

# After "qu" the u is already spoken: what follows is the rest of the rhyme.
_AFTER_QU: Final = (
    "a ac ach ai am an ang anh ao ap at au ay e ec en eo et enh ech i in it o oc y ych yen yet ynh yt".split()
)

_FRONT: Final = ("e", "i", "y")


def _may_stand(onset: str, rhyme: str) -> bool:
    front = rhyme.startswith(_FRONT)
    if rhyme in ("oong", "ooc"):  # xoong, moóc and few more; elsewhere it is raw Telex ("khoong")
        return onset in ("x", "m", "b", "g")
    if onset in ("c", "ng"):
        return not front
    if onset in ("k", "gh", "ngh"):
        return front
    if onset == "g":
        return not rhyme.startswith(("e", "y", "ie", "ia"))
    if onset == "gi":
        return not rhyme.startswith(("i", "y"))
    if onset == "qu":
        return rhyme in _AFTER_QU
    if rhyme.startswith("y") and len(rhyme) > 1:
        return onset == ""
    return True


def _all() -> frozenset[str]:
    rhymes = {*_RHYMES, *_AFTER_QU}
    made = {onset + rhyme for onset in _ONSETS for rhyme in rhymes if _may_stand(onset, rhyme)}
    return frozenset(made | {"gi", "quoc"})


SYLLABLES: Final = _all()
"""About 2,400 toneless syllables, marks and tones taken off, as they are spelt (`ky` and `ki` both)."""

STOPS: Final = ("c", "ch", "p", "t")
"""How the syllables end that only two of the tones may stand on."""
TONES: Final = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "3", "\u0323": "5"}  # hỏi and ngã: one key


def one_i(letters: str) -> str:
    """Ky -> ki, ly -> li, quy -> qui: the same word in two spellings."""
    if letters.endswith("y") and (letters in ("hy", "ky", "ly", "my", "sy", "ty", "vy") or letters == "quy"):
        return letters[:-1] + "i"
    return letters
