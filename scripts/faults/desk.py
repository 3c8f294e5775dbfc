"""A server of its own, and writers who know what was acknowledged to them."""

import http.client
import json
import os
import subprocess
import threading
import time

PORT = 18233
BINARY = os.environ.get("FRONTDESK", "target/debug/frontdesk")


class Desk:
    """`frontdesk serve` on a database."""

    def __init__(self, url, folder, **environment):
        self.url, self.folder = url, folder
        self.environment = {
            "PATH": os.environ["PATH"], "DATABASE_URL": url, "FRONTDESK_RATE_LIMITS": "off",
            "FRONTDESK_CLASSIFIER": "local", "FRONTDESK_LISTEN": f"127.0.0.1:{PORT}", **environment}
        self.process = None

    def start(self):
        """Starts it and waits until it is ready: the seconds that took."""
        began = time.monotonic()
        log = open(f"{self.folder}/log", "ab")
        self.process = subprocess.Popen([BINARY, "serve"], env=self.environment, stderr=log)
        while ask("GET", "/readyz")[0] != 200:
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise RuntimeError(f"it does not start: {open(f'{self.folder}/log').read()[-600:]}")
            time.sleep(0.01)
        return time.monotonic() - began

    def refuses(self):
        """What it says when it does not start, and its exit code."""
        done = subprocess.run([BINARY, "serve"], env=self.environment, capture_output=True, timeout=60)
        return done.returncode, " ".join(done.stderr.decode().split("frontdesk: ")[-1].split())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


def ask(method, path, body=None, headers=None, timeout=30):
    """Status and body; status 0 where there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=timeout)
    try:
        headers = dict(headers or {})
        data = None
        if body is not None:
            data = json.dumps(body)
            headers["content-type"] = "application/json"
        connection.request(method, path, data, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


class Load:
    """Writers who file tickets, each with a key, and again with the same key until it is acknowledged."""

    def __init__(self, writers=8, size=100):
        self.sent = 0
        self.acknowledged = {}  # from a title to when
        self.refused = {}
        self.slowest = 0.0
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.size = size
        self.threads = [threading.Thread(target=self.write, args=(n,), daemon=True) for n in range(writers)]
        for thread in self.threads:
            thread.start()

    def write(self, writer):
        n = 0
        while not self.over.is_set():
            title = f"writer {writer} ticket {n}"
            n += 1
            body = {"title": title, "description": "d" * self.size, "category": "billing", "priority": "low"}
            while True:
                with self.lock:
                    self.sent += 1
                began = time.monotonic()
                status, _ = ask("POST", "/api/tickets/", body, {"idempotency-key": f"writer-{writer}-{n}"})
                with self.lock:
                    self.slowest = max(self.slowest, time.monotonic() - began)
                    if status in (200, 201):
                        self.acknowledged[title] = time.monotonic()
                        break
                    self.refused[status] = self.refused.get(status, 0) + 1
                if self.over.is_set():
                    break
                time.sleep(0.02)

    def first_after(self, moment, patience=30):
        """The seconds from `moment` to the first acknowledgement after it."""
        while time.monotonic() - moment < patience:
            with self.lock:
                later = [at for at in self.acknowledged.values() if at > moment]
            if later:
                return min(later) - moment
            time.sleep(0.01)
        return None

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def report(self, name, titles, recovered):
        """Prints what came of it: `titles` are those that the database has."""
        there = set(titles)
        lost = [title for title in self.acknowledged if title not in there]
        print(json.dumps({
            "fault": name, "sent": self.sent, "acknowledged": len(self.acknowledged),
            "found": len(there), "lost": len(lost), "duplicates": len(titles) - len(there),
            "refused": {str(status): n for status, n in sorted(self.refused.items())},
            "slowest_answer_s": round(self.slowest, 2),
            "recovered_after_s": [None if s is None else round(s, 2) for s in recovered]}), flush=True)
        return not lost and len(titles) == len(there) and None not in recovered
