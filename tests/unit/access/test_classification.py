"""Every field of every model is said to be personal or not: nobody adds one without thinking."""

import pytest
from django.apps import apps

#: Models of others, in the same two words.
OTHERS = {
    "auth.Permission": (set(), {"id", "name", "content_type", "codename"}),
    "auth.Group": (set(), {"id", "name"}),
    "contenttypes.ContentType": (set(), {"id", "app_label", "model"}),
    # holds the id of who is logged in
    "sessions.Session": ({"session_key", "session_data"}, {"expire_date"}),
    # who changed which user or role, and to what
    "auditlog.LogEntry": (
        {
            "object_pk", "object_id", "object_repr", "serialized_data", "changes", "changes_text",
            "actor", "actor_email", "remote_addr", "remote_port", "additional_data",
        },
        {"id", "content_type", "action", "cid", "timestamp"},
    ),
    # no mail is sent, so that these are empty
    "account.EmailAddress": ({"user", "email"}, {"id", "verified", "primary"}),
    "account.EmailConfirmation": ({"email_address"}, {"id", "created", "sent", "key"}),
    "mfa.Authenticator": ({"user", "data", "last_used_at"}, {"id", "type", "created_at"}),
    "socialaccount.SocialApp": (
        set(), {"id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings"},
    ),
    "socialaccount.SocialAccount": (
        {"user", "uid", "last_login", "extra_data"}, {"id", "provider", "date_joined"},
    ),
    # not kept
    "socialaccount.SocialToken": (
        {"account", "token", "token_secret"}, {"id", "app", "expires_at"},
    ),
    # a task is given the id of an upload and nothing else
    "django_tasks_database.DBTaskResult": (
        set(),
        {
            "id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs", "priority",
            "task_path", "worker_ids", "queue_name", "backend_name", "run_after", "return_value",
            "exception_class_path", "traceback",
        },
    ),
}  # fmt: skip


def classified(model):
    if model._meta.label in OTHERS:
        return OTHERS[model._meta.label]
    return model.personal, model.impersonal


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda m: m._meta.label)
def test_every_field_is_classified_once(model):
    personal, impersonal = classified(model)
    fields = {f.name for f in model._meta.get_fields() if f.concrete and not f.many_to_many}
    assert not personal & impersonal
    assert personal | impersonal == fields
