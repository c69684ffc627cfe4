"""What may be asked of paths: the options of `check_path`, `check_paths` and `split_rows`."""

import inspect
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypedDict, TypeVar, get_type_hints

from qantar.schema.rule import Profile
from qantar.validation.faults.suggestion import nearest
from qantar.validation.packages.package import Progress

F = TypeVar("F", bound=Callable[..., Any])

_DEFAULTS = {"fail_fast": False}


class FileOptions(TypedDict, total=False):
    """How a whole file is read and judged; `check_paths` says what each means."""

    profile: Profile | str | None
    table: str | None
    articles: Path | str | None
    progress: Progress | None
    kind: str | None
    separator: str | None
    encoding: str | None
    decimal: str | None
    max_expansion: int | None


class PathOptions(FileOptions, total=False):
    """The same, and how much of the files is read."""

    first: int | None
    fail_fast: bool


def names_options(options: type) -> Callable[[F], F]:
    """Name the options in the signature of a function that takes them, for help and completion.

    options: the TypedDict of the function's `**options`.
    """

    def named(function: F) -> F:
        signature = inspect.signature(function)
        own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        others = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=kind
            )
            for name, kind in get_type_hints(options).items()
        ]
        vars(function)["__signature__"] = signature.replace(parameters=[*own, *others])
        return function

    return named


def refuse_others(asked: Collection[str], options: type) -> None:
    """Raise TypeError for an option that there is not."""
    known = get_type_hints(options)
    for name in asked:
        if name not in known:
            guess = nearest(name, known)
            hint = f" Did you mean '{guess}'?" if guess else ""
            raise TypeError(f"There is no option {name!r}; take one of {', '.join(known)}.{hint}")
