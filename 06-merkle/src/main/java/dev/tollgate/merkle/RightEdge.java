// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The right edge of the tree: all that is needed to append, to know the root, and to continue every partial
/// tile.
///
/// `tiles[l]` holds the hashes of the partial tile of level `l`; `peaks[h]` the perfect subtree of
/// height `h` that the size's bit `h` stands for. A full tile's array is handed on and never written
/// again, and entries of an array below its count never change: that makes a copy cheap and a way back
/// from a failed batch.
final class RightEdge {
    /// Hashes of a full tile (C2SP tlog-tiles).
    static final int WIDTH = 256;

    /// 256^8 entries is every index of a 64-bit log.
    static final int LEVELS = 8;

    private static final int HEIGHT_OF_TILE = 8;
    private static final int HEIGHTS = 64;
    private static final byte[][] NONE = {};
    private static final byte[] NO_HASH = {};

    /// Takes each tile as it becomes full.
    interface TileSink {
        void full(int level, long number, byte[][] hashes);
    }

    private final byte[][][] tiles;
    private final int[] counts;
    private final byte[][] peaks;
    private final TreeHash hash = new TreeHash();
    private long size;

    /// The empty tree.
    RightEdge() {
        this(noTiles(), new int[LEVELS], noPeaks(), 0);
    }

    private static byte[][][] noTiles() {
        byte[][][] tiles = new byte[LEVELS][][];
        Arrays.fill(tiles, NONE);
        return tiles;
    }

    private static byte[][] noPeaks() {
        byte[][] peaks = new byte[HEIGHTS][];
        Arrays.fill(peaks, NO_HASH);
        return peaks;
    }

    private RightEdge(byte[][][] tiles, int[] counts, byte[][] peaks, long size) {
        this.tiles = tiles;
        this.counts = counts;
        this.peaks = peaks;
        this.size = size;
    }

    /// An edge that starts at `index`, a multiple of the width of every level that is going to be
    /// filled. It knows no root: it serves to derive tiles again.
    static RightEdge startingAt(long index) {
        return new RightEdge(noTiles(), new int[LEVELS], noPeaks(), index);
    }

    long size() {
        return size;
    }

    RightEdge copy() {
        return new RightEdge(tiles.clone(), counts.clone(), peaks.clone(), size);
    }

    void append(byte[] leafHash, TileSink sink) {
        byte[] carried = leafHash;
        int height = 0;
        push(0, carried, sink);
        while ((size >>> height & 1) == 1) {
            byte[] left = peaks[height];
            if (left.length == 0) {
                // Only an edge of `startingAt` lacks a left neighbour, and nothing above its tiles is asked
                // of it.
                break;
            }
            carried = hash.node(left, carried);
            height++;
            if (height % HEIGHT_OF_TILE == 0) {
                push(height / HEIGHT_OF_TILE, carried, sink);
            }
        }
        peaks[height] = carried;
        size++;
    }

    private void push(int level, byte[] value, TileSink sink) {
        byte[][] tile = tiles[level];
        if (tile.length == 0) {
            tile = new byte[WIDTH][];
            tiles[level] = tile;
        }
        tile[counts[level]++] = value;
        if (counts[level] == WIDTH) {
            tiles[level] = NONE;
            counts[level] = 0;
            sink.full(level, size >>> (HEIGHT_OF_TILE * (level + 1)), tile);
        }
    }

    /// RFC 6962 §2.1, folded from the smallest perfect subtree to the largest.
    byte[] root() {
        byte[] root = NO_HASH;
        for (int height = 0; height < HEIGHTS; height++) {
            if ((size >>> height & 1) == 1) {
                root = root.length == 0 ? peaks[height] : hash.node(peaks[height], root);
            }
        }
        return size == 0 ? hash.empty() : root;
    }

    /// Hashes of the partial tile of `level`; only those below `width(level)` mean anything.
    byte[][] partial(int level) {
        byte[][] tile = tiles[level];
        return tile.length == 0 ? new byte[WIDTH][] : tile;
    }

    int width(int level) {
        return counts[level];
    }

    /// Most bytes that `write` needs.
    static final int BYTES_MAX = LEVELS * (Short.BYTES + (WIDTH - 1) * TreeHash.BYTES);

    void write(ByteBuffer out) {
        for (int level = 0; level < LEVELS; level++) {
            out.putShort((short) counts[level]);
            for (int at = 0; at < counts[level]; at++) {
                out.put(partial(level)[at]);
            }
        }
    }

    /// The edge of a tree of `size` entries, as `write` wrote it.
    static RightEdge read(long size, ByteBuffer in) {
        RightEdge edge = new RightEdge();
        edge.size = size;
        for (int level = 0; level < LEVELS; level++) {
            int count = in.getShort();
            if (count != (size >>> (HEIGHT_OF_TILE * level)) % WIDTH) {
                throw new LogDamaged("a segment's right edge does not fit its first index");
            }
            edge.counts[level] = count;
            edge.tiles[level] = new byte[WIDTH][];
            for (int at = 0; at < count; at++) {
                byte[] value = new byte[TreeHash.BYTES];
                in.get(value);
                edge.tiles[level][at] = value;
            }
            edge.raisePeaks(level);
        }
        return edge;
    }

    private void raisePeaks(int level) {
        int from = 0;
        for (int bit = HEIGHT_OF_TILE - 1; bit >= 0; bit--) {
            int span = 1 << bit;
            if ((counts[level] & span) != 0) {
                peaks[level * HEIGHT_OF_TILE + bit] = hash.perfect(partial(level), from, span);
                from += span;
            }
        }
    }
}
