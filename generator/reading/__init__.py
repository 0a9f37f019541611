"""From a vendor's document to a release. The only importer of markdown_it.

`document` reads one file. Below it `source` has characters and places, `blocks` Markdown's
structure, `walk` the way over the blocks to `head`, `contents` and `sections`, `text` a paragraph's
characters, `sentences` the facts in them, by the rules of `grammar`, which `declarations` are part
of. `round_trip` and `checks` judge the whole.
"""
