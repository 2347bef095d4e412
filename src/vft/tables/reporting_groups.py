"""A municipality's own groups of services, kept apart from the KPR codes."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="reporting_groups",
    title="Rapporteringsgrupper",
    meaning="A service counts in a reporting group; a service may count in several.",
    key=("group", "service"),
    columns=(
        Column(name="group", kind=Kind.CODE, title="Gruppe", required=True),
        Column(name="group_name", kind=Kind.TEXT, title="Gruppens navn", required=True),
        Column(
            name="service", kind=Kind.CODE, title="Tjeneste", required=True, refers_to="services"
        ),
    ),
)
