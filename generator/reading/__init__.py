"""From the vendor's documents to releases. The only importer of markdown_it.

`spec` reads the folder and, with `digests`, sees that nothing in it was edited; `document` reads
one file. Below them `source` has characters and places, `blocks` Markdown's structure, `walk` the
way over the blocks to `head`, `contents` and `sections`, `text` a paragraph's characters,
`sentences` the facts in them, by the rules of `grammar`. `retelling` and `checks` judge the whole.
"""
