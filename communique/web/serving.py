"""Serving the record to a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from communique.errors import CommuniqueError
from communique.store import Store
from communique.web.app import create_app
from communique.web.security import hosts_for, is_loopback

ELSEWHERE = (
    "warning: {host} can be reached from other machines; whoever reaches it reads the record, and passwords "
    "of /review cross the network as they are unless a server with TLS stands in front"
)


def serve(record: str | Path | Store, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the record until interrupted; warn where other machines can reach it.

    Args:
        record: file of the record, or an open one. host: address to listen on. port: 0 to 65535.

    Raises:
        RecordError: the record cannot be opened. CommuniqueError: the address cannot be listened on.
    """
    app = create_app(record, hosts_for(host))
    if not is_loopback(host):
        print(ELSEWHERE.format(host=host), file=sys.stderr)  # noqa: T201 - a warning for the person who starts it
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, date_header=True
    )
    server = uvicorn.Server(config)
    try:
        server.run()
    except SystemExit as e:
        raise CommuniqueError(
            "nothing can be served there", where=f"{host}:{port}", remedy="give another --port or --host"
        ) from e
