"""What commands print on a terminal, one module per thing that is printed."""
