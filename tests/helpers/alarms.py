"""A page in a real browser with an alarm for everything that a hostile text can do."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

ADDRESS = "http://alarms.test/"


@contextmanager
def alarmed_page(browser: Browser, body: str) -> Iterator[Page]:
    """Open a page with a body. It fails after a script, a request, a dialog or a navigation."""
    context = browser.new_context()
    page = context.new_page()
    alarms: list[str] = []
    page.add_init_script(
        "for (const name of ['alert', 'open', 'fetch'])"
        " window[name] = () => console.error('alarm: ' + name);"
        "document.addEventListener('DOMContentLoaded', () => { window.parsed = true; });"
    )

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS and not alarms:
            text = f"<!doctype html><meta charset=utf-8><title>Alarms</title><body>\n{body}"
            route.fulfill(body=text, content_type="text/html")
        else:
            alarms.append(f"request: {route.request.url}")
            route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda it: (alarms.append(f"dialog: {it.message}"), it.dismiss()))
    page.on("console", lambda it: alarms.append(it.text) if _is_alarm(it) else None)
    page.on("pageerror", lambda it: alarms.append(f"script: {it}"))
    page.on("popup", lambda it: alarms.append(f"window: {it.url}"))
    page.goto(ADDRESS)
    page.on("framenavigated", lambda it: alarms.append(f"navigation: {it.url}"))
    page.wait_for_timeout(200)
    yield page
    page.wait_for_timeout(100)
    context.close()
    assert not alarms, alarms[:5]


def _is_alarm(message: ConsoleMessage) -> bool:
    """True for an error that is not about a value that draws nothing: `<svg> attribute d: …`."""
    return message.type == "error" and not message.text.startswith("Error: <")
