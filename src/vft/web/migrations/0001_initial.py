# ruff: noqa: RUF012 - written by Django

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=255, verbose_name="fil")),
                ("bytes", models.BigIntegerField(verbose_name="størrelse")),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sendt")),
                ("told_at", models.DateTimeField(auto_now=True, verbose_name="sist meldt")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Venter"),
                            ("reading", "Leses"),
                            ("loaded", "Lest inn"),
                            ("unchanged", "Ingenting nytt"),
                            ("refused", "Avvist"),
                            ("failed", "Stoppet"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=80, verbose_name="trinn")),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("delivery", models.BigIntegerField(null=True, verbose_name="leveranse")),
                ("says", models.TextField(blank=True, verbose_name="melding")),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opplasting",
                "verbose_name_plural": "opplastinger",
                "ordering": ["-sent_at"],
            },
        ),
    ]
