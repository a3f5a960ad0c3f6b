"""The product's own library and sentences, read once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from flows.state import Language
from flows.texts import Say
from knowledge.library import Library
from tests import own


@pytest.fixture(scope="session")
def library() -> Library:
    """The product's own guides."""
    return own.library()


@pytest.fixture(scope="session")
def sentences() -> Mapping[Language, Say]:
    """Every sentence, in both languages."""
    return own.sentences()
