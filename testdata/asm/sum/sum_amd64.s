//go:build amd64

#include "textflag.h"
#include "macros.h"
#include "go_asm.h"

DATA table<>+0x00(SB)/8, $7
DATA table<>+0x08(SB)/8, $8
DATA table<>+0x10(SB)/8, $9
GLOBL table<>+0(SB), RODATA|NOPTR, $24

// AX += the CX words at SI; CALL runtime·nothing(SB) stands in a comment
TEXT add<>(SB), NOSPLIT, $0
	TESTQ CX, CX
	JZ    done

next:
	ADDQ (SI), AX
	ADDQ $8, SI
	DECQ CX
	JNZ  next

done:
	RET

TEXT ·Sum(SB), NOSPLIT, $8-32
	MOVQ xs_base+0(FP), SI
	MOVQ xs_len+8(FP), CX
	XORQ AX, AX
	CALL add<>(SB)
	MOVQ AX, ret+24(FP)
	RET

TEXT ·scaled(SB), $40-32
	MOVQ xs_base+0(FP), SI
	MOVQ xs_len+8(FP), CX
	MOVQ SI, 0(SP)
	MOVQ CX, 8(SP)
	MOVQ CX, 16(SP)
	CALL ·Sum(SB)
	MOVQ 24(SP), AX
	IMULQ FACTOR, AX
	MOVQ AX, ret+24(FP)
	RET

TEXT ·entry(SB), NOSPLIT, $0-16
	MOVQ i+0(FP), CX
	LEAQ table<>(SB), DX
	MOVQ (DX)(CX*8), AX
	MOVQ AX, ret+8(FP)
	RET

TEXT ·negate(SB), NOSPLIT, $0-8
	MOVQ p+0(FP), DX
	NEGQ Pair_A(DX)
	ADDQ $const_step, Pair_n(DX)
	RET

TEXT ·duplicate(SB), $24-16
	MOVQ to+0(FP), AX
	MOVQ from+8(FP), BX
	MOVQ AX, 0(SP)
	MOVQ BX, 8(SP)
	MOVQ $16, 16(SP)
	CALL runtime·memmove(SB)
	RET
