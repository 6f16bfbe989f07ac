"""What people see: pure functions from a value and the words of a language to a screen."""
