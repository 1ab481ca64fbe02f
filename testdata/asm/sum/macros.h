#define FACTOR ·factor(SB)
