"""A story played through the running system, and compared with the same story on paper."""

from web.live.differences import differences
from web.live.player import play_live

__all__ = ["differences", "play_live"]
