"""What every answer says of itself to browsers and to caches on the way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Pages ask for none of what a browser could give them.
_NOT_ASKED_FOR = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
_ALWAYS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_ASKED_FOR),
    "Cross-Origin-Resource-Policy": "same-origin",
    # An answer shows what one reader may see: no cache on the way may keep it, nor the browser
    # after she has logged out. Who needs otherwise has said so.
    "Cache-Control": "private, no-store",
}


class HeadersMiddleware:
    """Adds what the answer does not say already. Static files pass by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and add to its answer."""
        answer = self.get_response(request)
        for name, value in _ALWAYS.items():
            answer.headers.setdefault(name, value)
        return answer
