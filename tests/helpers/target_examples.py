"""The examples of docs/targets.md: a made-up target, and what each filter writes in it.

All are of the made-up vendor of tests/cases/_project. What comes out is written by hand.
"""

from typing import NamedTuple

MANIFEST = r"""# Constants for C.
package_case = "snake"

[[files]]
template = "codes.h.j2"
path = "{package}.h"

[types]
text = "const char *"
integer = "int"
flag = "bool"
list = "{item} *"
nullable = "{type}"

[members]
case = "camel"

[identifiers]
case = "UPPER_SNAKE"

[syntax.h]
comment = { start = "/*", line = " * ", end = " */", escapes = { "*/" = "* /" } }
string = { quote = '"', escapes = { '\' = '\\', '"' = '\"', "\n" = '\n', "?" = '\?' } }
list = { open = "{", close = "}", empty = "{}" }
record = { open = "{{", field = ".{name} = {value}", close = "}}" }
null = "NULL"
"""
TEMPLATE = """{{ header }}
enum code {
{% for code in catalogue.codes %}
    {{ code.text | comment(1) }}
    {{ code.code | identifier }},
{% endfor %}
};

static const char *const codes[] = {
{% for code in catalogue.codes %}
    [{{ code.code | identifier }}] = {{ code.code | literal }},
{% endfor %}
};
"""
ARTEFACT = """enum code {
    /*
     * The ground is at fault.
     */
    GROUND_FAILURE,
    /*
     * It hums, seen only on Box. This may come with any status.
     */
    HUM,
};

static const char *const codes[] = {
    [GROUND_FAILURE] = "GroundFailure",
    [HUM] = "Hum",
};
"""
DOCSTRING = """
[syntax.py.docstring]
quote = '\"\"\"'
escapes = { '\\' = '\\\\', '"' = '\\"' }
"""
"""What the example of the filter `docstring` needs beside the manifest."""


class Example(NamedTuple):
    """What stands in a template, what comes out, and the ending of the file that it is in."""

    template: str
    artefact: str
    suffix: str = "h"


FILTERS = {
    "literal": [
        Example(r"""{{ 'Say "hum".' | literal }}""", r'"Say \"hum\"."'),
        Example('{{ ["Box", "Box 2"] | literal }}, {{ none | literal }}', '{"Box", "Box 2"}, NULL'),
        Example(
            "    {{ data.codes[1].revisions[0].meanings[0].source | literal(1) }}",
            """    {
        .document = "spec/r1.0.0.md",
        .lines = {15, 15}
    }""",
        ),
    ],
    "comment": [
        Example(
            r"""    {{ "It hums.\nSee */ below." | comment(1) }}""",
            """    /*
     * It hums.
     * See * / below.
     */""",
        )
    ],
    "docstring": [Example("""{{ 'Say "hum".' | docstring }}""", r'"""Say \"hum\"."""', "py")],
    "json": [
        Example(
            "{{ data.codes[1].revisions[0].meanings[0].source | json }}",
            """{
  "document": "spec/r1.0.0.md",
  "lines": [15, 15]
}""",
        )
    ],
    "cell": [Example('{{ "on|off <Box>" | cell }}', r"on\|off &lt;Box>")],
    "type": [
        Example('{{ shapes.record("Meaning").member("text").type | type }}', "const char *"),
    ],
    "member": [Example('{{ "sent_in" | member }}', "sentIn")],
    "identifier": [Example('{{ "GroundFailure" | identifier }}', "GROUND_FAILURE")],
    "former_names": [Example("{{ catalogue.codes[0] | former_names | literal }}", "{}")],
    "in_case": [
        Example('{{ "GroundFailure" | in_case("kebab") }}', "ground-failure"),
    ],
}
