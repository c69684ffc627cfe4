"""The list of releases that may never change again, and the check that they did not.

From 1.0.0 on a release is entered as it is written. A draft is entered once it is out:
``python -m qantar.dataset.freeze 0.3.0``.
"""

import sys
from pathlib import Path

from qantar.dataset.digest import DIGESTS, parse_digests, sha256
from qantar.dataset.folder import PACKAGED, is_frozen_version, version_order, versions
from qantar.schema.replacement import replace_file

FROZEN = "FROZEN"


def frozen_digests(folder: Path) -> dict[str, str]:
    """Digest of SHA256SUMS by frozen version; empty where nothing is frozen."""
    path = folder / FROZEN
    return parse_digests(path.read_bytes()) if path.is_file() else {}


def freeze(folder: Path, version: str) -> None:
    """Enter a release from 1.0.0 on in the list; a draft is passed over."""
    if is_frozen_version(version):
        keep(folder, version)


def keep(folder: Path, version: str) -> None:
    """Enter a release in the list, also a draft; from then on it stays as it is."""
    digests = frozen_digests(folder)
    digests[version] = sha256((folder / version / DIGESTS).read_bytes())
    lines = (f"{digests[name]}  {name}\n" for name in sorted(digests, key=version_order))
    replace_file(folder / FROZEN, "".join(lines).encode())


def frozen_faults(folder: Path) -> list[str]:
    """A sentence for each frozen release that is gone, altered or not in the list."""
    frozen = frozen_digests(folder)
    there = versions(folder)
    faults = [
        f"{version} is frozen and not in {folder}; restore it from the repository's history."
        for version in frozen
        if version not in there
    ]
    for version in there:
        if version in frozen:
            faults.extend(_altered(folder / version, frozen[version]))
        elif is_frozen_version(version):
            faults.append(
                f"{version} is not in {folder / FROZEN}; enter it with "
                f"qantar.dataset.freeze.freeze."
            )
    return faults


def release_faults(release: Path) -> list[str]:
    """A sentence for each file of a release that is missing, altered or not listed."""
    listed = parse_digests((release / DIGESTS).read_bytes())
    there = {
        path.relative_to(release).as_posix(): path
        for path in release.rglob("*")
        if path.is_file() and path != release / DIGESTS
    }
    faults = [f"{release.name}/{path} is missing." for path in listed if path not in there]
    for path, place in sorted(there.items()):
        if path not in listed:
            faults.append(f"{release.name}/{path} is not in {DIGESTS}.")
        elif sha256(place.read_bytes()) != listed[path]:
            faults.append(f"{release.name}/{path} differs from its digest in {DIGESTS}.")
    return faults


def _altered(release: Path, digest: str) -> list[str]:
    try:
        found = sha256((release / DIGESTS).read_bytes())
    except FileNotFoundError:
        return [f"{release.name} is frozen and has no {DIGESTS}; restore it."]
    if found != digest:
        return [f"{release.name} is frozen and its {DIGESTS} has changed; restore it."]
    return release_faults(release)


if __name__ == "__main__":
    for released in sys.argv[1:]:
        keep(PACKAGED, released)
