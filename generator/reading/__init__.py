"""From the vendor's documents to releases. The only importer of markdown_it.

`spec` reads the folder, `document` one file; below them `source` (characters and places), `blocks`
(Markdown's structure), `text` (a paragraph's words), `sentences` (facts, by the rules that `grammar`
holds), and as a judge over all of them `retelling` and `checks`.
"""
