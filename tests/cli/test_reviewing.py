"""Reviewing at the terminal: the queue, deciding by keys, and deciding from a script."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path

import pytest
from support import PAGES, TALKS, place, record, told

from communique import cli, views
from communique.store import Store, open_store


@pytest.fixture(autouse=True, scope="module")
def _each(database: str) -> str:
    return database


@pytest.fixture
def at(tmp_path: Path) -> str:
    """The address of a record of four pages."""
    record(tmp_path / "r.db").close()
    return place(tmp_path / "r.db")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at: str):
    """Run ``communique review`` on the record, with what is typed; return exit code, output and messages."""

    def _run(*words: str, typed: tuple[str, ...] = ()) -> tuple[int, str, str]:
        lines = iter(typed)

        def _input(_prompt: str = "") -> str:
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(builtins, "input", _input)
        monkeypatch.setattr(sys, "argv", ["communique", "review", *words, "--record", at])
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as e:
            code = int(e.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return _run


def talks(at: str) -> views.Item:
    store = open_store(at)
    (item,) = views.find(store, views.Filter(source="talks.txt", kind="engagement")).items
    store.close()
    return item


def test_deciding_from_a_script_and_taking_it_back(run, at: str) -> None:
    item = talks(at)
    code, word, err = run("correct", item.id, "date=2011-03-02", "--who", "Mai", "--reason", "the lead says so")
    assert (code, err) == (0, "'communique review undo' with this id takes it back\n")
    assert (talks(at).date, talks(at).review) == ("2011-03-02", "corrected")
    _, out, _ = run("history", item.id)
    assert "Mai" in out
    assert "the lead says so" in out
    assert run("undo", word.strip(), "--who", "Mai")[0] == 0
    assert (talks(at).date, talks(at).review) == ("2021-07-06", "machine")
    assert "undone" in run("history", item.id)[1]
    for action, state in (("accept", "accepted"), ("reject", "rejected")):
        assert run(action, item.id, "--who", "Mai")[0] == 0
        assert talks(at).review == state


def test_merging_and_splitting(run, at: str) -> None:
    store = open_store(at)
    first, second = (i.id for i in views.find(store, views.Filter(kind="engagement", mechanism="HBF")).items[:2])
    many = len(views.entries_list(store, "engagement"))
    _, word, _ = run("merge", first, second, "--who", "Mai", "--reason", "one sitting")
    assert len(views.entries_list(store, "engagement")) == many - 1
    assert run("split", first, "--who", "Lan", "--reason", "two sittings")[0] == 0
    assert len(views.entries_list(store, "engagement")) == many
    assert word
    assert "joined with nothing" in run("split", talks(at).id, "--who", "Lan")[2]
    store.close()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("accept", "nothing"), "no item 'nothing'"),
        (("correct", "ID", "date"), "corrects nothing"),
        (("correct", "ID", "date=soon"), "is no date"),
        (("correct", "ID", "participants=Mai"), "cannot be read"),
        (("correct", "ID", "colour=red"), "no field 'colour'"),
        (("undo", "d0"), "no decision 'd0'"),
        (("merge", "ID", "ID"), "are one by a key"),
    ],
)
def test_what_cannot_be_says_why(run, at: str, words: tuple[str, ...], why: str) -> None:
    code, _, err = run(*(talks(at).id if w == "ID" else w for w in words), "--who", "Mai")
    assert code == 1
    assert why in err
    assert err.count("\n") == 1


def test_the_queue_shows_sentence_rule_and_doubt(run, at: str) -> None:
    code, out, _ = run("--list")
    assert code == 0
    assert "伊万" in out
    assert "hand/rule" in out
    assert "one report alone tells it" in out


def test_going_through_by_keys(run, at: str) -> None:
    store = open_store(at)
    first, second, third = (d.item.id for d in views.queue(store)[:3])
    code, out, err = run("--who", "Mai", typed=("?", "a // as it stands", "r", "u", "n", "q"))
    assert code == 0
    assert "undone: d" in err
    assert [views.claim(store, i).review for i in (first, second, third)] == ["accepted", "machine", "machine"]
    assert f"1 of 1{len(views.queue(store)) % 10 + 1}"[:5] in out
    history = views.history(store, views.claim(store, first))
    assert [(d.action, d.who, d.reason) for d in history] == [("accept", "Mai", "as it stands")]
    store.close()


def test_a_mistake_at_the_keys_is_said_and_asked_again(run, at: str) -> None:
    _, _, err = run("--who", "Mai", typed=("c date=soon", "m", "u", "a"))
    assert "is no date" in err
    assert "merge with what" in err
    assert "nothing to undo" in err
    assert "kept: d" in err


def queue(store: Store) -> dict[str, tuple[str, ...]]:
    return {d.item.id: d.reasons for d in views.queue(store, 500)}


def test_conflicts_and_doubles_come_first_and_what_is_decided_goes(tmp_path: Path) -> None:
    other = {**TALKS.claims[2].values, "kind": "engagement", "quote": "丁海山会见伊万·彼得罗夫", "date": "2021-07-09"}
    store = record(tmp_path / "q.db", *PAGES, told("late.txt", "又一篇", "丁海山会见伊万·彼得罗夫。", [other]))
    found = views.queue(store, 500)
    assert [d.score for d in found] == sorted((d.score for d in found), reverse=True)
    assert found[0].score > found[-1].score
    store.decide(found[0].item.id, "accept", "Mai", "")
    assert found[0].item.id not in queue(store)


def test_a_rule_that_people_corrected_is_doubted(tmp_path: Path) -> None:
    store = record(tmp_path / "q.db")
    before = views.queue(store, 500)
    store.decide(before[0].item.id, "reject", "Mai", "no")
    assert all("people corrected or rejected 1 of 1 items of this rule" in r for r in queue(store).values())


def test_agreement_of_two_people(run, at: str) -> None:
    assert "no two people" in run("agreement")[2]
    store = open_store(at)
    items = views.find(store, views.Filter(kind="person"), order="text").items[:4]
    for n, item in enumerate(items):
        store.decide(item.id, "accept", "Mai", "")
        store.decide(item.id, "reject" if n == 0 else "accept", "Lan", "")
    store.decide(items[1].id, "correct", "Lan", "", {"country": "SG"})
    store.decide(items[2].id, "correct", "Lan", "", {"latin": "Ding Haishan"})
    store.decide(items[2].id, "accept", "Mai", "as Lan has it")
    found = {(a.kind, a.what): a for a in views.agreement(store)}
    verdict = found["person", "verdict"]
    assert (verdict.items, verdict.people, verdict.same) == (4, 2, 0.75)
    # Seven kept, one rejected: observed disagreement 2/8, expected 2*7*1/(8*7).
    assert verdict.alpha == pytest.approx(1 - (2 / 8) / (14 / 56))
    assert found["person", "country"].same == pytest.approx(2 / 3)
    assert found["person", "latin"].same == 1
    code, out, _ = run("agreement")
    assert code == 0
    assert "0.75" in out
    store.close()


def test_accounts_are_made_with_a_password_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    def account(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["communique", "account", *words, "--record", at])
        code = 0
        try:
            cli.main()
        except SystemExit as e:
            code = int(e.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    asked: list[dict[str, object]] = []
    monkeypatch.setattr("typer.prompt", lambda *_, **how: asked.append(how) or "a sentence of hers")
    assert "no account" in account("list")[1]
    assert account("add", "Mai") == (0, "Mai may sign in under /review as reviewer\n")
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]
    assert "Mai" in account("list")[1]
    assert account("remove", "Mai")[0] == 0
    code, said = account("remove", "Mai")
    assert (code, "no account 'Mai'" in said) == (1, True)
