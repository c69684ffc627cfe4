"""What every test may rely on."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# A slow machine must not fail a test; what is measured is behaviour.
settings.register_profile("qantar", deadline=None)
settings.load_profile("qantar")

for source_root in ("schema", "validation", "builders", "dataset"):
    hider = ROOT / source_root / "qantar" / "__init__.py"
    if hider.exists():
        raise RuntimeError(f"{hider} hides the other folders of the namespace; remove it")


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the two texts, which are not ours to ship."""
    folder = Path(os.environ.get("QANTAR_ARTICLES") or ROOT.parent / "shared" / "articles")
    if not folder.is_dir():
        pytest.skip("the articles' texts are not here; set QANTAR_ARTICLES to their folder")
    return folder
