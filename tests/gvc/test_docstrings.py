"""What others call says what it takes, what it returns and in which unit, and shows an example that runs."""

import doctest
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from typing import Any

import pytest

import gvc

MODULES = [
    module.name
    for module in pkgutil.walk_packages(gvc.__path__, "gvc.")
    if ">>>" in inspect.getsource(importlib.import_module(module.name))
]
#: Modules of measures, whose every public function counts; of the others what ``gvc`` itself offers.
MEASURES = (
    *(
        "economies",
        "leontief",
        "flows",
        "contents",
        "oecd_indicators",
        "shocks",
        "changes",
        "indicators",
        "decompositions",
        "positions",
        "equilibrium",
    ),
)
UNITS = re.compile(r"\bunit\b|percent|pure number|million USD|stages|positions|0 to 100", re.IGNORECASE)


def public() -> dict[str, Callable[..., Any]]:
    found = {f"gvc.{name}": value for name in gvc.__all__ if not inspect.ismodule(value := getattr(gvc, name))}
    for owner in (f"gvc.{name}" for name in MEASURES):
        there = vars(importlib.import_module(owner)).items()
        found |= {
            f"{owner}.{name}": value
            for name, value in there
            if inspect.isfunction(value)
            and value.__module__ == owner
            and name[0] != "_"
            and value not in found.values()
        }
    methods = (item for item in vars(gvc.ICIO).items() if inspect.isfunction(item[1]))
    return found | {f"gvc.ICIO.{name}": method for name, method in methods if name[0] != "_"}


PUBLIC = public()


def sections(text: str) -> dict[str, str]:
    """Split a docstring in the style of numpydoc."""
    parts = re.split(r"^(\w[\w ]+)\n-+$", inspect.cleandoc(text), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def arguments(section: str) -> list[str]:
    heads = re.findall(r"^(\S[^:\n]*)(?: :.*)?$", section, re.MULTILINE)
    return [name.strip() for head in heads for name in head.split(",")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("name", PUBLIC)
def test_docstring_is_whole(name: str) -> None:
    value = PUBLIC[name]
    said = sections(value.__doc__ or "")
    assert ">>> " in said["Examples"]
    if inspect.isclass(value) and issubclass(value, Warning):
        return
    taken = [argument for argument in inspect.signature(value).parameters if argument != "self"]
    assert arguments(said.get("Parameters", said.get("Attributes", ""))) == taken
    if inspect.isclass(value):
        return
    if inspect.signature(value).return_annotation in (None, "None"):
        return
    assert "Returns" in said
    if not set(re.findall(r"\w+", str(inspect.signature(value).return_annotation))) & {"str", "bool", "ICIO", "int"}:
        assert UNITS.search(said["Returns"]), "of which unit?"


def test_a_docstring_that_is_not_whole_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gvc.kww, "__doc__", (gvc.kww.__doc__ or "").replace("icio : ICIO", "table : ICIO"))
    with pytest.raises(AssertionError):
        test_docstring_is_whole("gvc.kww")
