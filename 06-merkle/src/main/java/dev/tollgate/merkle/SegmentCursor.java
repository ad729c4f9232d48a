// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads the records of a segment, one after the other, through a window. Stops at the first place that
/// holds no whole record: zeros, a torn write, or damage.
final class SegmentCursor {
    /// Many small records a read; never less than the largest record.
    private static final int WINDOW_BYTES = 256 << 10;

    private static final byte FIRST_BYTE = (byte) (SegmentFormat.ENTRY >>> 24);

    private final Disk.Volume volume;
    private final int salt;
    private final long length;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowStart;
    private long position;

    private int kind;
    private boolean last;
    private long number;
    private long batch;
    private byte[] payload = {};

    SegmentCursor(Disk.Volume volume, int salt, long position) throws IOException {
        this.volume = volume;
        this.salt = salt;
        this.length = volume.length();
        this.position = position;
        this.windowStart = position;
    }

    /// Moves to the next whole record; false when there is none at this place.
    boolean next() throws IOException {
        if (!available(SegmentFormat.RECORD_BYTES)) {
            return false;
        }
        int start = (int) (position - windowStart);
        int foundKind = window.getInt(start);
        int size = window.getInt(start + 4) & ~SegmentFormat.LAST;
        boolean known = foundKind == SegmentFormat.ENTRY || foundKind == SegmentFormat.CHECKPOINT;
        if (!known || size > SegmentFormat.ENTRY_BYTES_MAX || !available(SegmentFormat.RECORD_BYTES + size)) {
            return false;
        }
        start = (int) (position - windowStart);
        if (!SegmentFormat.sealed(window.duplicate().position(start), salt, size)) {
            return false;
        }
        kind = foundKind;
        last = window.getInt(start + 4) < 0;
        number = window.getLong(start + 8);
        batch = window.getLong(start + 16);
        payload = new byte[size];
        window.get(start + SegmentFormat.RECORD_BYTES, payload);
        position += SegmentFormat.RECORD_BYTES + size;
        return true;
    }

    /// Goes on to the next byte that a record can begin with, to look for records beyond damage; false at the
    /// end.
    boolean skip() throws IOException {
        position++;
        while (available(1)) {
            if (window.get((int) (position - windowStart)) == FIRST_BYTE) {
                return true;
            }
            position++;
        }
        return false;
    }

    /// Forgets what was read ahead: the file may hold more by now.
    void refresh() {
        window.limit(0);
        windowStart = position;
    }

    private boolean available(int bytes) throws IOException {
        if (position + bytes <= windowStart + window.limit()) {
            return true;
        }
        if (position + bytes > length) {
            return false;
        }
        window.clear();
        volume.read(window, position);
        window.flip();
        windowStart = position;
        return window.limit() >= bytes;
    }

    /// Where the next record begins.
    long position() {
        return position;
    }

    boolean entry() {
        return kind == SegmentFormat.ENTRY;
    }

    boolean last() {
        return last;
    }

    long number() {
        return number;
    }

    long batch() {
        return batch;
    }

    byte[] payload() {
        return payload;
    }
}
