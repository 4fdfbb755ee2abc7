"""Verbs that tell of an act, or answer to it: what hangs on them says when and where it was said, not when it was done."""

from __future__ import annotations

from typing import Any

Token = Any

SPEECH = frozenset({
    "say", "tell", "report", "add", "announce", "note", "state", "confirm", "claim", "write", "quote", "speak", "declare",
    "explain", "indicate", "disclose", "interview", "publish", "broadcast", "issue", "release"})
# They answer to what was done before: "today condemned the killing", "arrested on Monday a man suspected of the bombing".
ANSWERS = frozenset({
    "accuse", "acknowledge", "admit", "agree", "allege", "analyze", "appeal", "approve", "argue", "arrest", "ask",
    "assert", "assure", "attend", "attribute", "blame", "bury", "call", "charge", "comment", "commemorate", "condemn",
    "congratulate", "convict", "criticize", "demand", "denounce", "deny", "deplore", "describe", "detain", "discuss",
    "distribute", "emphasize", "express", "extradite", "hear", "hint", "honor", "honour", "identify", "implicate", "inform",
    "insist", "investigate", "lament", "learn", "link", "maintain", "meet", "mention", "mourn", "name", "offer", "pledge",
    "point", "present", "probe", "promise", "protest", "question", "recall", "recognize", "refer", "regret", "reiterate",
    "reject", "remember", "repeat", "request", "reveal", "sentence", "sign", "stress", "suggest", "summon",
    "suspend", "urge", "visit", "vow", "warn", "welcome"})
# Where the wounded were brought is not where they were wounded.
CARE = frozenset({"admit", "airlift", "evacuate", "hospitalise", "hospitalize", "rush", "transfer", "treat"})
# A place that is their object is where it happened: "a bomb shook Arden".
HITS = frozenset({"besiege", "bomb", "bombard", "capture", "enter", "hit", "infiltrate", "invade", "occupy", "overrun", "raid",
                  "rattle", "reach", "rock", "seize", "shake", "shell", "storm", "strike", "target"})
HOSPITALS = frozenset({"hospital", "clinic", "infirmary", "center", "centre"})
LIES = frozenset({"be", "die", "fly", "pronounce", "recover", "remain", "succumb", "take", "transport"})   # in a hospital
OF_NOUN = frozenset({"compound", "nmod", "pobj", "prep", "appos", "conj"})
# They carry an act that is told as a noun: "carried out on Monday an attack", "died on Monday in a blast".
CARRIERS = frozenset({
    "be", "become", "begin", "break", "burst", "carry", "cause", "claim", "come", "commit", "conduct", "continue", "destroy",
    "die", "do", "drop", "end", "endure", "erupt", "escalate", "escape", "execute", "experience", "face", "fall", "fight",
    "flare", "foil", "follow", "get", "go", "happen", "have", "hit", "hurl", "intensify", "kill", "last", "launch", "lead",
    "leave", "lob", "make", "mount", "occur", "open", "perish", "perpetrate", "place", "plant", "plunge", "rage", "receive",
    "repel", "repulse", "result", "resume", "rock", "see", "set", "shake", "spark", "stage", "start", "stop", "strike",
    "suffer", "survive", "sustain", "take", "target", "throw", "thwart", "trigger", "undertake", "unleash", "witness", "wound"})
# Where people met to talk of an act, or were to: "talks in Caracas were put off after the killing of ten".
GATHERINGS = frozenset({"assembly", "conference", "congress", "contact", "dialogue", "exile", "forum", "meeting", "negotiation",
                        "round", "session", "summit", "talk", "tour", "trip", "visit"})
HOLDS = frozenset({"attend", "begin", "cancel", "convene", "end", "hold", "host", "open", "plan", "postpone", "resume",
                   "schedule", "start", "suspend"})
ASIDE = frozenset({"after", "ahead", "before", "following", "since", "until"})  # what follows is another time, and place


def is_of_telling(verb: Token) -> bool:
    """Whether what hangs on `verb` is of the telling: "said on Monday that", "today condemned the killing".

    A verb of speech counts only with what is said: "declared mourning on Monday after the attack" says when.
    """
    lemma = verb.lemma_.lower()
    if lemma in ANSWERS or lemma in CARE:
        return True
    if lemma not in SPEECH:
        return False
    return verb.dep_ in {"parataxis", "ccomp"} or any(c.dep_ in {"ccomp", "parataxis"} for c in verb.children)


def tells(verb: Token) -> bool:
    """Whether its subject speaks of an act or answers to it, and has not done it."""
    return verb.lemma_.lower() in ANSWERS | SPEECH


def gathering_of(token: Token) -> Token | None:
    """The meeting that is told to be where `token` is told: "the talks with rebels scheduled in Arden", "hold talks in Arden"."""
    for node in token.ancestors:
        if node.lemma_.lower() in GATHERINGS and node.pos_ in {"NOUN", "PROPN"}:
            return node
        if node.pos_ == "VERB" and node.dep_ not in {"acl", "relcl"}:
            held = (c for c in node.children if c.dep_ in {"dobj", "nsubj", "nsubjpass"} and node.lemma_.lower() in HOLDS)
            return next((c for c in held if c.lemma_.lower() in GATHERINGS), None)
    return None


def at_hospital(root: Token) -> bool:
    """Whether a place, by its root, is that of the hospital where somebody died or lies: "died at a hospital in Arden"."""
    node = root
    while node.dep_ in OF_NOUN and node.lemma_.lower() not in HOSPITALS and node.head.i != node.i:
        node = node.head
    if node.lemma_.lower() not in HOSPITALS or node.dep_ != "pobj":
        return False
    return bool(node.head.head.lemma_.lower() in CARE | LIES)


def answers(verb: Token) -> bool:
    return verb.lemma_.lower() in ANSWERS


def carries(verb: Token) -> bool:
    """Whether what hangs on `verb` is said of the act that is its object or subject too."""
    return verb.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() in CARRIERS
