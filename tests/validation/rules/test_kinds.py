"""A kind of rule is told from others in its own module and in the two registries only."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import qantar.validation
from qantar.schema.rule import CorpusRule, RowRule, TableRule
from qantar.validation.rules.link import registry as link_rules
from qantar.validation.rules.row import registry as row_rules

ROOT = Path(qantar.validation.__file__).parent
KINDS = {kind.__name__ for kind in get_args(RowRule | TableRule | CorpusRule)}


def rule_classes(tree: ast.AST) -> Iterator[str]:
    """The rule classes that a module imports or matches, whatever it calls them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "qantar.schema.rule":
            yield from (name.name for name in node.names if name.name in KINDS)


def uses_of(tree: ast.AST) -> Iterator[str]:
    """The names by which a value is told to be of a class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
            yield from (n.id for n in ast.walk(node.args[1]) if isinstance(n, ast.Name))
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name):
            yield node.cls.id


def test_no_module_but_its_own_tells_a_kind_from_others() -> None:
    told: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        module = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text())
        names = {*rule_classes(tree)}
        for name in names & {*uses_of(tree)}:
            told.setdefault(name, set()).add(module)
    assert {name: modules for name, modules in told.items() if len(modules) > 1} == {}
    assert all(module.startswith("rules/") for modules in told.values() for module in modules)


def test_every_kind_is_registered_once() -> None:
    row = {kind.__name__ for kind in row_rules.KINDS}
    link = {kind.__name__ for kind in link_rules.KINDS}
    assert row | link == KINDS
    assert not row & link
    assert row == {kind.__name__ for kind in get_args(RowRule)}
