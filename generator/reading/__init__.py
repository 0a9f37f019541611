"""From the vendor's documents to releases. The only importer of markdown_it.

`spec` reads the folder, `document` one file; below them `source` (characters and places), `blocks`
(Markdown's structure), `walk` (over the blocks, to `head`, `contents` and `sections`), `text` (a
paragraph's characters), `sentences` (facts, by the rules that `grammar` holds), and as judges over
all of them `retelling` and `checks`.
"""
