// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads a whole log, entry by entry, and compares it with everything that was ever signed about it:
/// the checkpoints in the log, the published one, and those that a witness kept. A log may be read
/// while it is written.
///
/// What no check of a log alone can find: its holder may cut off or rewrite the past and sign again, if
/// nobody outside kept a checkpoint. That is what witnesses are for.
public final class LogCheck {
    /// A log with more problems than this is broken; more of them would explain nothing.
    public static final int PROBLEMS_MAX = 1_000;

    /// Takes each entry of the log, in order.
    public interface Sink {
        /// One entry.
        void entry(long index, byte[] entry);
    }

    private final Path folder;
    private final Trust trust;
    private final Sink sink;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<Long, List<Expected>> expected = new TreeMap<>();
    private final Derivatives derivatives;
    private final Grown tree;
    private long signed;

    /// A tree that a checkpoint from outside the segments claims.
    private record Expected(String source, Digest root) {}

    private LogCheck(Path folder, Trust trust, Sink sink) {
        this.folder = folder;
        this.trust = trust;
        this.sink = sink;
        this.derivatives = new Derivatives(folder, this::report);
        this.tree = new Grown(derivatives::compareTile);
    }

    /// Checks the log in `folder`.
    ///
    /// @param witnessed signed notes that somebody kept elsewhere, in any order
    public static Report check(Path folder, Trust trust, List<String> witnessed, Sink sink) throws IOException {
        LogCheck check = new LogCheck(folder, trust, sink);
        // Read before the segments: whatever is published or derived by now must be in them.
        check.expectPublished();
        for (String note : witnessed) {
            check.expect("a witness", note);
        }
        check.derivatives.lookAround();
        check.readSegments();
        return check.conclude();
    }

    private void expectPublished() throws IOException {
        Path published = folder.resolve("checkpoint");
        if (!Files.exists(published)) {
            remarks.add("no checkpoint is published");
            return;
        }
        String note = Files.readString(published, StandardCharsets.ISO_8859_1);
        note = new String(note.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        expect("the published checkpoint", note).ifPresent(seen -> derivatives.published(seen.size()));
    }

    private Optional<SeenCheckpoint> expect(String source, String note) {
        Optional<SeenCheckpoint> seen = SeenCheckpoint.open(note, trust);
        seen.ifPresentOrElse(
                checkpoint -> expected.computeIfAbsent(checkpoint.size(), _ -> new ArrayList<>())
                        .add(new Expected(source, checkpoint.root())),
                () -> report(Problem.Kind.FORGED, 0, source + " is not signed by a trusted key"));
        return seen;
    }

    private void readSegments() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder.resolve("segments"))) {
            files = found.filter(file -> file.getFileName().toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
        arrived();
        for (int at = 0; at < files.size(); at++) {
            if (!readSegment(StoredSegment.read(files.get(at)), at == files.size() - 1)) {
                return;
            }
        }
    }

    /// False when what follows cannot be read in its place.
    private boolean readSegment(StoredSegment segment, boolean last) throws IOException {
        if (!segment.sealed()) {
            report(Problem.Kind.DAMAGED, tree.size(), "a segment's header is damaged");
            return false;
        }
        if (segment.firstIndex() != tree.size()) {
            report(Problem.Kind.TRUNCATED, tree.size(), "the next segment begins at " + segment.firstIndex());
            return false;
        }
        compareSigned("the checkpoint of a segment", segment.note());
        if (!derivatives.fits(segment.rightEdge(), tree)) {
            report(Problem.Kind.DAMAGED, tree.size(), "a segment's right edge does not fit the entries before it");
        }
        for (StoredSegment.Item item : segment.items()) {
            if (!item.entry()) {
                compareSigned("a checkpoint in the log", segment.text(item));
            } else if (item.number() == tree.size()) {
                take(segment.payload(item));
            } else {
                report(Problem.Kind.DAMAGED, tree.size(), "an entry says that it is " + item.number());
                return false;
            }
        }
        return ended(segment, last);
    }

    private boolean ended(StoredSegment segment, boolean last) {
        if (!segment.remains()) {
            return true;
        }
        if (last && !segment.damagedBeforeDurable()) {
            remarks.add("an unfinished batch follows entry " + (tree.size() - 1) + ", as a crash leaves one");
            return true;
        }
        report(Problem.Kind.DAMAGED, tree.size(), "records that were durable are damaged");
        return true;
    }

    private void take(byte[] entry) throws IOException {
        derivatives.compareEntry(tree.size(), entry);
        sink.entry(tree.size(), entry);
        tree.add(ProofCheck.leaf(entry));
        arrived();
    }

    /// The tree has reached a size that somebody may have signed.
    private void arrived() throws IOException {
        List<Expected> claims = expected.remove(tree.size());
        if (claims != null) {
            Digest root = tree.root();
            claims.stream()
                    .filter(claim -> !claim.root().equals(root))
                    .forEach(claim ->
                            report(Problem.Kind.REWRITTEN, tree.size(), claim.source() + " was made of other entries"));
        }
        derivatives.comparePartials(tree);
    }

    private void compareSigned(String source, String note) {
        Optional<SeenCheckpoint> seen = SeenCheckpoint.open(note, trust);
        if (seen.isEmpty()) {
            report(Problem.Kind.FORGED, tree.size(), source + " is not signed by a trusted key");
        } else if (seen.get().size() != tree.size() || !seen.get().root().equals(tree.root())) {
            report(Problem.Kind.REWRITTEN, tree.size(), source + " was made of other entries");
        } else {
            signed = tree.size();
        }
    }

    private Report conclude() {
        expected.forEach((size, claims) -> claims.forEach(claim -> report(
                Problem.Kind.TRUNCATED,
                tree.size(),
                claim.source() + " covers " + size + " entries, the log has " + tree.size())));
        if (signed < tree.size()) {
            remarks.add("no checkpoint covers the last " + (tree.size() - signed) + " entries");
        }
        derivatives.conclude(tree);
        return new Report(tree.size(), tree.root(), signed, problems, remarks);
    }

    private void report(Problem.Kind kind, long at, String what) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(new Problem(kind, at, what));
        }
    }
}
