"""aiogram's method models, made from the Bot API's documentation: the independent judge of our client's requests."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

# Others take aiogram's names from here: importing aiogram first would build everything after all.
__all__ = ["METHODS", "BufferedInputFile", "InputFile", "MessageModel", "TelegramMethod", "method_model"]
REBUILD = "model_rebuild"


@contextmanager
def _types_left_unbuilt() -> Iterator[None]:
    """On import aiogram builds each of its 400 types: 9 s of processor time, of which a test needs a hundredth.

    So the building is put off here, and `method_model` builds the one model that is asked for, in milliseconds.
    """
    build = BaseModel.__dict__[REBUILD]
    setattr(BaseModel, REBUILD, classmethod(lambda _, **__: None))
    try:
        yield
    finally:
        setattr(BaseModel, REBUILD, build)


with _types_left_unbuilt():
    import aiogram.methods
    import aiogram.types
    from aiogram.client.default import Default
    from aiogram.methods import TelegramMethod
    from aiogram.types import BufferedInputFile, InputFile
    from aiogram.types import Message as MessageModel

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    model.__api_method__.lower(): model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
}


@functools.cache
def method_model(name: str) -> type[TelegramMethod[Any]] | None:
    """The model of a method, however its name is cased; None for a method that the Bot API does not have."""
    model = METHODS.get(name.lower())
    if model is not None:
        names = {known: getattr(aiogram.types, known) for known in aiogram.types.__all__}
        model.model_rebuild(_types_namespace={**names, "Default": Default})
    return model
