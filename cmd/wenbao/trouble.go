package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// troubles are what systems say in English, and what that means and what to do.
var troubles = []struct {
	is   error
	said string
}{
	{fs.ErrNotExist, "没有这个文件或文件夹，请检查路径"},
	{fs.ErrPermission, "没有权限，请检查文件的权限，或换一个用户运行"},
	{fs.ErrExist, "已经有这个文件了，请换一个名字"},
	{syscall.EISDIR, "这是文件夹，请写一个文件"},
	{syscall.ENOTDIR, "路径里有一段不是文件夹，请检查路径"},
	{syscall.ENOSPC, "磁盘满了，请腾出空间再试"},
	{syscall.EROFS, "这里是只读的，请换一个文件夹"},
	{syscall.ENAMETOOLONG, "名字太长，请换一个"},
	{syscall.EMFILE, "打开的文件太多，请关掉一些程序或放宽限制（ulimit -n）"},
	{syscall.EADDRINUSE, "这个地址有别的程序在用，请换一个端口，或停掉那个程序"},
	{syscall.EADDRNOTAVAIL, "本机没有这个地址，请检查地址"},
	{syscall.ECONNREFUSED, "对方没有接受连接，请检查地址和它是否在运行"},
}

// inPlainChinese says in Chinese what the system said of an error, and what to do about it.
func inPlainChinese(err error) string {
	message := err.Error()
	for _, trouble := range troubles {
		if !errors.Is(err, trouble.is) {
			continue
		}
		var ofPath *fs.PathError
		var ofLink *os.LinkError
		var ofSystem *os.SyscallError
		var number syscall.Errno
		switch {
		case errors.As(err, &ofPath) && errors.Is(ofPath, trouble.is):
			message = strings.ReplaceAll(message, ofPath.Error(), ofPath.Path+"："+trouble.said)
		case errors.As(err, &ofLink) && errors.Is(ofLink, trouble.is):
			message = strings.ReplaceAll(message, ofLink.Error(), ofLink.New+"："+trouble.said)
		case errors.As(err, &ofSystem):
			message = strings.ReplaceAll(message, ofSystem.Error(), trouble.said)
		}
		if errors.As(err, &number) {
			message = strings.ReplaceAll(message, number.Error(), trouble.said)
		}
		return message
	}
	return message
}
