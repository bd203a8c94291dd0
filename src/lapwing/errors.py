"""The exceptions Lapwing raises.

LapwingError
├── InputError        a document, page, date or option the user gave cannot be used
├── ModelError        the model file is missing or does not fit this version
├── StoreError        the store cannot be opened or does not hold what was asked for
└── KnowledgeError    a table of the knowledge base is malformed
"""


class LapwingError(Exception):
    """Base of all; `code` is the `Issue` code the pipeline makes of it."""

    code = "error"


class InputError(LapwingError):
    """What the user gave cannot be used; the message names the item and what to do."""

    code = "bad-input"


class ModelError(LapwingError):
    """The model cannot be loaded or does not fit the ontology."""

    code = "model"


class StoreError(LapwingError):
    """The store cannot be opened, or has no such article."""

    code = "store"


class KnowledgeError(LapwingError):
    """A knowledge table has a bad row; the message names file and line."""

    code = "knowledge"
