package supervision_test

import (
	"os"
	"testing"
)

// TestMain is also the replica that a test starts and kills: the test's own
// program under another name.
func TestMain(m *testing.M) {
	if point := os.Getenv("CYMAR_TEST_POINT"); point != "" {
		os.Exit(playReplica(point))
	}
	os.Exit(m.Run())
}
