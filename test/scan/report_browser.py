"""report_browser.py FOLDER: opens the reports there from disk, as a reader does."""
import os
import sys
import time
from contextlib import contextmanager

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

FOLDER = os.path.abspath(sys.argv[1])
WIDE, NARROW = (1400, 1000), (400, 850)


class Reader:
    def __init__(self, driver):
        self.driver = driver

    def open(self, name):
        # Another page first: a change of the fragment alone loads nothing.
        self.driver.get("about:blank")
        self.driver.get("file://" + os.path.join(FOLDER, name))
        self.run("try { localStorage.clear(); } catch {}")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector):
        return [node.text for node in self.all(selector) if node.is_displayed()]

    def text(self, selector):
        return self.one(selector).text

    def press(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def wait(self, condition):
        WebDriverWait(self.driver, 20, ignored_exceptions=[
            StaleElementReferenceException]).until(lambda _: condition())

    def empty_search(self):
        self.one("#search").send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE)

    def listed(self):
        return [node.text.split("\n")[0] for node in self.all("#groups li a")
                if node.is_displayed()]

    def choose(self, name, text):
        Select(self.one("#" + name)).select_by_visible_text(text)

    def check_page(self):
        """No error in the console, and nothing wider than the window."""
        log = [entry for entry in self.driver.get_log("browser")
               if entry["level"] in ("SEVERE", "WARNING")]
        assert not log, log
        width, window = self.run(
            "return [document.documentElement.scrollWidth, innerWidth]")
        assert width <= window, (width, window)
        for pane in ("#list", "#detail", "main"):
            inner, outer = self.run("const one = document.querySelector(arguments[0]);"
                                    "return [one.scrollWidth, one.clientWidth]", pane)
            assert inner <= outer, (pane, inner, outer)


@contextmanager
def reader(size, dark=False):
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu",
                 "--disable-dev-shm-usage"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    try:
        driver.set_page_load_timeout(60)
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": size[0], "height": size[1], "deviceScaleFactor": 1,
            "mobile": False})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        # What loads from elsewhere would be an error in the log.
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
            "offline": True, "latency": 0, "downloadThroughput": 0,
            "uploadThroughput": 0})
        yield Reader(driver)
    finally:
        driver.quit()


def find_link(page, text):
    return next(link for link in page.all("#groups li a") if text in link.text)


def read_path(page):
    """A finding is chosen, and its path gone along, by click and by key."""
    page.open("small.html")
    assert page.text("h1") == "notebook"
    assert page.text("#summary").startswith("4 findings (3 new) in 2 files, 5 func")
    assert page.text("#count") == "4 of 7 findings"
    find_link(page, "index.c:17").click()
    page.wait(lambda: "does not hold" in page.text("#detail h2"))
    assert page.text("#at") == "Step 1 of 8"
    assert len(page.all("#steps li")) == 8
    assert page.text("#source-name") == "index.c:19"
    assert page.text(".row.on .no") == "19"
    assert page.texts(".row.on mark") == ["NTSTATUS"]
    assert "Critical region\noutside" in page.text("#state")
    assert not page.one("#depth").is_displayed()

    page.press("jjj")
    assert page.text("#at") == "Step 4 of 8"
    assert page.text("#source-name") == "index.h:12"  # the call leads there
    assert page.text("#depth") == "1 call deep"
    assert page.texts("#state .changed dt") == ["Critical region"]
    page.press("j")
    assert page.texts("#state .changed dd") == [
        "Index->Resource (ERESOURCE, exclusive)"]
    assert page.run("return location.hash").endswith(".4")
    page.press("k")
    assert page.text("#at") == "Step 4 of 8"
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert page.text("#at") == "Step 6 of 8"
    assert page.text("#source-name") == "index.c:24"
    page.all("#steps button")[7].click()
    assert page.text("#at") == "Step 8 of 8"
    assert page.texts(".row.on mark") == ["ExReleasePushLockShared"]  # behind emoji
    assert page.all(".row.on.end")
    assert page.one("[aria-label='Next step']").get_attribute("disabled")
    page.press("j")
    assert page.text("#at") == "Step 8 of 8"
    row, pane = (page.run("return document.querySelector(arguments[0])"
                          ".getBoundingClientRect().toJSON()", one)
                 for one in (".row.on", "#source"))
    assert pane["top"] <= row["top"] and row["bottom"] <= pane["bottom"], (row, pane)
    page.one(".note button[data-step='6']").click()
    assert page.text("#at") == "Step 7 of 8"
    page.check_page()


def read_rule(page):
    assert page.text("#explained h3") == "ddi.wdm.PushLock"
    assert page.all("#explained .diagram svg .node.bad")
    drawn = page.run("return getComputedStyle(document.querySelector("
                     "'.diagram .edge.bad path')).stroke")
    words = page.run("return getComputedStyle(document.querySelector("
                     "'.diagram .edge.bad text')).fill")
    assert drawn == words and drawn != "none", (drawn, words)
    assert page.texts(".examples h4") == ["Wrong", "Right"]
    link = page.one("#explained p a").get_attribute("href")
    assert link.startswith("https://learn.microsoft.com/"), link


def filter_findings(page):
    """By search, rule, file and state; grouped by rule or by file."""
    page.open("small.html")
    assert page.texts("#groups summary .name") == ["ddi.wdm.CriticalRegions",
                                                   "ddi.wdm.PushLock"]
    page.press("/")
    page.press("indexcount HOLDS shared")
    page.wait(lambda: page.text("#count") == "1 of 7 findings")
    assert len(page.listed()) == 1
    page.press("x")
    page.wait(lambda: page.text("#count") == "0 of 7 findings")
    assert page.text("#groups") == "No finding fits these filters."
    page.empty_search()
    page.wait(lambda: page.text("#count") == "4 of 7 findings")
    page.choose("rule", "ddi.wdm.CriticalRegions (1)")
    assert page.listed() == ["Returns inside a critical region that was not left"]
    page.choose("rule", "all rules")
    page.choose("file", "index.h (2)")
    assert page.listed() == []
    page.choose("status", "everything")
    assert len(page.listed()) == 2
    page.choose("file", "all files")
    assert page.text("#count") == "7 findings"
    page.choose("group", "file")
    assert page.texts("#groups summary .name") == ["hostile file#1.c", "index.c",
                                                   "index.h"]
    for name, count in (("new", 3), ("unchanged since the baseline", 1),
                        ("suppressed", 1), ("not decided", 1),
                        ("gone since the baseline", 1)):
        page.choose("status", name)
        assert len(page.listed()) == count, name
    page.choose("status", "suppressed")
    page.all("#groups li a")[0].click()
    page.wait(lambda: "Reason: only called by IndexControl" in
              page.text("#detail .about"))
    assert not page.one("#state").is_displayed()  # no step tells of one
    page.check_page()


def go_through_findings(page):
    page.open("small.html")
    first = page.text("#detail h2")
    page.press("n")
    page.wait(lambda: page.text("#detail h2") != first)
    page.press("p")
    page.wait(lambda: page.text("#detail h2") == first)
    page.all("#groups li a")[0].send_keys(Keys.ARROW_DOWN)
    assert page.run("return document.activeElement.matches('#groups *')")
    page.driver.back()
    page.wait(lambda: page.text("#detail h2") != first)


def hostile_text(page):
    """What a source says is shown, and neither run nor obeyed."""
    page.open("small.html")
    find_link(page, "hostile file#1.c").click()
    page.wait(lambda: page.text("#source-name").startswith("hostile"))
    time.sleep(0.3)
    assert page.driver.title == "notebook"
    assert not page.all("#source img, #source script, #steps b")
    assert "</script><script>document.title" in page.text("#source")
    odd = page.texts("#source .odd")
    assert odd[:2] == ["U+202E", "U+2066"] and "U+001B" in odd and "U+202E" in \
        page.text("#steps"), odd
    page.check_page()


def change_theme(page, first):
    """As the system has it, until the reader chooses."""
    back = "return getComputedStyle(document.body).backgroundColor"
    page.open("small.html")
    page.driver.refresh()
    colors = [page.run(back)]
    for _ in range(2):
        page.one("#theme").click()
        colors.append(page.run(back))
    assert page.text("#theme") == "Theme: light"
    dark, light = "rgb(21, 23, 26)", "rgb(250, 250, 248)"
    assert colors == [{"dark": dark, "light": light}[first], dark, light], colors
    page.one("#theme").click()
    page.check_page()


def read_on_telephone(page):
    """List and finding take turns."""
    page.open("small.html")
    assert page.one("#list").is_displayed() and not page.one("#detail").is_displayed()
    page.check_page()
    find_link(page, "index.c:17").click()
    page.wait(lambda: page.one("#detail").is_displayed())
    assert not page.one("#list").is_displayed()
    assert page.run("return document.activeElement.id") == "detail"
    for _ in range(8):
        page.check_page()
        page.press("j")
    assert page.text("#at") == "Step 8 of 8"
    below = page.one(".keys.narrow [aria-label='Previous step']")
    below.click()
    assert page.text("#at") == "Step 7 of 8"
    size = below.size
    assert size["width"] >= 32 and size["height"] >= 32, size
    page.one("#back").click()
    page.wait(lambda: page.one("#list").is_displayed())
    find_link(page, "hostile").click()
    page.wait(lambda: page.text("#detail h2").endswith("</script>"))
    page.check_page()
    page.driver.back()
    page.wait(lambda: page.one("#list").is_displayed())


def names_of_controls(page):
    """Each control has a name for who cannot see it, and can be reached."""
    page.open("small.html")
    nameless = page.run("""
        return [...document.querySelectorAll("button,input,select,a,[tabindex='0']")]
          .filter((one) => one.offsetParent && !(one.innerText || "").trim() &&
                  !one.labels?.length && !one.ariaLabel).map((one) => one.outerHTML)""")
    assert not nameless, nameless
    seen = set()
    for _ in range(40):
        page.press(Keys.TAB)
        seen.add(page.run("const one = document.activeElement;"
                          "return one.id || one.className || one.tagName"))
    assert {"search", "rule", "theme", "source"} <= seen, seen


def nothing_found(page):
    page.open("empty.html")
    assert page.text("#summary") == ("0 findings in 2 files, 5 functions and 2 entry "
                                     "points; every file was analysed")
    assert page.texts(".none") == ["Nothing was found."] * (
        2 if page.one("#detail").is_displayed() else 1)
    page.press("j", "n", "k", "p")
    page.check_page()


def many_findings(page):
    """Five thousand are listed as they are looked at."""
    start = time.monotonic()
    page.open("many.html")
    page.wait(lambda: page.text("#count") == "5000 findings")
    assert time.monotonic() - start < 20
    assert len(page.all("#groups li")) == 100
    page.one(".more").click()
    assert len(page.all("#groups li")) == 200
    page.press("/")
    page.press("finding 4999")
    page.wait(lambda: page.text("#count") == "1 of 5000 findings")
    page.all("#groups li a")[0].click()
    page.wait(lambda: page.text("#detail h2") == "Finding 4999")
    assert "not in this report" in page.text("#source")
    page.empty_search()
    page.wait(lambda: page.text("#count") == "5000 findings")
    assert page.all("#groups a[aria-current]")  # its group goes as far as it
    page.check_page()


def large_file(page):
    """Shown around the steps alone, with comments told from code."""
    page.open("big.html")
    find_link(page, "big.c:9950").click()
    page.wait(lambda: page.text("#source-name") == "big.c:9910")
    rows = page.run("return [...document.querySelectorAll('.row')]"
                    ".map((one) => +one.dataset.line)")
    assert rows == list(range(9710, 10151)), (rows[0], rows[-1], len(rows))
    assert page.texts(".gap") == ["⋯ lines 1 to 9709", "⋯ lines 10151 to 20000"]
    assert len(page.all(".note")) == 2
    assert page.all("[data-line='9902'] .comment")
    assert not page.all("[data-line='9903'] .comment")
    page.check_page()


with reader(WIDE) as page:
    for test in (read_path, read_rule, filter_findings, go_through_findings,
                 hostile_text, names_of_controls, nothing_found, many_findings,
                 large_file):
        test(page)
    change_theme(page, "light")
with reader(NARROW, dark=True) as page:
    change_theme(page, "dark")
    read_on_telephone(page)
    nothing_found(page)
with reader((900, 700), dark=True) as page:
    read_path(page)
    hostile_text(page)
