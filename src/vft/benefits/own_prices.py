"""The municipality's own unit prices, as they stand in the newest state of its lake."""

from vft.benefits.price_list import from_rows
from vft.benefits.unit_price import UnitPrice
from vft.errors import VftError
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.tables.unit_prices import TABLE


def own_prices(lake: Lake) -> tuple[UnitPrice, ...]:
    """Every price in the lake, of every period, by code, time of day and first day.

    Raises:
        VftError: there is no lake, or it has no unit prices.
    """
    if not lake.manifests.is_dir():
        raise VftError(
            f"Det er ikke noe datalager i {lake.root.parent}: ingenting er lest inn der. Se om "
            "VFT_HOME nevner rett mappe."
        )
    engine = DuckDB(lake)
    try:
        rows = engine.arrow(engine.table(TABLE.name).order_by(list(TABLE.key))).to_pylist()
    finally:
        engine.close()
    if not rows:
        raise VftError(
            "Datalageret har ingen enhetspriser. Legg dem i en fil enhetspriser.csv og les den inn "
            "med vft ingest, eller regn ut saken uten --prices-from-lake."
        )
    return from_rows(rows)
