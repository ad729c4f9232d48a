// SPDX-License-Identifier: Apache-2.0

// verify reads a log with Go's own transparency-log packages: `verify FOLDER VERIFIER-KEY OLDER-CHECKPOINT`.
// It checks the signature, the root from the tiles, every leaf of every bundle, consistency with an older
// checkpoint, and inclusion of some entries. Prints OK, or the first thing that is wrong.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type tiles struct{ folder string }

func (t tiles) Height() int { return height }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		// Go names the height in a path and C2SP does not: tile/8/0/000 is tile/0/000.
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil && tile.W < 1<<height {
			full := path[:strings.Index(path, ".p/")]
			data, err = os.ReadFile(filepath.Join(t.folder, full))
			if err == nil {
				data = data[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func tree(path string, verifier note.Verifier) tlog.Tree {
	text, err := os.ReadFile(path)
	check(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	// Go's tree note begins with its own name for the format; a checkpoint begins with the origin.
	lines := strings.SplitN(opened.Text, "\n", 2)
	parsed, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
	check(err)
	return parsed
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	newest := tree(filepath.Join(folder, "checkpoint"), verifier)
	older := tree(os.Args[3], verifier)
	hashes := tlog.TileHashReader(newest, tiles{folder})
	root, err := tlog.TreeHash(newest.N, hashes)
	check(err)
	if root != newest.Hash {
		fail("the tiles give another root")
	}
	extends, err := tlog.ProveTree(newest.N, older.N, hashes)
	check(err)
	check(tlog.CheckTree(extends, newest.N, newest.Hash, older.N, older.Hash))
	leaves(folder, newest, hashes)
	fmt.Printf("OK %d entries, consistent with %d\n", newest.N, older.N)
}

func leaves(folder string, newest tlog.Tree, hashes tlog.HashReader) {
	index := int64(0)
	for index < newest.N {
		tile := tlog.Tile{H: height, L: 0, N: index >> height, W: 1 << height}
		if newest.N-index < 1<<height {
			tile.W = int(newest.N - index)
		}
		path := "tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
		data, err := os.ReadFile(filepath.Join(folder, path))
		check(err)
		wanted, err := tiles{folder}.ReadTiles([]tlog.Tile{tile})
		check(err)
		bundle := bytes.NewBuffer(data)
		for at := 0; at < tile.W; at++ {
			size := binary.BigEndian.Uint16(bundle.Next(2))
			leaf := tlog.RecordHash(bundle.Next(int(size)))
			if !bytes.Equal(leaf[:], wanted[0][at*tlog.HashSize:(at+1)*tlog.HashSize]) {
				fail(fmt.Sprintf("entry %d is not its leaf", index))
			}
			if index%97 == 0 {
				proof, err := tlog.ProveRecord(newest.N, index, hashes)
				check(err)
				check(tlog.CheckRecord(proof, newest.N, newest.Hash, index, leaf))
			}
			index++
		}
		if bundle.Len() != 0 {
			fail("a bundle has bytes left")
		}
	}
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Println("FAIL " + why)
	os.Exit(1)
}
