"""uvicorn's connection, with the time limits it lacks: on asking, and on reading the answer."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10  # in which the head of a request must have come
WRITE_SECONDS = 20  # in which a full send buffer must drain


class TimedConnection(H11Protocol):
    """A connection that is dropped when its client neither asks nor reads.

    uvicorn limits how long a connection idles after an answer; one that never asks, trickles
    its headers, or does not take its answer would stay for ever. (The time for a body and for
    the answer itself is the application's matter.)
    """

    _asking: asyncio.TimerHandle | None = None  # runs while no request is under way
    _reading: asyncio.TimerHandle | None = None  # runs while the send buffer is full

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._asking = self.loop.call_later(REQUEST_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        under_way = self.cycle is not None and not self.cycle.response_complete
        if under_way and self._asking is not None:
            self._asking.cancel()
            self._asking = None
        elif not under_way and self._asking is None:
            self._asking = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._asking, self._reading):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)
