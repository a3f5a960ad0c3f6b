"""The house rules that no tool knows: locks, registry addresses, reasons beside dependencies, names of tests."""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]

# What a machine makes for itself; everything else in the checkout is ours and is read.
NOT_OURS = {".git", ".venv", "data", "dist", "build", "__pycache__"} | {
    f".{tool}_cache" for tool in ("mypy", "pytest", "ruff", "import_linter")
}

# Each in two pieces, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(
    start + rest
    for start, rest in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("deb.", "debian.org"),
        ("security.", "debian.org"),
        ("archive.", "ubuntu.com"),
        ("crates", ".io"),
        ("proxy.", "golang.org"),
        ("repo1.", "maven.org"),
        ("ruby", "gems.org"),
        ("docker", ".io"),
        ("gh", "cr.io"),
    )
)


def our_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.is_file() and not NOT_OURS & set(inside.parts) and ".hypothesis" not in inside.parts:
            yield path


def locked(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Package -> (version, hashes) of requirements/<name>.txt."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found = {}
    for block in re.split(r"\n(?=[a-z0-9])", text):
        pin = re.match(r"([a-z0-9.-]+)==([^\s;]+)", block)
        assert pin, f"not a pin: {block[:80]}"
        found[pin[1]] = (pin[2], frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)))
    return found


def declared(pyproject: dict[str, object]) -> dict[str, list[str]]:
    """Requirements of pyproject.toml by the lock that must hold them."""
    project = pyproject["project"]
    assert isinstance(project, dict)
    run: list[str] = project["dependencies"]
    return {"run": run, "dev": run + project["optional-dependencies"]["dev"]}


@pytest.fixture(scope="module")
def pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_file_names_a_registry() -> None:
    guilty = []
    for path in our_files():
        text = path.read_bytes().decode("utf-8", errors="replace").lower()
        guilty += [f"{path.relative_to(ROOT)}: {host}" for host in REGISTRY_HOSTS if host in text]
    assert guilty == []


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_a_lock_pins_what_pyproject_asks_for_by_hash(lock: str, pyproject: dict[str, object]) -> None:
    pins = locked(lock)
    assert [name for name, (_, hashes) in pins.items() if not hashes] == []
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("-")] == [], "an option may hold an address"
    for line in declared(pyproject)[lock]:
        wanted = Requirement(line)
        version, _ = pins[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), f"{line} is locked at {version}: make lock"


def test_what_runs_is_what_is_tested() -> None:
    run, dev = locked("run"), locked("dev")
    assert {name: dev.get(name) for name in run} == run


def test_each_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    dependencies = [line for line in lines if re.match(r'\s+"[a-z0-9-]+(?:==|>=|~=)', line)]
    assert len(dependencies) > 20
    assert [line for line in dependencies if not re.search(r",\s+# \w.{10,}", line)] == []


def test_test_folders_do_not_shadow_packages_and_files_have_names_of_their_own() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert not folders & {"bot", "knowledge", "flows"}
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


def test_each_module_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for package in ("bot", "flows", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        if path.name != "__init__.py" and not re.match(r'"""\S[^\n]+[.:…?]', path.read_text(encoding="utf-8"))
    ]
    assert silent == []


def test_the_page_opens_with_what_run_installs_first() -> None:
    """A library that the page began to need would break the first start only, where nobody looks."""
    named = re.search(r'^first="([^"]*)"', (ROOT / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert named is not None
    first = set(named[1].replace("\\\n", " ").split())
    assert first <= set(locked("run"))
    program = (
        "import sys, importlib.metadata as m; import bot.starting, bot.channels.web.app;"
        "tops = {name.partition('.')[0] for name in sys.modules}; found = m.packages_distributions();"
        "print(*sorted({d.lower().replace('_', '-') for top in tops for d in found.get(top, ())}))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    optional = {"python-multipart", "setuptools"}  # used where they happen to be installed
    assert set(ran.stdout.split()) & set(locked("run")) - optional <= first
