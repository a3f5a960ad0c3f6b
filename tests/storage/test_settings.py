"""Settings are read from the environment, and every wrong one is named at once with its cure."""

from pathlib import Path

import pytest

from bot import settings


def problems_of(**environ: str) -> tuple[str, ...]:
    with pytest.raises(settings.WrongSettings) as caught:
        settings.read(environ)
    return caught.value.problems


def test_nothing_set_means_the_defaults() -> None:
    read = settings.read({})
    assert read == settings.Settings(
        data=Path("data"),
        guides=(),
        host="127.0.0.1",
        port=8080,
        telegram_token=None,
        telegram_api_url=None,
        public_url=None,
        log_level="WARNING",
    )


def test_a_blank_variable_is_an_unset_one() -> None:
    assert settings.read(dict.fromkeys((setting.name for setting in settings.ALL), "  ")) == settings.read({})


def test_everything_set(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "của xã"
    ours.mkdir()
    theirs.mkdir()
    read = settings.read(
        {
            "DATA": str(tmp_path / "chưa có" / "sâu hơn"),
            "GUIDES": f"{ours}:{theirs}:",
            "HOST": "0.0.0.0",
            "PORT": "0",
            "TELEGRAM_TOKEN": "123:AA-bb_9",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/api/",
            "PUBLIC_URL": "https://hoidap.example.vn/",
            "LOG_LEVEL": "debug",
            "TELEGRAM_WEBHOOK": "on",
            "TELEGRAM_RATE": "0",
            "TELEGRAM_INLINE": "OFF",
            "ATTACH_DAYS": "7",
            "PROVINCE": "Hải Phòng",
            "HOME": "/nowhere",
        }
    )
    assert read == settings.Settings(
        data=tmp_path / "chưa có" / "sâu hơn",
        guides=(ours, theirs),
        host="0.0.0.0",
        port=0,
        telegram_token="123:AA-bb_9",
        telegram_api_url="http://127.0.0.1:8081/api",
        public_url="https://hoidap.example.vn",
        log_level="DEBUG",
        telegram_webhook="https://hoidap.example.vn",
        telegram_rate=0,
        telegram_inline=False,
        attach_days=7,
        province="hai-phong",
    )
    assert not (tmp_path / "chưa có").exists(), "reading settings makes nothing"


@pytest.mark.parametrize("host", ["::1", "10.0.0.7", "localhost", "may-chu.xa.gov.vn"])
def test_hosts_that_are_sound(host: str) -> None:
    assert settings.read({"HOST": host}).host == host


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("PORT", "80a", "“80a” không phải số từ 0 đến 65535"),
        ("PORT", "-1", "không phải số"),
        ("PORT", "65536", "không phải số"),
        ("PORT", "80 80", "không phải số"),
        ("PORT", "8080.0", "không phải số"),
        ("PORT", "٨٠", "không phải số"),
        ("PORT", "9" * 5000, "không phải số"),
        ("HOST", "http://127.0.0.1", "không phải địa chỉ"),
        ("HOST", "127.0.0.256", "không phải địa chỉ"),
        ("HOST", "may chu", "không phải địa chỉ"),
        ("HOST", "-a.vn", "không phải địa chỉ"),
        ("HOST", "a..vn", "không phải địa chỉ"),
        ("TELEGRAM_TOKEN", "abc", "không đúng dạng"),
        ("TELEGRAM_TOKEN", "123:", "không đúng dạng"),
        ("TELEGRAM_TOKEN", ":abc", "không đúng dạng"),
        ("TELEGRAM_TOKEN", "123:abc def", "không đúng dạng"),
        ("TELEGRAM_API_URL", "127.0.0.1:8081", "không phải địa chỉ http"),
        ("TELEGRAM_API_URL", "ftp://127.0.0.1", "không phải địa chỉ http"),
        ("TELEGRAM_API_URL", "http://", "không phải địa chỉ http"),
        ("TELEGRAM_API_URL", "http://a:99999", "không phải địa chỉ http"),
        ("TELEGRAM_API_URL", "http://[::1", "không phải địa chỉ http"),
        ("TELEGRAM_API_URL", "http://a b", "không phải địa chỉ http"),
        ("TELEGRAM_API_URL", "http://ai:mk@may", "phần thừa"),
        ("PUBLIC_URL", "hoidap.example.vn", "không phải địa chỉ http"),
        ("PUBLIC_URL", "https://hoidap.example.vn/trang", "phần đường dẫn"),
        ("PUBLIC_URL", "https://hoidap.example.vn?a=1", "phần thừa"),
        ("PUBLIC_URL", "https://hoidap.example.vn#a", "phần thừa"),
        ("LOG_LEVEL", "loud", "không có mức “loud”"),
        ("PROVINCE", "Hải Phong 2", "không có tỉnh, thành phố “Hải Phong 2”"),
        ("DATA", "~khong-co-ai-ten-nay/data", "người dùng không có trên máy này"),
        ("DATA", "x" * 300, "không dùng được thư mục"),
        ("GUIDES", "/khong/co/that", "không có thư mục “/khong/co/that”"),
        ("GUIDES", "x" * 300, "không đọc được thư mục"),
    ],
)
def test_a_wrong_value_is_named_with_its_cure(name: str, text: str, why: str) -> None:
    (problem,) = problems_of(**{name: text})
    cure = next(setting.cure for setting in settings.ALL if setting.name == name)
    assert problem.startswith(f"{name}: ")
    assert why in problem
    assert problem.endswith(f". {cure}.")
    assert "\n" not in problem


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "tệp.txt"
    file.write_text("", encoding="utf-8")
    for name, text in (("DATA", str(file)), ("DATA", f"{file}/data"), ("GUIDES", str(file))):
        (problem,) = problems_of(**{name: text})
        assert f"“{file}” là một tệp, không phải thư mục" in problem


def test_all_problems_at_once_in_the_order_of_the_table(tmp_path: Path) -> None:
    problems = problems_of(
        DATA="x" * 300,
        GUIDES=f"{tmp_path / 'một'}:{tmp_path}:{tmp_path / 'hai'}",
        HOST="?",
        PORT="?",
        TELEGRAM_TOKEN="?",
        TELEGRAM_API_URL="?",
        PUBLIC_URL="?",
        LOG_LEVEL="?",
        TELEGRAM_WEBHOOK="on",
        TELEGRAM_RATE="?",
        TELEGRAM_INLINE="?",
        PROVINCE="?",
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "DATA",
        "GUIDES",
        "GUIDES",
        "HOST",
        "PORT",
        "TELEGRAM_TOKEN",
        "TELEGRAM_API_URL",
        "PUBLIC_URL",
        "LOG_LEVEL",
        "TELEGRAM_RATE",
        "TELEGRAM_INLINE",
        "PROVINCE",
    ]


def test_a_webhook_needs_an_address() -> None:
    (problem,) = problems_of(TELEGRAM_WEBHOOK="on")
    assert problem.startswith("TELEGRAM_WEBHOOK: chưa có PUBLIC_URL. ")
    (problem,) = problems_of(TELEGRAM_WEBHOOK="https://hoidap.example.vn/x")
    assert "có phần đường dẫn" in problem
    assert settings.read({"TELEGRAM_WEBHOOK": "off"}).telegram_webhook is None
    assert settings.read({"TELEGRAM_WEBHOOK": "https://a.vn:8443/"}).telegram_webhook == "https://a.vn:8443"


def test_the_token_is_never_shown() -> None:
    near_miss = "5551234567;SECRETSECRETSECRET"
    with pytest.raises(settings.WrongSettings) as caught:
        settings.read({"TELEGRAM_TOKEN": near_miss})
    assert "SECRET" not in str(caught.value) + repr(caught.value)
    assert "SECRET" not in repr(settings.read({"TELEGRAM_TOKEN": near_miss.replace(";", ":")}))


def test_the_table_is_the_dataclass() -> None:
    fields = settings.Settings.__dataclass_fields__
    assert [setting.name.lower() for setting in settings.ALL] == list(fields)


@pytest.mark.parametrize("days", ["0", "3", "7"])
def test_pictures_are_kept_for_a_week_at_most(days: str) -> None:
    assert settings.read({"ATTACH_DAYS": days}).attach_days == int(days)


@pytest.mark.parametrize("days", ["8", "-1", "365", "mãi mãi", "1.5", "07", "٣"])
def test_other_days_are_refused_with_what_to_write(days: str) -> None:
    (problem,) = problems_of(ATTACH_DAYS=days)
    assert f"“{days}”" in problem
    assert "từ 0 đến 7" in problem
