package telegramtest

import (
	"bytes"
	"context"
	"image"
	_ "image/gif"  // the formats in which photos may be sent
	_ "image/jpeg" //
	_ "image/png"  //
	"net/http"
	"strconv"
	"strings"
)

// Limits of uploads. See https://core.telegram.org/bots/api#sending-files and sendPhoto.
const (
	maxPhotoBytes    = 10 << 20
	maxDocumentBytes = 50 << 20
	maxPhotoSides    = 10_000 // width and height together
	maxPhotoRatio    = 20
)

// keep gives a file its identifier.
func (s *Server) keep(file File) File {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sequence++
	file.FileUniqueID = "AQAD" + strconv.FormatInt(s.sequence, 10)
	file.FileID = "AgACAgUAAxkBAAI" + strconv.FormatInt(s.sequence, 10)
	s.files[file.FileID] = file
	return file
}

// sentFile finds what a request sends: an upload, or a file that the server knows by its identifier.
func (s *Server) sentFile(r *request, name string, take func(upload) (File, *Refusal)) (File, *Refusal) {
	if uploaded, ok := r.files[name]; ok {
		if len(uploaded.data) == 0 {
			return File{}, malformed("file must be non-empty")
		}
		if len(uploaded.data) > maxDocumentBytes {
			return File{}, &Refusal{
				Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large", Malformed: true,
			}
		}
		file, refusal := take(uploaded)
		if refusal != nil {
			return File{}, refusal
		}
		file.FileSize = len(uploaded.data)
		return s.keep(file), nil
	}
	id := r.text(name)
	if strings.Contains(id, "://") {
		return File{}, badRequest("failed to get HTTP URL content") // nothing is reachable from a test
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file, ok := s.files[id]
	if !ok {
		return File{}, malformed("wrong file identifier/HTTP URL specified")
	}
	return file, nil
}

func (s *Server) sendPhoto(_ context.Context, r *request) (any, *Refusal) {
	file, refusal := s.sentFile(r, "photo", readPhoto)
	if refusal != nil {
		return nil, refusal
	}
	if file.Width == 0 {
		return nil, malformed("type of file mismatch")
	}
	return s.postCaptioned(r, Message{Photo: s.sizes(file)})
}

// sizeBounds are the sides, in pixels, to which Telegram scales photos down.
// See https://core.telegram.org/api/files#image-thumbnail-types.
var sizeBounds = []int{90, 320, 800, 1280}

// sizes are a photo in the sizes in which Telegram keeps it, the smallest first and the photo itself last, each with an
// identifier of its own.
func (s *Server) sizes(photo File) []File {
	var sizes []File
	for _, bound := range sizeBounds {
		if side := max(photo.Width, photo.Height); side > bound {
			sizes = append(sizes, s.keep(File{
				Width: max(1, photo.Width*bound/side), Height: max(1, photo.Height*bound/side),
			}))
		}
	}
	return append(sizes, photo)
}

// postCaptioned posts a message with the caption of a request.
func (s *Server) postCaptioned(r *request, m Message) (any, *Refusal) {
	var refusal *Refusal
	m.Caption, m.CaptionEntities, refusal = s.formatted(r, "caption", "caption_entities", maxCaptionUnits)
	if refusal != nil {
		return nil, refusal
	}
	return s.post(r, m)
}

// readPhoto refuses what is no picture or not of a shape that Telegram takes.
func readPhoto(uploaded upload) (File, *Refusal) {
	if len(uploaded.data) > maxPhotoBytes {
		return File{}, malformed("file of size %d bytes is too big for a photo; the maximum size is %d bytes",
			len(uploaded.data), maxPhotoBytes)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(uploaded.data))
	if err != nil {
		return File{}, malformed("IMAGE_PROCESS_FAILED")
	}
	wide, narrow := max(config.Width, config.Height), min(config.Width, config.Height)
	if wide+narrow > maxPhotoSides || wide > maxPhotoRatio*narrow {
		return File{}, malformed("PHOTO_INVALID_DIMENSIONS")
	}
	return File{Width: config.Width, Height: config.Height}, nil
}

func (s *Server) sendDocument(_ context.Context, r *request) (any, *Refusal) {
	file, refusal := s.sentFile(r, "document", func(uploaded upload) (File, *Refusal) {
		return File{FileName: uploaded.name}, nil
	})
	if refusal != nil {
		return nil, refusal
	}
	return s.postCaptioned(r, Message{Document: &file})
}
