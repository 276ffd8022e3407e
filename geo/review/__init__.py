"""Let people decide about places once, and remember it."""

from geo.review.applying import Judge, Outcome, review_events
from geo.review.frames import review_frame
from geo.review.sheet import Decisions, read_decisions

__all__ = ["Decisions", "Judge", "Outcome", "read_decisions", "review_events", "review_frame"]
