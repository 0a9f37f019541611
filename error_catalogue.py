"""generator/ under the name that it is installed by, for editable installations.

The wheel has no such file: there generator/ itself has this name.
"""

from generator import __path__  # noqa: F401 (makes a package of this module)
