# dead_ends
