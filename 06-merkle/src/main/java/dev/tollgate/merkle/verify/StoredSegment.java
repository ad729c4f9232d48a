// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// One segment file as its bytes say it is, after docs/log-format.md. Whole batches only.
final class StoredSegment {
    private static final int HEADER = 68 * 1024;
    private static final int RECORD = 28;
    private static final int ENTRY = 0x544c4745;
    private static final int CHECKPOINT = 0x544c4743;
    private static final int PAYLOAD_MAX = 65_535;

    /// Larger than any segment that a log can be configured to have.
    private static final long FILE_BYTES_MAX = 256L << 20;

    /// An entry or a checkpoint.
    ///
    /// @param at where its payload lies in the file
    record Item(boolean entry, long number, int at, int length) {}

    private final byte[] bytes;
    private final ByteBuffer view;
    private final List<Item> items = new ArrayList<>();
    private int end = HEADER;
    private long batch;
    private boolean sealed;

    private StoredSegment(byte[] bytes) {
        this.bytes = bytes;
        this.view = ByteBuffer.wrap(bytes);
    }

    static StoredSegment read(Path file) throws IOException {
        boolean possible = Files.size(file) <= FILE_BYTES_MAX;
        StoredSegment segment = new StoredSegment(possible ? Files.readAllBytes(file) : new byte[0]);
        segment.sealed = segment.bytes.length > HEADER && segment.headerHolds();
        if (segment.sealed) {
            segment.batch = segment.view.getLong(16);
            segment.collect();
        }
        return segment;
    }

    private boolean headerHolds() {
        byte[] header = Arrays.copyOf(bytes, HEADER);
        Arrays.fill(header, 28, 32, (byte) 0);
        CRC32C crc = new CRC32C();
        crc.update(header);
        boolean named = new String(bytes, 0, 8, StandardCharsets.US_ASCII).equals("TOLLLOG1");
        return named && (int) crc.getValue() == view.getInt(28);
    }

    private void collect() {
        List<Item> open = new ArrayList<>();
        int at = end;
        while (recordHolds(at) && view.getLong(at + 16) == batch) {
            int length = view.getInt(at + 4) & Integer.MAX_VALUE;
            open.add(new Item(view.getInt(at) == ENTRY, view.getLong(at + 8), at + RECORD, length));
            boolean last = view.getInt(at + 4) < 0;
            at += RECORD + length;
            if (last) {
                items.addAll(open);
                open.clear();
                end = at;
                batch++;
            }
        }
    }

    private boolean recordHolds(int at) {
        if (at + RECORD > bytes.length) {
            return false;
        }
        int kind = view.getInt(at);
        int length = view.getInt(at + 4) & Integer.MAX_VALUE;
        if ((kind != ENTRY && kind != CHECKPOINT) || length > PAYLOAD_MAX || at + RECORD + length > bytes.length) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 28, 4);
        crc.update(bytes, at, RECORD - 4);
        crc.update(bytes, at + RECORD, length);
        return (int) crc.getValue() == view.getInt(at + RECORD - 4);
    }

    /// Whether the header's sum holds; nothing else means anything if not.
    boolean sealed() {
        return sealed;
    }

    long firstIndex() {
        return view.getLong(8);
    }

    /// The checkpoint in the header, which covers everything before the segment.
    String note() {
        return text(32, Math.clamp(view.getInt(24), 0, 4 * 1024 - 32));
    }

    List<Item> items() {
        return items;
    }

    byte[] payload(Item item) {
        return Arrays.copyOfRange(bytes, item.at(), item.at() + item.length());
    }

    String text(Item item) {
        return text(item.at(), item.length());
    }

    private String text(int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    /// Whether anything but zeros follows the last whole batch.
    boolean remains() {
        for (int at = end; at < bytes.length; at++) {
            if (bytes[at] != 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether a record of a later batch than the unfinished one follows: then something durable was damaged.
    boolean damagedBeforeDurable() {
        for (int at = end; at + RECORD <= bytes.length; at++) {
            if (bytes[at] == (byte) (ENTRY >>> 24) && recordHolds(at) && view.getLong(at + 16) > batch) {
                return true;
            }
        }
        return false;
    }

    /// The hash sums of the partial tiles that the header keeps, level by level.
    ByteBuffer rightEdge() {
        return ByteBuffer.wrap(bytes, 4 * 1024, HEADER - 4 * 1024).slice();
    }
}
