package picture

import "image/color"

// palette is the colours of a look. Texts have a contrast of at least 4.5 : 1 with what they stand on (WCAG 2.1, 1.4.3),
// bars one of at least 3 : 1 (1.4.11).
type palette struct {
	background color.RGBA
	ink        color.RGBA // what is read first
	muted      color.RGBA // where it stands
	rule       color.RGBA // lines that part
	bar        color.RGBA // and figures
	mark       color.RGBA // behind a figure in its quote
}

func paletteOf(dark bool) palette {
	if dark {
		return palette{
			background: rgb(0x14181f), ink: rgb(0xeceff4), muted: rgb(0x9aa5b5), rule: rgb(0x333b48),
			bar: rgb(0x6cb0ff), mark: rgb(0x1f3350),
		}
	}
	return palette{
		background: rgb(0xffffff), ink: rgb(0x1b2330), muted: rgb(0x5c6878), rule: rgb(0xdde2e9),
		bar: rgb(0x1a63d8), mark: rgb(0xe3eefd),
	}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}
