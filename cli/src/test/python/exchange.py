"""The exchange of exchange.js with python-socketio: settings as JSON in the first argument, the result as JSON."""
import asyncio
import json
import sys

import socketio

ANSWER_WITHIN_SECONDS = 60


class Party:
    def __init__(self, settings, token):
        self.settings, self.token = settings, token
        self.socket = socketio.AsyncClient(reconnection=False)
        self.messages = asyncio.Queue()

    async def open(self, event):
        self.socket.on(event, self.messages.put, namespace="/caps")
        transports = {"transports": self.settings["transports"]} if "transports" in self.settings else {}
        await self.socket.connect(self.settings["url"], auth={"token": self.token}, namespaces=["/caps"], **transports)

    async def ask(self, event, body):
        answer = await self.socket.call(event, body, namespace="/caps", timeout=ANSWER_WITHIN_SECONDS)
        assert answer["ok"], (event, answer)

    async def next(self, message_id):
        while True:
            message = await asyncio.wait_for(self.messages.get(), ANSWER_WITHIN_SECONDS)
            if message["messageId"] == message_id:
                return message["order"]


async def exchange(settings):
    vendor = Party(settings, settings["tokens"]["store"])
    driver = Party(settings, settings["tokens"]["driver"])
    await vendor.open("delivered")
    await driver.open("pickup")
    store = settings["store"]
    await vendor.ask("join", {"clientId": store})
    for size in settings["sizes"]:
        order = {"store": store, "orderId": f"{store}-{size}", "customer": "Kari", "note": ("é🚚" + "x" * size)[:size]}
        await vendor.ask("pickup", order)
        assert (await driver.next(order["orderId"]))["note"] == order["note"]
        message = {"clientId": store, "messageId": order["orderId"], "order": order}
        await driver.ask("in-transit", message)
        await driver.ask("delivered", message)
        assert (await vendor.next(order["orderId"]))["note"] == order["note"]
    transports = [party.socket.transport() for party in (vendor, driver)]
    await vendor.socket.disconnect()
    await driver.socket.disconnect()
    return {"transport": ",".join(transports), "sizes": settings["sizes"]}


print(json.dumps(asyncio.run(exchange(json.loads(sys.argv[1])))))
