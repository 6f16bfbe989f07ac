"""Handlers parse, call one use case and show a screen."""
