"""Threads that write together: each gets its own answer, and none goes on before its words are on the disk."""

from __future__ import annotations

import threading

import pytest

from dateline.errors import StoreError
from dateline.mailing.clerk import Clerk
from dateline.store import Store


def test_each_thread_gets_what_its_own_work_gave(store):
    clerk, found = Clerk(store), {}

    def work(number):
        for _ in range(20):
            found[number] = clerk.write(lambda held: (number, held is not store))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: (number, True) for number in range(5)}


def test_those_that_wait_share_the_next_transaction(store, monkeypatch):
    transactions, inside, go_on = [], threading.Event(), threading.Event()
    writing = Store.writing

    def counted(self, **given):
        transactions.append(given)
        return writing(self, **given)

    monkeypatch.setattr(Store, "writing", counted)
    clerk = Clerk(store)
    first = threading.Thread(target=clerk.write, args=(lambda _: (inside.set(), go_on.wait(10)),))
    first.start()
    inside.wait(10)
    others = [threading.Thread(target=clerk.write, args=(lambda _: None,)) for _ in range(4)]
    for thread in others:
        thread.start()
    while len(clerk._waiting) < 4:
        threading.Event().wait(0.001)
    go_on.set()
    for thread in (first, *others):
        thread.join()
    assert transactions == [{"durable": True}] * 2


def test_an_error_reaches_whoever_asked_and_the_next_goes_on(store):
    clerk = Clerk(store)

    def fail(_):
        raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        clerk.write(fail)
    assert clerk.write(lambda _: 7) == 7
