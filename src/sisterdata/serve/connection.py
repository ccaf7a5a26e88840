"""uvicorn's connection, with the time limits it lacks: on asking, and on reading the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10  # in which the head of a request must have come
WRITE_SECONDS = 20  # in which a full send buffer must drain


class TimedConnection(H11Protocol):
    """A connection that is dropped when its client neither asks nor reads.

    uvicorn limits how long a connection idles after an answer; one that never asks, trickles
    its headers, or does not take its answer would stay for ever. (The time for a body and for
    the answer itself is the application's matter.)
    """

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._allow(REQUEST_SECONDS, self.transport.abort)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._disarm()
        elif self._timer is None and not self.transport.is_closing():
            self._allow(REQUEST_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._allow(WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._disarm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def _allow(self, seconds: float, otherwise: Callable[[], None]) -> None:
        self._disarm()
        self._timer = self.loop.call_later(seconds, otherwise)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
