"""Pages that are filled into one page that the theme rendered."""

from dataclasses import replace

import pytest
from paper_atlas.site.page_template import PageTemplate, TemplateValues
from paper_atlas.site.placeholders import ADDRESS, CONTENT, DESCRIPTION, SOURCE, TITLE

EMPTY = TemplateValues("", "", "", "", "", "")
VALUES = TemplateValues(
    title='U-Net "&" <b>',
    description="Who",
    address="https://e.org/papers/u-net/",
    source="https://e.org/edit/u-net.yml",
    head="<meta>\n",
    content="<div>body</div>",
)
FIELDS = {"title": TITLE, "description": DESCRIPTION, "address": ADDRESS, "source": SOURCE}


def test_a_page_has_its_own_values() -> None:
    page = (
        f"<head><title>{TITLE}</title><link href='{ADDRESS}'></head>"
        f"<a href='{SOURCE}'>{DESCRIPTION}</a>{CONTENT}"
    )
    assert PageTemplate(page).fill(VALUES) == (
        "<head><title>U-Net &quot;&amp;&quot; &lt;b&gt;</title>"
        "<link href='https://e.org/papers/u-net/'><meta>\n</head>"
        "<a href='https://e.org/edit/u-net.yml'>Who</a><div>body</div>"
    )


@pytest.mark.parametrize("name", FIELDS)
def test_every_plain_text_is_escaped(name: str) -> None:
    values = replace(EMPTY, **{name: "<b> & \"'"})
    assert PageTemplate(f"|{FIELDS[name]}|").fill(values) == "|&lt;b&gt; &amp; &quot;&#x27;|"


def test_head_and_content_are_html() -> None:
    page = PageTemplate(f"</head>{CONTENT}").fill(replace(EMPTY, head="<meta>", content="<p>&"))
    assert page == "<meta></head><p>&"


def test_a_value_that_equals_a_placeholder_is_not_replaced() -> None:
    values = replace(VALUES, title=DESCRIPTION, description=TITLE, content=CONTENT, head=TITLE)
    page = PageTemplate(f"{TITLE} {DESCRIPTION} {CONTENT}</head>").fill(values)
    assert page == f"{DESCRIPTION} {TITLE} {CONTENT}{TITLE}</head>"


def test_a_placeholder_that_occurs_twice_is_replaced_twice() -> None:
    assert PageTemplate(f"{TITLE} {TITLE}").fill(replace(EMPTY, title="A")) == "A A"


def test_a_page_without_a_placeholder_does_not_get_the_value() -> None:
    """The empty texts between two placeholders stay empty."""
    assert PageTemplate(f"{TITLE}{DESCRIPTION}").fill(replace(VALUES, title="a")) == "aWho"


def test_a_template_without_the_place_of_the_content_is_recognised() -> None:
    assert PageTemplate(f"<body>{CONTENT}").has_content
    assert not PageTemplate("<body>").has_content


def test_the_head_of_a_page_has_its_description() -> None:
    template = PageTemplate(f'<head><meta content="{DESCRIPTION}"></head><body>{DESCRIPTION}')
    assert template.head_of('"A"') == '<head><meta content="&quot;A&quot;">'


def test_the_digest_changes_with_the_head_only() -> None:
    pages = ("<head>a</head>b", "<head>a</head>c", "<head>b</head>b")
    one, same, other = (PageTemplate(page).digest for page in pages)
    assert one == same != other


def test_the_indentation_of_the_theme_is_removed_and_that_of_the_content_stays() -> None:
    page = PageTemplate(f"<ul>\n\n    <li>\n      {CONTENT}</ul>")
    assert page.fill(replace(EMPTY, content="<pre>\n  a</pre>")) == (
        "<ul>\n<li>\n<pre>\n  a</pre></ul>"
    )


def test_the_field_of_the_search_of_material_is_recognised() -> None:
    assert PageTemplate('<input data-md-component="search-query">').has_search
    assert not PageTemplate('<input type="search">').has_search
