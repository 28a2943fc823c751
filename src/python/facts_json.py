"""The facts as text, and the differences between two of them."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

WIDTH = 140  # a JSON value that fits is written on one line: small files, readable differences


def render(value: Any, indent: int = 0) -> str:
    """JSON with every value that fits in `WIDTH` on one line. Same input, same bytes."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        items = [f"{json.dumps(k)}: {render(v, indent + 1)}" for k, v in value.items()]
        opening, closing = "{", "}"
    else:
        items = [render(v, indent + 1) for v in value]
        opening, closing = "[", "]"
    return f"{opening}\n{pad}" + f",\n{pad}".join(items) + f"\n{' ' * indent}{closing}"


def differences(old: Any, new: Any, path: str = "") -> list[str]:
    """Paths at which two facts differ. List items that have a name are paired by it."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted({*old, *new})
        return [
            line
            for key in keys
            for line in differences(old.get(key), new.get(key), f"{path}.{key}".lstrip("."))
        ]
    if isinstance(old, list) and isinstance(new, list) and _named(old) and _named(new):
        return differences(_by_name(old), _by_name(new), path)
    return [] if old == new else [f"{path}: {_short(old)} -> {_short(new)}"]


def _named(items: list[Any]) -> bool:
    return all(isinstance(item, dict) and "name" in item for item in items)


def _by_name(items: list[Json]) -> Json:
    return {f"{i['name']}@{i['module']}" if "module" in i else i["name"]: i for i in items}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
