// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An array of `CK_ATTRIBUTE` (type, pointer, length: three words of 8 bytes), which lives as long as its arena.
final class Template {
    static final long CLASS = 0x000;
    static final long TOKEN = 0x001;
    static final long PRIVATE = 0x002;
    static final long LABEL = 0x003;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long SIGN = 0x108;
    static final long VERIFY = 0x10A;
    static final long EXTRACTABLE = 0x162;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    private static final int ATTRIBUTE_BYTES = 24;

    private final Arena arena;
    private final List<Long> types = new ArrayList<>();
    private final List<MemorySegment> values = new ArrayList<>();

    Template(Arena arena) {
        this.arena = arena;
    }

    Template with(long type, byte[] value) {
        types.add(type);
        values.add(arena.allocateFrom(JAVA_BYTE, value));
        return this;
    }

    Template with(long type, String value) {
        return with(type, value.getBytes(StandardCharsets.UTF_8));
    }

    Template with(long type, boolean value) {
        return with(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    Template with(long type, long value) {
        types.add(type);
        values.add(arena.allocateFrom(JAVA_LONG, value));
        return this;
    }

    /// Room for a value that the token tells.
    Template room(long type, int bytes) {
        types.add(type);
        values.add(arena.allocate(bytes, Long.BYTES));
        return this;
    }

    long count() {
        return types.size();
    }

    MemorySegment segment() {
        MemorySegment all = arena.allocate((long) ATTRIBUTE_BYTES * types.size(), Long.BYTES);
        for (int at = 0; at < types.size(); at++) {
            long from = (long) at * ATTRIBUTE_BYTES;
            all.set(JAVA_LONG, from, types.get(at));
            all.set(ADDRESS, from + Long.BYTES, values.get(at));
            all.set(JAVA_LONG, from + 2L * Long.BYTES, values.get(at).byteSize());
        }
        return all;
    }

    /// A value that the token told, from the segment that it filled.
    byte[] told(MemorySegment filled, int at) {
        long length = filled.get(JAVA_LONG, (long) at * ATTRIBUTE_BYTES + 2L * Long.BYTES);
        if (length < 0 || length > values.get(at).byteSize()) {
            throw new IllegalStateException("the PKCS#11 token has a larger value than keys have");
        }
        return values.get(at).asSlice(0, length).toArray(JAVA_BYTE);
    }
}
