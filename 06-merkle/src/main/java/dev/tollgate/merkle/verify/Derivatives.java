// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Compares tiles and entry bundles on disk with those that the entries give. What the published
/// checkpoint needs must be there; what is there must be right; and nothing may be there that speaks of
/// entries that the log does not have.
final class Derivatives {
    private static final int WIDTH = Grown.WIDTH;

    /// Where problems go.
    interface Sink {
        void report(Problem.Kind kind, long at, String what);
    }

    private final Path tiles;
    private final Sink sink;
    private final ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    private long published = -1;
    private long tilesSeen;

    Derivatives(Path folder, Sink sink) {
        this.tiles = folder.resolve("tile");
        this.sink = sink;
    }

    void published(long size) {
        published = size;
    }

    /// Notes how many full tiles of leaf hashes there are.
    void lookAround() throws IOException {
        tilesSeen = highest(tiles.resolve("0"), 0) + 1;
    }

    private static long highest(Path folder, long prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return -1;
        }
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> file.getFileName().toString()).toList();
        }
        List<String> deeper = names.stream()
                .filter(name -> name.matches("x[0-9]{3}"))
                .sorted()
                .toList();
        for (String name : deeper.reversed()) {
            long found = highest(folder.resolve(name), (prefix + Long.parseLong(name.substring(1))) * 1_000);
            if (found >= 0) {
                return found;
            }
        }
        return names.stream()
                .filter(name -> name.matches("[0-9]{3}"))
                .mapToLong(name -> prefix + Long.parseLong(name))
                .max()
                .orElse(-1);
    }

    void compareEntry(long index, byte[] entry) throws IOException {
        bundle.write(entry.length >>> 8);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
        if (index % WIDTH == WIDTH - 1) {
            compare(tiles.resolve("entries/" + name(index / WIDTH)), bundle.toByteArray(), index + 1, index);
            bundle.reset();
        }
    }

    void compareTile(int level, long number, List<Digest> hashes) {
        long end = (number + 1) * Math.powExact((long) WIDTH, level + 1);
        try {
            compare(tiles.resolve(level + "/" + name(number)), join(hashes), end, end - 1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void compare(Path file, byte[] content, long needs, long at) throws IOException {
        if (Files.exists(file)) {
            if (!Arrays.equals(Files.readAllBytes(file), content)) {
                sink.report(Problem.Kind.DERIVED, at, tiles.relativize(file) + " is not what the entries give");
            }
        } else if (needs <= published) {
            sink.report(Problem.Kind.DERIVED, at, tiles.relativize(file) + " is missing");
        }
    }

    /// At the size that is published, partial tiles must be there, unless the full tile took their place.
    void comparePartials(Grown tree) throws IOException {
        if (tree.size() != published) {
            return;
        }
        for (int level = 0; level < tree.levels(); level++) {
            List<Digest> hashes = tree.unfinished(level);
            long number = tree.size() / Math.powExact((long) WIDTH, level + 1);
            comparePartial(tiles.resolve(level + "/" + name(number)), hashes.size(), join(hashes));
        }
        comparePartial(
                tiles.resolve("entries/" + name(tree.size() / WIDTH)),
                (int) (tree.size() % WIDTH),
                bundle.toByteArray());
    }

    private void comparePartial(Path full, int width, byte[] content) throws IOException {
        if (width > 0 && !Files.exists(full)) {
            compare(full.resolveSibling(full.getFileName() + ".p").resolve("" + width), content, 0, published);
        }
    }

    /// Whether the partial tiles that a segment's header keeps are those of the tree.
    boolean fits(ByteBuffer edge, Grown tree) {
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        for (int level = 0; level < 8; level++) {
            List<Digest> hashes = level < tree.levels() ? tree.unfinished(level) : List.of();
            wanted.write(0);
            wanted.write(hashes.size());
            wanted.writeBytes(join(hashes));
        }
        byte[] found = new byte[wanted.size()];
        edge.get(found);
        return Arrays.equals(found, wanted.toByteArray());
    }

    void conclude(Grown tree) {
        if (tilesSeen * WIDTH > tree.size()) {
            sink.report(
                    Problem.Kind.TRUNCATED,
                    tree.size(),
                    "tiles cover " + tilesSeen * WIDTH + " entries, the log has " + tree.size());
        }
    }

    private static byte[] join(List<Digest> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    private static String name(long number) {
        String rest = number >= 1_000 ? prefix(number / 1_000) : "";
        return rest + String.format("%03d", number % 1_000);
    }

    private static String prefix(long number) {
        String rest = number >= 1_000 ? prefix(number / 1_000) : "";
        return rest + String.format("x%03d/", number % 1_000);
    }
}
