"""``dataclass`` that costs a start little: what it compiles, it compiles when many instances are made.

The window knows all the facts before it is painted and makes few of them; Python's own decorator compiles
six methods of each class, which took a tenth of the start.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")
_KEPT = ("__annotations__", "__module__", "__qualname__")
_FEW = 100
"""So many instances of a class are made slowly: compiling its ``__init__`` takes as long."""

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """As ``dataclasses.dataclass(frozen=True, slots=True)`` for a class whose base is no dataclass.

        Fields may have defaults and default factories; all of them are compared and shown.
        """
        assert frozen
        assert slots
        return _shape


class _Fields:
    """Stands for ``__dataclass_fields__`` until somebody asks what the fields are, or makes many."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self.defaults = defaults
        self.made = 0

    def __get__(self, _one: object, cls: type) -> Any:
        return _completed(cls).__dataclass_fields__

    def whole(self, cls: type) -> Any:
        """As Python's own decorator makes it."""
        body = {name: getattr(cls, name) for name in _KEPT} | self.defaults
        body["__doc__"] = cls.__name__  # without any, the signature would be written out
        return dataclasses.dataclass(frozen=True, repr=False, eq=False)(type(cls.__name__, (), body))


def _shape(cls: type[T]) -> type[T]:
    body = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    names = tuple(cls.__annotations__)
    defaults = {name: body.pop(name) for name in names if name in body}
    body |= _SHARED
    body |= {"__slots__": names, "__match_args__": names, "__init__": _first}
    body["__dataclass_fields__"] = _Fields(defaults)
    made: Any = type(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    shaped: type[T] = made
    return shaped


def _completed(cls: Any) -> Any:
    """The class with fields and ``__init__`` as Python's own decorator makes them."""
    waiting = cls.__dict__["__dataclass_fields__"]
    if isinstance(waiting, _Fields):
        whole = waiting.whole(cls)
        cls.__dataclass_fields__ = whole.__dataclass_fields__
        cls.__init__ = whole.__init__
    return cls


def _first(self: Any, *args: Any, **kwargs: Any) -> None:
    cls = type(self)
    waiting = cls.__dict__["__dataclass_fields__"]
    if isinstance(waiting, _Fields) and waiting.made < _FEW and len(args) <= len(cls.__match_args__):
        waiting.made += 1
        if _filled(self, args, kwargs, waiting.defaults):
            return
    _completed(cls)
    self.__init__(*args, **kwargs)


def _filled(one: Any, args: tuple[Any, ...], kwargs: dict[str, Any], defaults: dict[str, Any]) -> bool:
    """Give an instance its values by and by; False for arguments that do not fit."""
    names = one.__match_args__
    _put(one, args, names[: len(args)])
    used = 0
    for name in names[len(args) :]:
        if name in kwargs:
            value = kwargs[name]
            used += 1
        elif name in defaults:
            value = defaults[name]
            if isinstance(value, dataclasses.Field):
                made: Any = value.default_factory
                value = value.default if made is dataclasses.MISSING else made()
        else:
            return False
        object.__setattr__(one, name, value)
    return used == len(kwargs)


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _repr(self: Any) -> str:
    inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({inner})"


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _put(self: Any, state: tuple[Any, ...], names: tuple[str, ...] | None = None) -> None:
    for name, value in zip(self.__match_args__ if names is None else names, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _values,
    "__setstate__": _put,
}
