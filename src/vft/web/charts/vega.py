"""Vega-Lite in plain dictionaries: what the charts need of it, and no more.

Building the same through Altair took 0.2-0.9 s a chart, most of it checking; this takes none.
"""

from collections.abc import Sequence
from typing import Any

from vft.web.charts import style

Spec = dict[str, Any]
Rows = Sequence[dict[str, Any]]

#: For marks that stand where they are told, whatever the data.
NOWHERE: Rows = ({},)
BREAKS = "break-paths-show-path-domains"


def layer(rows: Rows, mark: str, *, encoding: Spec, **look: Any) -> Spec:
    """One kind of mark over some rows."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": mark, **look},
        "encoding": {name: channel for name, channel in encoding.items() if channel is not None},
    }


def at(field: str, low: float, high: float, *, axis: Spec | None = None) -> Spec:
    """A position along a scale with fixed ends."""
    scale = {"domain": [low, high], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def pixel(value: float) -> Spec:
    """A position in pixels."""
    return {"value": value}


def own_colour(field: str) -> Spec:
    """The colour that each row names."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def text(field: str) -> Spec:
    """The words that each row holds."""
    return {"field": field, "type": "nominal"}


def haloed(rows: Rows, *, encoding: Spec, **look: Any) -> list[Spec]:
    """Words with a white edge, readable where a line crosses them."""
    edge = {"color": "white", "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    plain = {name: channel for name, channel in encoding.items() if name != "color"}
    return [
        layer(rows, "text", encoding=plain, **look | edge),
        layer(rows, "text", encoding=encoding, **look),
    ]


def drawing(  # noqa: PLR0913 - the frame of a drawing
    layers: Sequence[Spec],
    *,
    width: float,
    height: float,
    wide: bool,
    fit: bool,
    top: int = 0,
) -> Spec:
    """Layers over each other. ``fit``: shrink the plot until axes and labels are inside."""
    return {
        "layer": list(layers),
        "width": width,
        "height": height,
        "padding": {"left": 0, "top": top, "right": 6 if wide else 2, "bottom": 2} if fit else 0,
        "autosize": {"type": "fit" if fit else "none", "contains": "padding"},
        "config": style.config(wide=wide),
    }
