"""The figures for programs: ``/api/v1``, with the same gate and the same rules as the screens.

Texts of the contract are plain bokmål here, since they are read by programs once and by people in
the OpenAPI document; what a person is told of an error goes through gettext.
"""
