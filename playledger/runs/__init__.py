"""What ran: the stages of each run, in the database and in a file, and a look back at them."""
