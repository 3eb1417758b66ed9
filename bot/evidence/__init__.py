"""What a person opens to trust or correct an extraction: doubtful spots, and a page that shows every figure in its text."""
