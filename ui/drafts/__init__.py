"""What is typed and not saved outlives the process: kept on the disk with every pause of the fingers."""
