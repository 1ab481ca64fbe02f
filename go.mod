module rtgen

go 1.26
