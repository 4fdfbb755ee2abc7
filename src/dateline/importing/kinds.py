"""The kinds of other people's sheets -> our incident kinds. Data, with the few rules that read it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.importing.columns import folded
from dateline.records.kinds import KINDS

# GTD's attack types; of bombings most are left behind or planted, and where GTD says suicide=1 they are suicide bombs
_GTD = {
    "assassination": "attack",
    "armed assault": "attack",
    "bombing explosion": "remote explosive/landmine/ied",
    "hijacking": "abduction/forced disappearance",
    "hostage taking barricade incident": "abduction/forced disappearance",
    "hostage taking kidnapping": "abduction/forced disappearance",
    "facility infrastructure attack": "looting/property destruction",
    "unarmed assault": "attack",
}
# words of sheets that people keep, the more telling first: the first that stands in a cell decides
_WORDS: tuple[tuple[str, str], ...] = (
    (r"suicide|svbied|kamikaze|pbied", "suicide bomb"),
    (r"chemical|chlorine|sarin|poison gas", "chemical weapon"),
    (r"defused|disrupted|intercept\w*|seiz\w+ of weapons?|weapons? cache", "disrupted weapons use"),
    (r"air ?strikes?|air ?raid|drones?|uav|aerial|bombardement aerien|ataque aereo", "air/drone strike"),
    (r"shell\w*|artillery|mortars?|rockets?|missiles?|bombardment|bombardement|obus", "shelling/artillery/missile attack"),
    (r"grenades?|granada", "grenade"),
    (
        r"ieds?|vbieds?|landmines?|mines?|uxo|erw|explosi\w+|explos\w+|bomb\w*|blast|roadside|atentado|bombe",
        "remote explosive/landmine/ied",
    ),
    (r"rape|sexual|viol|gbv|sgbv", "sexual violence"),
    (r"abduct\w*|kidnap\w*|hostages?|disappear\w*|enlevement|secuestro", "abduction/forced disappearance"),
    (
        r"clash\w*|battles?|fighting|firefights?|combats?|ambush\w*|affrontements?|enfrentamientos?|embuscade|emboscada|skirmish\w*",
        "armed clash",
    ),
    (r"arrest\w*|detention|detained|raid", "arrests"),
    (r"loot\w*|arson|burn\w*|property|destruction|vandal\w*|pillage|saqueo|demolition", "looting/property destruction"),
    (r"peaceful protest|demonstrations?|protests?|sit in|manifestation|protesta", "peaceful protest"),
    (r"riots?|emeute|disturbio", "violent demonstration"),
    (r"mob|lynch\w*|vigilante", "mob violence"),
    (r"ceasefire|agreement|truce|accord|acuerdo", "agreement"),
    (
        r"shoot\w*|shot|killing|murder|assassinat\w*|execution|massacre|attack\w*|assault|stabb\w*|gunfire|raid|attaque|ataque|meurtre|"
        r"homicidio|asesinato|violence against civilians|saf|small arms",
        "attack",
    ),
    (r"explosions remote violence", "remote explosive/landmine/ied"),
    (r"battles", "armed clash"),
    (r"strategic developments?|other|autre|otro", "other"),
)
_UCDP = {"1": "armed clash", "2": "armed clash", "3": "attack"}  # the type of violence tells no more of how
_COMPILED = tuple((re.compile(rf"\b(?:{pattern})\b"), kind) for pattern, kind in _WORDS)
_SPELT = {folded(kind): kind for kind in KINDS}


def kind_of(words: str, own: Mapping[str, str]) -> str | None:
    """Our kind for what a cell says; None where nobody can tell. own: words of this sheet, folded -> our kind; they go first."""
    told = folded(words)
    exact = own.get(told) or _SPELT.get(told) or _GTD.get(told) or _UCDP.get(told)
    return exact or next((kind for pattern, kind in _COMPILED if pattern.search(told)), None)
