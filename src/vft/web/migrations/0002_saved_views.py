"""Views that readers have saved under a name."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("web", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="navn")),
                (
                    "room",
                    models.CharField(
                        choices=[("overview", "Oversikt"), ("scaling", "Skalering")],
                        max_length=12,
                        verbose_name="rom",
                    ),
                ),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="valg")),
                ("saved_at", models.DateTimeField(auto_now_add=True, verbose_name="lagret")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lagret visning",
                "verbose_name_plural": "lagrede visninger",
                "ordering": ["-saved_at"],
            },
        ),
    ]
