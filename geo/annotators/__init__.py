"""Find place mentions, numbers, dates and terms in a text: spans out, in text order."""
