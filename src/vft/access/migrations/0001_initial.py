# ruff: noqa: E501, RUF012 - written by Django

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import vft.access.crypt


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "time",
                    models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="tid"),
                ),
                ("user", models.CharField(max_length=150, verbose_name="bruker")),
                ("organisation", models.CharField(max_length=200, verbose_name="virksomhet")),
                ("role", models.CharField(max_length=20, verbose_name="rolle")),
                ("purpose", models.CharField(max_length=400, verbose_name="formål")),
                ("what", models.CharField(max_length=400, verbose_name="hva")),
                (
                    "recipient_id",
                    models.BigIntegerField(
                        db_index=True, null=True, verbose_name="tjenestemottaker"
                    ),
                ),
                ("count", models.IntegerField(verbose_name="antall")),
            ],
            options={
                "verbose_name": "innsyn",
                "verbose_name_plural": "innsynslogg",
                "ordering": ["-time", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("recipient_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("identity", vft.access.crypt.EncryptedText()),
                ("given_name", vft.access.crypt.EncryptedText(null=True)),
                ("family_name", vft.access.crypt.EncryptedText(null=True)),
                (
                    "address_blocked",
                    models.BooleanField(default=False, verbose_name="adressesperre"),
                ),
                ("fingerprint", models.CharField(max_length=32)),
            ],
            options={
                "verbose_name": "identitet",
                "verbose_name_plural": "identiteter",
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "bruker",
                "verbose_name_plural": "brukere",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leder", "Leder"),
                            ("koordinator", "VFT-koordinator"),
                            ("saksbehandler", "Saksbehandler"),
                            ("controller", "Controller"),
                            ("analytiker", "Analytiker"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="rolle",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="enhet")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="gitt")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rolle",
                "verbose_name_plural": "roller",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "role", "unit"), name="one_row_per_role"
                    )
                ],
            },
        ),
    ]
