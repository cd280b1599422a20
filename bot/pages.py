"""The few pages that a browser sees while the app is installed: plain HTML in its own language, nothing fetched."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

from handlers.views.tongue import LANGUAGES, Tongue

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Kierto</title><style>{style}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;background:#f4f6f5;color:#1d1c1d}"
    "main{max-width:34rem;margin:12vh auto;padding:2rem;background:#fff;border-top:.4rem solid #1f3d36}"
    "h1{font-size:1.5rem;margin:0 0 1rem}a{color:#1f3d36}code{background:#eef2f0;padding:.1rem .3rem}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}main{background:#1c1c1c}a{color:#9fd3c3}"
    "code{background:#2a2a2a}}"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(
    say: Tongue, title: str, text: str, links: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HTMLResponse:
    """A page with a sentence or two and links (address, words). Text between backticks is shown as typed."""
    told = "".join(
        f"<code>{escape(part)}</code>" if place % 2 else escape(part) for place, part in enumerate(text.split("`"))
    )
    body = f"<p>{told}</p>" + "".join(f'<p><a href="{escape(to)}">{escape(words)}</a></p>' for to, words in links)
    content = _PAGE.format(language=say.language, title=escape(title), style=_STYLE, body=body)
    return HTMLResponse(content, status, _HEADERS)


def spoken(accepted: str) -> str:
    """The language to answer a browser in, by its Accept-Language: "fi", "sv" or "en"."""
    found: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in LANGUAGES and (weight := _weight(quality)) > 0:
            found.append((-weight, language))
    return min(found, key=lambda one: one[0])[1] if found else "en"


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
