package answers

import (
	"context"

	"wenbao/content"
)

// # Who answers a question
//
// Questions of different kinds are answered in different ways: 目录 by the headings, 有哪些增长超过20% by all figures above it, 新开办企业多少家
// by the one best figure. Each kind has a stage that knows its own questions. They are asked in turn, from the most particular to the
// one that answers whatever is left, and the first that takes the question answers it or refuses it.

// result is an answer in the making.
type result struct {
	kind     Kind
	passages []Passage
	related  []Passage
	note     string
	section  *content.Section // of an answer about a part
}

// A stage answers the questions of one kind; its second value is false for all others.
type stage struct {
	name   string
	answer func(e *Engine, ctx context.Context, q *question) (result, bool, error)
}

// stages follow each other from the most particular one to the one that answers whatever is left. It is a function since a
// stage may ask for answers itself.
func stages() []stage {
	return []stage{
		{"small talk", atOnce((*Engine).smalltalk)},
		{"unanswerable", (*Engine).refuseAtOnce},
		{"problems", atOnce((*Engine).problems)},
		{"announced", atOnce((*Engine).announced)},
		{"main work", atOnce((*Engine).mainWork)},
		{"ranked", atOnce((*Engine).ranked)},
		{"falling", atOnce((*Engine).falling)},
		{"exactly", atOnce((*Engine).exactly)},
		{"self-building", atOnce((*Engine).selfBuilding)},
		{"outline", atOnce((*Engine).outline)},
		{"side by side", atOnce((*Engine).ofEach)},
		{"two things", (*Engine).pair},
		{"one each", (*Engine).oneEach},
		{"parts", atOnce((*Engine).partsOf)},
		{"mentions", atOnce((*Engine).mentions)},
		{"members", atOnce((*Engine).members)},
		{"list", atOnce((*Engine).list)},
		{"single", (*Engine).single},
	}
}

// atOnce makes a stage of what needs no search.
func atOnce(answer func(*Engine, *question) (result, bool)) func(*Engine, context.Context, *question) (result, bool, error) {
	return func(e *Engine, _ context.Context, q *question) (result, bool, error) {
		r, ok := answer(e, q)
		return r, ok, nil
	}
}

// find looks for the answer to a question that stands alone, or that brings along what it inherits.
func (e *Engine) find(ctx context.Context, q *question) (result, error) {
	r, _, err := e.pass(ctx, q)
	return r, err
}

// pass passes a question through the stages and tells which one answered it.
func (e *Engine) pass(ctx context.Context, q *question) (result, string, error) {
	if err := ctx.Err(); err != nil {
		return result{}, "", err
	}
	for _, stage := range stages() {
		if r, ok, err := stage.answer(e, ctx, q); ok || err != nil {
			return r, stage.name, err
		}
	}
	return result{kind: NotFound}, "", nil
}
