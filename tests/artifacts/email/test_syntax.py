"""What templates may say; whatever else they try is refused before anything could run."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regelwerk.artifacts.email.syntax import MAX_DEPTH, MAX_PLACEHOLDERS, parse, written

ESCAPES = (
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ organization['__class__'] }}",
    "{{ organization.__class__.__subclasses__() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ organization|attr('__class__') }}",
    "{{ ()|map('attr', '__class__')|list }}",
    "{{ '%s'|format(organization) }}",
    "{{ '{0.__class__}'.format(organization) }}",
    "{{ '%s' % organization }}",
    "{{ 9**9**9 }}",
    "{{ 'a' * 10**9 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{{ 1 if true else 2 }}",
    "{{ organization.name[0:1] }}",
    "{{ organization[record.case] }}",
    "{{ organization is defined }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{% if range(10**9) %}x{% endif %}",
    "{% if fields.a in fields.b %}x{% endif %}",
    "{% if fields.a < 'b' %}x{% endif %}",
    "{% if fields.a == 1 %}x{% endif %}",
    "{% include '/etc/passwd' %}",
    "{% import 'a' as b %}",
    "{% from 'a' import b %}",
    "{% extends 'a' %}",
    "{% macro m() %}{% endmacro %}",
    "{% call m() %}{% endcall %}",
    "{% set a = 1 %}",
    "{% set a %}x{% endset %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}x{% endwith %}",
    "{% block a %}x{% endblock %}",
    "{% autoescape false %}x{% endautoescape %}",
)


@pytest.mark.parametrize("text", ESCAPES)
def test_what_reaches_beyond_placeholders_is_unsafe(text: str) -> None:
    assert [fault.code for fault in parse(text).faults] == ["template/unsafe"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ a", "{{ }}", "{{ a b }}", "{% if a %}", "{% endif %}", "{{ a }", "{% do a %}",
        "{# a", "{{ 'a }}", "{{ (a }}", "{% if %}x{% endif %}", "{% raw %}x",
    ],
)  # fmt: skip
def test_what_is_broken_is_a_syntax_fault(text: str) -> None:
    assert [fault.code for fault in parse(text).faults] == ["template/syntax"]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("ü {{ fields.a|upper }}", 5),
        ("a\n\n  {{ 1 + 2 }}", 8),
        ("{% if fields.a -%}\n  x {%- endif %} {{ 'a' ~ 'b' }}", 39),
        ("{# note #}{% raw %}{{ x }}{% endraw %}{{ [] }}", 41),
        ("x {{ fields.a", 2),
        ("{% if fields.a %}{% if fields.b %}{% endif %}", 0),
    ],
)
def test_a_fault_has_its_place(text: str, offset: int) -> None:
    assert [fault.offset for fault in parse(text).faults] == [offset]


def test_what_a_text_takes_is_listed_with_its_place() -> None:
    text = (
        'Dear {{ fields["first-name"] }},\n'
        '{% if steps["a-b"].fields.c == "yes" and not record.by %}'
        '{{ "{{" }}{% elif fields.items %}x{% else %}{{ step.title }}{% endif %}'
    )
    parsed = parse(text)
    assert parsed.faults == ()
    assert [written(reference.name) for reference in parsed.references] == [
        'fields["first-name"]',
        'steps["a-b"].fields.c',
        "record.by",
        "fields.items",
        "step.title",
    ]
    for reference in parsed.references:
        assert text[reference.offset :].startswith(reference.name[0])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ fields.first-name }}", 'write `fields["first-name"]`'),
        ("{{ fields.a-b-c }}", 'write `fields["a-b-c"]`'),
        ("{{ steps.meet.fields.first-name }}", 'write `steps.meet.fields["first-name"]`'),
        ("{% if fields.first-name %}x{% endif %}", 'write `fields["first-name"]`'),
    ],
)
def test_a_hyphen_in_a_name_is_explained(text: str, hint: str) -> None:
    (fault,) = parse(text).faults
    assert (fault.code, fault.hint) == ("template/undefined-variable", hint)
    assert fault.offset == text.index("fields" if "steps" not in text else "steps")


def test_limits_on_depth_and_number() -> None:
    deep = "{% if fields.a %}" * (MAX_DEPTH + 2) + "x" + "{% endif %}" * (MAX_DEPTH + 2)
    assert parse(deep).faults
    assert not parse("{% if fields.a %}" * 5 + "x" + "{% endif %}" * 5).faults
    assert parse("{% if " + "not " * 50 + "fields.a %}x{% endif %}").faults
    assert parse("{{ " + "(" * 5000 + "fields.a" + ")" * 5000 + " }}").faults
    assert parse("{{ fields.a }}" * (MAX_PLACEHOLDERS + 1)).faults
    assert parse('{% if "a" == "b" %}' + '{% elif "a" == "b" %}' * 3000 + "{% endif %}").faults
    assert not parse("{{ fields.a }}" * MAX_PLACEHOLDERS).faults


@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{%",
                "%}",
                "{#",
                "#}",
                " ",
                "\n",
                "if",
                "endif",
                "else",
                "fields.a",
                "-",
                "fields['b']",
                "'",
                '"',
                "(",
                ")",
                "[",
                "]",
                "|",
                "~",
                "==",
                "x",
                "ü",
                "\x00",
                "for",
                "raw",
                "endraw",
                "in",
                "not",
                ".",
                "1",
                "{%-",
                "-%}",
                "\u2028",
                "\r",
            ]
        ),
        max_size=25,
    ).map("".join)
)
@example("{{ \\ }}")
def test_no_text_breaks_the_parser(text: str) -> None:  # fmt: skip
    parsed = parse(text)
    for fault in parsed.faults:
        assert 0 <= fault.offset <= len(text)
    for reference in parsed.references:
        assert text[reference.offset :].startswith(reference.name[0])
