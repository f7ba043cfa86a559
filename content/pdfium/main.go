// Command pdfium makes pdfium.wasm.gz, the PDFium that package content reads PDFs by: the module that comes with the
// version of go-pdfium in go.mod, compressed, since a program with the module as it comes is larger by three megabytes.
// Run it by go generate when go-pdfium changes.
package main

import (
	"bytes"
	"compress/gzip"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		log.Fatalf("find go-pdfium: %v; run go mod download", err)
	}
	module, err := os.ReadFile(filepath.Join(string(bytes.TrimSpace(folder)), "internal", "pdfium_wasm", "pdfium.wasm"))
	if err != nil {
		log.Fatal(err)
	}
	var compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := w.Write(module); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("pdfium.wasm.gz", compressed.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
