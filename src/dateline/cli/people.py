"""dateline person, dateline token: who may use a desk of several, and tokens for programs."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, opened, print_json, user
from dateline.cli.help import Command

if TYPE_CHECKING:
    from dateline.records.team import ApiToken, Person
    from dateline.store import Store

NameArgument = Annotated[str, typer.Argument(help="A person's name, as histories will have it.", metavar="NAME")]
RoleOption = Annotated[str, typer.Option("--role", help="reader, coder or editor.", metavar="ROLE", show_default=False)]
LONGEST_LINE = 10_000             # characters of a password that is piped in

person = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
token = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
APPS = (
    ("person", person, "Accounts of a desk of several.",
     "People who may sign in to the desk, and what they may do: reader, coder, editor.",
     "dateline person add Ana --role editor"),
    ("token", token, "Tokens for programs that ask the desk.",
     "Tokens for programs that ask the desk's API. A token is shown once, when it is made.",
     "dateline token add --label map --role reader"),
)


@person.command("add", cls=Command, epilog="Example: dateline person add Ana --role editor",
                help="Make an account. The password is asked for, or read from standard input.")
def add(name: NameArgument, role: RoleOption, record: RecordOption = None) -> None:
    from dateline.team import people

    with opened(record, create=True) as store:
        one = people.add_person(store, people.checked_name(name), people.checked_role(role), _password(), by=user(), at=_now())
    print(_person_line(one))


@person.command("list", cls=Command, epilog="Example: dateline person list", help="Who there is, and what they may do.")
def list_people(json: JsonOption = False, record: RecordOption = None) -> None:
    with opened(record) as store:
        held = store.team.people()
    for one in held:
        if json:
            print_json(one)
        else:
            print(_person_line(one))
    if not held:
        print("nobody yet; dateline person add NAME --role editor makes the first", file=sys.stderr)


@person.command("role", cls=Command, epilog="Example: dateline person role Ana --role coder",
                help="Let a person do more, or less.")
def set_role(name: NameArgument, role: RoleOption, record: RecordOption = None) -> None:
    from dateline.team import people

    with opened(record) as store:
        print(_person_line(people.set_role(store, name, role, by=user(), at=_now())))


@person.command("password", cls=Command, epilog="Example: dateline person password Ana",
                help="Give a person another password, asked for or read from standard input; they have to sign in again.")
def set_password(name: NameArgument, record: RecordOption = None) -> None:
    from dateline.team import people

    with opened(record) as store:
        people.set_password(store, name, _password(), by=user(), at=_now())
    print("the password is set")


@person.command("disable", cls=Command, epilog="Example: dateline person disable Ana",
                help="Let a person sign in no more. Sessions end and tokens stop at once; what they decided stays.")
def disable(name: NameArgument, record: RecordOption = None) -> None:
    from dateline.team import people

    with opened(record) as store:
        people.disable(store, name, by=user(), at=_now())
        _print_person(store, name)


@person.command("enable", cls=Command, epilog="Example: dateline person enable Ana", help="Let a disabled person sign in again.")
def enable(name: NameArgument, record: RecordOption = None) -> None:
    from dateline.team import people

    with opened(record) as store:
        people.enable(store, name, by=user(), at=_now())
        _print_person(store, name)


@token.command("add", cls=Command, epilog="Example: dateline token add --label map --role reader --until 2027-01-31",
               help="Make a token, and print it: it is shown this once.")
def add_token(
    label: Annotated[str, typer.Option("--label", help="What it is for.", metavar="WORDS", show_default=False)],
    role: RoleOption,
    of: Annotated[str | None, typer.Option("--of", help="Whose it is: it can do no more than they may.", metavar="NAME",
                                           show_default=False)] = None,
    until: Annotated[str | None, typer.Option("--until", help="The last day on which it holds (UTC). [default: for ever]",
                                              metavar="DAY", show_default=False)] = None,
    record: RecordOption = None,
) -> None:
    from dateline.team import people

    with opened(record) as store:
        made = people.new_token(store, label, role, by=user(), at=_now(), person=of, expires_at=_end_of(until))
    print(made.token)
    print(f"token {made.known.id}: keep it now, it is not shown again; dateline token revoke {made.known.id} ends it",
          file=sys.stderr)


@token.command("list", cls=Command, epilog="Example: dateline token list", help="Which tokens there are, and when each was used.")
def list_tokens(json: JsonOption = False, record: RecordOption = None) -> None:
    with opened(record) as store:
        held = store.team.tokens()
    for one in held:
        if json:
            print_json(one)
        else:
            print(_token_line(one))
    if not held:
        print("no tokens; dateline token add makes one", file=sys.stderr)


@token.command("revoke", cls=Command, epilog="Example: dateline token revoke 3", help="End a token at once.")
def revoke(
    number: Annotated[int, typer.Argument(help="Its number, as dateline token list tells it.", metavar="NUMBER")],
    record: RecordOption = None,
) -> None:
    from dateline.team import people

    with opened(record) as store:
        print(_token_line(people.revoke_token(store, number, by=user(), at=_now())))


def add_to(app: typer.Typer) -> None:
    for name, several, short, text, example in APPS:
        app.add_typer(several, name=name, help=text, short_help=short, epilog=f"Example: {example}")


def _password() -> str:
    """Asked for twice at a terminal, where it does not show; else the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline(LONGEST_LINE).rstrip("\r\n")


def _end_of(day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time.max, UTC)
    except ValueError:
        raise typer.BadParameter(f"--until {day!r}: write a day, 2027-01-31") from None


def _now() -> datetime:
    return datetime.now(UTC)


def _print_person(store: Store, name: str) -> None:
    one = store.team.person(name)
    if one is not None:
        print(_person_line(one))


def _person_line(one: Person) -> str:
    from dateline.publish.safe import plain

    gone = f", disabled {one.disabled_at:%Y-%m-%d}" if one.disabled_at else ""
    return f"{plain(one.name)}  {one.role}, since {one.created_at:%Y-%m-%d}{gone}"


def _token_line(one: ApiToken) -> str:
    from dateline.publish.safe import plain

    told = [f"{one.id:>3}  {plain(one.label)}  {one.role}"]
    told += [f"of {plain(one.person)}"] if one.person else []
    told += [f"used {one.used_at:%Y-%m-%d}" if one.used_at else "not used yet"]
    told += [f"until {one.expires_at:%Y-%m-%d}"] if one.expires_at else []
    told += [f"revoked {one.revoked_at:%Y-%m-%d}"] if one.revoked_at else []
    return ", ".join(told)
