package content_test

import (
	"os"
	"testing"
)

// TestMain keeps the tests from the cache directory of whoever runs them.
func TestMain(m *testing.M) {
	cache, err := os.MkdirTemp("", "wenbao-test-cache")
	if err == nil {
		err = os.Setenv("XDG_CACHE_HOME", cache)
	}
	if err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(cache)
	os.Exit(status)
}
