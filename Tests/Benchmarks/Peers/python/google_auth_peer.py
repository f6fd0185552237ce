"""What google-auth does with the same work, with a refresh token where the others use client credentials; prints one number."""
import sys
import threading
import time
from datetime import datetime, timedelta, timezone

import requests
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

CALLS = 20_000


def credentials(url, token=None):
    expiry = (datetime.now(timezone.utc) + timedelta(hours=1)).replace(tzinfo=None) if token else None
    return Credentials(token, refresh_token="refresh", token_uri=url, client_id="client", client_secret="secret",
                       expiry=expiry)


def together(count, work):
    threads = [threading.Thread(target=work) for _ in range(count)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - start) * 1000


def main(what, url="http://localhost/"):
    if what == "fresh":
        client = credentials(url, "token")
        start = time.perf_counter()
        for _ in range(CALLS):
            client.before_request(None, "GET", "https://api.example/", {})
        return (time.perf_counter() - start) * 1e9 / CALLS
    client, request = credentials(url), Request(requests.Session())
    if what == "first":
        client.refresh(request)
        return 0
    if what in ("crowd", "down"):
        def work():
            try:
                client.before_request(request, "GET", "https://api.example/", {})
            except Exception:
                pass
        return together(200 if what == "crowd" else 20, work)
    sys.exit(64)


print(main(*sys.argv[1:]))
