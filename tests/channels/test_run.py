"""./run on machines where something is missing, and on one where nothing is: real sh, stand-ins for what it calls."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import Literal

import pytest

from bot.commands import HELP

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "awk", "dirname", "readlink", "cmp", "cp", "mkdir", "rm", "cat", "flock")


class Machine:
    """A folder with ./run in it, and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, f"{tool} is part of every Debian"
            (self.bin / tool).symlink_to(found)
        self.checkout = folder / "một thư mục có dấu cách"
        self.checkout.mkdir()
        shutil.copy(ROOT / "run", self.checkout / "run")
        shutil.copytree(ROOT / "requirements", self.checkout / "requirements")
        self.diary = folder / "diary"

    def has(self, name: str, script: str) -> None:
        program = self.bin / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.diary}"\n{script}\n', encoding="utf-8")
        program.chmod(0o755)

    def has_environment(self, script: str) -> None:
        """Everything is installed, as ./run itself notes it."""
        python = self.checkout / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        python.chmod(0o755)
        for lock in ("run", "dev"):
            shutil.copy(ROOT / "requirements" / f"{lock}.txt", self.checkout / ".venv" / f"{lock}.installed")

    def start(self, *arguments: str, cwd: Path | None = None, **environ: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.checkout / "run", *arguments],
            cwd=cwd or self.checkout,
            env={"PATH": str(self.bin)} | environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def refuses(self, *arguments: str, **environ: str) -> str:
        """The one sentence, in Vietnamese; its English lies beneath."""
        with self.start(*arguments, cwd=None, **environ) as process:
            out, err = process.communicate(timeout=20)
        assert process.returncode == 1
        assert out == ""
        vietnamese, english = err.splitlines()[-2:]
        assert "gõ lại ./run" in vietnamese or "quyền ghi" in vietnamese
        assert english.isascii() or str(self.checkout) in english
        return vietnamese

    def calls(self) -> str:
        return self.diary.read_text(encoding="utf-8") if self.diary.exists() else ""


# A python that is new enough. What it lacks is told by what follows.
NEW_ENOUGH = 'case "$2" in *version_info\\ *) exit 0 ;; *python%d*) echo python3.11-venv; exit 0 ;; esac'


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_help_needs_nothing(machine: Machine) -> None:
    for word in ("help", "-h", "--help"):
        with machine.start(word) as process:
            out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")
        assert HELP.startswith(out), "the list before installing is the one after"
        assert out.splitlines()[:9] == HELP.splitlines()[:9]
        assert "./run preview dang-ky-khai-sinh --on 2027-03-02" in out
    assert not (machine.checkout / ".venv").exists()


def test_no_python(machine: Machine) -> None:
    assert "Cần Python 3.11 trở lên" in machine.refuses()


def test_python_is_too_old(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    assert "Cần Python 3.11 trở lên" in machine.refuses("chat")
    assert "version_info" in machine.calls()


def test_no_venv_and_not_root(machine: Machine) -> None:
    machine.has("python3", f"{NEW_ENOUGH}\nexit 1")
    machine.has("apt-get", "exit 0")
    machine.has("id", "echo 1000")
    assert "hãy gõ: sudo apt-get install -y python3.11-venv, rồi gõ lại ./run" in machine.refuses()
    assert "apt-get" not in machine.calls()


def test_no_venv_as_root_is_installed_quietly(machine: Machine) -> None:
    machine.has(
        "python3", f'{NEW_ENOUGH}\ncase "$2" in *ensurepip*) test -e "{machine.diary}.venv"; exit ;; esac\nexit 1'
    )
    machine.has("apt-get", f'case "$*" in *install*) : >"{machine.diary}.venv" ;; esac')
    machine.has("id", "echo 0")
    assert "Không tạo được .venv" in machine.refuses()  # as far as this python goes: apt-get has done its part
    assert "apt-get -qq install -y --no-install-recommends python3.11-venv" in machine.calls()


def test_no_venv_as_root_and_apt_fails(machine: Machine) -> None:
    machine.has("python3", f"{NEW_ENOUGH}\nexit 1")
    machine.has("apt-get", "exit 100")
    machine.has("id", "echo 0")
    assert "hãy kiểm tra mạng rồi gõ: apt-get install -y python3.11-venv" in machine.refuses()


def test_no_venv_and_no_apt(machine: Machine) -> None:
    machine.has("python3", f"{NEW_ENOUGH}\nexit 1")
    assert "hãy cài Python 3.11 trở lên có venv" in machine.refuses()


def test_no_write_access(machine: Machine) -> None:
    machine.has("python3", f"{NEW_ENOUGH}\nexit 0")
    (machine.bin / "rm").unlink()
    machine.has("rm", "exit 1")
    (machine.checkout / ".venv").write_text("in the way", encoding="utf-8")
    assert f"Không ghi được vào {machine.checkout}/.venv" in machine.refuses()


def test_an_environment_of_someone_else(machine: Machine) -> None:
    """Made by another person's ./run: it is there, and nothing can be put into it."""
    machine.has("python3", f"{NEW_ENOUGH}\nexit 0")
    machine.has_environment("exit 0")
    (machine.checkout / ".venv" / "run.installed").unlink()
    (machine.checkout / ".venv" / "install.log").mkdir()  # nobody can write that file, not even root
    assert "nhờ chủ thư mục gõ ./run một lần" in machine.refuses()
    assert (machine.checkout / ".venv" / "bin" / "python").exists(), "what belongs to the other is left alone"


def test_no_network(machine: Machine) -> None:
    machine.has(
        "python3",
        NEW_ENOUGH
        + '\ncase "$2" in venv) mkdir -p "$4/bin"; '
        + 'printf "#!/bin/sh\\ntest \\$1 = -c || { echo no route; exit 1; }\\n" >"$4/bin/python"; '
        + f'"{shutil.which("chmod")}" +x "$4/bin/python" ;; esac',
    )
    assert "Không tải được thư viện" in machine.refuses()
    assert (machine.checkout / ".venv" / "install.log").read_text(
        encoding="utf-8"
    ) == "no route\n" * 4  # once more, simply
    assert not (machine.checkout / ".venv" / "run.installed").exists(), "the next ./run tries again"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ((), "serve"),
        (("serve",), "serve"),
        (("chat", "--record", "bài nói.yaml"), "chat|--record|bài nói.yaml"),
        (("find", "--jsonl", "--guides", "a b"), "find|--jsonl|--guides|a b"),
        (("check", "*"), "check|*"),
        (("help",), "help"),
    ],
)
def test_commands_pass_through_from_any_folder(
    machine: Machine, tmp_path: Path, typed: tuple[str, ...], meant: str
) -> None:
    machine.has_environment('IFS="|"; echo "$*"; pwd; echo "$PYTHONPATH"; echo "$DATA"; echo $$')
    with machine.start(*typed, cwd=tmp_path) as process:
        out, err = process.communicate(timeout=20)
    pid = process.pid  # the same process: a signal to ./run is a signal to Python
    assert out.splitlines() == [
        f"-P|-m|bot|{meant}",
        str(tmp_path),
        str(machine.checkout),
        str(machine.checkout / "data"),
        str(pid),
    ]
    assert (process.returncode, err) == (0, "")
    assert machine.calls() == "", "a later start looks for nothing"


def test_data_stays_where_the_person_says(machine: Machine) -> None:
    machine.has_environment('echo "$DATA"')
    with machine.start(DATA="ở đây") as process:
        out, _ = process.communicate(timeout=20)
    assert out == "ở đây\n"


def test_a_link_to_run_finds_home(machine: Machine, tmp_path: Path) -> None:
    machine.has_environment('echo "$PYTHONPATH"')
    (tmp_path / "thu-tu").symlink_to(machine.checkout / "run")
    out = subprocess.run([tmp_path / "thu-tu"], env={"PATH": str(machine.bin)}, capture_output=True, check=True).stdout
    assert out.decode() == f"{machine.checkout}\n"


def test_test_runs_pytest_at_home(machine: Machine, tmp_path: Path) -> None:
    machine.has_environment('IFS="|"; echo "$*"; pwd')
    with machine.start("test", "-k", "hai chữ", cwd=tmp_path) as process:
        out, _ = process.communicate(timeout=20)
    assert out == f"-m|pytest|-k|hai chữ\n{machine.checkout}\n"


NO_BROWSER = "Máy này không có Chromium"


def run_tests(machine: Machine, **environ: str) -> tuple[int, str, str]:
    with machine.start("test", cwd=None, **environ) as process:
        out, err = process.communicate(timeout=20)
    return process.returncode, out, err


@pytest.fixture
def without_browser(machine: Machine) -> Machine:
    machine.has_environment("echo tested")
    machine.has("env", 'while case "$1" in *=*) true ;; *) false ;; esac; do shift; done; exec "$@"')
    machine.has("apt-get", f"""case "$*" in *install*) cp "{machine.bin}/apt-get" "{machine.bin}/chromium" ;; esac""")
    return machine


@pytest.mark.parametrize("root", [True, False])
def test_the_browser_of_the_tests_is_brought_once_after_the_lists(
    without_browser: Machine, root: Literal[True, False]
) -> None:
    without_browser.has("id", f"echo {0 if root else 1000}")
    if not root:
        without_browser.has("sudo", 'shift; case "$1" in true) exit 0 ;; *) exec "$@" ;; esac')
    for _ in range(2):
        code, out, err = run_tests(without_browser, NEED_BROWSER="yes")
        assert (code, out, NO_BROWSER in err) == (0, "tested\n", False)
    calls = [line for line in without_browser.calls().splitlines() if line.startswith("apt-get")]
    assert [line.rpartition("=30 ")[2] for line in calls] == [
        "update",
        "install -y --no-install-recommends chromium",
    ]


def test_without_a_way_to_bring_the_browser_the_other_run_tests(without_browser: Machine) -> None:
    without_browser.has("id", "echo 1000")
    without_browser.has("sudo", "exit 1")  # it would ask for a password
    code, out, err = run_tests(without_browser)
    assert (code, out) == (0, "tested\n")
    assert NO_BROWSER in err
    assert "apt-get" not in without_browser.calls()


def test_offline_the_other_tests_run_and_who_demands_the_browser_is_told(without_browser: Machine) -> None:
    without_browser.has("id", "echo 0")
    without_browser.has("apt-get", "exit 100")
    code, out, err = run_tests(without_browser)
    assert (code, out) == (0, "tested\n")
    assert NO_BROWSER in err
    assert "NEED_BROWSER đòi phải thử" in without_browser.refuses("test", NEED_BROWSER="yes")


def test_half_a_download_is_no_download(machine: Machine) -> None:
    machine.has_environment('case "$*" in *half-0*) exit 1 ;; *install*) exit 0 ;; *bot*) echo started ;; esac')
    machine.has("python3", NEW_ENOUGH)
    (machine.checkout / ".venv" / "run.installed").unlink()
    assert "Không tải được thư viện" in machine.refuses()


def test_the_page_opens_before_all_is_installed_and_the_rest_comes_behind(machine: Machine) -> None:
    machine.has_environment('case "$*" in *install*) exit 0 ;; *bot*) echo started ;; esac')
    machine.has("python3", NEW_ENOUGH)
    lock, stamp = machine.checkout / "requirements" / "run.txt", machine.checkout / ".venv" / "run.installed"
    stamp.unlink()
    with machine.start() as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "started\n")
    assert "Đang cài thư viện" in err
    until = time.monotonic() + 20
    while not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        assert time.monotonic() < until, "the rest was not installed"
    rest = "".join((machine.checkout / ".venv" / f"half-{half}.txt").read_text(encoding="utf-8") for half in (0, 1))
    assert "pillow==" in rest
    assert "starlette==" not in rest


@pytest.mark.parametrize("environ", [{"TELEGRAM_TOKEN": "123:abc"}, {"ZALO_TOKEN": "123:abc"}], ids=str)
def test_with_a_token_all_is_installed_before_anything_begins(machine: Machine, environ: dict[str, str]) -> None:
    machine.has_environment('case "$*" in *install*) exit 0 ;; *bot*) echo started ;; esac')
    machine.has("python3", NEW_ENOUGH)
    (machine.checkout / ".venv" / "run.installed").unlink()
    with machine.start(cwd=None, **environ) as process:
        process.communicate(timeout=20)
    assert (machine.checkout / ".venv" / "run.installed").exists()


def test_changed_requirements_are_installed_again(machine: Machine) -> None:
    machine.has_environment('case "$*" in *install*) exit 0 ;; *bot*) echo started ;; esac')
    machine.has("python3", NEW_ENOUGH)
    lock = machine.checkout / "requirements" / "run.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "# newer\n", encoding="utf-8")
    with machine.start("chat") as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "started\n")
    assert "Đang cài thư viện" in err
    halves = [(machine.checkout / ".venv" / f"half-{half}.txt").read_text(encoding="utf-8") for half in (0, 1)]
    assert sorted("".join(halves).splitlines()) == sorted(lock.read_text(encoding="utf-8").splitlines())
    hashes = [half.count("--hash=") for half in halves]
    assert abs(hashes[0] - hashes[1]) < sum(hashes) / 8, "each core reads about as long lists as the other"
    assert (machine.checkout / ".venv" / "run.installed").read_bytes() == lock.read_bytes()
