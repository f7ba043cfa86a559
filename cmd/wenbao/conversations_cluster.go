//go:build cluster

package main

import (
	"fmt"
	"os"

	"wenbao/bot/telegram"
	"wenbao/bot/telegram/redis"
)

// openConversations opens the conversations that several bots with a token share, and tells how to close them.
func openConversations(address, token string) (telegram.Conversations, func() error, error) {
	conversations, err := redis.Open(address, os.Getenv(redis.PasswordVariable), token)
	if err != nil {
		return nil, nil, fmt.Errorf("--%s：%w", conversationsFlag, err)
	}
	return conversations, conversations.Close, nil
}
