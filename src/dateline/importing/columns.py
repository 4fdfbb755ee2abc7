"""What a row of somebody's sheet can tell us, and what its columns are usually called. Data: the names of ACLED, UCDP, GTD, and
of sheets that people keep, in English, French and Spanish.

Source of the publishers' names: their codebooks. A name stands under one field only; a test holds it to that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Profile = Literal["acled", "ucdp", "gtd", "dateline", "plain"]

# our field -> what it says, and names that columns for it have, the likeliest first
FIELDS: Mapping[str, tuple[str, str]] = {
    "id": (
        "their id of the incident",
        "event_id_cnty|eventid|incident_id|event_id|incident no|incident number|record id|case id|"
        "case number|ref|reference|no|nr|id|code|identifiant|identificador",
    ),
    "date": (
        "the day, or first day",
        "event_date|date_start|date|incident date|date of incident|date of event|date incident|event day|"
        "start date|date debut|fecha|fecha del incidente|day of incident|when",
    ),
    "date_end": ("the last day", "date_end|end date|date to|until|date fin|fecha final|resolution"),
    "year": ("the year", "iyear|year|annee|ano|anio"),
    "month": ("the month, a number", "imonth|month|mois|mes"),
    "day": ("the day of the month", "iday|day|jour|dia"),
    "date_precision": ("how exact the day is", "time_precision|date_prec|date precision"),
    "time": ("the time of day", "time|time of day|hour|heure|hora"),
    "kind": (
        "the incident kind",
        "sub_event_type|attacktype1_txt|kind|incident type|type of incident|type of event|attack type|"
        "method|event type detail|type|nature of incident|type d incident|tipo|tipo de incidente",
    ),
    "event_type": ("a wider kind, where no kind is told", "event_type|type_of_violence|category|categorie|categoria"),
    "status": ("happened, alleged, attempted, foiled", "status|verification status"),
    "place": (
        "the town or site",
        "where_coordinates|location|place|city|town|village|site|locality|settlement|lieu|localite|lugar|"
        "localidad|municipio|ciudad|where",
    ),
    "admin2": ("the district", "adm_2|admin2|district|county|adm2|admin 2|departement|distrito"),
    "admin1": (
        "the province",
        "adm_1|admin1|provstate|province|state|governorate|adm1|admin 1|oblast|wilaya|provincia|departamento|estado",
    ),
    "country": ("the country", "country_txt|country|country name|nation|iso|iso2|iso3|pays|pais"),
    "lat": ("latitude, degrees north", "latitude|lat|y|gps lat|latitud"),
    "lon": ("longitude, degrees east", "longitude|lon|long|lng|x|gps long|gps lon|longitud"),
    "location_precision": ("how exact the point is", "geo_precision|where_prec|specificity|location precision"),
    "attacker": (
        "who did it",
        "gname|attacker|attackers|perpetrator|perpetrators|perpetrator group|group|armed group|responsible|"
        "actor|auteur|auteurs|responsable|perpetrador",
    ),
    "attacked": ("who was attacked", "target1|target|targets|victim|victims|victim group|cible|victimes|objetivo|victima"),
    "actor1": ("one side", "actor1|side_a|side a|actor 1|party 1"),
    "actor2": ("the other side", "actor2|side_b|side b|actor 2|party 2"),
    "actor1_type": ("ACLED's type of the one side", "inter1|actor1 type"),
    "actor2_type": ("ACLED's type of the other side", "inter2|actor2 type"),
    "weapon": ("the weapon", "weaptype1_txt|weapon|weapons|weapon type|means|arme|arma"),
    "claimed_by": ("who claimed it", "claimed by|claim|claimed_by|revendication"),
    "killed": (
        "how many were killed",
        "fatalities|best|nkill|killed|killed_best|dead|deaths|fatalities total|total killed|total deaths|"
        "number killed|no killed|kia|morts|tues|deces|muertos|fallecidos",
    ),
    "killed_low": (
        "killed, at the least",
        "low|killed_low|killed min|min killed|deaths min|minimum deaths|fatalities min|fatalities low",
    ),
    "killed_high": (
        "killed, at the most",
        "high|killed_high|killed max|max killed|deaths max|maximum deaths|fatalities max|fatalities high",
    ),
    "civilians_killed": (
        "civilians killed",
        "deaths_civilians|civilians killed|civilians_killed|civilian deaths|civilians_killed_best",
    ),
    "actor1_killed": ("killed of the one side", "deaths_a"),
    "actor2_killed": ("killed of the other side", "deaths_b"),
    "attackers_killed": ("attackers killed", "nkillter|attackers killed|perpetrators killed"),
    "injured": (
        "how many were injured",
        "nwound|injured|injured_best|wounded|injuries|total injured|number injured|no injured|wia|blesses|heridos",
    ),
    "injured_low": ("injured, at the least", "injured_low|injured min|wounded min"),
    "injured_high": ("injured, at the most", "injured_high|injured max|wounded max"),
    "abducted": ("how many were abducted", "nhostkid|abducted|kidnapped|hostages|enleves|secuestrados"),
    "arrested": ("how many were arrested", "arrested|arrests|detained|detenidos"),
    "missing": ("how many are missing", "missing|disparus|desaparecidos"),
    "displaced": ("how many were displaced", "displaced|idps|deplaces|desplazados"),
    "speaker": ("who gives the figures", "source_original|speaker|according to|figure source|said by"),
    "outlet": (
        "where it was read or heard",
        "source|source_article|source_office|scite1|outlet|sources|media|newspaper|publisher|source name|fuente|fuentes",
    ),
    "link": ("its address", "link|url|source url|sourceurl|source link|links|lien|enlace"),
    "published": ("day of the report", "source_date|publication date|published|report date|date published|date reported"),
    "title": ("its headline", "headline|title|source_headline|titre|titulo"),
    "notes": (
        "what happened, in words",
        "notes|summary|description|details|narrative|event description|incident description|remarks|"
        "comments|comment|descripcion|resume|observations",
    ),
}
# columns by which a publisher's file is known, whatever else it has
KNOWN_BY: Mapping[Profile, tuple[frozenset[str], ...]] = {
    "dateline": (frozenset({"incident_id", "revision"}), frozenset({"incident_id", "figure_id"})),
    "acled": (frozenset({"event_date", "sub_event_type", "fatalities"}),),
    "ucdp": (frozenset({"type_of_violence", "date_start", "best"}),),
    "gtd": (frozenset({"eventid", "iyear", "attacktype1_txt"}),),
}
# in a publisher's file these columns are something else than their names say elsewhere
NOT_IN: Mapping[Profile, frozenset[str]] = {
    "acled": frozenset({"year", "iso", "timestamp"}),
    "ucdp": frozenset({"year", "relid", "code_status", "country_id", "status", "location", "source_office"}),
    "gtd": frozenset({"country", "id", "location", "resolution", "targtype1"}),
}
COUNTS: Mapping[str, str] = {  # fields that count people -> what became of them
    "killed": "killed",
    "injured": "injured",
    "abducted": "abducted",
    "arrested": "arrested",
    "missing": "missing",
    "displaced": "displaced",
}
PARTS = ("civilians_killed", "actor1_killed", "actor2_killed", "attackers_killed")


def folded(name: str) -> str:
    """A column's name as it is compared: without case, accents, marks and the gaps between words."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


NAMES: Mapping[str, Mapping[str, int]] = {
    field: {folded(name): at for at, name in reversed(list(enumerate(names.split("|"))))} for field, (_, names) in FIELDS.items()
}
