// Lets functions have no body.
