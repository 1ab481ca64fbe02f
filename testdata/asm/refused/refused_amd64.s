//go:build !noasm

#include "textflag.h"

TEXT ·g(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET

TEXT ·calls(SB), NOSPLIT, $16-16
	MOVQ n+0(FP), AX
	MOVQ AX, 0(SP)
	CALL ·twice(SB)
	MOVQ 8(SP), AX
	MOVQ AX, ret+8(FP)
	RET

TEXT ·looks(SB), NOSPLIT, $0-16
	MOVQ m+0(FP), AX
	MOVQ (AX), AX
	MOVQ AX, ret+8(FP)
	RET
