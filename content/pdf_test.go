package content

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPDFiumModule holds the PDFium that the program carries against the one of go-pdfium, which calls it.
func TestPDFiumModule(t *testing.T) {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		t.Skipf("no go command to ask for go-pdfium's folder: %v", err)
	}
	want, err := os.ReadFile(filepath.Join(string(bytes.TrimSpace(folder)), "internal", "pdfium_wasm", "pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := pdfiumModule()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("pdfium.wasm.gz is not the module of the go-pdfium in go.mod: run go generate ./content")
	}
}
