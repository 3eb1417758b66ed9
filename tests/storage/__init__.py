"""The tests of what is kept, on every database there is."""
