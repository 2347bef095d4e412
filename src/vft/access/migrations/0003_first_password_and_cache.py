# ruff: noqa: RUF012 - written as Django writes them

from typing import Any

from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_tokens_limits_and_thresholds"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_is_first",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
