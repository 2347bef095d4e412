# ruff: noqa: RUF012 - written by Django

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="navn")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("acts", models.JSONField(default=list, verbose_name="åpner")),
                ("units", models.JSONField(default=list, verbose_name="enheter")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="laget")),
                ("expires_at", models.DateTimeField(verbose_name="utløper")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="trukket tilbake")),
                ("last_used_on", models.DateField(null=True, verbose_name="sist brukt")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nøkkel",
                "verbose_name_plural": "nøkler",
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LocalAnnotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="fra")),
                ("ends_on", models.DateField(null=True, verbose_name="til")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="enhet")),
                ("service", models.CharField(blank=True, max_length=40, verbose_name="tjeneste")),
                ("text", models.CharField(max_length=300, verbose_name="tekst")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="skrevet")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="trukket tilbake")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "merknad",
                "verbose_name_plural": "merknader",
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Spent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("limit", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("until", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "forbruk",
                "verbose_name_plural": "forbruk",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("limit", "key"), name="one_row_per_limit_and_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SmallCells",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("threshold", models.PositiveSmallIntegerField(verbose_name="grense")),
                ("set_at", models.DateTimeField(auto_now_add=True, verbose_name="satt")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "grense for små tall",
                "verbose_name_plural": "grenser for små tall",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 3)), name="never_below_three"
                    )
                ],
            },
        ),
    ]
