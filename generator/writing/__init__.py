"""From the catalogue to files. The only importer of jinja2, and the only writer.

`target` reads the manifests of `templates/`, whose keys `manifest` declares. `syntax` and
`identifiers` hold what a manifest says of its language, `given` what a template is given. `render`
makes the whole tree in memory, `tree` compares it with the output folder and writes it.
"""
