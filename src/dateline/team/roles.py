"""What each role may do: one table. A role may do what those before it may."""

from __future__ import annotations

from typing import Literal, get_args

from dateline.records.team import Role

Action = Literal["read", "export", "comment", "draft", "code", "enter", "import", "undo", "review", "unlock", "sources", "people",
                 "audit", "editions", "subscribers"]
ROLES: tuple[Role, ...] = get_args(Role)          # the least first
LEAST_ROLE: dict[Action, Role] = {
    "read": "reader",             # pages, lists, maps, searches
    "export": "reader",
    "comment": "coder",
    "draft": "coder",             # paste a text and see what is read in it
    "code": "coder",              # correct, merge, split, assign, code, query; code blind
    "enter": "coder",             # by hand, and pasted texts into the record
    "import": "coder",            # a sheet that comes back
    "undo": "coder",
    "review": "editor",           # approve, reject, confidence
    "unlock": "editor",           # break another's lock
    "sources": "editor",          # reliability and party of sources
    "people": "editor",           # accounts and tokens
    "audit": "editor",
    "editions": "editor",         # make editions and watches; edit, approve and send issues; settle mails that are uncertain
    "subscribers": "editor",      # see addresses; import, export, invite, delete
}
OF_DECISIONS: dict[str, Action] = {               # by Decision.what
    "merge": "code", "split": "code", "apart": "code",
    "correct": "code", "assign": "code", "code": "code", "query": "code", "undo": "undo",
    "enter": "enter", "accept": "review", "reject": "review", "confidence": "review",
}


def may(role: Role, action: Action) -> bool:
    """Whether `role` may do `action`. Raises KeyError for an action that the table lacks."""
    return ROLES.index(role) >= ROLES.index(LEAST_ROLE[action])


def lesser(one: Role, other: Role) -> Role:
    """Of two roles the one that may do less."""
    return min(one, other, key=ROLES.index)
