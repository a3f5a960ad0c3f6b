"""The product's own guides and sentences, each read once in a process. Not to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flows import texts
from flows.state import Language
from flows.texts import Say
from knowledge.library import Library
from knowledge.loading import GUIDES, load


@cache
def library() -> Library:
    """The product's own guides, none of which may have an error."""
    loaded = load([GUIDES])
    assert loaded.library is not None, loaded.problems
    return loaded.library


@cache
def sentences() -> Mapping[Language, Say]:
    """Every sentence, in both languages."""
    return texts.load()
