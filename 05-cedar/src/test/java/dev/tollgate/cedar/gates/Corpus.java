// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// The official corpus of the data folder, unpacked below `target`.
final class Corpus {
    private static final int BLOCK = 512;

    private final Path root;

    private Corpus(Path root) {
        this.root = root;
    }

    /// The folder of the corpus, or empty when there is no data folder.
    static Optional<Path> folder() {
        String set = System.getenv("TOLLGATE_DATA");
        Path data = set == null
                ? Path.of(System.getProperty("tollgate.root", "..")).resolve("../shared/data")
                : Path.of(set);
        Path folder = data.resolve("cedar-corpus").normalize();
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    /// Unpacks the generated tests, unless they are unpacked already.
    static Corpus unpacked(Path folder) throws IOException {
        Path archive = folder.resolve("corpus-tests.tar.gz");
        Path root = Path.of("target", "corpus-" + Files.size(archive), "corpus-tests");
        Path done = root.resolveSibling("done");
        if (!Files.exists(done)) {
            Files.createDirectories(root);
            try (InputStream packed =
                    new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
                unpack(packed, root);
            }
            Files.createFile(done);
        }
        return new Corpus(root);
    }

    /// The test files, in order of their names.
    List<Path> tests() throws IOException {
        return tests(root);
    }

    /// The test files below a folder, in order of their names.
    static List<Path> tests(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().endsWith(".entities.json"))
                    .sorted()
                    .toList();
        }
    }

    /// Reads the plain headers of a tar archive: name, size, kind.
    private static void unpack(InputStream tar, Path into) throws IOException {
        for (byte[] header = tar.readNBytes(BLOCK); header.length == BLOCK; header = tar.readNBytes(BLOCK)) {
            String name = text(header, 0, 100);
            if (name.isEmpty()) {
                return;
            }
            long size = Long.parseLong(text(header, 124, 12).strip(), 8);
            byte[] content = tar.readNBytes(Math.toIntExact(size));
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            Path file = into.resolve(Path.of(name).getFileName());
            if ((header[156] == '0' || header[156] == 0) && file.startsWith(into)) {
                Files.write(file, content);
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
