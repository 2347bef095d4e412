"""Errors that a person can act on, and the exit code each gives the command line.

Every message is plain bokmål and says what was wrong, where, what was kept and how to mend it.
Anything that is not a ``VftError`` is a fault in the program and is shown as one.
"""


class VftError(Exception):
    """Something the user, or the file she sent, can mend."""

    exit_code = 1


class MappingError(VftError):
    """The mapping file contradicts itself or the contracts."""

    exit_code = 3


class FileRefused(VftError):
    """A delivered file is refused whole: nothing of it reached the lake.

    ``kind`` names the reason in one word for lists and tests: ``empty``, ``truncated``,
    ``encoding``, ``delimiter``, ``missing_column``, ``swapped_columns``, ``nonsense``,
    ``zip_bomb``, ``too_large``, ``too_many_bad_rows``, ``unknown_file``.
    """

    exit_code = 4

    def __init__(self, message: str, *, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class LakeError(VftError):
    """The lake cannot give or take what was asked."""

    exit_code = 5


class VaultError(VftError):
    """The vault cannot be opened or is damaged."""

    exit_code = 6


class AccessDenied(VftError):
    """The reader lacks the role or the unit scope. Raised by gates, which fail closed."""

    exit_code = 7


class NothingPublished(VftError):
    """There is no publication to read yet."""

    exit_code = 8
