"""Names and noun phrases where blanks stand between words: read from heads and the words that may stand beside them.

No tagger says here what is a noun. A phrase is a head of the pack (an office, a body, a meeting, a text), grown over
words that the pack lists, states, ordinals and words with a capital; a person is a run of words with a capital beside
an office, a rank or a verb of saying.
"""
