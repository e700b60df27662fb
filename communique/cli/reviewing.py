"""``communique review``: what a person should look at first, and the person's word on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from communique import views
from communique.cli import options as o
from communique.cli.items import in_sentence
from communique.cli.table import flat, heading, say, table
from communique.errors import CommuniqueError
from communique.store import Store
from communique.views import Doubtful, Item

review = typer.Typer(invoke_without_command=True, rich_markup_mode=None, add_completion=False)

Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of an item.")]
KEYS = "a accept  c correct FIELD=VALUE  r reject  m merge with ID  s split  u undo  n next  q quit"


@review.callback()
def begin(
    asked: typer.Context,
    record: o.Record = o.DEFAULT,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides; asked for if not given.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many items.")] = 50,
    listed: Annotated[bool, typer.Option("--list", help="List the queue and stop.")] = False,
) -> None:
    """Go through the items that wait for a person, the most doubtful first, by keyboard alone.

    Each is shown with its sentence, its rule and what speaks against it. Type a letter, what it needs, and Enter:
    a accepts, c FIELD=VALUE corrects, r rejects, m ID says that it is one with another item or entry, s that it is
    not one with the rest of its entry, u takes the last decision back, n goes on, q stops. What stands after // is
    the reason: "r // another meeting". Decisions outlive reading again.

    Examples:

      communique review --who Mai

      communique review --list
    """
    if asked.invoked_subcommand is not None:
        return
    store = o.opened(record)
    found = views.queue(store, limit)
    for d in views.lost(store):
        say(f"no item for the {d.action} {d.id} of {d.who} any more: {flat(d.quote)}")
    if not found:
        say("nothing waits for a person")
    elif listed:
        told = in_sentence(store, [d.item for d in found])
        rows = [(d.score, d.item.kind, "; ".join(d.reasons), told[d.item.id], d.item.rule, d.item.id) for d in found]
        table(("doubt", "kind", "why", "sentence", "rule", "id"), rows)
    else:
        _go_through(store, found, who or typer.prompt("Who decides", err=True))


def _go_through(store: Store, found: Sequence[Doubtful], who: str) -> None:
    made: list[list[str]] = []
    say(KEYS)
    for n, doubtful in enumerate(found, 1):
        now = views.claim(store, doubtful.item.id)
        if now is None or now.review != "machine":
            continue
        _show(store, doubtful, f"{n} of {len(found)}")
        while True:
            try:
                line = input("> ")
            except EOFError:
                return
            key, _, rest = line.strip().partition(" ")
            words, _, reason = (x.strip() for x in rest.partition("//"))
            if key == "q":
                return
            if key == "n":
                break
            try:
                if _typed(store, now.id, key, words, who, reason, made):
                    break
            except CommuniqueError as e:
                say(f"communique: {e}")


def _typed(store: Store, item: str, key: str, words: str, who: str, reason: str, made: list[list[str]]) -> bool:
    """Do what was typed; tell whether the item is done with."""
    if key == "u":
        if not made:
            raise CommuniqueError("nothing to undo", remedy="decide first, or: communique review undo ID")
        for word in made.pop():
            store.undo(word, who, reason)
            say(f"undone: {word}")
        return False
    if key == "m" and not words:
        raise CommuniqueError("merge with what?", remedy="m ID")
    if key not in ("a", "c", "r", "m", "s"):
        say(KEYS)
        return False
    if key == "m":
        made.append([store.judge(item, words, "same", who, reason)])
    elif key == "s":
        made.append(parted(store, item, words, who, reason))
    elif key == "c":
        made.append([store.decide(item, "correct", who, reason, fields_of(store, item, [words] if words else []))])
    else:
        made.append([store.decide(item, {"a": "accept", "r": "reject"}[key], who, reason)])
    say(f"kept: {', '.join(made[-1])}")
    return True


def _show(store: Store, doubtful: Doubtful, nth: str) -> None:
    item = doubtful.item
    heading(f"{nth}: {item.kind} {item.id}")
    typer.echo(f"  {_plain(in_sentence(store, [item])[item.id])}")
    for name, value in item.values.items():
        if value not in (None, "", [], {}):
            typer.echo(
                f"    {name}: {flat(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))}"
            )
    typer.echo(f"  rule {item.rule}; {_plain(item.source)}; entry {item.entry}")
    for reason in doubtful.reasons:
        typer.echo(f"  ? {_plain(reason)}")
    for other in doubtful.maybe:
        found = views.entry(store, other)
        typer.echo(f"  maybe {other}: {_plain(found.tellings[0].item.quote) if found else ''}")


def _plain(value: Any) -> str:
    """Return a value as one line in which nothing steers the terminal."""
    text = flat(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def fields_of(store: Store, item: str, given: Sequence[str]) -> dict[str, Any]:
    """Return corrected fields from ``FIELD=VALUE``: JSON where the field is no plain text, nothing to empty it.

    Raises:
        CommuniqueError: no such item, or a value that cannot be read.
    """
    found = _item(store, item)
    out: dict[str, Any] = {}
    for told in given:
        name, sign, value = told.partition("=")
        if not sign:
            raise CommuniqueError(f"{told!r} corrects nothing", remedy="give FIELD=VALUE, as in date=2021-07-06")
        out[name.strip()] = views.value_of(found, name.strip(), value.strip())
    return out


def parted(store: Store, item: str, other: str, who: str, reason: str) -> list[str]:
    """Part an item from another, or from all that its entry was found to be one with; return the words' ids.

    Raises:
        RecordError: a key makes them one. CommuniqueError: there is nothing to part it from.
    """
    others = [other] if other else list(views.parts(store, _item(store, item)))
    if not others:
        raise CommuniqueError(
            f"{item} was joined with nothing by comparing", remedy="correct the field by which it is one with others"
        )
    return [store.judge(item, x, "different", who, reason) for x in others]


def _item(store: Store, item: str) -> Item:
    found = views.claim(store, item)
    if found is None:
        raise CommuniqueError(f"no item {item!r}", remedy="'communique find' lists items")
    return found


def _said(words: Sequence[str]) -> None:
    for word in words:
        typer.echo(word)
    say("'communique review undo' with this id takes it back")


@review.command()
def accept(item: Id, who: Who, reason: Reason = "", record: o.Record = o.DEFAULT) -> None:
    """Say that an item is right. Prints the decision's id."""
    _said([o.opened(record).decide(item, "accept", who, reason)])


@review.command()
def correct(
    item: Id,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Fields with their right values.")],
    who: Who,
    reason: Reason = "",
    record: o.Record = o.DEFAULT,
) -> None:
    """Give fields of an item their right values; what the machine had coded is kept beside it.

    Lists are written as JSON, or with commas where they hold plain words; nothing after = empties a field.

    Examples:

      communique review correct e0123456789abcdef0123 date=2021-07-06 --who Mai --reason "the lead says 6 July"
    """
    store = o.opened(record)
    _said([store.decide(item, "correct", who, reason, fields_of(store, item, fields))])


@review.command()
def reject(item: Id, who: Who, reason: Reason = "", record: o.Record = o.DEFAULT) -> None:
    """Say that an item is wrong. It stays, marked as rejected. Prints the decision's id."""
    _said([o.opened(record).decide(item, "reject", who, reason)])


@review.command()
def merge(
    item: Id,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of an item or entry that is the same.")],
    who: Who,
    reason: Reason = "",
    record: o.Record = o.DEFAULT,
) -> None:
    """Say that two entries, by their ids or those of items, are one. Prints the id of the word."""
    _said([o.opened(record).judge(item, other, "same", who, reason)])


@review.command()
def split(
    item: Id,
    who: Who,
    other: Annotated[
        str, typer.Argument(metavar="[OTHER]", help="Item or entry that it is not; default: the rest of its entry.")
    ] = "",
    reason: Reason = "",
    record: o.Record = o.DEFAULT,
) -> None:
    """Say that an item is not one with what it was found to be one with. Prints the ids of the words."""
    _said(parted(o.opened(record), item, other, who, reason))


@review.command()
def undo(
    word: Annotated[str, typer.Argument(metavar="ID", help="Id of a decision, as deciding prints it.")],
    who: Who,
    reason: Reason = "",
    record: o.Record = o.DEFAULT,
) -> None:
    """Take a decision back: everything is as if it had not been made."""
    o.opened(record).undo(word, who, reason)
    say(f"undone: {word}")


@review.command()
def history(item: Id, record: o.Record = o.DEFAULT) -> None:
    """List what people decided of an item and of the entry it belongs to, with who, when and why."""
    store = o.opened(record)
    rows = [
        (d.at, d.who, d.action, json.dumps(d.values, ensure_ascii=False) if d.values else "-", d.reason or "-",
         "stands" if d.stands else "undone", d.id)
        for d in views.history(store, _item(store, item))
    ]  # fmt: skip
    if rows:
        table(("when", "who", "what", "values", "why", "state", "id"), rows)
    else:
        say("nobody has decided on it")


@review.command()
def agreement(record: o.Record = o.DEFAULT) -> None:
    """Print how far people who decided on the same items agree, by kind and field, with Krippendorff's alpha.

    Where all said one and the same of every item, alpha is not defined.
    """
    found = views.agreement(o.opened(record))
    if not found:
        say("no two people decided on one item")
        return
    rows = [
        (a.kind, a.what, a.items, a.people, f"{a.same:.2f}", "-" if a.alpha is None else f"{a.alpha:.2f}")
        for a in found
    ]
    table(("kind", "what", "items", "people", "same", "alpha"), rows)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(review, name="review")
