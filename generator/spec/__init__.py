"""The folder of documents: which files it has, and what its side files record.

`documents` reads the whole folder. `folder` has its files as they are or with an overlay, `digests`
the recorded checksums, `builds`, `accepted` and `annotations` what people put beside the documents.
`asked` finds the release that a person names, `candidate` reads a document that is to be added. How
one document is read is in `generator.reading`.
"""
