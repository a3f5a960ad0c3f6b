"""The product's own library and sentences, read once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from flows import texts
from flows.state import Language
from flows.texts import Say
from knowledge.library import Library
from knowledge.loading import GUIDES, load


@pytest.fixture(scope="session")
def library() -> Library:
    """The product's own guides."""
    loaded = load([GUIDES])
    assert loaded.library is not None, loaded.problems
    return loaded.library


@pytest.fixture(scope="session")
def sentences() -> Mapping[Language, Say]:
    """Every sentence, in both languages."""
    return texts.load()
