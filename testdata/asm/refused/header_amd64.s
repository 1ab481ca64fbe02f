//go:build !noasm

#include "textflag.h"
#include "other.h"

TEXT ·header(SB), NOSPLIT, $0-8
	MOVQ $1, ret+0(FP)
	RET
