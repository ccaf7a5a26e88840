"""A connection of uvicorn with more limits, and a close that does not lose the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10  # to send the head of a request, or the rest of a body that was refused
WRITE_SECONDS = 20  # to empty a full send buffer
MAX_DISCARDED = 1 << 24  # bytes that are still read after a refusal


class LimitedConnection(H11Protocol):
    """A connection that drops clients that send nothing, or do not read.

    uvicorn only limits how long a connection may be idle after an answer. Without these limits, a
    client that sends no request, sends it slowly, or does not read the answer would stay forever.
    (`app.py` limits the time for a body and for the answer.)

    It also closes gently. Closing a socket with unread bytes resets the connection, and the reset
    can overtake the answer: a client that is still sending then sees a broken pipe, not our 413.
    So the sending side closes first, and what the client still sends is read and thrown away.
    """

    _asking: asyncio.TimerHandle | None = None  # runs while no request is being answered
    _reading: asyncio.TimerHandle | None = None  # runs while the send buffer is full
    _discarded: int | None = None  # bytes thrown away since our side was closed

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._socket = transport
        super().connection_made(_Transport(transport, self._close))  # type: ignore[arg-type]
        self._asking = self.loop.call_later(REQUEST_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        if self._discarded is not None:
            self._discarded += len(data)
            if self._discarded > MAX_DISCARDED:
                self._socket.abort()
            return
        super().data_received(data)
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering and self._asking is not None:
            self._asking.cancel()
            self._asking = None
        elif not answering and self._asking is None:
            self._asking = self.loop.call_later(REQUEST_SECONDS, self._socket.abort)

    def _close(self) -> None:
        still_sending = self.conn.their_state in (h11.SEND_BODY, h11.ERROR)
        if not still_sending or self._discarded is not None or self._socket.is_closing():
            self._socket.close()
            return
        self._discarded = 0
        self.flow.resume_reading()
        self._socket.write_eof()
        if self._asking is None:
            self._asking = self.loop.call_later(REQUEST_SECONDS, self._socket.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(WRITE_SECONDS, self._socket.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._asking, self._reading):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)


class _Transport:
    """A transport with another way to close."""

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None]) -> None:
        self._transport = transport
        self.close = close

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
