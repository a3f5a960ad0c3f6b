"""Every environment variable the product reads: its name, type, default, and what to write when it is wrong."""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Generic, Literal, TypeVar, get_args
from urllib.parse import urlsplit

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]

KioskPaper = Literal["a5", "80mm"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one start of the product goes by. Folders may not exist yet; addresses carry no slash at the end."""

    data: Path
    guides: tuple[Path, ...]  # besides the product's own; usually none
    host: str
    port: int  # 0: the machine chooses a free one
    telegram_token: str | None = field(repr=False)  # a secret: it must not reach a log through repr()
    telegram_api_url: str | None  # None: Telegram's own server
    public_url: str | None
    log_level: LogLevel
    telegram_webhook: str | None = None  # the address under which Telegram reaches the page; None: we ask Telegram
    telegram_rate: int = 30  # messages a second over all chats; 0: no limit
    telegram_inline: bool = True
    zalo_token: str | None = field(default=None, repr=False)
    zalo_api_url: str | None = None
    zalo_webhook: str | None = None  # as telegram_webhook
    proxies: tuple[str, ...] = ()  # addresses or networks whose word on who asks is taken
    attach_days: int = 3  # how long a picture of a paper is kept; 0: none is taken
    kiosk_paper: KioskPaper = "a5"  # what a kiosk prints on
    province: str = ""  # the id of a row of provinces.yaml; empty: each person is asked


class WrongSettings(ValueError):
    """All that is wrong at once; each problem is one line in Vietnamese: variable, what is wrong, what to write."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Wrong(Exception):
    def __init__(self, *whys: str) -> None:
        super().__init__(*whys)
        self.whys = whys


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One variable. `read` turns its text, never empty, into the value or raises _Wrong; `cure` ends each complaint."""

    name: str
    meaning: str
    default: T
    read: Callable[[str], T]
    cure: str


def _folder_to_make(text: str) -> Path:
    path = _path(text)
    try:
        if path.is_dir():
            if not os.access(path, os.W_OK | os.X_OK):
                raise _Wrong(f"không có quyền ghi vào thư mục “{text}”")
            return path
        nearest = next(above for above in (path, *path.absolute().parents) if above.exists())
        if not nearest.is_dir():
            raise _Wrong(f"“{nearest}” là một tệp, không phải thư mục")
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise _Wrong(f"không có quyền tạo thư mục “{text}” trong “{nearest}”")
    except OSError as error:
        raise _Wrong(f"không dùng được thư mục “{text}” ({error.strerror})") from error
    return path


def _folders_that_exist(text: str) -> tuple[Path, ...]:
    paths = tuple(_path(part) for part in text.split(os.pathsep) if part.strip())
    whys = []
    for path in paths:
        try:
            if not path.exists():
                whys.append(f"không có thư mục “{path}”")
            elif not path.is_dir():
                whys.append(f"“{path}” là một tệp, không phải thư mục")
        except OSError as error:
            whys.append(f"không đọc được thư mục “{path}” ({error.strerror})")
    if whys:
        raise _Wrong(*whys)
    return paths


def _path(text: str) -> Path:
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError as error:  # "~someone" who is not on this machine
        raise _Wrong(f"“{text}” nhắc tới một người dùng không có trên máy này") from error


def _host(text: str) -> str:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        labels = text.rstrip(".").split(".")
        is_name = len(text) <= 253 and all(re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", label) for label in labels)
        if not is_name or labels[-1].isdigit():  # 127.0.0.256 is a mistyped number, not a name
            raise _Wrong(f"“{text}” không phải địa chỉ hay tên máy") from None
    return text


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise _Wrong(f"“{text}” không phải số từ 0 đến 65535")
    return int(text)


def _token(text: str) -> str:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", text):
        raise _Wrong("mã không đúng dạng")  # the value stays unsaid: it may be a real token with one slip
    return text


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a broken IPv6 address
        sound = False
    if not sound or re.search(r"\s", text):
        raise _Wrong(f"“{text}” không phải địa chỉ http:// hoặc https://")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise _Wrong(f"“{text}” có phần thừa (dấu ?, # hoặc @)")
    return text.rstrip("/")


def _address_of_a_site(text: str) -> str:
    address = _address(text)
    if urlsplit(address).path:
        raise _Wrong(f"“{text}” có phần đường dẫn sau tên máy")
    return address


def _webhook(text: str) -> str | None:
    match text.casefold():
        case "off":
            return None
        case "on":
            return ON
        case _:
            return _address_of_a_site(text)


def _rate(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise _Wrong(f"“{text}” không phải số từ 0 đến 9999")
    return int(text)


def _on_or_off(text: str) -> bool:
    if text.casefold() not in {"on", "off"}:
        raise _Wrong(f"“{text}” không phải on hay off")
    return text.casefold() == "on"


def _networks(text: str) -> tuple[str, ...]:
    words = tuple(text.replace(",", " ").split())
    for word in words:
        try:
            ipaddress.ip_network(word, strict=False)
        except ValueError:
            raise _Wrong(f"“{word}” không phải địa chỉ hay mạng") from None
    return words


def _log_level(text: str) -> LogLevel:
    for level in get_args(LogLevel):
        if text.upper() == level:
            found: LogLevel = level
            return found
    raise _Wrong(f"không có mức “{text}”")


def _days(text: str) -> int:
    if not re.fullmatch(r"[0-7]", text):
        raise _Wrong(f"“{text}” không phải số từ 0 đến 7")
    return int(text)


def _kiosk_paper(text: str) -> KioskPaper:
    for paper in get_args(KioskPaper):
        if text.casefold().replace(" ", "") == paper:
            found: KioskPaper = paper
            return found
    raise _Wrong(f"không có khổ giấy “{text}”")


def _province(text: str) -> str:
    from knowledge.deciding import provinces  # noqa: PLC0415  # a start without this setting need not read the list

    wanted = " ".join(text.casefold().replace("-", " ").split())
    for province in provinces():
        if wanted in {
            name.casefold() for name in (province.id.replace("-", " "), province.name, province.en, *province.also)
        }:
            return province.id
    raise _Wrong(f"không có tỉnh, thành phố “{text}”")


ON: Final = "on"
"""A webhook below PUBLIC_URL, while that is not read yet."""

DATA: Final = Setting(
    name="DATA",
    meaning="thư mục giữ dữ liệu",
    default=Path("data"),
    read=_folder_to_make,
    cure="Hãy chọn một thư mục mà quý vị được ghi vào, ví dụ: DATA=~/thu-tu ./run",
)
GUIDES: Final[Setting[tuple[Path, ...]]] = Setting(
    name="GUIDES",
    meaning="các thư mục hướng dẫn thêm, cách nhau bằng dấu hai chấm",
    default=(),
    read=_folders_that_exist,
    cure="Hãy ghi những thư mục đang có, cách nhau bằng dấu hai chấm, ví dụ GUIDES=/srv/huong-dan",
)
HOST: Final = Setting(
    name="HOST",
    meaning="địa chỉ mà trang hỏi đáp lắng nghe",
    default="127.0.0.1",
    read=_host,
    cure="Hãy ghi HOST=127.0.0.1 (chỉ máy này) hoặc HOST=0.0.0.0 (mọi máy trong mạng)",
)
PORT: Final = Setting(
    name="PORT",
    meaning="cổng của trang hỏi đáp",
    default=8080,
    read=_port,
    cure="Hãy ghi một số, ví dụ PORT=8080; PORT=0 để máy tự chọn cổng trống",
)
TELEGRAM_TOKEN: Final[Setting[str | None]] = Setting(
    name="TELEGRAM_TOKEN",
    meaning="mã của bot Telegram; bỏ trống thì không chạy Telegram",
    default=None,
    read=_token,
    cure="Hãy chép nguyên mã mà BotFather đã gửi: các chữ số, dấu hai chấm, rồi chữ, số, dấu - hoặc _",
)
TELEGRAM_API_URL: Final[Setting[str | None]] = Setting(
    name="TELEGRAM_API_URL",
    meaning="máy chủ Bot API khác; bỏ trống thì dùng máy chủ của Telegram",
    default=None,
    read=_address,
    cure="Hãy ghi địa chỉ máy chủ, ví dụ TELEGRAM_API_URL=http://127.0.0.1:8081, hoặc bỏ trống",
)
TELEGRAM_WEBHOOK: Final[Setting[str | None]] = Setting(
    name="TELEGRAM_WEBHOOK",
    meaning="on: Telegram gọi tới PUBLIC_URL; hoặc địa chỉ khác để gọi; off: máy này tự hỏi Telegram",
    default=None,
    read=_webhook,
    cure="Hãy ghi off, hoặc on kèm PUBLIC_URL, hoặc địa chỉ https tới tên máy, ví dụ "
    "TELEGRAM_WEBHOOK=https://hoidap.example.vn (cổng 443, 80, 88 hoặc 8443)",
)
TELEGRAM_RATE: Final = Setting(
    name="TELEGRAM_RATE",
    meaning="số tin mỗi giây gửi qua Telegram; 0 là không giới hạn, chỉ dùng với máy chủ Bot API riêng",
    default=30,
    read=_rate,
    cure="Hãy ghi một số, ví dụ TELEGRAM_RATE=30",
)
TELEGRAM_INLINE: Final = Setting(
    name="TELEGRAM_INLINE",
    meaning="on: gửi được thủ tục vào cuộc trò chuyện khác bằng @tên_bot (cần bật cả ở BotFather)",
    default=True,
    read=_on_or_off,
    cure="Hãy ghi TELEGRAM_INLINE=on hoặc TELEGRAM_INLINE=off",
)
ZALO_TOKEN: Final[Setting[str | None]] = Setting(
    name="ZALO_TOKEN",
    meaning="mã của bot Zalo; bỏ trống thì không chạy Zalo (chưa thử với máy chủ thật của Zalo)",
    default=None,
    read=_token,
    cure="Hãy chép nguyên mã mà Zalo Bot Creator đã gửi: các chữ số, dấu hai chấm, rồi chữ, số, dấu - hoặc _",
)
ZALO_API_URL: Final[Setting[str | None]] = Setting(
    name="ZALO_API_URL",
    meaning="máy chủ khác thay cho máy chủ của Zalo, để thử; bỏ trống thì dùng máy chủ của Zalo",
    default=None,
    read=_address,
    cure="Hãy ghi địa chỉ máy chủ, ví dụ ZALO_API_URL=http://127.0.0.1:8082, hoặc bỏ trống",
)
ZALO_WEBHOOK: Final[Setting[str | None]] = Setting(
    name="ZALO_WEBHOOK",
    meaning="on: Zalo gọi tới PUBLIC_URL; hoặc địa chỉ khác để gọi; off: máy này tự hỏi Zalo, chỉ nên dùng khi thử",
    default=None,
    read=_webhook,
    cure="Hãy ghi off, hoặc on kèm PUBLIC_URL, hoặc địa chỉ https tới tên máy, ví dụ "
    "ZALO_WEBHOOK=https://hoidap.example.vn",
)
PUBLIC_URL: Final[Setting[str | None]] = Setting(
    name="PUBLIC_URL",
    meaning="địa chỉ mà người dân gõ để mở trang hỏi đáp",
    default=None,
    read=_address_of_a_site,
    cure="Hãy chỉ ghi tới tên máy, ví dụ PUBLIC_URL=https://hoidap.example.vn, hoặc bỏ trống",
)
PROXIES: Final[Setting[tuple[str, ...]]] = Setting(
    name="PROXIES",
    meaning="địa chỉ các máy chủ chuyển tiếp (proxy) đứng trước trang này; bỏ trống thì không tin máy nào",
    default=(),
    read=_networks,
    cure="Hãy ghi địa chỉ của chính máy chuyển tiếp, cách nhau bằng dấu phẩy, ví dụ PROXIES=127.0.0.1",
)
LOG_LEVEL: Final[Setting[LogLevel]] = Setting(
    name="LOG_LEVEL",
    meaning="mức ghi nhật ký",
    default="WARNING",  # quieter levels first: a busy log tells who asked, and when
    read=_log_level,
    cure=f"Hãy ghi một trong: {', '.join(get_args(LogLevel))}",
)
ATTACH_DAYS: Final = Setting(
    name="ATTACH_DAYS",
    meaning="giữ ảnh giấy tờ người dân gửi xem thử mấy ngày; 0 thì không nhận ảnh",
    default=3,  # over a weekend: sent on Friday evening, looked at on Monday morning; less than half of the most
    read=_days,
    cure="Hãy ghi một số từ 0 đến 7, ví dụ ATTACH_DAYS=3; ATTACH_DAYS=0 để không nhận ảnh",
)
KIOSK_PAPER: Final[Setting[KioskPaper]] = Setting(
    name="KIOSK_PAPER",
    meaning="giấy của máy in ở ki-ốt: tờ A5, hay cuộn 80 mm như máy in hóa đơn",
    default="a5",
    read=_kiosk_paper,
    cure="Hãy ghi KIOSK_PAPER=a5 hoặc KIOSK_PAPER=80mm",
)
PROVINCE: Final = Setting(
    name="PROVINCE",
    meaning="tỉnh, thành phố của nơi đặt máy, để khỏi hỏi từng người",
    default="",
    read=_province,
    cure="Hãy ghi tên một tỉnh, thành phố, ví dụ PROVINCE=hai-phong, hoặc bỏ trống",
)

ALL: Final[tuple[Setting[Any], ...]] = (
    DATA,
    GUIDES,
    HOST,
    PORT,
    TELEGRAM_TOKEN,
    TELEGRAM_API_URL,
    PUBLIC_URL,
    LOG_LEVEL,
    TELEGRAM_WEBHOOK,
    TELEGRAM_RATE,
    TELEGRAM_INLINE,
    ZALO_TOKEN,
    ZALO_API_URL,
    ZALO_WEBHOOK,
    PROXIES,
    ATTACH_DAYS,
    KIOSK_PAPER,
    PROVINCE,
)


def read(environ: Mapping[str, str]) -> Settings:
    """The settings of this start; a blank variable means its default. Raises WrongSettings with all problems."""
    problems: list[str] = []

    def value(setting: Setting[T]) -> T:
        text = environ.get(setting.name, "").strip()
        if not text:
            return setting.default
        try:
            return setting.read(text)
        except _Wrong as wrong:
            problems.extend(f"{setting.name}: {why}. {setting.cure}." for why in wrong.whys)
            return setting.default

    settings = Settings(
        data=value(DATA),
        guides=value(GUIDES),
        host=value(HOST),
        port=value(PORT),
        telegram_token=value(TELEGRAM_TOKEN),
        telegram_api_url=value(TELEGRAM_API_URL),
        public_url=value(PUBLIC_URL),
        log_level=value(LOG_LEVEL),
        telegram_webhook=value(TELEGRAM_WEBHOOK),
        telegram_rate=value(TELEGRAM_RATE),
        telegram_inline=value(TELEGRAM_INLINE),
        zalo_token=value(ZALO_TOKEN),
        zalo_api_url=value(ZALO_API_URL),
        zalo_webhook=value(ZALO_WEBHOOK),
        proxies=value(PROXIES),
        attach_days=value(ATTACH_DAYS),
        kiosk_paper=value(KIOSK_PAPER),
        province=value(PROVINCE),
    )
    below = {"telegram_webhook": TELEGRAM_WEBHOOK, "zalo_webhook": ZALO_WEBHOOK}
    on = {name: setting for name, setting in below.items() if getattr(settings, name) == ON}
    settings = replace(settings, **dict.fromkeys(on, settings.public_url))
    if settings.public_url is None and not problems:
        problems.extend(f"{setting.name}: chưa có PUBLIC_URL. {setting.cure}." for setting in on.values())
    if problems:
        raise WrongSettings(tuple(problems))
    return settings
