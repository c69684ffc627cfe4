"""Releases to read, and a machine without a network."""

import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.card import write_card
from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.folder import PACKAGED
from support.made_up import corpus
from support.made_up_package import put
from support.made_up_package import release as made_up_release

OWN, MADE_UP = "own", "made up"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever tries to reach out fails the test."""

    def refuse(_: Any, address: Any) -> None:
        raise AssertionError(f"a connection to {address} was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


@pytest.fixture(params=[OWN, MADE_UP])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A release of our own or one of a made-up project, which may be altered."""
    target = tmp_path / "release"
    if request.param == OWN:
        shutil.copytree(PACKAGED / OWN_EDITION.version, target)
        return target
    card = f"{write_card(OWN_EDITION, corpus().tables())}\n\n# {OWN_EDITION.title}\n"
    return put(made_up_release() | {"README.md": card.encode()}, target)
