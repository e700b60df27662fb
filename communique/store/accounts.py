"""Who may review in the browser: accounts with hashed passwords, sessions kept here, wrong passwords counted."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from communique.errors import CommuniqueError
from communique.store.noting import note, now
from communique.store.schema import accounts, attempts, sessions
from communique.store.store import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("reader", "reviewer", "keeper")
"""Who sees what waits and what was decided; who decides; who also takes back what others decided."""
SHORTEST, LONGEST = 10, 1000
LASTS = 8 * 3600
"""Seconds that a session lasts."""
WINDOW = 15 * 60
"""Seconds for which a wrong password counts."""
MOST, MOST_OF_ADDRESS = 5, 30
"""Wrong passwords within the window: of one name, and from one address, whatever the names."""
_NAME = re.compile(r"[^\W_][\w .@'-]{0,59}")


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, and the token that every form of theirs must carry."""

    who: str
    token: str
    role: str = "keeper"

    def may(self, role: str) -> bool:
        """Tell whether this session may do what a role may: each of ``ROLES`` may do what those before it may."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)


class TooManyError(CommuniqueError):
    """Too many wrong passwords of late."""


@cache
def _hasher() -> PasswordHasher:
    """Return argon2id with the library's parameters, which are those of RFC 9106 for little memory."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return the hash against which the password of an unknown name is tried, so that it takes as long."""
    return _hasher().hash(secrets.token_hex())


def _matches(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def add(store: Store, name: str, password: str, role: str = "reviewer") -> None:
    """Make an account, or give one another password and role, which ends its sessions.

    Raises:
        CommuniqueError: a name, password or role that will not do.
    """
    if role not in ROLES:
        raise CommuniqueError(f"no role {role!r}", remedy=f"one of: {', '.join(ROLES)}")
    if not _NAME.fullmatch(name):
        raise CommuniqueError(f"no name for an account: {name!r}", remedy="letters, figures, blanks and .@'-")
    if not SHORTEST <= len(password) <= LONGEST:
        raise CommuniqueError("the password will not do", remedy=f"at least {SHORTEST} letters; a sentence is good")
    hashed = _hasher().hash(password)
    with store.writing() as connection:
        connection.execute(delete(accounts).where(accounts.c.name == name))
        connection.execute(insert(accounts).values(name=name, hash=hashed, at=now(), role=role))
        connection.execute(delete(attempts).where(attempts.c.name == name))
        note(connection, "account", name, {"who": name, "reason": f"added as {role}, or another password"})


def remove(store: Store, name: str) -> None:
    """Take an account away, and end its sessions. What the person decided stays.

    Raises:
        CommuniqueError: there is none of that name.
    """
    with store.writing() as connection:
        if not connection.execute(delete(accounts).where(accounts.c.name == name)).rowcount:
            raise CommuniqueError(f"no account {name!r}", remedy="'communique account list' lists them")
        note(connection, "account", name, {"who": name, "reason": "removed"})


def listed(store: Store) -> tuple[tuple[str, str, str], ...]:
    """Return the names of the accounts, their roles, and when each was made, in order."""
    with store.reading() as connection:
        found = connection.execute(select(accounts).order_by(accounts.c.name))
        return tuple((r.name, r.role, r.at) for r in found)


def role_of(store: Store, name: str) -> str:
    """Return the role of an account; ``reader`` for who has none."""
    with store.reading() as connection:
        found = connection.execute(select(accounts.c.role).where(accounts.c.name == name)).scalar()
        return found or ROLES[0]


def sign_in(store: Store, name: str, password: str, address: str) -> str | None:
    """Return the word of a new session, which only its holder knows; None where name and password do not fit.

    Raises:
        TooManyError: wrong passwords of this name or from this address of late.
    """
    second = int(time.time())
    name = name[:100]
    # Counted before it is tried, so that many tries at a time are no way around.
    with store.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.at < second - WINDOW))
        of = select(func.count()).select_from(attempts)
        named = connection.execute(of.where(attempts.c.name == name)).scalar_one()
        there = connection.execute(of.where(attempts.c.address == address)).scalar_one()
        if named >= MOST or there >= MOST_OF_ADDRESS:
            raise TooManyError("too many wrong passwords", remedy=f"try again in {WINDOW // 60} minutes")
        made = insert(attempts).values(name=name, address=address, at=second).returning(attempts.c.pk)
        attempt = connection.execute(made).scalar_one()
        found = connection.execute(select(accounts.c.pk, accounts.c.hash).where(accounts.c.name == name)).first()
    fits = _matches(found.hash if found else _nobody(), password[: LONGEST + 1])
    if found is None or not fits:
        return None
    word = secrets.token_urlsafe(32)
    with store.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.pk == attempt))
        connection.execute(delete(sessions).where(sessions.c.until < second))
        still = select(accounts.c.pk).where(accounts.c.pk == found.pk, accounts.c.hash == found.hash)
        if connection.execute(still).first() is None:
            return None
        token, until = secrets.token_urlsafe(32), second + LASTS
        connection.execute(insert(sessions).values(digest=_digest(word), account=found.pk, token=token, until=until))
        note(connection, "sign in", name, {"who": name})
    return word


def session(store: Store, word: str) -> Session | None:
    """Return the session that a word opens, None where there is none or it ended."""
    asked = (
        select(accounts.c.name, accounts.c.role, sessions.c.token)
        .join(accounts, accounts.c.pk == sessions.c.account)
        .where(sessions.c.digest == _digest(word), sessions.c.until >= int(time.time()))
    )
    with store.reading() as connection:
        found = connection.execute(asked).first()
    return Session(found.name, found.token, found.role) if found else None


def sign_out(store: Store, word: str) -> None:
    """End a session."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.digest == _digest(word)))


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
