"""When a service may be asked again."""

from collections.abc import Callable, Mapping

from paper_atlas.enrich.services.base import Service


class Turns:
    """Keeps the pause of each service, which is longer where its answers say so."""

    def __init__(self, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._now = now
        self._sleep = sleep
        self._pauses: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def wait(self, service: Service) -> None:
        """Wait until a service may be asked, which it is at once."""
        pause = max(service.pause, self._pauses.get(service.name, 0.0))
        left = self._last.get(service.name, -pause) + pause - self._now()
        if left > 0:
            self._sleep(min(left, pause))  # the clock may have been set back
        self._last[service.name] = self._now()

    def learn(self, service: Service, headers: Mapping[str, str]) -> None:
        """Keep to the limit that an answer states: so many requests in so many seconds.

        https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
        """
        limit = headers.get("x-rate-limit-limit", "")
        seconds = headers.get("x-rate-limit-interval", "").removesuffix("s")
        if limit.isdecimal() and seconds.isdecimal() and int(limit):
            self._pauses[service.name] = int(seconds) / int(limit)
