"""Draw an address as a QR code, to be read by a telephone's camera. The only file that imports segno."""

import io
from html import escape

import segno

MODULE = 3  # a point of the code, in pixels of the page: printed about 3 cm wide
QUIET_MODULES = 4  # white around it, as its standard asks


def qr_figure(address: str) -> str:
    """Return a figure of HTML: the code as SVG, and the address under it to be typed."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=MODULE, border=QUIET_MODULES, xmldecl=False, light="white", title=address)
    shown = escape(address)
    return f"""<figure class="address">
{drawn.getvalue().decode("utf-8").strip()}
<figcaption>The sound that goes with it: <a href="{shown}">{shown}</a></figcaption>
</figure>
"""
