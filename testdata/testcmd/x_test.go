package testcmd_test

import (
	"fmt"
	"os"
	"testing"

	"example.com/testcmd"
)

func TestMain(m *testing.M) {
	fmt.Println("before", os.Args[2:])
	code := m.Run()
	fmt.Println("after")
	os.Exit(code)
}

func TestExternal(t *testing.T) {
	if testcmd.Add(2, 3) != 5 || testcmd.Counted == 0 {
		t.Fatal("two copies of the package")
	}
}

func ExampleAdd() {
	fmt.Println(testcmd.Add(3, 4))
	fmt.Println("x")
	// Output:
	// 7
	// x
}

func Example_wrong() {
	fmt.Println(testcmd.Add(3, 4))
	fmt.Println(testcmd.Add(4, 4))
	// Unordered output:
	// 8
	// 9
}
