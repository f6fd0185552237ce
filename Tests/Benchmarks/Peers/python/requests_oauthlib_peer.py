"""What requests-oauthlib does with the same work; prints one number."""
import os
import sys
import threading
import time

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

CALLS = 20_000


def together(count, work):
    threads = [threading.Thread(target=work) for _ in range(count)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - start) * 1000


def main(what, url=None):
    session = OAuth2Session(client=BackendApplicationClient(client_id="client"))

    def fetch():
        session.fetch_token(url, client_id="client", client_secret="secret")

    if what == "fresh":
        session.token = {"access_token": "token", "token_type": "Bearer", "expires_at": time.time() + 3600}
        start = time.perf_counter()
        for _ in range(CALLS):
            session._client.add_token("https://api.example/")
        return (time.perf_counter() - start) * 1e9 / CALLS
    if what == "first":
        fetch()
        return 0
    if what in ("crowd", "down"):
        def work():
            try:
                if not session.token:
                    fetch()
            except Exception:
                pass
        return together(200 if what == "crowd" else 20, work)
    sys.exit(64)


print(main(*sys.argv[1:]))
