"""What Authlib does with the same work; prints one number."""
import sys
import threading
import time

from authlib.integrations.requests_client import OAuth2Session

CALLS = 20_000


def session(url):
    return OAuth2Session("client", "secret", token_endpoint=url, grant_type="client_credentials",
                         token_endpoint_auth_method="client_secret_basic")


def together(count, work):
    threads = [threading.Thread(target=work) for _ in range(count)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - start) * 1000


def main(what, url=None):
    client = session(url)
    if what == "fresh":
        client.token = {"access_token": "token", "token_type": "Bearer", "expires_at": time.time() + 3600}
        start = time.perf_counter()
        for _ in range(CALLS):
            client.ensure_active_token(client.token)
        return (time.perf_counter() - start) * 1e9 / CALLS
    if what == "first":
        client.fetch_token()
        return 0
    if what in ("crowd", "down"):
        def work():
            try:
                if not client.token:
                    client.fetch_token()
            except Exception:
                pass
        return together(200 if what == "crowd" else 20, work)
    sys.exit(64)


print(main(*sys.argv[1:]))
