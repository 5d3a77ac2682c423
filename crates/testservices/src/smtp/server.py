"""An SMTP server on aiosmtpd that keeps every message as a file, and answers as it is told.

Reads `rcpt` and `data` in its folder for each message: an answer to give instead of 250, or for `data` also
`slow <seconds>`: the message is kept, and the answer comes that much later.
"""

import asyncio
import json
import os
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
port = int(sys.argv[2])
mode = sys.argv[3]  # plain, starttls or tls
user, password = (sys.argv[4:6] + ["", ""])[:2]


def told(what):
    try:
        return (folder / what).read_text().strip()
    except FileNotFoundError:
        return ""


class Keeper:
    def __init__(self):
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if told("rcpt"):
            return told("rcpt")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = told("data")
        if answer and not answer.startswith("slow"):
            return answer
        self.count += 1
        kept = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or mode == "tls",
            "user": session.auth_data.login.decode() if session.authenticated else None,
            "data": envelope.content.decode("utf-8", "replace"),
        }
        part = folder / "part"
        part.write_text(json.dumps(kept))
        os.rename(part, folder / f"{os.getpid():010}-{self.count:06}.json")
        if answer:
            await asyncio.sleep(float(answer.split()[1]))
        return "250 kept"


def signs_in(server, session, envelope, mechanism, data):
    fits = data.login.decode() == user and data.password.decode() == password
    return AuthResult(success=fits, handled=False, auth_data=data)


async def serve():
    context = None
    if mode != "plain":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    keeper = Keeper()

    def session():
        return SMTP(
            keeper,
            hostname="mail.test",
            tls_context=context if mode == "starttls" else None,
            require_starttls=mode == "starttls",
            authenticator=signs_in if user else None,
            auth_required=bool(user),
            auth_require_tls=mode == "starttls",
            timeout=60,
        )

    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", port, ssl=context if mode == "tls" else None
    )
    async with server:
        await server.serve_forever()


asyncio.run(serve())
