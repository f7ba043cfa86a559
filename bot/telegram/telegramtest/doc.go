// Package telegramtest is a strict Bot API server within the test's own process, with people who can be scripted on it.
//
// A bot talks to it over HTTP as it talks to Telegram, at /bot<TOKEN>/<method> below [Server.URL]. The server holds
// every request against the rules of the Bot API 10.1: unknown methods and parameters, ill-typed or missing ones, texts
// that are too long, HTML that Telegram would not parse, callback data over 64 bytes, answers to queries that expired.
// What it refuses it refuses in Telegram's words, as far as they are known, and remembers: see [Server.Refused] and
// [Server.Malformed].
//
// People type, tap, edit and share, and read what their chats show; tests wait for conditions, never for a time:
//
//	server := telegramtest.New(t, telegramtest.Options{})
//	go runBot(server.URL(), server.Token())
//
//	alice := server.Person("Alice")
//	chat := alice.Private()
//	question := chat.Type(alice, "How many stations?")
//	answer, err := chat.Next(ctx, question) // the bot's first message after it
//	tap := chat.Tap(alice, answer, "More")  // a button by its label
//	reaction, err := tap.Answer(ctx)        // what answerCallbackQuery said
//
// The clock is a [Clock] that tests may hold in their hands ([NewManualClock]); [Server.Fail], [Server.FailRandomly],
// [Server.NetworkDown] and [Server.RevokeToken] make trouble. The server listens on a loopback address, so that a bot
// may also run in a process of its own.
//
// The server is stricter than Telegram where Telegram mends silently what its documentation forbids: unknown
// parameters, entities nested in code, several actions in one button, deep links with a payload that a client would
// drop, an empty list of commands. It does not know Markdown, rich messages, payments, channels, business accounts,
// inline results other than articles and photos that it has, and the methods that schema.json lacks, and refuses them.
package telegramtest
