"""What only the imported TRL knows: inheritance, dataclass fields with defaults, paper ids.

`help` metadata and docstrings are never read: they are other people's prose.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.metadata
import inspect
import types
import typing
from typing import Any

Json = dict[str, Any]

EXTERNAL_PACKAGES = ("transformers", "peft", "accelerate")
EXTERNAL_SUFFIXES = ("Config", "Trainer", "Arguments")


def load(module: str, name: str) -> type:
    """Imports `module` and returns its class `name`. An import error goes to the caller."""
    return getattr(importlib.import_module(module), name)


def import_trl() -> types.ModuleType:
    """Imports TRL; one older than 0.29 needs help beside transformers 5.

    Such a TRL takes what transformers' `_is_package_available` returns for a bool. transformers 5
    returns a pair, which is always true, so every optional package would count as installed.
    """
    from transformers.utils import import_utils

    newer = import_utils._is_package_available

    def older(name: str, return_version: bool = False) -> Any:
        found = newer(name, return_version=True)
        return found if return_version else found[0]

    old = importlib.metadata.version("trl").startswith("0.")
    import_utils._is_package_available = older if old else newer
    try:
        return importlib.import_module("trl")
    finally:
        import_utils._is_package_available = newer


def kind(cls: type) -> str:
    """trainer, config, collator, callback or other; by inheritance first, then by name."""
    import transformers

    if issubclass(cls, transformers.Trainer):
        return "trainer"
    if issubclass(cls, transformers.TrainerCallback):
        return "callback"
    if dataclasses.is_dataclass(cls) and cls.__name__.endswith(("Config", "Arguments")):
        return "config"
    if "DataCollator" in cls.__name__:
        return "collator"
    return "other"


def public_path(cls_or_function: Any, module: str, name: str) -> str:
    """The shortest package that exports this very object: `trl`, a parent package or `module`."""
    parts = module.split(".")
    for length in range(1, len(parts)):
        package = ".".join(parts[:length])
        exported = getattr(importlib.import_module(package), name, None)
        if exported is cls_or_function:
            return package
    return module


def ancestor(cls: type) -> str | None:
    """`TrainingArguments` or `transformers.Trainer` when `cls` derives from it, else None."""
    import transformers

    if issubclass(cls, transformers.Trainer):
        return "transformers.Trainer"
    return "TrainingArguments" if issubclass(cls, transformers.TrainingArguments) else None


def shared() -> dict[str, list[Json]]:
    """What every config and every trainer inherits unchanged from transformers."""
    import transformers

    methods = [n for n, value in vars(transformers.Trainer).items() if _is_method(n, value)]
    arguments = [_field(transformers.TrainingArguments, f) for f in _init_fields()]
    return {
        "TrainingArguments": [{**f, "inherited_from": "TrainingArguments"} for f in arguments],
        "transformers.Trainer": [
            {"name": n, "inherited_from": "transformers.Trainer"} for n in sorted(methods)
        ],
    }


def fields(cls: type) -> list[Json]:
    """The dataclass fields of a config that it or a TRL parent declares, in declaration order.

    `default` is the Python repr of the raw default (before `__post_init__`), None when the field
    is required. `inherited_from` names the class that declares the field last, None when that is
    `cls`. `overrides` is true when a TRL class declares a field again that a parent has.
    """
    rows = [_field(cls, f) for f in dataclasses.fields(cls) if f.init]
    return [row for row in rows if row["inherited_from"] != "TrainingArguments"]


def inherited_methods(cls: type, own: set[str]) -> list[Json]:
    """Names of the methods that parents inside TRL define, without dunders."""
    found: dict[str, str] = {}
    for parent in cls.__mro__[1:]:
        if parent.__module__.startswith("trl."):
            for name, value in vars(parent).items():
                if _is_method(name, value) and name not in own:
                    found.setdefault(name, parent.__name__)
    return [{"name": n, "inherited_from": p} for n, p in sorted(found.items())]


def paper(cls: type) -> str | None:
    """The arXiv id that the trainer writes into its model card (it may inherit a parent's)."""
    return (getattr(cls, "_paper", None) or {}).get("id")


def external_names() -> dict[str, str]:
    """Public classes of TRL's neighbours whose names look like TRL's. First package wins."""
    found: dict[str, str] = {}
    for package in EXTERNAL_PACKAGES:
        for name in dir(importlib.import_module(package)):
            if name.endswith(EXTERNAL_SUFFIXES) and name[0].isupper() and not name.isupper():
                found.setdefault(name, package)
    return dict(sorted(found.items()))


def type_text(annotation: Any) -> str:
    """An annotation as one would write it today, the same under every Python version."""
    if annotation is None or annotation is type(None):
        return "None"
    if isinstance(annotation, str):
        return annotation
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Union or origin is types.UnionType:
        return " | ".join(type_text(a) for a in args)
    if origin is typing.Literal:
        return f"Literal[{', '.join(map(repr, args))}]"
    if origin is not None:
        name = getattr(origin, "__name__", str(origin))
        inner = ", ".join("..." if a is Ellipsis else _argument_text(a) for a in args)
        return f"{name}[{inner}]" if args else name
    return getattr(annotation, "__name__", str(annotation).removeprefix("typing."))


def _argument_text(argument: Any) -> str:
    if isinstance(argument, list):  # the parameter list of a Callable
        return f"[{', '.join(type_text(a) for a in argument)}]"
    return type_text(argument)


def _field(cls: type, f: dataclasses.Field) -> Json:
    declaring = [c for c in cls.__mro__ if f.name in inspect.get_annotations(c)]
    choices = f.metadata.get("choices")
    return {
        "name": f.name,
        "type": type_text(f.type),
        "default": _default(f),
        "inherited_from": None if declaring[0] is cls else declaring[0].__name__,
        "overrides": len(declaring) > 1 and declaring[0].__module__.startswith("trl."),
        "choices": None if choices is None else list(choices),
    }


def _init_fields() -> list[dataclasses.Field]:
    import transformers

    return [f for f in dataclasses.fields(transformers.TrainingArguments) if f.init]


def _default(f: dataclasses.Field) -> str | None:
    if f.default is not dataclasses.MISSING:
        return repr(f.default)
    if f.default_factory is not dataclasses.MISSING:
        return repr(f.default_factory())
    return None


def _is_method(name: str, value: Any) -> bool:
    callables = (types.FunctionType, staticmethod, classmethod, property)
    return not (name.startswith("__") and name.endswith("__")) and isinstance(value, callables)
