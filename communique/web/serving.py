"""Serving the record to a browser."""

from __future__ import annotations

import contextlib
import functools
import gc
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from multiprocessing import resource_tracker
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from communique.errors import CommuniqueError
from communique.store import Store
from communique.web.app import create_app
from communique.web.security import hosts_for, is_loopback
from communique.web.signing import Proxy

ELSEWHERE = (
    "warning: {host} can be reached from other machines; whoever reaches it reads the record, and passwords "
    "of /review cross the network as they are unless a server with TLS stands in front"
)


SELDOM = (50_000, 50, 50)
"""When cycles are looked for. What a desk holds is many values without cycles: looking at all of them takes a tenth of
a second, and as a rule Python does so every few pages."""

PATIENCE = 30
"""Seconds after which a process that does not answer is replaced: on a busy machine it takes ten until it can."""

TURN = 0.0005
"""Seconds after which a thread that counts lets others go on. Every row that a database gives waits for its turn
anew, so that at Python's own five milliseconds a page of thirty rows waits for a search to end."""


def serve(
    record: str | Path | Store,
    host: str = "127.0.0.1",
    port: int = 8000,
    names: Sequence[str] = (),
    proxy: Proxy | None = None,
    workers: int = 1,
) -> None:
    """Serve the record until interrupted; warn where other machines can reach it.

    Args:
        record: file of the record, or an open one. host: address to listen on. port: 0 to 65535.
        names: other names under which it may be asked, those of a server in front. proxy: who is believed when it
            says who asks. workers: processes that answer; each opens the record for itself and holds its own columns.

    Raises:
        RecordError: the record cannot be opened. CommuniqueError: the address cannot be listened on.
    """
    made = functools.partial(_made, record, (*hosts_for(host), *names), proxy, several=workers > 1)
    app = made if workers > 1 else made()
    if not is_loopback(host):
        print(ELSEWHERE.format(host=host), file=sys.stderr)  # noqa: T201 - a warning for the person who starts it
    config = uvicorn.Config(
        app,
        factory=workers > 1,
        workers=workers,
        timeout_worker_healthcheck=PATIENCE,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
    )
    try:
        if workers > 1:
            _Several(config, sockets=[config.bind_socket()]).run()
        else:
            uvicorn.Server(config).run()
    except SystemExit as e:
        raise CommuniqueError(
            "nothing can be served there", where=f"{host}:{port}", remedy="give another --port or --host"
        ) from e


class _Several(Multiprocess):
    """The processes that serve. Ctrl-C is for the one that started them, which then ends the others."""

    def init_processes(self) -> None:
        """Start them deaf to Ctrl-C."""
        with _deaf():
            super().init_processes()

    def keep_subprocess_alive(self) -> None:
        """Start others as deaf in place of those that died."""
        with _deaf():
            super().keep_subprocess_alive()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Have processes that are started here hear no Ctrl-C: one that is still being made would end with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # where it starts with the first process it has that one hear again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _made(record: str | Path | Store, hosts: Sequence[str], proxy: Proxy | None, *, several: bool) -> FastAPI:
    """Return the application of a process that serves.

    Where others serve beside it, it takes its share of the questions only when it has drawn what the desk holds; alone
    it says at once what it can.
    """
    app = create_app(record, hosts, proxy)
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(TURN)
    if several:
        _ready(app)
    else:
        threading.Thread(target=_ready, args=(app,), daemon=True).start()
    return app


def _ready(app: FastAPI) -> None:
    """Read the file and draw what the desk holds before anybody asks."""
    with contextlib.suppress(CommuniqueError):
        app.state.store.warm()
        app.state.desk.state()
        gc.freeze()
