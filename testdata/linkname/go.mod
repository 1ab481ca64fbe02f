module linkname

go 1.26
