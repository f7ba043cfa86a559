package answers

import "wenbao/content/lazy"

// pattern is a regular expression that is compiled when it is first looked for.
type pattern = lazy.Pattern

func compile(expression string) *pattern { return lazy.Compile(expression) }
