"""Refresh and publish: from the lake to the figures that screens read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vft import __version__
from vft.indicators import catalogue
from vft.lake import manifest
from vft.lake.manifest import Manifest
from vft.lake.on_duckdb import DuckDB
from vft.panel.refresh import refresh as refresh_panel
from vft.pipeline.home import Home
from vft.pipeline.progress import Progress, silent
from vft.publication import shelf
from vft.publication.contents import contents
from vft.publication.read import Publication
from vft.publication.write import Contents, write
from vft.tables.norwegian import number

_PANEL, _FIGURES = "Beregner panelet", "Beregner tallene"
#: Tables that a publication does not depend on: receipts and what is derived.
_BESIDE = {"deliveries", "quarantine"}


@dataclass(frozen=True, kw_only=True)
class RefreshedPanel:
    """What a refresh of the panel computed: months in all, over its facts."""

    months: int

    def sentence(self) -> str:
        """The same, in bokmål."""
        if not self.months:
            return "Panelet er oppdatert fra før."
        return f"Panelet er beregnet på nytt for {self.months} måneder (alle fakta lagt sammen)."


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a publishing gave: its number, or none when nothing was new or there is no data."""

    number: int | None
    figures: int = 0
    corrections: int = 0
    is_without_data: bool = False

    def sentence(self) -> str:
        """The same, in bokmål."""
        if self.is_without_data:
            return (
                "Ingenting er publisert: datalageret har ingen data å telle, eller ingen enheter å "
                "telle i. Lever enhetene (enheter.csv), vedtak og utstyr."
            )
        if self.number is None:
            return "Ingenting er endret siden forrige publisering."
        figures, corrections = number(self.figures), number(self.corrections)
        if self.number == 1:
            return f"Publisering 1, den første: {figures} tall."
        corrected = f"{corrections} tall" if self.corrections else "Ingen tall"
        return (
            f"Publisering {self.number}: {figures} tall. {corrected} som alt var publisert, er "
            "rettet."
        )


def refresh_and_publish(home: Home, *, progress: Progress = silent) -> Published:
    """Bring panel and figures up to date with the lake."""
    refresh(home, progress=progress)
    return publish(home, progress=progress)


def refresh(home: Home, *, progress: Progress = silent) -> RefreshedPanel:
    """Compute the panel's changed months.

    Raises:
        LakeError: another writer holds the lake.
    """
    done = refresh_panel(home.lake, on_progress=lambda d, t: progress(_PANEL, d, t))
    return RefreshedPanel(months=sum(len(months) for months in done.months.values()))


def publish(home: Home, *, progress: Progress = silent) -> Published:
    """Publish the lake's state, unless the newest publication is of the same data.

    One publishes at a time, from the look at the lake to the finished file: the newest
    publication is always of the newest state that is published.

    Raises:
        VftError: another publishes, and does not come to an end.
    """
    with shelf.alone(home.publications):
        newest = shelf.newest(home.publications)
        state = manifest.latest(home.lake)
        if newest and _is_of(newest, state):
            return Published(number=None)
        found = _computed(home, state, progress)
        if found is None:
            return Published(number=None, is_without_data=True)
        return _published(write(home.publications, found, now=datetime.now(UTC)))


def _computed(home: Home, state: Manifest, progress: Progress) -> Contents | None:
    engine = DuckDB(home.lake, state, temp_folder=home.root / "spill")
    try:
        return contents(engine, told=lambda done, total: progress(_FIGURES, done, total))
    finally:
        engine.close()


def _published(path: Path) -> Published:
    written = Publication.open(path)
    try:
        return Published(
            number=written.number,
            figures=written.size("figure"),
            corrections=written.size("correction"),
        )
    finally:
        written.close()


def newest(home: Home) -> Publication:
    """The newest publication.

    Raises:
        NothingPublished: there is none yet.
    """
    return Publication.latest(home.publications)


def _is_of(path: Path, state: Manifest) -> bool:
    """Whether a publication says what the state's tables say, by this code and choice."""
    publication = Publication.open(path)
    try:
        same_code = publication.meta["code_version"] == __version__
        same_indicators = {i.code for i in publication.indicators()} == set(catalogue.published())
        same_data = _relevant(publication.inputs) == _relevant(state.versions)
        return same_code and same_indicators and same_data
    finally:
        publication.close()


def _relevant(versions: Mapping[str, int]) -> dict[str, int]:
    return {t: v for t, v in versions.items() if t not in _BESIDE and not t.startswith("panel_")}
