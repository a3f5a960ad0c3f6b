"""A person at the web page: reads it as a browser gets it, over real HTTP, and uses its forms and nothing else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

import httpx
from starlette.applications import Starlette

VOID = frozenset({"br", "img", "input", "link", "meta"})
READ = frozenset({"dd", "dt", "h1", "h2", "p"})


@dataclass(eq=False)
class Node:
    """An element: its tag, its attributes, and what is inside."""

    tag: str
    attributes: Mapping[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """Every element inside, in the order of the page, once the page is whole."""
        return iter(self._all)

    @cached_property
    def _all(self) -> list[Node]:
        found = []
        for child in self.inside:
            if isinstance(child, Node):
                found += [child, *child]
        return found

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def named(self, name: str) -> list[Node]:
        return [node for node in self if node.has(name)]

    def tagged(self, *tags: str) -> list[Node]:
        return [node for node in self if node.tag in tags]

    @property
    def raw(self) -> str:
        return "".join(child.raw if isinstance(child, Node) else child for child in self.inside)

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())


class _Tree(HTMLParser):
    """Refuses tags that do not close: a browser would guess, and perhaps otherwise than meant."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Node:
    """The page as a tree; AssertionError when its tags do not match."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    assert len(tree.open) == 1
    return tree.open[0]


@dataclass(frozen=True)
class Button:
    """A choice as a button: its number, its label, its id, and whether it is pressed in (papers only).

    At a paper the button says the paper's whole name, and carries the label that other channels cut.
    """

    number: int
    label: str
    id: str
    pressed: str | None


@dataclass(frozen=True)
class Page:
    """What came back: its status, its headers, and what a person can read and press there."""

    status: int
    headers: httpx.Headers
    tree: Node

    @cached_property
    def main(self) -> Node:
        return self.tree.tagged("main")[0]

    @property
    def language(self) -> str:
        return self.tree.tagged("html")[0].attributes["lang"]

    @property
    def blocks(self) -> list[str]:
        """Every text of the blocks, in order. A button at a paper that says the paper's name is that name."""
        texts = []
        for reply in self.main.named("reply"):
            in_bullets = {child for bullets in reply.named("bullets") for child in bullets.inside}
            texts += [
                node.text
                for node in reply
                if node.tag in READ or node in in_bullets or (node.has("name") and node.has("label"))
            ]
        return texts

    @cached_property
    def buttons(self) -> list[Button]:
        """The choices, by number."""
        buttons = [
            Button(
                int(number[0].text) if (number := node.named("number")) else 0,
                node.attributes.get("data-label") or node.named("label")[0].text,
                node.attributes["value"],
                node.attributes.get("aria-pressed"),
            )
            for node in self.tree.tagged("button")
            if node.attributes.get("name") == "choice"
        ]
        return sorted(buttons, key=lambda button: button.number)

    @property
    def words(self) -> list[str]:
        """All that a person reads in the reply: the blocks in order, then the labels of the choices by number."""
        return self.blocks + [button.label for button in self.buttons]

    @property
    def prompt(self) -> str:
        """What the box asks for; empty when the page expects a choice."""
        asked = self.main.named("asked")
        return asked[0].tagged("label")[0].text if asked else ""

    def form(self, action: str) -> dict[str, str]:
        """What the form to that address would send of itself."""
        (form,) = [node for node in self.main.tagged("form") if node.attributes["action"] == action]
        filled = {node.attributes["name"]: node.attributes.get("value", "") for node in form.tagged("input")}
        return filled | {node.attributes["name"]: node.raw.removeprefix("\n") for node in form.tagged("textarea")}


def page_of(response: httpx.Response) -> Page:
    """The page in an answer."""
    return Page(response.status_code, response.headers, read(response.text))


class WebDriver:
    """A browser without a script, and the person before it.

    With the application itself its answers come without a socket between: for those who read a thousand pages.
    """

    def __init__(self, url: str, app: Starlette | None = None) -> None:
        # No certificates: they are slow to load, and the test's page is plain http.
        self.http = httpx.AsyncClient(
            base_url=url,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            follow_redirects=True,
            timeout=30,
            transport=httpx.ASGITransport(app) if app is not None else None,
            headers={"accept-encoding": "identity"} if app is not None else None,
        )
        self.page = Page(0, httpx.Headers(), Node("page", {}))

    async def start(self, payload: str = "") -> None:
        """Open the page, or the link to a guide or a list (g_..., c_...) and its one button."""
        await self.get("/" + payload.replace("_", "/", 1))
        if payload:
            await self.post("/start", self.page.form("/start"))

    async def say(self, text: str) -> None:
        """Type into the box and send."""
        await self.post("/say", self.page.form("/say") | {"words": text})

    async def press(self, choice: str | int) -> None:
        """Press a button by its label or its number."""
        (button,) = [button for button in self.page.buttons if choice in {button.number, button.label}]
        await self.post("/press", self.page.form("/press") | {"choice": button.id})

    async def press_id(self, choice: str, turn: int) -> None:
        """Send a press that the page may not offer, or no longer."""
        await self.post("/press", self.page.form("/press") | {"choice": choice, "turn": str(turn)})

    async def send(self, sort: str) -> bool:
        """Whether something that is not words can be sent; here never."""
        return False

    async def get(self, path: str) -> Page:
        """Go to an address."""
        self.page = page_of(await self.http.get(path))
        return self.page

    async def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form, as the browser does from this page."""
        self.page = page_of(await self.http.post(path, data=dict(fields)))
        return self.page

    @property
    def turn(self) -> int:
        """The turn that this page's buttons were made in."""
        return int(self.page.form("/press")["turn"])

    @property
    def words(self) -> list[str]:
        """All that the page shows of the reply, in order."""
        return self.page.words

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The choices by number."""
        return [(button.number, button.label) for button in self.page.buttons]

    @property
    def prompt(self) -> str:
        """What the box for words asks for."""
        return self.page.prompt

    async def close(self) -> None:
        """Close the browser."""
        await self.http.aclose()
