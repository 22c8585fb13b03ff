"""Django's `i18n` tags, with a `blocktranslate` that isolates its values from the sentence around them, and `shortened`.

Settings load this library under the name `i18n`.
"""

from typing import Any, cast

from django import template
from django.template.base import FilterExpression, Parser, Token, TokenType
from django.template.context import Context
from django.templatetags import i18n

from assessments.sentences import isolated, shortened

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)
register.filter("shortened", shortened)


class IsolatedValue:
    """A value of a sentence, isolated once it is known."""

    def __init__(self, expression: FilterExpression) -> None:
        self.expression = expression

    def resolve(self, context: Context) -> Any:
        return isolated(self.expression.resolve(context))


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> i18n.BlockTranslateNode:
    block = i18n.do_block_translate(parser, token)
    parts = (*block.singular, *(block.plural or ()))
    named = {part.contents for part in parts if part.token_type == TokenType.VAR}
    others = named - set(block.extra_context) - {block.countervar}
    values = block.extra_context | {name: parser.compile_filter(name) for name in others}
    block.extra_context = {name: cast(FilterExpression, IsolatedValue(value)) for name, value in values.items()}
    return block
