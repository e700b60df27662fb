"""What others subscribe to: calendars, Atom feeds of a search, and word of new hits by mail or webhook."""

from communique.feeds.alerts import Delivery, check, deliver
from communique.feeds.atom import atom
from communique.feeds.calendar import SHOWN, calendar, event

__all__ = ["SHOWN", "Delivery", "atom", "calendar", "check", "deliver", "event"]
