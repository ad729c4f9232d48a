// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads single entries of a log that another process may be writing. Holds no lock and changes nothing. For one
/// thread.
public final class EntryFiles {
    private final Path segments;
    private Optional<Loaded> newest = Optional.empty();

    private record Loaded(Path file, StoredSegment segment) {}

    /// The log in `folder`.
    public EntryFiles(Path folder) {
        this.segments = folder.resolve("segments");
    }

    /// What entry `index` holds; nothing when the log does not have it.
    public Optional<byte[]> entry(long index) throws IOException {
        Optional<Path> file = holding(index);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> found = newest.filter(loaded -> loaded.file().equals(file.get()))
                .flatMap(loaded -> find(loaded.segment(), index));
        if (found.isPresent()) {
            return found;
        }
        // The file may have grown since it was read.
        StoredSegment segment = StoredSegment.read(file.get());
        newest = Optional.of(new Loaded(file.get(), segment));
        return find(segment, index);
    }

    private Optional<Path> holding(long index) throws IOException {
        String last = String.format("%020d.segment", index);
        List<Path> files;
        try (Stream<Path> found = Files.list(segments)) {
            files = found.filter(file -> file.toString().endsWith(".segment"))
                    .filter(file -> file.getFileName().toString().compareTo(last) <= 0)
                    .sorted()
                    .toList();
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(files.getLast());
    }

    private static Optional<byte[]> find(StoredSegment segment, long index) {
        if (!segment.sealed()) {
            return Optional.empty();
        }
        return segment.items().stream()
                .filter(item -> item.entry() && item.number() == index)
                .findFirst()
                .map(segment::payload);
    }
}
