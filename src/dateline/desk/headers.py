"""What every answer of the desk carries, whatever it is: a policy for its scripts, no sniffing, no framing, no referrer."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No inline script or style, nothing from elsewhere. blob: pictures are what the map draws its own marks with.
POLICY = "; ".join((
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "worker-src 'self'",
    "connect-src 'self'", "font-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    "form-action 'self'"))
# Of a mail that an editor looks at: its styles stand in its text, as mails need them, and its pictures too; nothing else is
# loaded, nothing runs, no form is sent, and the page is of no origin, so that it reaches nothing of the desk.
OF_A_MAIL = "; ".join((
    "sandbox", "default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "base-uri 'none'", "form-action 'none'",
    "frame-ancestors 'none'"))
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",             # a link to an outlet does not tell it what is being looked at
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",     # no page of another site shows or loads what is here
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
KEPT_FOR = "max-age=31536000, immutable"          # assets: their address changes with their content


class SecurityHeaders:
    """Adds HEADERS to every answer, but for the policy of a mail that is looked at; what is not an asset is kept by nobody
    unless the answer says otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                given = headers.get("content-security-policy")
                headers.update(HEADERS)
                if given == OF_A_MAIL:
                    headers["content-security-policy"] = OF_A_MAIL
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        await self._app(scope, receive, send_with_headers)
