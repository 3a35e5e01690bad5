"""A player on the session bus (MPRIS 2.2). The only file that imports dbus_fast, which reads the annotations here."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from dbus_fast import DBusFastError, NameFlag, PropertyAccess, RequestNameReply, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

from coach.devices.media_keys import MediaKey, NowPlaying
from coach.errors import MachineError

PATH = "/org/mpris/MediaPlayer2"
IDENTITY = "Coach"
READ = PropertyAccess.READ
Texts = Annotated[list[str], DBusSignature("as")]

logging.getLogger("dbus_fast").addHandler(logging.NullHandler())  # else its tracebacks reach the terminal


def bus_name() -> str:
    """Return this process's name on the bus: a second coach has another, so that both can be steered."""
    return f"org.mpris.MediaPlayer2.coach.instance{os.getpid()}"


class Application(ServiceInterface):
    """What every player says of itself."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    @dbus_method(name="Raise")
    def raise_window(self) -> None:
        """Do nothing: there is no window."""

    @dbus_method(name="Quit")
    def quit(self) -> None:
        """Do nothing: a session ends by its good-bye."""

    @dbus_property(access=READ, name="CanQuit")
    def can_quit(self) -> DBusBool:
        """Return `CanQuit` of the specification."""
        return False

    @dbus_property(access=READ, name="CanRaise")
    def can_raise(self) -> DBusBool:
        """Return `CanRaise` of the specification."""
        return False

    @dbus_property(access=READ, name="HasTrackList")
    def has_track_list(self) -> DBusBool:
        """Return `HasTrackList` of the specification."""
        return False

    @dbus_property(access=READ, name="Identity")
    def identity(self) -> DBusStr:
        """Return `Identity` of the specification."""
        return IDENTITY

    @dbus_property(access=READ, name="SupportedUriSchemes")
    def schemes(self) -> Texts:
        """Return `SupportedUriSchemes` of the specification."""
        return []

    @dbus_property(access=READ, name="SupportedMimeTypes")
    def mime_types(self) -> Texts:
        """Return `SupportedMimeTypes` of the specification."""
        return []


class MprisPlayer(ServiceInterface):
    """The buttons, and what a lock screen shows."""

    def __init__(self, press: Callable[[MediaKey], None], now: NowPlaying) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._press, self._now = press, now

    def show(self, now: NowPlaying) -> None:
        """Tell every client what plays now."""
        self._now = now
        self.emit_properties_changed({"PlaybackStatus": now.status, "Metadata": metadata_of(now)})

    @dbus_method(name="PlayPause")
    def play_pause(self) -> None:
        """Press the play pause button."""
        self._press(MediaKey.PLAY_PAUSE)

    @dbus_method(name="Play")
    def play(self) -> None:
        """Press the play button."""
        self._press(MediaKey.PLAY)

    @dbus_method(name="Pause")
    def pause(self) -> None:
        """Press the pause button."""
        self._press(MediaKey.PAUSE)

    @dbus_method(name="Stop")
    def stop(self) -> None:
        """Press the stop button."""
        self._press(MediaKey.STOP)

    @dbus_method(name="Next")
    def next(self) -> None:
        """Press the next button."""
        self._press(MediaKey.NEXT)

    @dbus_method(name="Previous")
    def previous(self) -> None:
        """Press the previous button."""
        self._press(MediaKey.PREVIOUS)

    @dbus_method(name="Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Do nothing: a session has no place to seek to."""

    @dbus_method(name="SetPosition")
    def set_position(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Do nothing, as `seek`."""

    @dbus_method(name="OpenUri")
    def open_uri(self, uri: DBusStr) -> None:
        """Do nothing: it plays sessions only."""

    @dbus_property(access=READ, name="PlaybackStatus")
    def playback_status(self) -> DBusStr:
        """Return `PlaybackStatus` of the specification."""
        return self._now.status

    @dbus_property(access=READ, name="Metadata")
    def metadata(self) -> DBusDict:
        """Return `Metadata` of the specification."""
        return metadata_of(self._now)

    @dbus_property(access=READ, name="Position")
    def position(self) -> DBusInt64:
        """Return `Position` of the specification."""
        return 0

    @dbus_property(access=READ, name="Rate")
    def rate(self) -> DBusDouble:
        """Return `Rate` of the specification."""
        return 1.0

    @dbus_property(access=READ, name="MinimumRate")
    def minimum_rate(self) -> DBusDouble:
        """Return `MinimumRate` of the specification."""
        return 1.0

    @dbus_property(access=READ, name="MaximumRate")
    def maximum_rate(self) -> DBusDouble:
        """Return `MaximumRate` of the specification."""
        return 1.0

    @dbus_property(access=READ, name="Volume")
    def volume(self) -> DBusDouble:
        """Return `Volume` of the specification."""
        return 1.0

    @dbus_property(access=READ, name="CanGoNext")
    def can_go_next(self) -> DBusBool:
        """Return `CanGoNext` of the specification."""
        return True

    @dbus_property(access=READ, name="CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        """Return `CanGoPrevious` of the specification."""
        return True

    @dbus_property(access=READ, name="CanPlay")
    def can_play(self) -> DBusBool:
        """Return `CanPlay` of the specification."""
        return True

    @dbus_property(access=READ, name="CanPause")
    def can_pause(self) -> DBusBool:
        """Return `CanPause` of the specification."""
        return True

    @dbus_property(access=READ, name="CanSeek")
    def can_seek(self) -> DBusBool:
        """Return `CanSeek` of the specification."""
        return False

    @dbus_property(access=READ, name="CanControl")
    def can_control(self) -> DBusBool:
        """Return `CanControl` of the specification."""
        return True


def metadata_of(now: NowPlaying) -> dict[str, Variant]:
    """Return what plays as MPRIS wants it: one track for each step of a session."""
    return {
        "mpris:trackid": Variant("o", f"/coach/step/{now.step}"),
        "xesam:title": Variant("s", now.title),
        "xesam:artist": Variant("as", [IDENTITY]),
        "xesam:album": Variant("s", now.album),
    }


async def serve(player: MprisPlayer, stop: asyncio.Event) -> None:
    """Be a player on the bus until it is stopped. Raises MachineError where there is no bus, or when it goes."""
    try:
        bus = await _unless_stopped(MessageBus().connect(), stop)
    except (OSError, EOFError, DBusFastError) as error:
        raise MachineError("there is no session bus here") from error
    if bus is None:
        return
    try:
        bus.export(PATH, Application())
        bus.export(PATH, player)
        reply = await _unless_stopped(bus.request_name(bus_name(), NameFlag.DO_NOT_QUEUE), stop)
        if reply not in (RequestNameReply.PRIMARY_OWNER, None):
            raise MachineError(f"another program already uses the name {bus_name()}")
        await _unless_stopped(bus.wait_for_disconnect(), stop)
    except (OSError, EOFError, DBusFastError) as error:
        raise MachineError("the session bus has gone away") from error
    finally:
        bus.disconnect()


async def _unless_stopped(work: Coroutine[Any, Any, Any], stop: asyncio.Event) -> Any:
    """Return the work's result; None where it was stopped first."""
    working, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if working.done():
        return working.result()
    working.cancel()
    return None
