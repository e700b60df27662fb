"""The file that says of what hits people want word, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from communique.loader import yamlfile
from communique.loader.gazetteer import Name, Shape
from communique.views import Filter


def _web(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(c.isspace() for c in text):
        raise ValueError("is no address of the web")
    return text


def _mail(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and host) or any(c.isspace() or c in '<>,;"' for c in text):
        raise ValueError("is no mail address")
    return text


Web = Annotated[str, AfterValidator(_web)]
Mail = Annotated[str, AfterValidator(_mail)]


class Post(Shape):
    """The server that takes mail.

    Attributes:
        security: ``starttls`` (the standard), ``tls`` from the first byte, or ``none``, for this machine only.
        user, password_file: to sign in with; the password is the file's first line.
    """

    host: Name
    port: int = Field(default=587, ge=1, le=65535)
    sender: Mail
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_file: Path | None = None


class Alert(Shape):
    """Word of new hits of a search, by ``mail``, to a ``webhook``, or both.

    Attributes:
        search: its fields are the filters of ``communique find``.
        secret_file: its first line signs what a webhook is sent (HMAC with SHA-256).
    """

    name: Name
    search: Filter
    language: str | None = None
    mail: tuple[Mail, ...] = ()
    webhook: Web | None = None
    secret_file: Path | None = None


class AlertsFile(Shape):
    """A file of alerts.

    Attributes:
        desk: address of the pages, put before every link.
    """

    desk: Web | None = None
    smtp: Post | None = None
    alerts: tuple[Alert, ...] = Field(min_length=1)


def alerts_file(path: Path) -> AlertsFile:
    """Return a file of alerts.

    Raises:
        PackError: it does not hold, with file and line.
    """
    data, lines = yamlfile.read(path)
    return yamlfile.check(AlertsFile, data, lines, path)
