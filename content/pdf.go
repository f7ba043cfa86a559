package content

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Bounds of what reading a PDF may cost.
const (
	longestPDFRead = 2 * time.Minute
	pdfMemoryPages = 512 << 20 / (64 << 10) // of WebAssembly, 64 KiB each
	mostPDFPages   = 2000
	leastPageText  = 2 // Han characters a page, on average, below which a PDF counts as scanned
)

// pdfReader reads PDFs by PDFium, compiled to WebAssembly: it knows the encodings of Chinese PDFs as no Go library does,
// and a file made to break it breaks no more than its own sandbox, which sees neither files nor network. Each file has a
// sandbox of its own. Compiling PDFium takes seconds, so that it is done when the first PDF is read, and kept for the
// next ones and, in the user's cache directory, for the next run. Interpreting it would need no compiling, but seconds for
// each report of usual length.
type pdfReader struct {
	compiled wazero.CompilationCache
}

func (r *pdfReader) close() {
	if r.compiled != nil {
		r.compiled.Close(context.Background())
	}
}

// open makes a sandbox, which lasts as long as the context.
func (r *pdfReader) open(ctx context.Context) (pdfium.Pool, error) {
	if r.compiled == nil {
		r.compiled = compilationCache()
	}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages).
		WithCloseOnContextDone(true).
		WithCompilationCache(r.compiled)
	module, err := pdfiumModule()
	if err != nil {
		return nil, err
	}
	return webassembly.InitWithWASM(webassembly.Config{
		WASM: module, Context: ctx, MaxTotal: 1, MaxIdle: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
}

//go:generate go run ./pdfium

//go:embed pdfium.wasm.gz
var pdfiumCompressed []byte

// pdfiumModule unpacks PDFium, which is quick beside all else that a PDF takes.
func pdfiumModule() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(pdfiumCompressed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// compilationCache keeps what is compiled in the user's cache directory, or, where there is none, in memory.
func compilationCache() wazero.CompilationCache {
	if directory, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(directory, "wenbao")); err == nil {
			return cache
		}
	}
	return wazero.NewCompilationCache()
}

// read reads the text layer of a PDF.
func (r *pdfReader) read(ctx context.Context, data []byte) (manuscript, error) {
	ctx, cancel := context.WithTimeout(ctx, longestPDFRead)
	defer cancel()
	pool, err := r.open(ctx)
	if err != nil {
		return manuscript{}, fmt.Errorf("读 PDF 的组件打不开：%w", err)
	}
	defer pool.Close()
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return manuscript{}, fmt.Errorf("读 PDF 的组件打不开：%w", err)
	}
	defer instance.Close()
	pages, err := readPages(instance, data)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return manuscript{}, fmt.Errorf("%w（%s内没有读完），请另存为 .docx 或文本再试", ErrTooLarge, longestPDFRead)
	case ctx.Err() != nil:
		return manuscript{}, ctx.Err()
	case err != nil:
		return manuscript{}, err
	}
	han := 0
	for _, page := range pages {
		for _, glyph := range page {
			if unicode.Is(unicode.Han, glyph.character) {
				han++
			}
		}
	}
	if han < leastPageText*len(pages) {
		return manuscript{}, fmt.Errorf("%w；请先做文字识别（OCR），或换成有文字的版本", ErrScanned)
	}
	return layOut(pages), nil
}

// readPages reads the characters of each page.
func readPages(instance pdfium.Pdfium, data []byte) ([][]glyph, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, fmt.Errorf("%w，请去掉密码另存再试", ErrEncrypted)
	case err != nil:
		return nil, damaged(err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, damaged(err)
	}
	if count.PageCount > mostPDFPages {
		return nil, fmt.Errorf("%w（超过 %d 页），请拆开再试", ErrTooLarge, mostPDFPages)
	}
	var pages [][]glyph
	total := 0
	for i := range count.PageCount {
		page, err := readPage(instance, opened.Document, i)
		if err != nil {
			return nil, damaged(err)
		}
		if total += len(page); total > LargestReport/3 {
			return nil, tooLarge()
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// readPage reads the characters of a page, in the order in which they are printed.
func readPage(instance pdfium.Pdfium, document references.FPDF_DOCUMENT, index int) ([]glyph, error) {
	page, err := instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: document, Index: index}},
	})
	if err != nil {
		return nil, err
	}
	defer instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: page.TextPage})
	count, err := instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page.TextPage})
	if err != nil {
		return nil, err
	}
	var glyphs []glyph
	for i := range count.Count {
		code, err := instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page.TextPage, Index: i})
		if err != nil {
			return nil, err
		}
		character := rune(code.Unicode)
		if character == 0 || unicode.IsSpace(character) || unicode.IsControl(character) || !unicode.IsPrint(character) {
			continue // blanks are seen from where the characters around them stand
		}
		box, err := instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page.TextPage, Index: i})
		if err != nil {
			return nil, err
		}
		origin, err := instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: page.TextPage, Index: i})
		if err != nil {
			return nil, err
		}
		g := glyph{
			character: character, left: float64(box.Rect.Left), right: float64(box.Rect.Right), base: origin.Y,
			size: float64(box.Rect.Top - box.Rect.Bottom),
		}
		if font, err := instance.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: page.TextPage, Index: i}); err == nil {
			g.bold = isBoldFont(font.FontName) || containsAny(strings.ToLower(font.FontName), []string{"bold", "hei", "black", "xbs"})
		}
		glyphs = append(glyphs, g)
	}
	return glyphs, nil
}
