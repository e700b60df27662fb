"""From text to mentions: typed spans with what they were normalised to."""
