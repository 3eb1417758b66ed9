"""The evidence page in a real headless Chromium, on a desk and on a phone, by mouse, by keys and by touch."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.chrome.webdriver import WebDriver

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
)
SHOWN = "return [...document.querySelectorAll('.card')].filter(card => card.checkVisibility()).map(card => card.id)"
# Switched on where a browser is found: without one there is nothing to collect here.
DEVICES = {"desk": (1440, 900), "phone": (390, 844)} if CHROMIUM and DRIVER else {}


def start(device: str) -> WebDriver:
    """Start the browser as a device."""
    width, height = DEVICES[device]
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in (*QUIET, f"--window-size={width},{height}"):
        options.add_argument(argument)
    if device == "phone":
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2, "touch": True}})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(params=list(DEVICES))
def browser(request: pytest.FixtureRequest, page: Path) -> Iterator[WebDriver]:
    """Open the page on each device; the console stays empty."""
    driver = start(request.param)
    try:
        driver.get(page.as_uri())
        yield driver
        assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]
    finally:
        driver.quit()


def said(driver: WebDriver, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
    """Run a script in the page."""
    return driver.execute_script(script)


def figures(driver: WebDriver) -> list[Any]:
    """Give the marked figures."""
    return list(driver.find_elements(By.CSS_SELECTOR, "a.figure"))


if DEVICES:

    def test_nothing_of_the_release_runs_and_nothing_is_fetched(browser: WebDriver) -> None:
        """The release's script and handler stay words, no request leaves the page, and it fits the width of the screen."""
        assert "taken" not in browser.title.casefold().replace("<b>", "")
        assert said(browser, "return document.querySelectorAll('article script, article img, article b').length") == 0
        assert said(browser, "return performance.getEntriesByType('resource').length") == 0
        assert said(browser, "return document.documentElement.scrollWidth - innerWidth") <= 0

    def test_every_figure_is_reached_by_the_tab_key_and_tells_its_fields(browser: WebDriver) -> None:
        """The Tab key goes from figure to figure in the text's order; each shows its own card, inside the screen; Escape closes it."""
        marked = figures(browser)
        assert len(marked) >= 8
        said(browser, "document.querySelector('a.figure').focus()")
        for figure in marked:
            assert said(browser, "return document.activeElement.id") == figure.get_attribute("id")
            number = str(figure.get_attribute("id")).removeprefix("figure-")
            assert said(browser, SHOWN) == [f"card-{number}"]
            card = browser.find_element(By.ID, f"card-{number}")
            assert figure.text.rstrip("?") in card.text
            box = said(browser, f"const b = document.getElementById('card-{number}').getBoundingClientRect(); return [b.left, b.right - document.documentElement.clientWidth, b.top, b.bottom - innerHeight]")
            assert box[0] >= 0
            assert box[1] <= 0
            # A phone's sheet has a button to close it, which Tab reaches first.
            if said(browser, "return matchMedia('(pointer: coarse), (max-width: 760px)').matches"):
                ActionChains(browser).send_keys(Keys.ESCAPE).perform()
            ActionChains(browser).send_keys(Keys.TAB).perform()
        ActionChains(browser).send_keys(Keys.ESCAPE).perform()
        assert said(browser, SHOWN) == []

    def test_the_card_of_a_figure_opens_and_closes(browser: WebDriver) -> None:
        """By mouse it comes with hovering and goes with leaving; on a phone a tap brings it, above nothing of the figure, and its button closes it."""
        phone = said(browser, "return matchMedia('(pointer: coarse), (max-width: 760px)').matches")
        figure = figures(browser)[-1]
        said(browser, "document.querySelector('article').scrollIntoView()")
        if phone:
            figure.click()
        else:
            ActionChains(browser).move_to_element(figure).perform()
        (shown,) = said(browser, SHOWN)
        card = browser.find_element(By.ID, shown)
        assert card.find_element(By.CSS_SELECTOR, "strong").text == figure.text.rstrip("?")
        assert not said(browser, f"const a = arguments, b = document.getElementById('{shown}').getBoundingClientRect(), c = document.querySelectorAll('a.figure.on')[0].getBoundingClientRect(); return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom")
        if phone:
            card.find_element(By.CSS_SELECTOR, ".close").click()
        else:
            ActionChains(browser).move_to_element(browser.find_element(By.TAG_NAME, "h1")).perform()
        assert said(browser, SHOWN) == []

    def test_text_and_table_lead_to_each_other(browser: WebDriver) -> None:
        """The row's link goes to the figure and the figure's to the row; the doubtful rows can be seen alone."""
        said(browser, "document.querySelector('#row-2 th a').click()")
        assert said(browser, "return location.hash + document.querySelector('a.figure:target').id") == "#figure-2figure-2"
        rows = "return [...document.querySelectorAll('.figures tbody tr')].filter(row => row.checkVisibility()).length"
        every = said(browser, rows)
        said(browser, "document.getElementById('only').click()")
        assert 0 < said(browser, rows) < every
        assert said(browser, "return document.querySelectorAll('.figures tbody tr.doubtful').length") == said(browser, rows)

    def test_words_stand_out_from_their_ground(browser: WebDriver) -> None:
        """Every mark, chip and row has a contrast of at least 4.5 to 1."""
        assert said(browser, CONTRAST) == []


CONTRAST = """
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const rgb = s => s.match(/[\\d.]+/g).map(Number);
const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > .99) return c.slice(0, 3); } return [255, 255, 255]; };
return [...document.querySelectorAll('article *, .legend li, .counts *, td *, th *, .hint')].filter(e => e.checkVisibility() && e.textContent.trim()).map(e => {
  const [a, b] = [light(rgb(getComputedStyle(e).color).slice(0, 3)), light(ground(e))].sort((x, y) => y - x);
  return [(a + .05) / (b + .05), e.className, e.textContent.slice(0, 20)];
}).filter(([ratio]) => ratio < 4.5);
"""
