"""How a chat would look: Telegram's own HTML read by a browser, for pictures that a person looks at."""

from __future__ import annotations

from html import escape

from .server import FakeTelegram
from .state import Message

STYLE = """
body { margin: 0; background: #cfd9e0; font: 15px/1.35 "DejaVu Sans", "Noto Sans", sans-serif; }
main { width: 360px; margin: 0 auto; padding: 12px 8px; }
.bubble { background: #fff; border-radius: 12px; padding: 7px 10px; margin: 6px 40px 0 0; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.own { background: #e3fdcf; margin: 6px 0 0 80px; }
blockquote { margin: 2px 0; padding: 1px 8px; border-left: 3px solid #4a90d9; background: #eef5fb; border-radius: 4px; }
blockquote[expandable] { max-height: 4.05em; overflow: hidden; position: relative; }
blockquote[expandable]::after { content: "⌄"; position: absolute; right: 6px; bottom: 0; color: #4a90d9; }
.row { display: flex; gap: 4px; margin: 4px 40px 0 0; }
.row span { flex: 1; background: #5d7f96; color: #fff; border-radius: 8px; padding: 7px 6px; text-align: center;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; }
.file { background: #fff; border-radius: 12px; padding: 9px 10px; margin: 6px 40px 0 0; }
"""


def page(api: FakeTelegram, chat: int) -> str:
    """The chat as an HTML page, 360 pixels wide as a narrow phone.

    What the bot sent stands there as it was sent: HTML that was taken, so it is sound.
    """
    texts: dict[int, str] = {}
    for call in api.calls:
        if call.ok and call.method in {"sendMessage", "editMessageText"} and call.values["chat_id"] == chat:
            texts[call.result["message_id"]] = call.values["text"]
    parts = [_message(message, texts.get(message.id, "")) for message in api.state.messages.get(chat, ())]
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><main>{''.join(parts)}</main>"


def _message(message: Message, text: str) -> str:
    if not message.from_bot:
        sent = message.attachment.get("text") or f"[{next(iter(message.attachment), '…')}]"
        return f'<div class="bubble own">{escape(str(sent))}</div>'
    if message.file is not None:
        below = escape(message.body.text) if message.body is not None else ""
        return f'<div class="file"><b>{escape(message.file.name)}</b><br>{below}</div>'
    rows = (message.markup or {}).get("inline_keyboard", ())
    buttons = "".join(
        '<div class="row">' + "".join(f"<span>{escape(one['text'])}</span>" for one in row) + "</div>" for row in rows
    )
    # A line end beside a quotation belongs to it: apps show none besides.
    shown = text.replace("\n<blockquote>", "<blockquote>").replace("</blockquote>\n", "</blockquote>")
    return f'<div class="bubble">{shown}</div>{buttons}'
