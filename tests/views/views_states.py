"""Every message and form there is: gathered from the modules ``states_*`` beside this one, one for each area.

Such a module has ``states()``, name → how it is drawn, and ``hostile(text)``, the same for those in which others' words
stand, with ``text`` in their place. What ``states()`` draws is read in ``golden/``, a file for each area and language.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from views_drawn import Drawn

from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]


def areas() -> dict[str, dict[str, Draw]]:
    """The areas by name, each with its states."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("states_*.py"))
    return {name.removeprefix("states_"): importlib.import_module(name).states() for name in names}


def states() -> dict[str, Draw]:
    """Every state of every area. Raises ValueError when two have one name."""
    found: dict[str, Draw] = {}
    for area, there in areas().items():
        if twice := found.keys() & there.keys():
            raise ValueError(f"{area} draws what another area draws: {sorted(twice)}")
        found |= there
    return found


def hostile_states(text: str) -> dict[str, Draw]:
    """The states of every area in which ``text`` stands."""
    found: dict[str, Draw] = {}
    for area in areas():
        module = importlib.import_module(f"states_{area}")
        found |= {f"{area}: {name}": draw for name, draw in module.hostile(text).items()}
    return found
