package weaviate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/alias"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/connection"
	"github.com/weaviate/weaviate/entities/models"

	"wenbao/retrieval"
)

// # What Weaviate holds
//
// Each version of a corpus has three collections: its sentences with their words, its sections with the words of
// their headings, and its records, which nobody searches: the reports packed, in how many sentences each word stands,
// and a manifest. A version is named after what goes into it, and so is every object of it, so that writing again
// what has been written changes nothing. The alias with the name of the corpus points at the records of the version
// that counts, and moves on when all of the next one has been written.
const (
	sentenceCollection = "Sentence"
	sectionCollection  = "Section"
	recordCollection   = "Record"
)

// Properties of the objects.
const (
	reportProperty   = "report"   // the number of the report
	sectionProperty  = "section"  // the number of the section in the corpus
	sentenceProperty = "sentence" // content.Sentence.Index
	countProperty    = "count"    // how many sentences a section has
	wordsProperty    = "words"    // of a sentence, or of the headings of a section
	headingProperty  = "heading"  // the words of a sentence's headings, which are not searched there
	valueProperty    = "value"    // of a record
)

// names are those of one version's collections.
type names struct{ corpus, version string }

func (n names) collection(kind string) string { return n.corpus + "_" + n.version + "_" + kind }

// object is the name of an object, the same whenever it is written.
func (n names) object(kind, name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("wenbao:"+n.version+"/"+kind+"/"+name)).String()
}

// classes describes the collections of a version.
func (n names) classes(options Options) []*models.Class {
	number := func(name string, filterable bool) *models.Property {
		return &models.Property{Name: name, DataType: []string{"int"}, IndexFilterable: &filterable}
	}
	text := func(name string, searchable bool) *models.Property {
		no := false
		p := &models.Property{Name: name, DataType: []string{"text"}, IndexFilterable: &no, IndexSearchable: &searchable}
		if searchable {
			p.Tokenization = models.PropertyTokenizationWhitespace
		}
		return p
	}
	properties := map[string][]*models.Property{
		sentenceCollection: {
			number(reportProperty, true), number(sectionProperty, true), number(sentenceProperty, false),
			text(wordsProperty, true), text(headingProperty, false),
		},
		sectionCollection: {
			number(reportProperty, true), number(sectionProperty, false), number(countProperty, false),
			text(wordsProperty, true),
		},
		recordCollection: {text(valueProperty, false)},
	}
	var classes []*models.Class
	for _, kind := range []string{sentenceCollection, sectionCollection, recordCollection} {
		classes = append(classes, &models.Class{
			Class: n.collection(kind), Properties: properties[kind],
			Vectorizer: "none", VectorIndexConfig: map[string]any{"skip": true},
			InvertedIndexConfig: &models.InvertedIndexConfig{
				Bm25:      &models.BM25Config{K1: retrieval.BM25K1, B: retrieval.BM25B},
				Stopwords: &models.StopwordConfig{Preset: "none"},
			},
			ShardingConfig: map[string]any{"desiredCount": options.Shards},
			ReplicationConfig: &models.ReplicationConfig{
				Factor: int64(options.Replicas), AsyncEnabled: options.Replicas > 1, // who was away is told what it missed
			},
		})
	}
	return classes
}

// current is the version that counts of a corpus; empty when there is none.
func (s *server) current(ctx context.Context, corpus string) (string, error) {
	found, err := s.alias.AliasGetter().WithAliasName(corpus).Do(ctx)
	if err = explained(err); errors.Is(err, errNotFound) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	version, ok := strings.CutPrefix(found.Class, corpus+"_")
	version, isRecord := strings.CutSuffix(version, "_"+recordCollection)
	if !ok || !isRecord {
		return "", damaged(fmt.Errorf("别名 %s 指向 %s", corpus, found.Class))
	}
	return version, nil
}

// create makes the collections of a version that are not there yet, and tells whether all of them are new.
func (s *server) create(ctx context.Context, n names, options Options) (fresh bool, err error) {
	fresh = true
	for _, class := range n.classes(options) {
		exists, err := s.schema.ClassExistenceChecker().WithClassName(class.Class).Do(ctx)
		if err != nil {
			return false, explained(err)
		}
		if exists {
			fresh = false
			continue
		}
		if err := s.schema.ClassCreator().WithClass(class).Do(ctx); err != nil {
			return false, explained(err)
		}
	}
	return fresh, nil
}

// pointTo makes a version the one that counts, in one step.
func (s *server) pointTo(ctx context.Context, n names) error {
	to := &alias.Alias{Alias: n.corpus, Class: n.collection(recordCollection)}
	version, err := s.current(ctx, n.corpus)
	switch {
	case err != nil:
		return err
	case version == "":
		err = s.alias.AliasCreator().WithAlias(to).Do(ctx)
	case version != n.version:
		err = s.alias.AliasUpdater().WithAlias(to).Do(ctx)
	}
	return explained(err)
}

// removeOthers removes the collections of all versions of a corpus but some.
func (s *server) removeOthers(ctx context.Context, corpus string, keep ...string) error {
	schema, err := s.schema.Getter().Do(ctx)
	if err != nil {
		return explained(err)
	}
	for _, class := range schema.Classes {
		version, ok := strings.CutPrefix(class.Class, corpus+"_")
		version, _, isOurs := strings.Cut(version, "_")
		if !ok || !isOurs || slices.Contains(keep, version) {
			continue
		}
		if err := s.schema.ClassDeleter().WithClassName(class.Class).Do(ctx); err != nil {
			return explained(err)
		}
	}
	return nil
}

// count counts the sentences and sections of a version.
func (n names) count(ctx context.Context, through *connection.Connection) (sentences, sections int, err error) {
	query := fmt.Sprintf("{Aggregate{sentences:%s{meta{count}} sections:%s{meta{count}}}}",
		n.collection(sentenceCollection), n.collection(sectionCollection))
	var found struct {
		Aggregate struct {
			Sentences, Sections []struct{ Meta struct{ Count int } }
		}
	}
	if err := ask(ctx, through, query, &found); err != nil {
		return 0, 0, err
	}
	if len(found.Aggregate.Sentences) != 1 || len(found.Aggregate.Sections) != 1 {
		return 0, 0, damaged(errors.New("数不出句子"))
	}
	return found.Aggregate.Sentences[0].Meta.Count, found.Aggregate.Sections[0].Meta.Count, nil
}
