"""What is printed: one module per form."""
