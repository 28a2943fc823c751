"""What the text of a TRL module says: classes, functions, signatures, line ranges, loss strings.

Everything here is read with `ast`, so that decorators, `functools.wraps` and optional packages
cannot change the answer.

Line convention, the only one in the project: the first line is that of the `def` or `class`
keyword (decorators excluded), the last line is the last one of the body. Both count from 1.
"""

from __future__ import annotations

import ast
import hashlib
import io
import tokenize
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Function = ast.FunctionDef | ast.AsyncFunctionDef

_LITERAL_CONTAINERS = (ast.List, ast.Tuple, ast.Set)


@dataclass(frozen=True)
class Module:
    """One parsed TRL module: dotted name, path inside the distribution, syntax tree."""

    name: str
    file: str
    text: str
    tree: ast.Module

    @cached_property
    def code(self) -> list[str]:
        """The lines without comments and docstrings; the numbers of the lines stay."""
        lines = self.text.splitlines()
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                lines[line - 1] = lines[line - 1][:column]
        for docstring in _docstrings(self.tree):
            first, last = docstring.lineno, docstring.end_lineno or docstring.lineno
            lines[first - 1 : last] = [""] * (last - first + 1)
        return lines

    def digest(self, node: ast.AST) -> str:
        """Tells two versions of a definition apart: 12 hex digits of its code, without comments,
        docstrings and layout, the same under every Python."""
        first, last = line_range(node)
        words = " ".join(self.code[first - 1 : last]).split()
        return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]

    @property
    def classes(self) -> list[ast.ClassDef]:
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    @property
    def functions(self) -> list[Function]:
        return [node for node in self.tree.body if isinstance(node, Function)]


def read_module(package: Path, path: Path) -> Module:
    """Parses `path`, which lies below the package folder `package` (`.../trl`)."""
    relative = path.relative_to(package.parent)
    text = path.read_text(encoding="utf-8")
    return Module(
        name=".".join(relative.with_suffix("").parts),
        file=relative.as_posix(),
        text=text,
        tree=ast.parse(text),
    )


def line_range(node: ast.AST) -> list[int]:
    """First and last line of a definition, by the convention at the top of this file."""
    return [node.lineno, node.end_lineno]


def parameters(function: Function, *, method: bool) -> list[Json]:
    """The parameters as written, without `self` or `cls`. `default` and `type` are source text."""
    args = function.args
    decorators = {ast.unparse(d) for d in function.decorator_list}
    bound = method and "staticmethod" not in decorators
    positional = [(a, "positional_only") for a in args.posonlyargs]
    positional += [(a, "positional_or_keyword") for a in args.args]
    defaults = [None] * (len(positional) - len(args.defaults)) + list(args.defaults)
    rows = [(a, kind, d) for (a, kind), d in zip(positional, defaults, strict=True)]
    rows = rows[1:] if bound else rows
    if args.vararg:
        rows.append((args.vararg, "var_positional", None))
    rows += [(a, "keyword_only", d) for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
    if args.kwarg:
        rows.append((args.kwarg, "var_keyword", None))
    return [
        {"name": a.arg, "kind": kind, "default": _source(default), "type": _text(a.annotation)}
        for a, kind, default in rows
    ]


def methods(module: Module, class_: ast.ClassDef) -> list[Json]:
    """The methods that the class itself defines, in the order of the source.

    A property is its getter: a later `def` of the same name (setter, overload) is left out.
    """
    found: dict[str, Json] = {}
    for node in class_.body:
        if isinstance(node, Function) and node.name not in found:
            found[node.name] = {
                "name": node.name,
                "lines": line_range(node),
                "digest": module.digest(node),
                "inherited_from": None,
                "parameters": parameters(node, method=True),
            }
    return list(found.values())


def config_of(class_: ast.ClassDef) -> str | None:
    """The config class that `__init__` annotates its `args` parameter with, if any."""
    for node in class_.body:
        if isinstance(node, Function) and node.name == "__init__":
            for argument in node.args.args:
                if argument.arg == "args" and argument.annotation is not None:
                    return next(
                        (n.id for n in _names(argument.annotation) if n.id.endswith("Config")),
                        None,
                    )
    return None


def loss_types(scope: ast.AST) -> list[str]:
    """String constants that `scope` compares with a name containing `loss_type`.

    `x == "a"` and `x in ["a"]` count unless they guard a bare `raise` (that rejects the value);
    `x not in ["a"]` always counts: it lists what is accepted.
    """
    rejected = {
        id(compare)
        for node in ast.walk(scope)
        if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise)
        for compare in ast.walk(node.test)
        if isinstance(compare, ast.Compare) and isinstance(compare.ops[0], (ast.Eq, ast.In))
    }
    compares = [
        node
        for node in ast.walk(scope)
        if isinstance(node, ast.Compare) and id(node) not in rejected
    ]
    # The dispatch (`==`) gives the order; membership tests only add what it misses.
    compares.sort(key=lambda c: (not isinstance(c.ops[0], ast.Eq), c.lineno, c.col_offset))
    found: dict[str, None] = {}
    for compare in compares:
        sides = [compare.left, *compare.comparators]
        if any("loss_type" in ast.unparse(side) for side in sides if not _strings(side)):
            found.update(dict.fromkeys(s for side in sides for s in _strings(side)))
    return list(found)


def _docstrings(tree: ast.Module) -> list[ast.Constant]:
    scopes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, scopes) and node.body]
    values = [node.value for node in first if isinstance(node, ast.Expr)]
    return [v for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]


def _strings(node: ast.expr) -> list[str]:
    items = node.elts if isinstance(node, _LITERAL_CONTAINERS) else [node]
    return [i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str)]


def _names(node: ast.AST) -> list[ast.Name]:
    return [n for n in ast.walk(node) if isinstance(n, ast.Name)]


def _source(node: ast.expr | None) -> str | None:
    return None if node is None else ast.unparse(node)


def _text(node: ast.expr | None) -> str | None:
    """An annotation; one written in quotes loses them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return _source(node)
