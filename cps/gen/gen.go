// Package gen prints IR as Go.
package gen
