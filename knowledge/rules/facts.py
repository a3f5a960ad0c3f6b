"""Rules of facts: no figure without a source that knows it, no date that ends before it begins, nothing left out."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from knowledge.problems import Problem, perhaps
from knowledge.rules.page import Page
from knowledge.yaml_lines import Path

_NO_FIGURE = {"unverified", "unknown"}


def ids_are_unique(page: Page, today: date | None) -> Iterator[Problem]:
    """Asks, papers and sources are pointed at by id."""
    lists = {
        "asks": [ask.id for ask in page.guide.asks],
        "documents": [document.id for document in page.guide.documents],
        "sources": [source.id for source in page.guide.sources],
    }
    for name, ids in lists.items():
        counted = Counter(ids)
        for at, name_of in enumerate(ids):
            if counted[name_of] > 1:
                yield page.error(
                    (name, at, "id"),
                    f"id “{name_of}” dùng {counted[name_of]} lần trong {name}",
                    "các mục khác trỏ tới bằng id nên phải khác nhau",
                    "đặt tên khác cho mục này",
                )


def _sourced(page: Page) -> Iterator[tuple[Path, str]]:
    for path, fact in page.facts():
        yield path, fact.source


def sources_exist(page: Page, today: date | None) -> Iterator[Problem]:
    """Every fact names a source of the guide, and every source is named; an imported name may have no facts yet."""
    known = {source.id for source in page.guide.sources}
    used: set[str] = set()
    for path, source in _sourced(page):
        used.add(source)
        if source not in known:
            yield page.error(
                (*path, "source"),
                f"nguồn “{source}”",
                "không có trong sources",
                perhaps(source, sorted(known), "các nguồn đang có"),
            )
    for at, one in enumerate(page.guide.sources):
        if one.id not in used and page.guide.status != "imported":
            yield page.warning(
                ("sources", at, "id"),
                f"nguồn “{one.id}” không được dùng",
                "không mục nào ghi source trỏ tới nó",
                "xóa nguồn này hoặc ghi source cho mục cần",
            )


def figures_are_known(page: Page, today: date | None) -> Iterator[Problem]:
    """A fee or a time that nobody has verified is told without a figure."""
    known = {source.id: source.certainty for source in page.guide.sources}
    figures: list[tuple[Path, str, str | None]] = []
    for at, fee in enumerate(page.guide.fees):
        if fee.amount is not None:
            figures.append((("fees", at), fee.source, fee.certainty))
    for at, time in enumerate(page.guide.times):
        if time.amount is not None or time.verify is not None:
            figures.append((("times", at), time.source, time.certainty))
    for path, source, own in figures:
        certainty = own or known.get(source, "")
        if certainty in _NO_FIGURE:
            yield page.error(
                (*path, "amount"),
                "có con số nhưng chưa kiểm chứng",
                f"độ chắc chắn là {certainty}",
                "bỏ amount và viết vào note điều cần hỏi tại quầy, hoặc ghi nguồn chắc hơn",
                key=True,
            )


def fees_are_honest(page: Page, today: date | None) -> Iterator[Problem]:
    """Nothing is called free without saying for whom; what the province decides has no national figure."""
    for at, fee in enumerate(page.guide.fees):
        path: Path = ("fees", at)
        if fee.amount == 0 and not (fee.condition or fee.note or fee.exempt):
            yield page.error(
                (*path, "amount"),
                "phí bằng 0 mà không nói ai được miễn",
                "dễ hiểu lầm là ai cũng được miễn",
                "thêm condition, note hoặc exempt; nếu chưa biết mức phí thì bỏ amount",
            )
        if fee.set_by == "province" and fee.amount is not None:
            yield page.error(
                (*path, "amount"),
                "có amount dù tỉnh quy định",
                "mỗi tỉnh một mức khác nhau",
                "chuyển con số vào knowledge/provinces/<tỉnh>.yaml, kèm nguồn",
                key=True,
            )
        if fee.amount is None and fee.set_by == "nation" and not (fee.note or fee.condition):
            yield page.warning(
                path,
                "phí chưa biết mà không nói gì",
                "người dân không biết phải hỏi gì",
                "thêm note, ví dụ “Chưa có thông tin, hỏi tại quầy”",
            )


def dates_run_forward(page: Page, today: date | None) -> Iterator[Problem]:
    """`since` is not after `until`."""
    for path, fact in page.facts():
        since, until = fact.since, fact.until
        if since and until and since > until:
            yield page.error(
                (*path, "until"),
                f"hết hạn {until:%d/%m/%Y}",
                f"trước ngày bắt đầu {since:%d/%m/%Y}",
                "đổi lại since và until",
            )


def online_is_for_online(page: Page, today: date | None) -> Iterator[Problem]:
    """Only the online channel has an online level."""
    for at, channel in enumerate(page.guide.channels):
        if channel.online and channel.how != "online":
            yield page.error(
                ("channels", at, "online"),
                "có online",
                f"cách nộp đang là {channel.how}",
                "bỏ dòng này hoặc ghi how: online",
                key=True,
            )


def published_is_complete(page: Page, today: date | None) -> Iterator[Problem]:
    """What citizens read is whole: papers, places, fee and time (if only to say that they are unknown), words."""
    guide = page.guide
    if guide.status != "published":
        return
    needed = {
        "summary": guide.summary,
        "phrases": guide.phrases,
        "documents": guide.documents,
        "channels": guide.channels,
        "fees": guide.fees,
        "times": guide.times,
    }
    for key, value in needed.items():
        if not value:
            yield page.error(
                (key,),
                f"thiếu “{key}”",
                "thủ tục đang dùng (published) phải có",
                "thêm vào; nếu chưa biết thì ghi một mục chỉ có note và source, hoặc để status: draft",
                key=True,
            )
    if guide.review_by is None:
        yield page.warning(
            ("status",),
            "thiếu “review_by”",
            "không ai biết khi nào phải xem lại",
            "thêm ngày quy định thay đổi lần tới, ví dụ review_by: 2027-03-01",
            key=True,
        )


def what_is_replaced_ends(page: Page, today: date | None) -> Iterator[Problem]:
    """Only a guide that ends, or is withdrawn, has others in its place."""
    guide = page.guide
    if guide.replaced_by and guide.expires is None and guide.status != "withdrawn":
        why, cure = "thủ tục vẫn dùng mãi thì người dân không được chỉ sang mã mới", "ghi expires: ngày cuối còn dùng"
        yield page.error(("replaced_by",), "có replaced_by mà không có ngày hết dùng", why, cure)


def reviews_are_not_late(page: Page, today: date | None) -> Iterator[Problem]:
    """Dates that have passed, as of the day of the check."""
    guide = page.guide
    if today is None or guide.status == "withdrawn":
        return
    if guide.review_by and guide.review_by < today:
        yield page.warning(
            ("review_by",),
            f"quá ngày xem lại {guide.review_by:%d/%m/%Y}",
            "quy định có thể đã đổi",
            "xem lại nguồn rồi ghi ngày mới",
        )
    if guide.expires and guide.expires < today:
        yield page.warning(
            ("expires",),
            f"hết dùng từ {guide.expires:%d/%m/%Y}",
            "người dân không còn thấy nó",
            "ghi status: withdrawn, hoặc sửa ngày",
        )
    for at, source in enumerate(guide.sources):
        for key, day in (("checked_on", source.checked_on), ("data_date", source.data_date)):
            if day and day > today:
                yield page.warning(
                    ("sources", at, key),
                    f"ngày {day:%d/%m/%Y} chưa tới",
                    f"hôm nay là {today:%d/%m/%Y}",
                    "xem lại ngày này",
                )
