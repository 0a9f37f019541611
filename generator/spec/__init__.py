"""The folder of documents: which files it has, and what its side files record.

`documents` reads the whole folder. `folder` has its files as they are or as they would be,
`digests` the recorded checksums, `builds`, `accepted` and `annotations` what people put beside the
documents. How one document is read is in `generator.reading`.
"""
