"""The `notes` of a row in ACLED's shape, drafted in its manner: who did what to whom, then what is disputed and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateline.publish.export.cells import text
from dateline.publish.export.item import Item
from dateline.publish.export.parties import Party, Sides
from dateline.publish.export.tables import held_words
from dateline.publish.ledger import source_name
from dateline.publish.words import figure_words, speaker_words, toll_words
from dateline.records import Figure, Joined

MOST_FIGURES = 8                  # that the notes spell out
MOST_CHARS = 4000
# kind -> what happened, with another side and with none; {one}, {two}: the sides; {at}: "in Port Verity (Arden)"
SENTENCES: dict[str, tuple[str, str]] = {
    "government regains territory": ("{one} and {two} fought {at}; government forces regained territory", ""),
    "non-state actor overtakes territory": ("{one} and {two} fought {at}; a non-state actor took territory", ""),
    "armed clash": ("{one} and {two} clashed {at}", "{one} clashed {at}"),
    "excessive force against protesters": ("{two} used force against {one} {at}", "force was used against {one} {at}"),
    "protest with intervention": ("{two} intervened in a protest of {one} {at}", "a protest of {one} was met {at}"),
    "peaceful protest": ("{one} protested {at}", "{one} protested {at}"),
    "violent demonstration": ("{one} and {two} were in a violent demonstration {at}", "{one} demonstrated violently {at}"),
    "mob violence": ("{one} attacked {two} {at}", "{one} rioted {at}"),
    "chemical weapon": ("{one} used a chemical weapon against {two} {at}", "{one} used a chemical weapon {at}"),
    "air/drone strike": ("{one} struck {two} from the air {at}", "{one} struck from the air {at}"),
    "suicide bomb": ("{one} carried out a suicide bombing against {two} {at}", "{one} carried out a suicide bombing {at}"),
    "shelling/artillery/missile attack": ("{one} shelled {two} {at}", "{one} fired shells, rockets or missiles {at}"),
    "remote explosive/landmine/ied": ("an explosive of {one} hit {two} {at}", "an explosive of {one} went off {at}"),
    "grenade": ("{one} threw a grenade at {two} {at}", "{one} threw a grenade {at}"),
    "sexual violence": ("{one} committed sexual violence against {two} {at}", "{one} committed sexual violence {at}"),
    "attack": ("{one} attacked {two} {at}", "{one} attacked {at}"),
    "abduction/forced disappearance": ("{one} abducted {two} {at}", "{one} abducted people {at}"),
    "agreement": ("{one} and {two} came to an agreement {at}", "{one} came to an agreement {at}"),
    "arrests": ("{one} arrested {two} {at}", "{one} made arrests {at}"),
    "looting/property destruction": (
        "{one} looted or destroyed property of {two} {at}", "{one} looted or destroyed property {at}"),
    "disrupted weapons use": ("a weapon of {one} against {two} was disrupted {at}", "a weapon of {one} was disrupted {at}"),
}
OTHER = ("{one} and {two}: {kind} {at}", "{one}: {kind} {at}")
DAYS = {2: "around", 3: "in the month of"}


def notes_of(item: Item, sides: Sides, day: date, *, fatalities: int | None, days: int, words_only: bool) -> str:
    """The text for one day of the incident. fatalities: of the whole incident; days: how many rows it has."""
    said = [_what(item, sides, day), *_marks(item), *_dead(item, fatalities, words_only), *_hurt(item), *_responsibility(item),
            *_disputes(item)]
    if days > 1:
        said.append(f"This is one of {days} days; the fatalities are divided over them.")
    whole = " ".join(said)
    return whole if len(whole) <= MOST_CHARS else whole[:MOST_CHARS - 1] + "\u2026"


def _what(item: Item, sides: Sides, day: date) -> str:
    incident = item.incident
    with_two, alone = SENTENCES.get(incident.kind, OTHER)
    form = with_two if sides.second is not None or not alone else alone
    words = form.format(one=_name(sides.first), two=_name(sides.second), at=_at(item), kind=incident.kind)
    precision = incident.codes.time_precision or 1
    told = f"{day:%B %Y}" if precision == 3 else f"{day.day} {day:%B %Y}"
    head = "On" if precision == 1 else DAYS[precision].capitalize()
    sure = {"attempted": " (attempted)", "foiled": " (foiled)"}.get(incident.status, "")
    return f"{head} {told}{' (week)' if precision == 2 else ''}, {words}{sure}."


def _at(item: Item) -> str:
    where = item.incident.where
    name = text(where.name) or text(where.text) or "an unknown place"
    around = [told for told in (text(where.admin2), text(where.admin1)) if told and told != name]
    return f"{'near' if where.precision == 2 else 'in'} {name}" + (f" ({', '.join(dict.fromkeys(around))})" if around else "")


def _marks(item: Item) -> Iterator[str]:
    incident = item.incident
    if incident.status == "alleged":
        yield "This is alleged by one side alone."
    if incident.told_as != "news":
        yield f"It is known from {incident.told_as} only."
    if incident.clarity == "lumped":
        yield "The sources tell of several incidents as one."
    deniers = dict.fromkeys(text(one.speaker) or "one source" for joined in incident.accounts for one in joined.account.occurrence
                            if one.stance == "denied" and one.what == "act")
    yield from (f"The act is denied by {denier}." for denier in deniers)


def _dead(item: Item, fatalities: int | None, words_only: bool) -> Iterator[str]:
    counts = _counts(item)
    if fatalities is None:
        yield "No fatalities were reported."
        return
    yield f"Fatalities coded as {fatalities}" + (
        ", for words without a number." if words_only else "." if len(counts) < 2 else ", the lowest total that stands.")
    if counts:
        more = [f"and {len(counts) - MOST_FIGURES} more"] if len(counts) > MOST_FIGURES else []
        shown = "; ".join(counts[:MOST_FIGURES] + more)
        differ = any(one.field == "killed" for one in item.incident.disagreements)
        yield f"{'Sources differ on the killed' if differ else 'Reported'}: {shown}."


def _hurt(item: Item) -> Iterator[str]:
    if (words := toll_words(item.incident.toll.injured)) != "not told":
        yield f"Injured: {words}."


def _counts(item: Item) -> list[str]:
    """Standing figures, each once, with who gives them and where: "at least 12 killed (the mayor, in Verity Post)"."""
    told = dict.fromkeys(_count(figure, joined) for joined in item.incident.accounts for figure in joined.account.figures
                         if figure.effect == "killed" and figure.standing == "stands"
                         and figure.scope not in ("several_incidents", "cumulative"))
    return list(told)


def _count(figure: Figure, joined: Joined) -> str:
    speaker = text(speaker_words(figure))
    return f"{text(figure_words(figure))} ({speaker}, in {source_name(joined.report)})"


def _responsibility(item: Item) -> Iterator[str]:
    verbs = {"claimed": "claimed responsibility", "admitted": "admitted it", "denied": "denied responsibility",
             "withdrawn": "withdrew its claim", "blamed": "is blamed", "suspected": "is suspected"}
    told: dict[str, None] = {}
    for one in item.incident.responsibility:
        if one.stance == "none_claimed":
            told["Nobody had claimed responsibility."] = None
            continue
        who = item.known.group_name(one.group) if one.group else text(one.speaker)
        by = f" by {text(one.speaker)}" if one.stance in ("blamed", "suspected") and one.speaker else ""
        if who and not (one.stance in ("blamed", "suspected") and not one.group):
            told[f"{who[:1].upper()}{who[1:]} {verbs[one.stance]}{by}."] = None
    yield from told


def _disputes(item: Item) -> Iterator[str]:
    for one in item.incident.disagreements:
        if one.field != "killed":                            # spelled out with the figures
            yield f"Sources differ on {one.field}: {text('; '.join(map(held_words, one.values)))}."


def _name(party: Party | None) -> str:
    return party.name if party is not None else "an unknown side"
