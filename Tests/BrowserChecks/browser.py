"""A headless Chromium, driven over a pipe by its DevTools protocol; Python's standard library alone."""
import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

CANDIDATES = ["chromium", "chromium-browser", "google-chrome"]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    # A page may look into a frame of another file, which narrow pages are shown in.
    "--allow-file-access-from-files", "--remote-debugging-pipe",
]


class Browser:
    """One browser; pages are opened in it one after the other."""

    def __init__(self):
        program = next(filter(None, map(shutil.which, CANDIDATES)), None)
        if program is None:
            raise SystemExit("No Chromium is at hand: make setup-browser")
        self.folder = tempfile.mkdtemp(prefix="theriac-browser-")
        incoming, to_browser = os.pipe()
        from_browser, outgoing = os.pipe()
        # High numbers, so that putting them in the places 3 and 4 overwrites neither.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (incoming, outgoing)]

        def place_ends():
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.folder}"], preexec_fn=place_ends,
            close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for end in (incoming, outgoing, *ends):
            os.close(end)
        self.to_browser, self.from_browser = to_browser, from_browser
        self.buffer, self.last_id, self.events = b"", 0, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, parameters=None, session=None, seconds=600):
        """The result of a method; events that come meanwhile are kept."""
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to_browser, data):]
        end = time.monotonic() + seconds
        while True:
            answer = self.receive(end)
            if answer is None:
                raise TimeoutError(method)
            if answer.get("id") == self.last_id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def receive(self, end):
        while b"\0" not in self.buffer:
            if not select.select([self.from_browser], [], [], max(0, end - time.monotonic()))[0]:
                return None
            data = os.read(self.from_browser, 1 << 20)
            if not data:
                raise EOFError("the browser has ended")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def page(self, path, width=1280, height=900, dark=False):
        return Page(self, path, width, height, dark)


class Page:
    """A file in the browser, in a window of this size; it has been loaded."""

    def __init__(self, browser, path, width, height, dark):
        self.browser = browser
        self.target = browser.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.session = browser.call(
            "Target.attachToTarget", {"targetId": self.target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        self.call("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        browser.events.clear()
        self.call("Page.navigate", {"url": "file://" + os.path.abspath(path)})
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")
        self.settle()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.call("Target.closeTarget", {"targetId": self.target})

    def call(self, method, parameters=None):
        return self.browser.call(method, parameters, self.session)

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", {
            "expression": expression, "returnByValue": True, "awaitPromise": True})
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def wait(self, condition, seconds=300):
        end = time.monotonic() + seconds
        while not self.evaluate(condition):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            time.sleep(0.02)

    def complaints(self):
        """Errors of scripts, of the console, and requests for anything but files."""
        found = []
        for event in self.browser.events:
            method, details = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append(details["exceptionDetails"].get("text", "an exception"))
            elif method == "Runtime.consoleAPICalled" and details["type"] in ("error", "warning"):
                found.append(str(details["args"]))
            elif method == "Log.entryAdded" and details["entry"]["level"] in ("error", "warning"):
                found.append(details["entry"]["text"])
            elif method == "Network.requestWillBeSent":
                url = details["request"]["url"]
                if not url.startswith(("file:", "data:", "about:")):
                    found.append(f"a request for {url}")
        return found

    def settle(self):
        """Waits two frames, in which observers and scrolling are told."""
        self.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def centre(self, selector):
        """The middle of an element, which is scrolled to first."""
        place = self.evaluate(f"""(() => {{
          const one = {selector};
          one.scrollIntoView({{ block: 'center', inline: 'center' }});
          const box = one.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        }})()""")
        self.settle()
        return {"x": place[0], "y": place[1]}

    def click(self, selector):
        place = self.centre(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", {
                "type": kind, "button": "left", "clickCount": 1, **place})

    def hover(self, selector):
        self.call("Input.dispatchMouseEvent", {"type": "mouseMoved", **self.centre(selector)})

    def type(self, text):
        self.call("Input.insertText", {"text": text})

    def press(self, key, code):
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", {
                "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code,
                **(text if kind == "keyDown" else {})})

    def screenshot(self, path, clip=None):
        options = {"format": "png"}
        if clip:
            options["clip"] = {**clip, "scale": 1}
            options["captureBeyondViewport"] = True
        data = self.call("Page.captureScreenshot", options)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def print(self, path):
        data = self.call("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        with open(path, "wb") as file:
            file.write(base64.b64decode(data["data"]))
