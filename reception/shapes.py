"""``dataclass`` that costs a start little: what it compiles, it compiles when the first instance is made.

The window knows all the facts before it is painted and makes hardly one of them; Python's own decorator
compiles six methods of each class, which took a tenth of the start.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")
_KEPT = ("__annotations__", "__module__", "__qualname__")

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


def _shape(cls: type[T]) -> type[T]:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__init__ = _first
    for name, method in _SHARED.items():
        setattr(made, name, method)
    shaped: type[T] = made
    return shaped


def _first(self: Any, *args: Any, **kwargs: Any) -> None:
    cls = type(self)
    body: dict[str, Any] = {name: getattr(cls, name) for name in _KEPT}
    for one in dataclasses.fields(cls):
        body[one.name] = dataclasses.field(default=one.default, default_factory=one.default_factory)
    whole: Any = dataclasses.dataclass(frozen=True, repr=False, eq=False)(type(cls.__name__, (), body))
    cls.__init__ = whole.__init__
    self.__init__(*args, **kwargs)


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


def _put(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
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
