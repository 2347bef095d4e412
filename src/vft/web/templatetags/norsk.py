"""Numbers and dates the Norwegian way, in templates."""

from django import template

from vft.web import norwegian

register = template.Library()
register.filter("tall", norwegian.number)
register.filter("endring", norwegian.change)
register.filter("celle", norwegian.cell)
register.filter("dag", norwegian.day)
register.filter("tidspunkt", norwegian.moment)
register.filter("maaned", norwegian.month)
register.filter("maanedsnavn", norwegian.month_name)
register.filter("storrelse", norwegian.size)
register.filter("prosent", norwegian.percent)
