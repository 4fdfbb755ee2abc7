"""Fuzzing: each reader is fed with what nobody would write, and must answer with a value or with an error that it documents.

    python -m fuzz dateline --minutes 10     # one reader
    python -m fuzz --all --minutes 10        # all of them, one after another (make check-large)
    python -m fuzz --list

Inputs come from atheris, which keeps those that reach code that no other did (requirements-fuzz.lock; needed here alone). What a
reader was begun with, and each input that ever broke one, is in fuzz/corpus/NAME and is replayed by tests/fuzz.
"""
