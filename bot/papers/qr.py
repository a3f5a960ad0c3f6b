"""A link as a QR: its squares for a PDF, a picture for a page, signs for a terminal."""

from __future__ import annotations

import io

import segno


def modules(link: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of squares, dark ones True, without the white border, which the paper around it is."""
    return tuple(tuple(bool(square) for square in row) for row in segno.make(link, error="m", micro=False).matrix)


def svg(link: str) -> bytes:
    """A picture with its white border, dark on white whatever the page's colours are."""
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="svg", border=4, scale=4, dark="#000", light="#fff")
    return picture.getvalue()
