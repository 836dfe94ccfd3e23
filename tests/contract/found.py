"""What the laws are tried on: rooms, functions, classes, found by walking the package and never listed by hand."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import stakeholder_net

SOURCE = Path(stakeholder_net.__file__).parent


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(stakeholder_net.__path__, "stakeholder_net.")
    return [importlib.import_module(module.name) for module in found if not module.name.endswith("__main__")]


MODULES = _modules()
PUBLIC_MODULES = [m for m in MODULES if not any(part.startswith("_") for part in m.__name__.split("."))]
# a room is what stands right under the house: a module, or a package with what it shows at its door
ROOMS = [m for m in PUBLIC_MODULES if m.__name__.count(".") == 1]
FACE: dict[str, Any] = {name: getattr(stakeholder_net, name) for name in stakeholder_net.__all__}


def _functions() -> dict[str, Callable[..., Any]]:
    offered = {f"{room.__name__}.{name}": getattr(room, name) for room in ROOMS for name in room.__all__}
    own = {
        name: value
        for name, value in offered.items()
        if inspect.isfunction(value) and value.__module__.startswith("stakeholder_net")
    }
    # what two rooms offer is tried once
    first: dict[Callable[..., Any], str] = {}
    for name, value in own.items():
        first.setdefault(value, name.removeprefix("stakeholder_net."))
    return {name: value for value, name in first.items()}


FUNCTIONS = _functions()
ON_THE_FACE = {name: value for name, value in FUNCTIONS.items() if value in FACE.values()}
