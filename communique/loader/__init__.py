"""Packs: everything that is known, found by walking folders, checked, frozen."""
