package dep

const Name = "dep"
