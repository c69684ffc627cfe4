"""The command as a process: whatever its streams are, it can write; a signal ends it at once."""

import codecs
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType
from typing import Any

BROKEN_PIPE = 128 + 13
INTERRUPTED = 128 + signal.SIGINT
# How long to wait for steps that must not be left half done, in seconds.
PATIENCE = 0.5
_STREAMS = ("stdin", "stdout", "stderr")
_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_ESCAPED_ASCII = "qantar_ascii"


def open_closed_streams() -> None:
    """Give each standard stream that was closed nothing to read and nowhere to write.

    Else the next file that is opened would get its number, and what is told would end there.
    """
    for number, name in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115


def escape_what_streams_cannot_hold() -> None:
    """Make a character that the output's encoding lacks an escape, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if codecs.lookup(stream.encoding).name == "ascii":
            # click takes a stream of that name for one set up wrongly, and writes UTF-8.
            stream.reconfigure(encoding=_ESCAPED_ASCII, errors="backslashreplace")
        elif stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="backslashreplace")


def is_utf8(encoding: str | None) -> bool:
    """Whether this names UTF-8."""
    return codecs.lookup(encoding or "utf-8").name == "utf-8"


def close_outputs() -> None:
    """Send nowhere what is still to be written, so that it is not tried again at the end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """While this holds, a signal that asks for the end gets it, with status 128 + its number.

    A thread of its own ends the process: the main one may be waiting for input, or for
    other threads. What is aside is removed. A signal that is ignored stays so.
    """
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    # It is never closed: that would wake the thread while the interpreter is taken down, and
    # a thread that then asks for the interpreter can abort the process.
    signal.set_wakeup_fd(sender.detach(), warn_on_full_buffer=False)
    for number in _ENDING:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _note)
    threading.Thread(target=_end_when_told, args=(receiver,), daemon=True).start()
    try:
        yield
    finally:
        if _noted:
            # Whatever the main thread has come to, the status is that of the signal.
            threading.Event().wait()


_noted: list[int] = []


def _note(number: int, _: FrameType | None) -> None:
    """Hold the main thread, so that it makes nothing while what is aside is removed."""
    _noted.append(number)
    aside = _aside()
    if aside is None or not aside.is_undisturbed():
        threading.Event().wait()


def _aside() -> Any:
    # To load the module here could wait for the main thread; unless it is loaded, nothing is
    # aside.
    aside = sys.modules.get("qantar.schema.aside")
    return aside if hasattr(aside, "remove_asides") else None


def _end_when_told(receiver: socket.socket) -> None:
    while numbers := receiver.recv(64):
        for number in numbers:
            if number in _ENDING:
                _end(number)


def _end(number: int) -> None:
    aside = _aside()
    if aside is not None:
        aside.remove_asides(PATIENCE)
    if sys.stderr.isatty():
        with suppress(OSError):
            os.write(sys.stderr.fileno(), b"\n")
    os._exit(128 + number)


def _find_escaped_ascii(name: str) -> codecs.CodecInfo | None:
    if name != _ESCAPED_ASCII:
        return None
    ascii_codec = codecs.lookup("ascii")
    return codecs.CodecInfo(
        ascii_codec.encode,
        ascii_codec.decode,
        streamreader=ascii_codec.streamreader,
        streamwriter=ascii_codec.streamwriter,
        incrementalencoder=ascii_codec.incrementalencoder,
        incrementaldecoder=ascii_codec.incrementaldecoder,
        name=_ESCAPED_ASCII,
    )


codecs.register(_find_escaped_ascii)
