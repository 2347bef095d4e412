"""The municipality's own description of a file: which column is what, and how values are written.

A mapping is a TOML file (see DEVELOPERS.md, "Add a source"). Vendors' words stop here: whatever
leaves this package speaks the contracts' language.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from vft.errors import MappingError
from vft.sources import agreement, toml
from vft.sources.naming import tidy

Zone = Literal["Europe/Oslo", "UTC"]
Ends = Literal["inclusive", "exclusive"]
Separator = Literal[",", "."]
VendorName = Annotated[str, AfterValidator(tidy)]

_DATE_TOKENS = {"dd", "mm", "yyyy"}
_INSTANT_TOKENS = {"dd", "mm", "yyyy", "HH", "MM"}
TOKEN = re.compile(r"yyyy|dd|mm|HH|MM|SS")


def _checked_pattern(pattern: str, needed: set[str]) -> str:
    tokens = TOKEN.findall(pattern)
    if len(tokens) != len(set(tokens)) or not needed <= set(tokens):
        raise ValueError(
            f"må inneholde {', '.join(sorted(needed))}, hver én gang, for eksempel "
            + ("«dd.mm.yyyy HH:MM:SS»" if "HH" in needed else "«dd.mm.yyyy»")
        )
    return pattern


def _date_pattern(pattern: str) -> str:
    if re.search("HH|MM|SS", pattern):
        raise ValueError("en dato har ikke klokkeslett; bruk bare dd, mm og yyyy")
    return _checked_pattern(pattern, _DATE_TOKENS)


def _instant_pattern(pattern: str) -> str:
    return _checked_pattern(pattern, _INSTANT_TOKENS)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Source(_Strict):
    """Where the file comes from. ``id`` is part of every business key."""

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
    title: str = Field(min_length=1)
    owner: str = ""
    files: tuple[str, ...] = Field(min_length=1)
    refuse_above: float = Field(default=0.2, ge=0, le=1)


class Format(_Strict):
    """How the file is written. What a column writes otherwise, the column says itself."""

    kind: Literal["csv", "excel", "parquet"]
    delimiter: str = Field(default=";", min_length=1, max_length=1)
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    header_row: int = Field(default=1, ge=1, le=1000)
    sheet: str | None = None
    decimal: Separator = ","
    date: str = "dd.mm.yyyy"
    instant: str = "dd.mm.yyyy HH:MM:SS"
    zone: Zone = "Europe/Oslo"
    true: tuple[str, ...] = ("J", "Ja")
    false: tuple[str, ...] = ("N", "Nei")
    missing: tuple[str, ...] = ()
    ends: Ends = "exclusive"

    _date = field_validator("date")(_date_pattern)
    _instant = field_validator("instant")(_instant_pattern)

    def of(self, column: "ColumnMapping") -> "Format":
        """The format of one column: the file's, with what the column says otherwise."""
        said = column.model_dump(include=set(Format.model_fields), exclude_none=True)
        return self.model_copy(update=said) if said else self


class ColumnMapping(_Strict):
    """Where a contract column gets its value: a vendor's ``column``, or a constant ``value``.

    ``codes`` names a code list of the mapping. The rest overrides the file's format.
    """

    column: VendorName | None = None
    value: str | bool | int | float | date | None = None
    codes: str | None = None
    decimal: Separator | None = None
    date: str | None = None
    instant: str | None = None
    zone: Zone | None = None
    ends: Ends | None = None
    missing: tuple[str, ...] | None = None

    @field_validator("date")
    @classmethod
    def _date(cls, pattern: str | None) -> str | None:
        return pattern and _date_pattern(pattern)

    @field_validator("instant")
    @classmethod
    def _instant(cls, pattern: str | None) -> str | None:
        return pattern and _instant_pattern(pattern)


def _spelt_out(value: Any) -> Any:
    """``service = "Tjeneste"`` is short for ``service = { column = "Tjeneste" }``."""
    return {"column": value} if isinstance(value, str) else value


class TableMapping(_Strict):
    """Which contract the file's rows feed.

    A row that lacks a value in ``skip_when_missing`` feeds nothing to this table, silently.
    """

    name: str
    skip_when_missing: tuple[VendorName, ...] = ()
    columns: dict[str, Annotated[ColumnMapping, BeforeValidator(_spelt_out)]]


class Mapping(_Strict):
    """A mapping that has been read and agrees with the contracts."""

    source: Source
    format: Format
    tables: tuple[TableMapping, ...] = Field(alias="table", min_length=1)
    codes: dict[str, dict[str, str]] = {}

    @cached_property
    def vendor_columns(self) -> tuple[str, ...]:
        """The file's columns that the mapping speaks of, each once, in its order."""
        named = (
            name
            for table in self.tables
            for name in (*(c.column for c in table.columns.values()), *table.skip_when_missing)
        )
        return tuple(dict.fromkeys(name for name in named if name is not None))

    @cached_property
    def sha256(self) -> str:
        """Changes when, and only when, the file would be read otherwise."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def vendor_column(self, table: str, column: str) -> str | None:
        """What the file calls a contract column; None for a constant or one that is not mapped."""
        for mapped in self.tables:
            if mapped.name == table and column in mapped.columns:
                return mapped.columns[column].column
        return None


def load(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        MappingError: names the file, each key that is wrong, and how to mend it.
    """
    try:
        return parse(path.read_text(encoding="utf-8-sig"), name=path.name)
    except OSError as error:
        why = "filen finnes ikke" if isinstance(error, FileNotFoundError) else "den kan ikke leses"
        raise MappingError(f"Tilordningen {path.name} kan ikke åpnes: {why}.") from error
    except UnicodeDecodeError as error:
        raise MappingError(
            f"Tilordningen {path.name} er ikke lagret som UTF-8. Lagre den på nytt som UTF-8."
        ) from error


def parse(text: str, *, name: str) -> Mapping:
    """Read a mapping from its text; ``name`` is what messages call it.

    Raises:
        MappingError: as :func:`load`.
    """
    try:
        mapping = Mapping.model_validate(toml.loads(text))
    except toml.TomlFault as error:
        raise MappingError(f"Tilordningen {name} er ikke gyldig TOML: {error}.") from error
    except ValidationError as error:
        raise _refused(name, agreement.spelling(error)) from error
    if problems := agreement.problems(mapping):
        raise _refused(name, problems)
    return mapping


def _refused(name: str, problems: Iterable[str]) -> MappingError:
    listed = "\n".join(f"– {problem}" for problem in problems)
    return MappingError(f"Tilordningen {name} kan ikke brukes:\n{listed}")


def load_folder(folder: Path) -> dict[str, Mapping]:
    """All mappings in a folder by source id.

    Raises:
        MappingError: one of them is wrong, or two have the same id.
    """
    found: dict[str, Mapping] = {}
    for path in sorted(folder.glob("*.toml")):
        mapping = load(path)
        if mapping.source.id in found:
            raise MappingError(
                f"Tilordningen {path.name}: source.id = «{mapping.source.id}» er brukt i en annen "
                f"fil i {folder.name}. Gi hver kilde sin egen id."
            )
        found[mapping.source.id] = mapping
    return found


def ready() -> dict[str, Mapping]:
    """The mappings that come with the package, by source id."""
    with as_file(files("vft.sources") / "mappings") as folder:
        return load_folder(folder)


def choose(path: Path, mappings: dict[str, Mapping]) -> Mapping | None:
    """The mapping whose file pattern fits the file's name best; None if none does.

    The pattern with most letters wins, capitals count for nothing.

    Raises:
        MappingError: two mappings fit equally well.
    """
    fits = sorted(
        (_fit(path.name, mapping), name)
        for name, mapping in mappings.items()
        if _fit(path.name, mapping) > 0
    )
    if not fits:
        return None
    best, name = fits[-1]
    rivals = [other for fit, other in fits if fit == best]
    if len(rivals) > 1:
        raise MappingError(
            f"Filen {path.name} passer like godt til {' og '.join(rivals)}. "
            "Gjør mønsteret i source.files mer nøyaktig i en av dem."
        )
    return mappings[name]


def _fit(file_name: str, mapping: Mapping) -> int:
    patterns = (p.casefold() for p in mapping.source.files)
    fitting = (p for p in patterns if fnmatchcase(file_name.casefold(), p))
    return max((1 + len(p.replace("*", "")) for p in fitting), default=0)
