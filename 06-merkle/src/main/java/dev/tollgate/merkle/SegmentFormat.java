// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// The bytes of a segment. A header with everything needed to go on from its first index, then records, then
/// zeros.
///
/// Header, 68 KiB: `TOLLLOG1`, first index (u64), next batch (u64), length of the note (u32), CRC-32C
/// (u32, of the header with this field zero), the checkpoint that covers all before the segment, zeros
/// up to 4 KiB, the right edge.
///
/// Record: kind (u32), length (u32, top bit: last of its batch), number (u64: index of an entry, or
/// size of a checkpoint), batch (u64), CRC-32C (u32, of the header's CRC-32C, the 24 bytes before and
/// the payload), payload. Numbers are big-endian. The header's sum is in every record's, so a record
/// cannot be moved between segments, and bytes inside an entry cannot pass for a record.
final class SegmentFormat {
    static final int HEADER_BYTES = 68 << 10;
    static final int RECORD_BYTES = 28;

    /// C2SP entry bundles have uint16 lengths.
    static final int ENTRY_BYTES_MAX = 65_535;

    /// A note of a 200-character origin has under 600 bytes.
    static final int NOTE_BYTES_MAX = 996;

    /// Kept free at the end of a segment, so that a batch can always be signed.
    static final int CHECKPOINT_ROOM = RECORD_BYTES + NOTE_BYTES_MAX;

    static final int ENTRY = 0x544c4745;
    static final int CHECKPOINT = 0x544c4743;
    static final int LAST = 1 << 31;

    private static final byte[] MAGIC = "TOLLLOG1".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_AT = 28;
    private static final int CRC_OF_RECORD_AT = RECORD_BYTES - 4;
    private static final int NOTE_AT = 32;
    private static final int EDGE_AT = 4 << 10;

    private SegmentFormat() {}

    /// What a header says.
    ///
    /// @param edge  the tree before the segment's first entry
    /// @param batch number of the segment's first batch
    /// @param note  the checkpoint of that tree
    /// @param salt  the header's own sum, part of every record's
    record Header(RightEdge edge, long batch, String note, int salt) {}

    static ByteBuffer header(RightEdge edge, long batch, byte[] note) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES);
        out.put(MAGIC).putLong(edge.size()).putLong(batch);
        out.putInt(note.length).putInt(0).put(note);
        out.position(EDGE_AT);
        edge.write(out);
        out.clear();
        out.putInt(CRC_AT, crc(out.duplicate()));
        return out;
    }

    static Header read(Disk.Volume volume) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(HEADER_BYTES);
        volume.read(in, 0);
        boolean whole = !in.hasRemaining();
        in.clear();
        int crc = in.getInt(CRC_AT);
        in.putInt(CRC_AT, 0);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!whole || !Arrays.equals(magic, MAGIC) || crc(in.duplicate().clear()) != crc) {
            throw new LogDamaged("a segment's header is damaged");
        }
        long size = in.getLong();
        long batch = in.getLong();
        byte[] note = new byte[Math.clamp(in.getInt(), 0, NOTE_BYTES_MAX)];
        in.position(NOTE_AT);
        in.get(note);
        in.position(EDGE_AT);
        return new Header(RightEdge.read(size, in), batch, new String(note, StandardCharsets.UTF_8), crc);
    }

    /// The sum of a header that `header` made.
    static int salt(ByteBuffer header) {
        return header.getInt(CRC_AT);
    }

    static void record(ByteBuffer out, int salt, int kind, long number, long batch, byte[] payload) {
        int start = out.position();
        out.putInt(kind).putInt(payload.length).putLong(number).putLong(batch).putInt(0);
        out.put(payload);
        seal(out, salt, start);
    }

    /// Marks the record at `start` as the last of its batch.
    static void markLast(ByteBuffer out, int salt, int start) {
        out.putInt(start + 4, out.getInt(start + 4) | LAST);
        seal(out, salt, start);
    }

    private static void seal(ByteBuffer out, int salt, int start) {
        int length = out.getInt(start + 4) & ~LAST;
        out.putInt(start + CRC_OF_RECORD_AT, sum(out.duplicate().position(start), salt, length));
    }

    /// Whether the record at the buffer's position has the sum that it should have.
    static boolean sealed(ByteBuffer record, int salt, int length) {
        return record.getInt(record.position() + CRC_OF_RECORD_AT) == sum(record, salt, length);
    }

    private static int sum(ByteBuffer record, int salt, int length) {
        CRC32C crc = new CRC32C();
        int start = record.position();
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(salt >>> shift);
        }
        record.limit(start + CRC_OF_RECORD_AT);
        crc.update(record);
        record.limit(start + RECORD_BYTES + length).position(start + RECORD_BYTES);
        crc.update(record);
        record.position(start);
        return (int) crc.getValue();
    }

    private static int crc(ByteBuffer all) {
        CRC32C crc = new CRC32C();
        crc.update(all);
        return (int) crc.getValue();
    }
}
