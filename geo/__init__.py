"""Map conflict events: text or tables in, places, claims and events out."""
