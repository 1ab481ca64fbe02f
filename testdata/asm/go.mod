module asm

go 1.26
