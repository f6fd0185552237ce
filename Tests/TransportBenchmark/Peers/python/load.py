"""Gets a URL so many times, so many at once, with httpx; prints requests a second."""
import asyncio, sys, time
import httpx


async def main(url, count, at_once):
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    async with httpx.AsyncClient(limits=limits) as client:
        async def work():
            for _ in range(count // at_once):
                (await client.get(url)).raise_for_status()

        start = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(at_once)))
        print(count / (time.perf_counter() - start))


asyncio.run(main(sys.argv[1], int(sys.argv[2]) // 10, int(sys.argv[3])))
