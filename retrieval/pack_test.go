package retrieval_test

import (
	"context"
	"reflect"
	"testing"

	"wenbao/content"
	"wenbao/retrieval"
)

// packable are reports with everything that a report can have: those of all formats in package content's tests, and the
// embedded one.
func packable(t testing.TB) []*content.Report {
	t.Helper()
	reports, _ := content.LoadAll(context.Background(), "../content/testdata/formats") // what is no report is not packed
	report, err := content.Embedded()
	if err != nil || len(reports) == 0 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	return append(reports, report)
}

func TestUnpackGivesBackWhatWasPacked(t *testing.T) {
	t.Parallel()
	rows := 0
	for _, want := range packable(t) {
		got, err := retrieval.Unpack(retrieval.Pack(want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s comes back as %+v, %v", want.Title, got, err)
		}
		for sentence := range want.Sentences() {
			if sentence.Row != nil {
				rows++
			}
		}
	}
	if rows == 0 {
		t.Error("no report has a table")
	}
}

// A field that is added to a report must be packed too: this fails until somebody has seen to it, in Pack, in Unpack and
// in packVersion.
func TestPackKnowsEveryField(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		of   reflect.Type
		want int
	}{
		{reflect.TypeFor[content.Report](), 10}, {reflect.TypeFor[content.Section](), 9}, {reflect.TypeFor[content.Sentence](), 6},
		{reflect.TypeFor[content.Clause](), 2}, {reflect.TypeFor[content.Figure](), 6}, {reflect.TypeFor[content.Row](), 2},
		{reflect.TypeFor[content.Table](), 2}, {reflect.TypeFor[content.Span](), 2},
	} {
		if got := test.of.NumField(); got != test.want {
			t.Errorf("%v has %d fields, and %d are packed", test.of, got, test.want)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	for _, report := range packable(f)[:3] {
		f.Add(retrieval.Pack(report))
	}
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, packed []byte) {
		report, err := retrieval.Unpack(packed)
		if err != nil {
			return
		}
		for sentence := range report.Sentences() {
			_ = report.Quote(sentence.Span) // every span lies in the text
		}
	})
}
