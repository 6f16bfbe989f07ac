class ConvokeError(Exception):
    """The root of everything Convoke refuses on purpose."""


class DatabaseTooNewError(ConvokeError):
    """The database was migrated by a newer version, whose schema this one does not know."""


class BrokenReferencesError(ConvokeError):
    """A migration left rows that point to nothing; it was rolled back."""
