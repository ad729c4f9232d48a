// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/// The segments of a log by their first index, oldest first.
final class Segments {
    static final String SPARE = "spare";

    private static final Pattern NAME = Pattern.compile("[0-9]{20}\\.segment");

    private final Disk disk;
    private final Path folder;
    private final ConcurrentSkipListMap<Long, Path> byFirst = new ConcurrentSkipListMap<>();

    private Segments(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /// The segments of the log in `root`.
    static Segments in(Disk disk, Path root) throws IOException {
        Path folder = root.resolve("segments");
        disk.createFolders(folder);
        Segments segments = new Segments(disk, folder);
        for (String name : disk.list(folder)) {
            if (NAME.matcher(name).matches()) {
                segments.byFirst.put(Long.parseLong(name.substring(0, 20)), folder.resolve(name));
            }
        }
        return segments;
    }

    Disk disk() {
        return disk;
    }

    Path folder() {
        return folder;
    }

    /// A file of the log that is not a segment.
    Path beside(String name) {
        return folder.resolveSibling(name);
    }

    Path spare() {
        return folder.resolve(SPARE);
    }

    Path named(long first) {
        return folder.resolve(String.format("%020d.segment", first));
    }

    void add(long first) {
        byFirst.put(first, named(first));
    }

    boolean isEmpty() {
        return byFirst.isEmpty();
    }

    Map.Entry<Long, Path> last() {
        return byFirst.lastEntry();
    }

    /// The segment that holds `index`.
    Map.Entry<Long, Path> holding(long index) {
        Map.Entry<Long, Path> found = byFirst.floorEntry(index);
        if (found == null) {
            throw new LogDamaged("the segment of entry " + index + " is missing");
        }
        return found;
    }

    /// The segment before the one that begins at `first`, when there is one.
    Optional<Map.Entry<Long, Path>> before(long first) {
        return Optional.ofNullable(byFirst.lowerEntry(first));
    }
}
