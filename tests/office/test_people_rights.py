"""The store itself refuses each deed to whoever may not, and a turn that comes twice does it once."""

from __future__ import annotations

import sqlite3

import pytest

from bot.store import NotAllowed
from bot.store.office import do
from bot.store.transaction import writing
from flows.events import Pressed, Said
from flows.office.people import EVERYWHERE, ROLES, End, Invite, Join, Knock, Leave, Post, Revoke, Role
from tests.office.people_rig import LOC_THO, VINH_HAI, count, member
from tests.office.rig import Office

MAY: dict[Role, set[str]] = {
    "volunteer": set(),
    "lead": {"volunteer here"},
    "official": set(),
    "administrator": {f"{role} {where}" for role in ROLES for where in ("here", "there", "everywhere")},
}
"""What each role may give, take back and end, who has it at VINH_HAI; an administrator has it everywhere."""

WHERE = {"here": VINH_HAI, "there": LOC_THO, "everywhere": EVERYWHERE}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("given", ROLES)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("deed", ["invite", "revoke", "end"])
async def test_the_store_refuses_each_deed_to_those_who_may_not(
    role: Role, given: Role, where: str, deed: str, office: Office
) -> None:
    """Deeds that no menu offers, done as a turn would do them."""
    await office.member("ai đó", role, EVERYWHERE if role == "administrator" else VINH_HAI)
    await office.member("người kia", given, WHERE[where])
    post = Post(given, WHERE[where])
    await office.desk.operate(Invite("K7M3T29QB4XZ", post, "Lan"))
    with sqlite3.connect(office.path, isolation_level=None) as db:
        db.execute("pragma foreign_keys = on")
        me, other = (
            db.execute("select person, id from members where called = ?", (called,)).fetchone()
            for called in ("ai đó", "người kia")
        )
        (invitation,) = db.execute("select id from invitations").fetchone()
        deeds: dict[str, Invite | Revoke | End] = {
            "invite": Invite("B7M3T29QB4XZ", post, "Hùng"),
            "revoke": Revoke(invitation),
            "end": End(other[1], post, "thử"),
        }
        before = "\n".join(db.iterdump())
        refused = False
        try:
            with writing(db):
                do(db, me[0], office.now, deeds[deed])
        except NotAllowed:
            refused = True
        assert refused == (f"{given} {where}" not in MAY[role])
        assert (before == "\n".join(db.iterdump())) == refused
    db.close()


@pytest.mark.parametrize(
    "deed",
    [
        Invite("B7M3T29QB4XZ", Post("volunteer", VINH_HAI), "Lan"),
        Revoke("00000000"),
        End("00000000", Post("volunteer", VINH_HAI), "thử"),
        Join("B7M3T29QB4XZ"),
        Knock("B7M3T29QB4XZ"),
        Leave(Post("volunteer", VINH_HAI)),
    ],
)
async def test_somebody_who_does_not_work_here_can_do_nothing(
    deed: Invite | Revoke | End | Join | Knock | Leave, office: Office
) -> None:
    await office.citizen("ai đó")
    with sqlite3.connect(office.path, isolation_level=None) as db:
        (person,) = db.execute("select person from addresses").fetchone()
        with pytest.raises(NotAllowed), writing(db):
            do(db, person, office.now, deed)
        assert db.execute("select count(*) from audit").fetchone() == (0,)
    db.close()


async def test_nobody_ends_their_own_post_or_one_without_a_reason(office: Office) -> None:
    await office.member("Chị Hoa", "administrator")
    await office.member("Lan", "volunteer", VINH_HAI)
    with sqlite3.connect(office.path, isolation_level=None) as db:
        (me, mine), (_, lans) = (
            db.execute("select person, id from members where called = ?", (called,)).fetchone()
            for called in ("Chị Hoa", "Lan")
        )
        for deed in (
            End(mine, Post("administrator", EVERYWHERE), "thử"),
            End(lans, Post("volunteer", VINH_HAI), "  "),
            End(lans, Post("lead", VINH_HAI), "thử"),
        ):
            with pytest.raises(NotAllowed), writing(db):
                do(db, me, office.now, deed)
    db.close()


async def test_a_press_that_the_menu_does_not_offer_changes_nothing(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    hung = await office.member("Hùng", "volunteer", VINH_HAI)
    for choice in (
        "team",
        "invite",
        "audit",
        f"m:{member(office, 'Hùng')}",
        "end:volunteer:vinh-hai",
        "r:administrator",
    ):
        await lan.does(Pressed(choice, lan.page.turn))
        assert "không" in lan.text.casefold()
    await lan.says("mời người")
    assert "không có quyền" in lan.text
    await hung.says("/ban")
    assert "Bàn làm việc của Hùng" in hung.text
    assert count(office, "select count(*) from posts") == 2


async def test_a_deed_refused_in_the_turn_leaves_the_talk_where_it_was(office: Office) -> None:
    """The page was shown while it was allowed; the post ended in the moment before the press, unseen by the talk."""
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await office.member("Lan", "volunteer", VINH_HAI)
    await lead.says("người trong nhóm")
    await lead.presses("Lan")
    await lead.presses("Kết thúc: Tình nguyện viên")
    with sqlite3.connect(office.path) as db:
        db.execute("update posts set role = 'volunteer' where role = 'lead'")
    db.close()
    await lead.presses("Mời nhầm người")
    assert "không có vai trò cho trang đó" in lead.text
    assert count(office, "select count(*) from posts") == 2


async def test_a_turn_delivered_twice_invites_once(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await lead.says("mời người")
    await lead.says("Lan")
    lead.arrivals -= 1  # the channel delivers the same message again
    await lead.does(Said("Lan"))
    assert count(office, "select count(*) from invitations") == 1
