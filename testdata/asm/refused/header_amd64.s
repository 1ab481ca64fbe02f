//go:build !noasm

#include "textflag.h"
#include "go_asm.h"

TEXT ·header(SB), NOSPLIT, $0-8
	MOVQ $const_one, ret+0(FP)
	RET
